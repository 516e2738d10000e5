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

/// <summary>Gives more slots: for a file that was forgotten, corrected or asked for, or whose address has expired.</summary>
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
        string? sentence = null;
        var already = 0;
        var after = await dossiers.Change(found, standing =>
        {
            already = standing.Pieces.Length;
            sentence = standing.TakesFiles
                ? DepositSteps.Refusal(campaign, standing.Pieces, asked.Files)
                : $"Le dossier est au statut « {standing.Status.InFrench()} » et ne prend plus de fichier. Une question : {campaign.Office.Email}.";
            return Task.FromResult(sentence is null ? standing.AddSlots(campaign, asked.Files, SlotAddresses.NewSlots(already, asked.Files.Count), clock.Now()) : null);
        }, cancellation);
        return sentence is null
            ? HttpAnswers.Ok(await SlotAddresses.Of(folder, campaign, after, after.Pieces.Skip(already), null, cancellation), StatusCodes.Status201Created)
            : HttpAnswers.Refused(after.TakesFiles ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, sentence);
    }
}
