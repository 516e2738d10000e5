using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>What the office asks a reviewer to make clear.</summary>
public sealed record QuestionWord(string Question);

/// <summary>The reviews: a reviewer's own list; for the office those of a dossier side by side, and what it may do about them.</summary>
public sealed class ListReviews(DossierStore dossiers, CampaignStore campaigns, LedgerTable ledger, TimeProvider clock)
{
    [Function("MyReviews")]
    [For(Caller.Reviewer)]
    [Does("Liste les dossiers confiés à qui demande.", Gives = typeof(IReadOnlyList<ReviewLine>))]
    public async Task<IResult> Mine(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/reviews")] HttpRequest request,
        string campaign,
        CancellationToken cancellation)
    {
        if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is not { } rules)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        if (request.Staff().ReviewerIn(rules) is not { } reviewer)
        {
            return HttpAnswers.Refused(StatusCodes.Status403Forbidden, $"Vous n’êtes pas instructeur du guichet « {rules.Name} ».");
        }

        var today = rules.DateOf(clock.Now());
        var lines = new List<ReviewLine>();
        foreach (var (id, holding) in await ledger.Holders(LedgerAccount.Reviewers(campaign), cancellation))
        {
            if (holding[reviewer.Id] > 0 && await dossiers.Find(id, cancellation) is { } dossier && dossier.SheetOf(reviewer.Id) is { IsActive: true } sheet)
            {
                lines.Add(ReviewLine.Of(dossier, sheet, today));
            }
        }

        return HttpAnswers.Ok(lines.OrderBy(line => line.DueOn).ThenBy(line => line.Dossier.ToString(), StringComparer.Ordinal).ToList());
    }

    [Function("ReviewsOfDossier")]
    [For(Caller.Office)]
    [Does("Montre les avis d’un dossier côte à côte.", Gives = typeof(ReviewsState))]
    public Task<IResult> OfDossier(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/reviews")] HttpRequest request,
        string dossier,
        CancellationToken cancellation) => Change(dossier, _ => null, cancellation);

    [Function("AskReviewer")]
    [For(Caller.Office)]
    [Does("Demande à un instructeur de préciser son avis.", Takes = typeof(QuestionWord), Gives = typeof(ReviewsState))]
    public async Task<IResult> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/reviews/{reviewer}/question")] HttpRequest request,
        string dossier,
        string reviewer,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<QuestionWord>(request, cancellation);
        return asked is null ? unreadable!
            : HttpAnswers.TextRefusal("question", asked.Question, "ce qui est à préciser") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await OfReviewer(dossier, reviewer, (standing, sheet) => sheet.Question == asked.Question.Trim() ? null : standing.Ask(reviewer, asked.Question, request.Staff().Id, clock.Now()), cancellation);
    }

    [Function("WithdrawReviewer")]
    [For(Caller.Office)]
    [Does("Retire le dossier à un instructeur ; un autre est cherché.", Takes = typeof(WithdrawalWord), Gives = typeof(ReviewsState))]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/reviews/{reviewer}/withdrawal")] HttpRequest request,
        string dossier,
        string reviewer,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<WithdrawalWord>(request, cancellation);
        return asked is null ? unreadable!
            : HttpAnswers.TextRefusal("reason", asked.Reason, "pourquoi le dossier est confié à quelqu’un d’autre") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await OfReviewer(dossier, reviewer, (standing, sheet) => sheet.IsActive ? standing.Withdraw(reviewer, asked.Reason, request.Staff().Id, clock.Now()) : null, cancellation);
    }

    [Function("LookForReviewers")]
    [For(Caller.Office)]
    [Does("Cherche de nouveau les instructeurs qui manquent.", Gives = typeof(ReviewsState))]
    public Task<IResult> LookAgain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/assignment")] HttpRequest request,
        string dossier,
        CancellationToken cancellation) =>
        Change(dossier, standing => standing.TakesReviews() ? standing.LookForReviewers(request.Staff().Id, clock.Now()) : null, cancellation);

    private async Task<IResult> OfReviewer(string number, string reviewer, Func<Dossier, ReviewSheet, Step?> decide, CancellationToken cancellation)
    {
        string? refusal = null;
        var answer = await Change(number, standing =>
        {
            refusal = standing.SheetOf(reviewer) is null ? $"« {reviewer} » n’a jamais eu ce dossier : {string.Join(", ", standing.Reviews.Select(sheet => sheet.Reviewer))}."
                : !standing.TakesReviews() ? $"Le dossier est au statut « {standing.Status.InFrench()} » : les avis ne changent plus."
                : null;
            return refusal is null ? decide(standing, standing.SheetOf(reviewer)!) : null;
        }, cancellation);
        return refusal is null ? answer : HttpAnswers.Refused(StatusCodes.Status409Conflict, refusal);
    }

    private async Task<IResult> Change(string number, Func<Dossier, Step?> decide, CancellationToken cancellation)
    {
        if (!DossierId.TryParse(number, out var id) || await dossiers.Find(id, cancellation) is null)
        {
            return HttpAnswers.UnknownDossier(number);
        }

        var after = await dossiers.Change(id, standing => Task.FromResult(decide(standing)), cancellation);
        var rules = await campaigns.InForce(after.Campaign, clock.Now(), cancellation);
        var scoring = await campaigns.AtDeposit(after, rules, cancellation);
        return HttpAnswers.Ok(ReviewsState.Of(rules, scoring, after));
    }
}
