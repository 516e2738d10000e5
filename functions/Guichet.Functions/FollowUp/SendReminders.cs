using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>Reminds funded projects of the impact reports that are due.</summary>
public sealed class SendReminders(DossierStore dossiers, CampaignStore campaigns, DueTable due, ReportReception reports, TimeProvider clock)
{
    [Function(nameof(SendReminders))]
    public Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        due.LookAt(DueKind.Reminder, hint => Remind(hint, cancellation), cancellation);

    private async Task Remind(Due hint, CancellationToken cancellation)
    {
        if (await dossiers.Find(DossierId.Parse(hint.Hint.Subject), cancellation) is { } found)
        {
            var campaign = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
            foreach (var milestone in Reminders.Due(campaign, found, clock.Now()))
            {
                await reports.ReceiveThoseLeft(found, milestone, cancellation); // Nobody is reminded of a report that is here.
            }

            var dossier = await dossiers.Change(found.Id, standing => Task.FromResult(standing.Remind(campaign, clock.Now())), cancellation);

            // Whatever was done: rules that moved the hour leave a hint with nothing to do and more to come.
            if (Reminders.Next(campaign, dossier) is { } next)
            {
                await due.Write(Reminders.Hint(dossier.Id, next), cancellation);
            }
        }

        await due.DropUnconfirmed(hint, cancellation);
    }
}
