using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Functions.Deposit;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>Why something is done to a dossier.</summary>
public sealed record ReasonWord(string Reason);

/// <summary>The stage that a dossier goes on to: <c>preselectionne</c> or <c>auditionne</c>.</summary>
public sealed record StageWord(DossierStatus Status);

/// <summary>How far the support is that was granted.</summary>
public sealed record SupportWord(ImmutableArray<Support> Support);

/// <summary>What porteur and office do with a dossier outside of a session: give it up, reopen it, send it on to a stage, follow its support.</summary>
public sealed class DecideDossier(PorteurAccess access, DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    [Function("WithdrawDossier")]
    [For(Caller.Porteur)]
    [Does("Retire un dossier, ou renonce à son attribution.", Gives = typeof(DossierState))]
    public async Task<IResult> WithdrawByPorteur(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/withdrawal")] HttpRequest request,
        string dossier,
        CancellationToken cancellation) =>
        await access.Find(request, dossier, cancellation) is { } found
            ? await Change(found.Id, standing => standing.WithdrawalRefusal(), standing => Retired(standing, Actor.Porteur), cancellation)
            : HttpAnswers.NotYours();

    [Function("WithdrawDossierForPorteur")]
    [For(Caller.Office)]
    [Does("Retire un dossier pour son porteur.", Gives = typeof(DossierState))]
    public async Task<IResult> WithdrawByOffice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{campaign}/dossiers/{dossier}/withdrawal")] HttpRequest request,
        string campaign,
        string dossier,
        CancellationToken cancellation) => await Find(campaign, dossier, cancellation) is { } found
            ? await Change(found.Id, standing => standing.WithdrawalRefusal(), standing => Retired(standing, request.Staff().Id), cancellation)
            : HttpAnswers.UnknownDossier(dossier);

    [Function("ReopenDossier")]
    [For(Caller.Office)]
    [Does("Rouvre un refus, avec une raison.", Takes = typeof(ReasonWord), Gives = typeof(DossierState))]
    public async Task<IResult> Reopen(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/reopening")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<ReasonWord>(request, cancellation);
        return asked is null ? unreadable!
            : HttpAnswers.TextRefusal("reason", asked.Reason, "pourquoi le dossier est rouvert : cela reste au dossier") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await Find(null, dossier, cancellation) is not { } found ? HttpAnswers.UnknownDossier(dossier)
            : await Change(
                found.Id,
                standing => IsReopened(standing) || standing.Status is DossierStatus.Refuse or DossierStatus.Irrecevable
                    ? null
                    : $"Le dossier est au statut « {standing.Status.InFrench()} » : seul un refus se rouvre.",
                async standing => IsReopened(standing)
                    ? null
                    : standing.Reopen(await campaigns.Version(standing.Campaign, standing.Closing!.CampaignVersion, cancellation), asked.Reason, request.Staff().Id, clock.Now()),
                cancellation);
    }

    [Function("AdvanceDossier")]
    [For(Caller.Office)]
    [Does("Envoie un dossier à l’étape suivante : présélection, audition.", Takes = typeof(StageWord), Gives = typeof(DossierState))]
    public async Task<IResult> Advance(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/stage")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<StageWord>(request, cancellation);
        return asked is null ? unreadable!
            : asked.Status is not (DossierStatus.Preselectionne or DossierStatus.Auditionne) ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, "« status » est preselectionne ou auditionne ; une décision se prend en comité.")
            : await Find(null, dossier, cancellation) is not { } found ? HttpAnswers.UnknownDossier(dossier)
            : await Change(
                found.Id,
                standing => standing.Status == asked.Status || standing.Status.MayBecome(asked.Status)
                    ? null
                    : $"Le dossier est au statut « {standing.Status.InFrench()} » : il ne peut pas devenir « {asked.Status.InFrench()} ».",
                standing => Task.FromResult(standing.Status == asked.Status ? null : standing.Advance(asked.Status, request.Staff().Id, clock.Now())),
                cancellation);
    }

    [Function("FollowSupport")]
    [For(Caller.Office)]
    [Does("Dit où en est l’accompagnement accordé.", Takes = typeof(SupportWord), Gives = typeof(DossierState))]
    public async Task<IResult> FollowSupport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/support")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<SupportWord>(request, cancellation);
        return asked is null ? unreadable!
            : await Find(null, dossier, cancellation) is not { } found ? HttpAnswers.UnknownDossier(dossier)
            : await Change(
                found.Id,
                standing => standing.Decision?.Award is null ? "Le dossier n’a pas d’attribution : son accompagnement se décide avec elle, en comité." : null,
                standing => Task.FromResult(standing.Decision!.Award!.Support.SequenceEqual(asked.Support) ? null : standing.Follow(asked.Support, request.Staff().Id, clock.Now())),
                cancellation);
    }

    private Task<Step?> Retired(Dossier standing, string actor) =>
        Task.FromResult(standing.Status is DossierStatus.Retire ? null : standing.Retire(actor, clock.Now()));

    private static bool IsReopened(Dossier dossier) => dossier is { Status: DossierStatus.Instruction, Decision.Outcome: DecisionOutcome.Rouvert };

    private async Task<Dossier?> Find(string? campaign, string number, CancellationToken cancellation) =>
        DossierId.TryParse(number, out var id) && await dossiers.Find(id, cancellation) is { } found && (campaign is null || found.Campaign == campaign) ? found : null;

    private async Task<IResult> Change(DossierId id, Func<Dossier, string?> refuse, Func<Dossier, Task<Step?>> decide, CancellationToken cancellation)
    {
        string? sentence = null;
        var after = await dossiers.Change(id, async standing =>
        {
            sentence = standing.ErasedSentence() ?? refuse(standing);
            return sentence is null ? await decide(standing) : null;
        }, cancellation);
        return sentence is null ? HttpAnswers.Ok(DossierState.Of(after)) : HttpAnswers.Refused(StatusCodes.Status409Conflict, sentence);
    }
}
