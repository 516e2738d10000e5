using System.Collections.Concurrent;
using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Review;

/// <summary>
/// Tells reviewers and the office what waits: one mail a person and occasion at most, none where there is nothing to say. When an occasion is in UTC is
/// computed from the campaign's zone and days, not written in a schedule.
/// </summary>
public sealed class SendDigests(
    DossierStore dossiers, CampaignStore campaigns, DueTable due, DigestTable digests, LetterPost post, OfficeNews news, TimeProvider clock)
{
    /// <summary>
    /// How long a dossier that could not be read holds the day's digests back: told without it, its reviewer would hear of it a day late. Longer, and one dossier would keep everybody's news.
    /// </summary>
    private static readonly Duration Patience = Duration.FromHours(1);

    /// <summary>How many dossiers are fetched side by side: on the morning after the last day of a campaign, all of it wait.</summary>
    private const int AtOnce = 8;

    [Function(nameof(SendDigests))]
    public async Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        var waiting = new ConcurrentBag<(Due Hint, Dossier Dossier)>();
        var isWhole = false;
        await Try(failures, async () => isWhole = await due.LookAt(DueKind.Digest, hint => Collect(hint, waiting, cancellation), cancellation, AtOnce), cancellation);
        var ofCampaign = waiting.OrderBy(one => one.Hint.Key, StringComparer.Ordinal).ToLookup(one => one.Dossier.Campaign, StringComparer.Ordinal);
        foreach (var campaign in (await campaigns.Ids(cancellation)).Union(ofCampaign.Select(group => group.Key), StringComparer.Ordinal))
        {
            await Try(failures, () => Tell(campaign, [.. ofCampaign[campaign]], isWhole, cancellation), cancellation); // One campaign's fault is not the others'.
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    private async Task Tell(string campaign, IReadOnlyList<(Due Hint, Dossier Dossier)> waiting, bool isWhole, CancellationToken cancellation)
    {
        var now = clock.Now();
        if (await campaigns.FindInForce(campaign, now, cancellation) is not { } rules)
        {
            return; // Rules that do not run yet, or no longer: hints wait for them.
        }

        ImmutableArray<Dossier> told = [.. waiting.Select(one => one.Dossier).DistinctBy(dossier => dossier.Id).Where(dossier => Digest.Concerns(rules, dossier, now))];
        if (Digest.Today(rules, now) is { } occasion)
        {
            if (!isWhole && now < occasion + Patience)
            {
                return;
            }

            foreach (var reviewer in rules.Reviewers)
            {
                await TellReviewer(rules, reviewer, told, occasion, cancellation);
            }

            await TellOffice(rules, told, occasion, cancellation);
        }

        // Moved only now: letters are on record, so that a crash before this tells nobody twice and loses nobody.
        await due.Move(waiting.Where(one => Digest.Concerns(rules, one.Dossier, now)).Select(one => (one.Hint, Digest.Hint(one.Dossier.Id, Digest.Next(rules, now)))), cancellation);
        foreach (var (hint, _) in waiting.Where(one => !Digest.Concerns(rules, one.Dossier, now)))
        {
            await due.DropUnconfirmed(hint, cancellation);
        }
    }

    private async Task TellReviewer(Campaign rules, Reviewer reviewer, ImmutableArray<Dossier> waiting, Instant occasion, CancellationToken cancellation)
    {
        var (frequency, told) = await digests.Find(rules.Id, reviewer.Id, cancellation);
        if (!Digest.IsDue(rules, frequency, told, occasion))
        {
            return;
        }

        var letter = Digest.For(rules, reviewer, waiting, told, clock.Now());
        if (letter is not null)
        {
            await post.Send(letter, Digest.LeavesAt(rules, reviewer.Id, occasion), cancellation);
        }

        // A day without news stays open: what comes later today is told today. A week without is behind.
        if (letter is not null || frequency is DigestFrequency.Weekly)
        {
            await digests.Tell(rules.Id, reviewer.Id, clock.Now(), cancellation);
        }
    }

    private async Task TellOffice(Campaign rules, ImmutableArray<Dossier> waiting, Instant occasion, CancellationToken cancellation)
    {
        var (_, told) = await digests.Find(rules.Id, Actor.Office, cancellation);
        if (!Digest.IsDue(rules, DigestFrequency.Daily, told, occasion))
        {
            return;
        }

        if (Digest.ForOffice(rules, waiting, await news.Since(rules.Id, told, cancellation), clock.Now()) is { } letter)
        {
            await post.Send(letter, Digest.LeavesAt(rules, Actor.Office, occasion), cancellation);
        }

        await digests.Tell(rules.Id, Actor.Office, clock.Now(), cancellation);
    }

    private async Task Collect(Due hint, ConcurrentBag<(Due, Dossier)> waiting, CancellationToken cancellation)
    {
        if (await dossiers.FindWithoutPieces(DossierId.Parse(hint.Hint.Subject), cancellation) is { } dossier)
        {
            waiting.Add((hint, Digest.Brief(dossier)));
        }
        else
        {
            await due.DropUnconfirmed(hint, cancellation);
        }
    }

    private static async Task Try(List<Exception> failures, Func<Task> what, CancellationToken cancellation)
    {
        try
        {
            await what();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            failures.Add(failure);
        }
    }
}
