using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Deposit;

/// <summary>The files for which slots are asked.</summary>
public sealed record SlotsRequest(IReadOnlyList<AnnouncedFile> Files);

/// <summary>
/// Gives more slots: for a file that was forgotten, corrected or asked for, or whose address has expired. Asked for again with its <c>Idempotency-Key</c>, it gives
/// the slots that were given, even where the first answer was an error.
/// </summary>
public sealed class AskForSlots(PorteurAccess access, DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, TimeProvider clock)
{
    [Function(nameof(AskForSlots))]
    [For(Caller.Porteur)]
    [Does("Donne où envoyer d’autres fichiers.", Takes = typeof(SlotsRequest), Gives = typeof(SlotsAnswer), Status = 201)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/slots")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        if (await access.Find(request, dossier, cancellation) is not { } found)
        {
            return HttpAnswers.NotYours();
        }

        var (asked, refusal) = await HttpAnswers.Read<SlotsRequest>(request, cancellation);
        if (asked is null)
        {
            return refusal!;
        }

        var campaign = await campaigns.InForce(found.Campaign, found.OpenedAt, cancellation);
        var giving = SlotAddresses.Giving(request, found.Id, asked.Files);
        string? sentence = null;
        var after = await dossiers.Change(found, standing =>
        {
            sentence = null;
            if (standing.Pieces.Any(piece => SlotAddresses.IsOf(giving, piece)))
            {
                return Task.FromResult<Step?>(null);
            }

            sentence = standing.TakesFiles
                ? DepositSteps.Refusal(campaign, standing.Pieces, asked.Files)
                : $"Le dossier est au statut « {standing.Status.InFrench()} » et ne prend plus de fichier. Une question : {campaign.Office.Email}.";
            return Task.FromResult(sentence is null ? standing.AddSlots(campaign, asked.Files, SlotAddresses.NewSlots(standing.Pieces.Length, asked.Files.Count, giving), clock.Now()) : null);
        }, cancellation);
        return sentence is null
            ? HttpAnswers.Ok(await SlotAddresses.Of(folder, campaign, after, after.Pieces.Where(piece => SlotAddresses.IsOf(giving, piece)), null, cancellation), StatusCodes.Status201Created)
            : HttpAnswers.Refused(after.TakesFiles ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, sentence);
    }
}
