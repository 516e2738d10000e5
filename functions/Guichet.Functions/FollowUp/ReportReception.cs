using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Documents;
using Guichet.Storage;

namespace Guichet.Functions.FollowUp;

/// <summary>
/// Takes in a file of an impact report: its bytes to where no address reaches, its content through a reader process, what it reports into the milestone.
/// Receiving a file twice changes nothing.
/// </summary>
public sealed class ReportReception(DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, ReaderPool readers, TimeProvider clock)
{
    /// <summary>Receives a file.</summary>
    /// <exception cref="FinalFailure">The dossier has no such report.</exception>
    public async Task Receive(DossierId dossier, int milestone, string slot, CancellationToken cancellation)
    {
        var standing = await dossiers.Load(dossier, cancellation);
        if (standing.MilestoneOf(milestone) is not { } found)
        {
            throw new FinalFailure($"Le dossier {dossier} n’attend pas de bilan n° {milestone}.");
        }

        if (found.Report?.Files.Any(file => file.Slot == slot) is not true)
        {
            await Read(standing, found, slot, cancellation);
        }
    }

    /// <summary>Receives the files of a report that no event announced.</summary>
    public async Task ReceiveThoseLeft(Dossier dossier, Milestone milestone, CancellationToken cancellation)
    {
        foreach (var file in await folder.List(UploadPlace.OfReport(dossier.Campaign, dossier.Id, milestone.Number), cancellation))
        {
            await Receive(dossier.Id, milestone.Number, file.Slot, cancellation);
        }
    }

    private async Task Read(Dossier dossier, Milestone milestone, string slot, CancellationToken cancellation)
    {
        var campaign = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
        var local = Path.Combine(Path.GetTempPath(), $"guichet-{Guid.NewGuid():N}");
        try
        {
            var place = UploadPlace.OfReport(dossier.Campaign, dossier.Id, milestone.Number);
            var upload = await folder.Take(place, slot, campaign.Files.LargestFile, local, cancellation)
                ?? throw new FinalFailure($"Le fichier {slot} du bilan n° {milestone.Number} du dossier {dossier.Id} n’est plus là.");
            var name = DepositSteps.NameOf(upload.Name, slot);
            var reading = upload.Reception.Sha256 is null
                ? new ReportReading { Trouble = $"Il ({FileSize.InFrench(upload.Reception.Bytes)}) dépasse la limite de {FileSize.InFrench(campaign.Files.LargestFile)} par fichier : allégez-le, par exemple en réduisant ses images." }
                : await readers.ReadReport(local, name, dossier.Agreement!.Indicators, cancellation);
            var file = new ReportFile(slot, name, upload.Reception, reading.Trouble);
            await dossiers.Change(dossier.Id, standing => Task.FromResult(standing.Receive(campaign, milestone.Number, file, reading, clock.Now())), cancellation);
        }
        finally
        {
            File.Delete(local);
        }
    }
}
