using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// Tells reviewers what waits: once a day at most, at the first run after their campaign's hour at which there is something to say. What time that
/// is in UTC is computed from the campaign's zone, not written in a schedule.
/// </summary>
public sealed class SendDigests(DossierStore dossiers, CampaignStore campaigns, DueTable due, LetterPost post, TimeProvider clock)
{
    [Function(nameof(SendDigests))]
    public async Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var waiting = new List<Dossier>();
        try
        {
            await due.LookAt(DueKind.Digest, hint => Collect(hint, waiting, cancellation), cancellation);
        }
        finally
        {
            await Tell(waiting, cancellation);
        }
    }

    private async Task Tell(List<Dossier> waiting, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        foreach (var ofCampaign in waiting.GroupBy(dossier => dossier.Campaign, StringComparer.Ordinal))
        {
            try
            {
                var campaign = await campaigns.InForce(ofCampaign.Key, clock.Now(), cancellation);
                foreach (var letter in Digest.IsTime(campaign, clock.Now()) ? Digest.Letters(campaign, ofCampaign, clock.Now()) : [])
                {
                    await post.Send(letter, cancellation);
                }
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(failure); // One campaign's fault is not the others'.
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    private async Task Collect(Due hint, List<Dossier> waiting, CancellationToken cancellation)
    {
        if (await dossiers.Find(DossierId.Parse(hint.Hint.Subject), cancellation) is { } dossier && Digest.Concerns(dossier))
        {
            waiting.Add(dossier);
        }
        else
        {
            await due.DropUnconfirmed(hint, cancellation);
        }
    }
}
