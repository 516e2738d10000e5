using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Documents;
using Guichet.Functions.Deposit;
using Guichet.Storage;

namespace Guichet.Functions.FollowUp;

/// <summary>
/// Takes in a file of an impact report: its bytes to where no address reaches, its content through a reader process, what it reports into the milestone.
/// Receiving a file twice changes nothing.
/// </summary>
public sealed class ReportReception(DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, MalwareGate malware, ReaderPool readers, TimeProvider clock)
{
    /// <summary>Receives a file. One whose malware verdict is late is left to a tick, or to the reminder that it makes needless.</summary>
    /// <exception cref="FinalFailure">The dossier has no such report.</exception>
    public async Task Receive(string campaign, DossierId dossier, int milestone, string slot, CancellationToken cancellation)
    {
        await malware.AwaitVerdict(UploadPlace.OfReport(campaign, dossier, milestone), slot, cancellation);
        await ReceiveNow(dossier, milestone, slot, cancellation);
    }

    private async Task ReceiveNow(DossierId dossier, int milestone, string slot, CancellationToken cancellation)
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
            await ReceiveNow(dossier.Id, milestone.Number, file.Slot, cancellation);
        }
    }

    private async Task Read(Dossier dossier, Milestone milestone, string slot, CancellationToken cancellation)
    {
        var campaign = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
        var place = UploadPlace.OfReport(dossier.Campaign, dossier.Id, milestone.Number);
        if (await malware.Obstacle(place, slot, cancellation) is var (obstacle, unopened))
        {
            if (!obstacle.IsAwaited)
            {
                await Keep(campaign, dossier, milestone, new ReportFile(slot, DepositSteps.NameOf(unopened.Name, slot), unopened.Reception, $"Il {obstacle.Said}"), new ReportReading(), cancellation);
            }

            return;
        }

        var local = Path.Combine(Path.GetTempPath(), $"guichet-{Guid.NewGuid():N}");
        try
        {
            var upload = await folder.Take(place, slot, campaign.Files.LargestFile, local, cancellation)
                ?? throw new FinalFailure($"Le fichier {slot} du bilan n° {milestone.Number} du dossier {dossier.Id} n’est plus là.");
            var name = DepositSteps.NameOf(upload.Name, slot);
            var reading = upload.Reception.Sha256 is null
                ? new ReportReading { Trouble = $"Il ({FileSize.InFrench(upload.Reception.Bytes)}) dépasse la limite de {FileSize.InFrench(campaign.Files.LargestFile)} par fichier : allégez-le, par exemple en réduisant ses images." }
                : await readers.ReadReport(local, name, dossier.Agreement!.Indicators, cancellation);
            await Keep(campaign, dossier, milestone, new ReportFile(slot, name, upload.Reception, reading.Trouble), reading, cancellation);
        }
        finally
        {
            File.Delete(local);
        }
    }

    private Task<Dossier> Keep(Campaign campaign, Dossier dossier, Milestone milestone, ReportFile file, ReportReading reading, CancellationToken cancellation) =>
        dossiers.Change(dossier.Id, standing => Task.FromResult(standing.Receive(campaign, milestone.Number, file, reading, clock.Now())), cancellation);
}
