using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>Reminds funded projects of the impact reports that are due.</summary>
public sealed class SendReminders(DossierStore dossiers, CampaignStore campaigns, DueTable due, TimeProvider clock)
{
    [Function(nameof(SendReminders))]
    public Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        due.LookAt(DueKind.Reminder, hint => Remind(hint, cancellation), cancellation);

    private async Task Remind(Due hint, CancellationToken cancellation)
    {
        if (await dossiers.Find(DossierId.Parse(hint.Hint.Subject), cancellation) is { } found)
        {
            var campaign = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
            await dossiers.Change(found.Id, dossier => Task.FromResult(dossier.Remind(campaign, clock.Now())), cancellation);
        }

        await due.DropUnconfirmed(hint, cancellation);
    }
}
