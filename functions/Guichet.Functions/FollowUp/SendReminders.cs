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
    public async Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await foreach (var hint in due.Read(DueKind.Reminder, cancellation))
        {
            if (!DossierId.TryParse(hint.Hint.Subject, out var id) || await dossiers.Find(id, cancellation) is not { } found)
            {
                await due.DropUnconfirmed(hint, cancellation);
                continue;
            }

            var campaign = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
            await dossiers.Change(id, dossier => Task.FromResult(dossier.Remind(campaign, clock.Now())), cancellation);
            await due.DropUnconfirmed(hint, cancellation);
        }
    }
}
