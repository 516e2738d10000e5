using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Pages;
using Guichet.Storage;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>What will be erased and when, from the same hints and by the same rule as the erasure itself.</summary>
public sealed class RetentionForecast(DossierStore dossiers, CampaignStore campaigns, DueTable due, TimeProvider clock)
{
    /// <summary>How many dossiers one answer lists.</summary>
    private const int Most = 500;

    /// <summary>What will be erased by a day, included.</summary>
    public async Task<RetentionPreview> By(LocalDate day, CancellationToken cancellation)
    {
        var (lines, seen, hasMore) = (new List<RetentionLine>(), new HashSet<string>(StringComparer.Ordinal), false);
        await foreach (var hint in due.Read(DueKind.Retention, day.PlusDays(1).AtMidnight().InUtc().ToInstant() + Duration.FromHours(14), cancellation))
        {
            if (seen.Add(hint.Hint.Subject) && await Line(DossierId.Parse(hint.Hint.Subject), cancellation) is { } line && line.DueOn <= day)
            {
                if (hasMore = lines.Count == Most)
                {
                    break;
                }

                lines.Add(line);
            }
        }

        var going = lines.Where(line => line.Hold is null).ToList();
        return new RetentionPreview(
            day, [.. lines.OrderBy(line => line.DueOn).ThenBy(line => line.Dossier, StringComparer.Ordinal)],
            going.Sum(line => line.Files), going.Sum(line => line.Bytes), hasMore, RetentionPreview.CopiesKept);
    }

    /// <summary>How many dossiers of a campaign have come within the days in which their erasure is announced, since an instant; null for never before.</summary>
    public async Task<int> Announced(string campaign, Instant? since, CancellationToken cancellation)
    {
        var (ahead, count) = (Duration.FromDays(Retention.DaysAnnounced), 0);
        await foreach (var hint in due.Read(DueKind.Retention, clock.Now() + ahead, cancellation))
        {
            if (hint.Hint.At > (since ?? Instant.MinValue + ahead) + ahead
                && await dossiers.Find(DossierId.Parse(hint.Hint.Subject), cancellation) is { Hold: null, Erasure: null } dossier && dossier.Campaign == campaign
                && await DueOn(dossier, cancellation) is not null)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>When a dossier's personal data will be erased; null where something may still come of it.</summary>
    public async Task<LocalDate?> DueOn(Dossier dossier, CancellationToken cancellation) =>
        Retention.DueOn(await campaigns.AtDeposit(dossier, await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation), cancellation), dossier);

    private async Task<RetentionLine?> Line(DossierId id, CancellationToken cancellation) =>
        await dossiers.Find(id, cancellation) is not { Erasure: null or { CompletedAt: null } } dossier || await DueOn(dossier, cancellation) is not { } dueOn
            ? null
            : Line(dossier, dueOn);

    private static RetentionLine Line(Dossier dossier, LocalDate dueOn)
    {
        var files = dossier.Erasure is { } erasure ? (erasure.Files, erasure.Bytes) : (dossier.Receptions().Count(), dossier.Receptions().Sum(one => one.Bytes));
        return new RetentionLine(dossier.Id.ToString(), dossier.Campaign, dossier.Status.InFrench(), dossier.Title, dueOn, files.Item1, files.Item2, dossier.Hold, dossier.Erasure is not null);
    }
}
