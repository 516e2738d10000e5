using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// The same as <see cref="ReviewDossier"/> for a reviewer at a page: the link in its digest leads there. What is refused comes back with the sentence that
/// says why and with all that was typed.
/// </summary>
public sealed class ReviewByPage(DossierStore dossiers, ReviewerAccess access, TimeProvider clock)
{
    [Function(nameof(ReviewByPage))]
    [For(Caller.Reviewer)]
    [Does("Prend le formulaire de la page de relecture.", Content = "text/html")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/review")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
        {
            return HttpAnswers.Refused(StatusCodes.Status415UnsupportedMediaType, "Cette adresse prend le formulaire de la page ; une machine rend un avis par PUT.");
        }

        var (part, refusal) = await access.Find(request, dossier, cancellation);
        if (part is null)
        {
            return refusal!;
        }

        var form = await request.ReadFormAsync(cancellation);
        return form.ContainsKey("conflict") ? await Declare(request, part, form, cancellation) : await Save(request, part, form, cancellation);
    }

    private async Task<IResult> Declare(HttpRequest request, ReviewerPart part, IFormCollection form, CancellationToken cancellation)
    {
        var exists = form["conflict"] == "yes";
        if (exists && HttpAnswers.TextRefusal("nature", form["nature"], "ce qui vous lie au porteur") is { } sentence)
        {
            return await Page(request, part, sentence, refused: true);
        }

        var after = await dossiers.Change(
            part.Dossier.Id,
            standing => Task.FromResult(standing.TakesReviews() && standing.SheetOf(part.Reviewer.Id) is { IsActive: true, Conflict: null } ? standing.Declare(part.Reviewer.Id, exists, form["nature"], clock.Now()) : null),
            cancellation);
        return await Page(request, part with { Dossier = after }, exists ? "C’est noté : le dossier est confié à quelqu’un d’autre. Merci." : "C’est noté : le dossier est ouvert.");
    }

    private async Task<IResult> Save(HttpRequest request, ReviewerPart part, IFormCollection form, CancellationToken cancellation)
    {
        ImmutableArray<Mark> marks =
        [
            .. CriterionToScore.Of(part.Rules, part.Dossier)
                .Select(criterion => new Mark(criterion.Id, int.TryParse(form[$"level.{criterion.Id}"], NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null, Text(form[$"reason.{criterion.Id}"])))
                .Where(mark => mark is not { Level: null, Reason: null }),
        ];
        var comment = Text(form["comment"]);
        var submits = form["submit"] == "yes" || part.Sheet.SubmittedAt is not null;
        var typed = part with { Dossier = part.Dossier.Typed(part.Reviewer.Id, marks, comment) };
        var sentence = !part.Sheet.MayRead ? "Dites d’abord si vous avez un conflit d’intérêts."
            : !part.Dossier.TakesReviews() ? $"Le dossier est au statut « {part.Dossier.Status.InFrench()} » : les avis ne changent plus."
            : form["revision"] != part.Sheet.Revision.ToString(CultureInfo.InvariantCulture) ? "Cet avis a été modifié dans une autre fenêtre. Ce que vous avez saisi est ci-dessous, et rien n’est enregistré : enregistrez de nouveau pour le garder."
            : ReviewSteps.MarksRefusal(part.Rules, part.Dossier, marks, comment, submits);
        if (sentence is not null)
        {
            return await Page(request, typed, sentence, refused: true);
        }

        var after = await dossiers.Change(
            part.Dossier.Id,
            standing => Task.FromResult(standing.TakesReviews() && standing.SheetOf(part.Reviewer.Id)?.Revision == part.Sheet.Revision ? standing.SaveMarks(part.Reviewer.Id, marks, comment, submits, clock.Now()) : null),
            cancellation);
        return await Page(request, part with { Dossier = after }, submits ? "Votre avis est rendu. Merci." : "Le brouillon est enregistré.");
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>The page of a reviewer's part, or the same as JSON.</summary>
    internal static Task<IResult> Page(HttpRequest request, ReviewerPart part, string? message = null, bool refused = false)
    {
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.ETag) = ("no-store", ReviewDossier.TagOf(part.Sheet));
        return HttpAnswers.PageOrJson<ReviewPage>(
            request,
            ReviewState.Of(part),
            (nameof(ReviewPage.Dossier), part.Dossier),
            (nameof(ReviewPage.Campaign), part.Rules),
            (nameof(ReviewPage.Sheet), part.Sheet),
            (nameof(ReviewPage.Message), message),
            (nameof(ReviewPage.Refused), refused));
    }
}
