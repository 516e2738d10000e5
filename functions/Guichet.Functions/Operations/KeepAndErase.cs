using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Functions.Access;
using Guichet.Functions.Review;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Text;

namespace Guichet.Functions.Operations;

/// <summary>What a run has erased.</summary>
public sealed record RetentionRun(IReadOnlyList<DossierId> Erased);

/// <summary>What keeps a dossier from being erased.</summary>
/// <param name="Hold">Null where nothing does.</param>
/// <param name="DueOn">The first day on which it is no longer kept, but for a hold; null where something may still come of it.</param>
public sealed record HoldState(DossierId Dossier, LegalHold? Hold, LocalDate? DueOn);

/// <summary>What people do about the keeping of personal data: see what will be erased, have it done now rather than in a quarter of an hour, hold a dossier.</summary>
public sealed class KeepAndErase(Erasing erasing, RetentionForecast forecast, DossierStore dossiers, TimeProvider clock)
{
    [Function("PreviewRetention")]
    [For(Caller.Office, Caller.Operator)]
    [Does("Dit quels dossiers seront effacés d’ici à une date, et lesquels sont retenus.", Gives = typeof(RetentionPreview), IsPage = true, Query = ["by=Jusqu’à ce jour inclus, par exemple 2029-06-30 ; dans trente jours s’il manque."])]
    public async Task<IResult> Preview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention")] HttpRequest request,
        CancellationToken cancellation)
    {
        var asked = request.Query["by"].ToString();
        var by = asked.Length == 0 ? ParseResult<LocalDate>.ForValue(clock.Now().InUtc().Date.PlusDays(Retention.DaysAnnounced)) : LocalDatePattern.Iso.Parse(asked);
        if (!by.Success || by.Value > LocalDate.MaxIsoValue.PlusDays(-3))
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, $"« {asked} » n’est pas un jour : écrivez-le comme 2029-06-30.");
        }

        var preview = await forecast.By(by.Value, cancellation);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await HttpAnswers.PageOrJson<RetentionPage>(request, preview, RetentionPage.ContentSecurityPolicy, (nameof(RetentionPage.Preview), preview));
    }

    [Function("RunRetention")]
    [For(Caller.Office, Caller.Operator)]
    [Does("Efface tout de suite ce qui est dû aujourd’hui et que personne ne retient ; le guichet le fait aussi de lui-même.", Gives = typeof(RetentionRun))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/runs")] HttpRequest request,
        CancellationToken cancellation) => HttpAnswers.Ok(new RetentionRun(await erasing.Run(request.Staff().Id, cancellation)));

    [Function("HoldDossier")]
    [For(Caller.Office)]
    [Does("Retient un dossier : rien n’en est effacé tant que la retenue n’est pas levée.", Takes = typeof(ReasonWord), Gives = typeof(HoldState))]
    public async Task<IResult> Hold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/hold")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<ReasonWord>(request, cancellation);
        return asked is null ? unreadable!
            : HttpAnswers.TextRefusal("reason", asked.Reason, "pourquoi le dossier est retenu, par exemple le recours en cours") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await Change(dossier, standing => standing.Hold?.Reason == asked.Reason.Trim() ? null : standing.PutHold(asked.Reason, request.Staff().Id, clock.Now()), cancellation);
    }

    [Function("LiftHold")]
    [For(Caller.Office)]
    [Does("Lève la retenue d’un dossier : s’il est dû, le prochain passage l’efface.", Gives = typeof(HoldState))]
    public Task<IResult> Lift(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/dossiers/{dossier}/hold")] HttpRequest request,
        string dossier,
        CancellationToken cancellation) =>
        Change(dossier, standing => standing.Hold is null ? null : standing.LiftHold(request.Staff().Id, clock.Now()), cancellation);

    private async Task<IResult> Change(string number, Func<Dossier, Step?> decide, CancellationToken cancellation)
    {
        if (!DossierId.TryParse(number, out var id) || await dossiers.Find(id, cancellation) is not { } found)
        {
            return HttpAnswers.UnknownDossier(number);
        }

        string? erased = null;
        var after = await dossiers.Change(found, standing => Task.FromResult((erased = standing.ErasedSentence()) is null ? decide(standing) : null), cancellation);
        return erased is null ? HttpAnswers.Ok(new HoldState(id, after.Hold, await forecast.DueOn(after, cancellation))) : HttpAnswers.Erased(erased);
    }
}
