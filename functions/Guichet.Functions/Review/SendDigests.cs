using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// Tells reviewers what waits. 07:30 in Paris is 05:30 or 06:30 in UTC by the season: the timer runs at both, and a campaign's digest leaves
/// at the first run after its hour, once a day.
/// </summary>
public sealed class SendDigests(DossierStore dossiers, CampaignStore campaigns, DueTable due, LetterPost post, TimeProvider clock)
{
    [Function(nameof(SendDigests))]
    public async Task Run([TimerTrigger("0 30 5,6 * * *")] TimerInfo timer, CancellationToken cancellation)
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
        foreach (var ofCampaign in waiting.GroupBy(dossier => dossier.Campaign, StringComparer.Ordinal))
        {
            var campaign = await campaigns.InForce(ofCampaign.Key, clock.Now(), cancellation);
            foreach (var letter in Digest.IsTime(campaign, clock.Now()) ? Digest.Letters(campaign, ofCampaign, clock.Now()) : [])
            {
                await post.Send(letter, cancellation);
            }
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
