using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>A reviewer's word on conflicts of interest.</summary>
/// <param name="Exists">Whether there is one.</param>
/// <param name="Nature">Required where there is.</param>
public sealed record ConflictWord(bool Exists, string? Nature);

/// <summary>A reviewer's marks.</summary>
/// <param name="Submit">Whether they are to count; false keeps a draft.</param>
public sealed record ReviewWord(ImmutableArray<Mark> Marks, string? Comment, bool Submit);

/// <summary>Why somebody does not review.</summary>
public sealed record WithdrawalWord(string Reason);

/// <summary>
/// What a reviewer does with a dossier that it was given: declares whether it has a conflict of interest, reads, scores, submits, amends, or gives it
/// back. Whoever saves says on which version (<c>If-Match</c>): two windows do not overwrite each other.
/// </summary>
public sealed class ReviewDossier(DossierStore dossiers, ReviewerAccess access, TimeProvider clock)
{
    [Function(nameof(ReviewDossier))]
    [For(Caller.Reviewer)]
    [Does("Montre à un instructeur le dossier qui lui est confié.", Gives = typeof(ReviewState), IsPage = true)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/review")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (part, refusal) = await access.Find(request, dossier, cancellation);
        return part is null ? refusal! : await ReviewByPage.Page(request, part);
    }

    [Function("DeclareConflict")]
    [For(Caller.Reviewer)]
    [Does("Dit si l’instructeur a un conflit d’intérêts.", Takes = typeof(ConflictWord), Gives = typeof(ReviewState))]
    public async Task<IResult> Declare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/review/conflict")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<ConflictWord>(request, cancellation);
        if (asked is null)
        {
            return unreadable!;
        }

        if (asked.Exists && HttpAnswers.TextRefusal("nature", asked.Nature, "ce qui vous lie au porteur") is { } sentence)
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence);
        }

        return await Change(
            request,
            dossier,
            part => part.Sheet.Conflict?.Exists == asked.Exists ? null : part.Dossier.Declare(part.Reviewer.Id, asked.Exists, asked.Nature, clock.Now()),
            cancellation);
    }

    [Function("SaveReview")]
    [For(Caller.Reviewer)]
    [Does("Enregistre ou rend un avis.", Takes = typeof(ReviewWord), Gives = typeof(ReviewState), IsVersioned = true)]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/review")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<ReviewWord>(request, cancellation);
        if (asked is null)
        {
            return unreadable!;
        }

        var (part, refusal) = await access.Find(request, dossier, cancellation);
        if (part is null)
        {
            return refusal!;
        }

        // What was submitted stays complete: amending it is submitting it again.
        var submits = asked.Submit || part.Sheet.SubmittedAt is not null;
        var sentence = !part.Sheet.MayRead ? "Dites d’abord si vous avez un conflit d’intérêts avec le porteur : le dossier ne s’ouvre qu’ensuite."
            : ReviewSteps.MarksRefusal(part.Rules, part.Dossier, asked.Marks, asked.Comment, submits);
        if (sentence is not null)
        {
            return HttpAnswers.Refused(part.Sheet.MayRead ? StatusCodes.Status400BadRequest : StatusCodes.Status403Forbidden, sentence);
        }

        if (HttpAnswers.VersionRefusal(request, TagOf(part.Sheet)) is { } stale && !IsSaid(part.Sheet, asked, submits))
        {
            return stale;
        }

        var revision = part.Sheet.Revision;
        var outpaced = false;
        var answer = await Change(request, dossier, standing =>
        {
            outpaced = standing.Sheet.Revision != revision && !IsSaid(standing.Sheet, asked, submits);
            return outpaced || IsSaid(standing.Sheet, asked, submits)
                ? null
                : standing.Dossier.SaveMarks(standing.Reviewer.Id, asked.Marks, asked.Comment, submits, clock.Now());
        }, cancellation);
        return outpaced ? HttpAnswers.Stale() : answer;
    }

    [Function("WithdrawFromReview")]
    [For(Caller.Reviewer)]
    [Does("Rend un dossier sans avis ; un autre instructeur est cherché.", Takes = typeof(WithdrawalWord), Gives = typeof(ReviewState))]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/review/withdrawal")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<WithdrawalWord>(request, cancellation);
        return asked is null ? unreadable!
            : HttpAnswers.TextRefusal("reason", asked.Reason, "pourquoi vous rendez le dossier") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await Change(request, dossier, part => part.Dossier.Withdraw(part.Reviewer.Id, asked.Reason, part.Reviewer.Id, clock.Now()), cancellation);
    }

    /// <summary>Makes the reviewer's change on the dossier as it stands; refused once the committee has decided.</summary>
    private async Task<IResult> Change(HttpRequest request, string number, Func<ReviewerPart, Step?> decide, CancellationToken cancellation)
    {
        var (part, refusal) = await access.Find(request, number, cancellation);
        if (part is null)
        {
            return refusal!;
        }

        var closed = false;
        var after = await dossiers.Change(part.Dossier.Id, standing =>
        {
            closed = !standing.TakesReviews() || standing.SheetOf(part.Reviewer.Id) is not { IsActive: true };
            return Task.FromResult(closed ? null : decide(part with { Dossier = standing }));
        }, cancellation);
        return closed
            ? HttpAnswers.Refused(StatusCodes.Status409Conflict, $"Le dossier est au statut « {after.Status.InFrench()} » : les avis ne changent plus.")
            : Answer(request, part with { Dossier = after });
    }

    private static IResult Answer(HttpRequest request, ReviewerPart part)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        request.HttpContext.Response.Headers.ETag = TagOf(part.Sheet);
        return HttpAnswers.Ok(ReviewState.Of(part));
    }

    internal static string TagOf(ReviewSheet sheet) => $"\"{sheet.Revision.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Whether the sheet says so already: then the answer to the first asking was lost, and nothing is to be done twice.</summary>
    private static bool IsSaid(ReviewSheet sheet, ReviewWord asked, bool submits) => sheet.Marks.SequenceEqual(asked.Marks)
        && (sheet.Comment ?? "") == (asked.Comment ?? "").Trim() && (!submits || sheet is { SubmittedAt: not null, Question: null });
}
