using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// A file of a dossier as the porteur sent it, to the office and to those reviewers who have said that they have no conflict of interest. Always to be
/// saved and never shown: what a stranger wrote runs in nobody's browser under our address.
/// </summary>
public sealed class FetchPiece(DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, TimeProvider clock)
{
    [Function(nameof(FetchPiece))]
    [For(Caller.Reviewer, Caller.Office)]
    [Does("Remet une pièce ou un fichier d’un bilan, tel que le porteur l’a envoyée.", Content = "application/octet-stream")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/pieces/{slot}")] HttpRequest request,
        string dossier,
        string slot,
        CancellationToken cancellation)
    {
        if (!DossierId.TryParse(dossier, out var id) || await dossiers.Find(id, cancellation) is not { } found || !await MayRead(request.Staff(), found, cancellation))
        {
            return HttpAnswers.Refused(StatusCodes.Status404NotFound, $"Le dossier « {dossier} » n’existe pas, ou ne vous est pas ouvert : dites d’abord si vous avez un conflit d’intérêts.");
        }

        if (found.ErasedSentence() is { } erased)
        {
            return HttpAnswers.Erased(erased);
        }

        var (name, sha256) = found.Pieces.FirstOrDefault(piece => piece.Slot == slot) is { } piece ? (piece.FileName, piece.Received?.Sha256)
            : found.Milestones.SelectMany(milestone => milestone.Report?.Files ?? []).FirstOrDefault(file => file.Slot == slot) is { } file ? (file.Name, file.Received.Sha256)
            : default;
        if (sha256 is null)
        {
            return HttpAnswers.Refused(StatusCodes.Status404NotFound, $"Le dossier {found.Id} n’a pas de pièce « {slot} » qui puisse être remise.");
        }

        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions, headers.ContentSecurityPolicy) = ("no-store", "nosniff", "sandbox; default-src 'none'");
        return Results.Stream(await folder.OpenPiece(found.Id, sha256, cancellation), "application/octet-stream", name);
    }

    private async Task<bool> MayRead(Staff staff, Dossier dossier, CancellationToken cancellation) => staff.Roles.Contains(Caller.Office)
        || (staff.ReviewerIn(await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation)) is { } reviewer && dossier.SheetOf(reviewer.Id) is { MayRead: true });
}
