using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Storage;

/// <summary>A message that could not be handled, kept for a person.</summary>
/// <param name="Queue">Where it came from.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Body">What it said.</param>
/// <param name="Dossier">Whose, where it can be told.</param>
/// <param name="Reason">Why it failed: one sentence.</param>
/// <param name="Tried">How often it was tried.</param>
public sealed record Failure(string Queue, string MessageId, string Body, string? Dossier, string Reason, int Tried)
{
    /// <summary>The failure of a message that was promised.</summary>
    public static Failure Of(OutgoingMessage message, string dossier, string reason) =>
        new(message.Queue.ToString().ToLowerInvariant(), message.Id, message.Body, dossier, reason, 1);
}

/// <summary>A failure on record.</summary>
/// <param name="Failure">What failed.</param>
/// <param name="FailedAt">When, the last time.</param>
/// <param name="ReplayedAt">When a person had it tried again last; null for never.</param>
/// <param name="ReplayedBy">Who; see <see cref="Actor"/>.</param>
public sealed record FailureOnRecord(Failure Failure, Instant FailedAt, Instant? ReplayedAt, string? ReplayedBy)
{
    /// <summary>Whether it waits for a person: it was not tried again, or failed again since.</summary>
    public bool IsOpen => ReplayedAt is null || FailedAt > ReplayedAt;
}

/// <summary>What failed for good, one partition a queue: nothing is dropped without a row here.</summary>
public sealed class FailureTable(TableClient table, GuichetClock clock)
{
    private const int LongestText = 30_000;

    /// <summary>Keeps a failure; keeping it again changes nothing but the time, and what was done about it stands.</summary>
    public Task Keep(Failure failure, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(failure.Queue, Uri.EscapeDataString(failure.MessageId))
        {
            ["Dossier"] = failure.Dossier,
            ["Reason"] = Cut(failure.Reason),
            ["Tried"] = failure.Tried,
            ["Body"] = Cut(failure.Body),
            ["FailedAt"] = clock.GetUtcNow(),
        },
        TableUpdateMode.Merge,
        cancellation);

    /// <summary>All that is on record, the last failed first.</summary>
    public async Task<IReadOnlyList<FailureOnRecord>> List(CancellationToken cancellation)
    {
        var all = new List<FailureOnRecord>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            all.Add(new FailureOnRecord(
                Of(row),
                Instant.FromDateTimeOffset(row.GetDateTimeOffset("FailedAt")!.Value),
                row.GetDateTimeOffset("ReplayedAt") is { } at ? Instant.FromDateTimeOffset(at) : null,
                row.GetString("ReplayedBy")));
        }

        return [.. all.OrderByDescending(one => one.FailedAt).ThenBy(one => one.Failure.MessageId, StringComparer.Ordinal)];
    }

    /// <summary>Takes away what failed of a dossier, for good: a message or a reason may say what the dossier says.</summary>
    public async Task Forget(DossierId dossier, CancellationToken cancellation)
    {
        var number = dossier.ToString();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            if (row.GetString("Dossier") == number || $"{row.RowKey} {row.GetString("Body")} {row.GetString("Reason")}".Contains(number, StringComparison.Ordinal))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, Azure.ETag.All, cancellation);
            }
        }
    }

    /// <summary>Writes down that a person has it tried again: before it is, so that what fails again has failed later.</summary>
    public Task Replayed(Failure failure, string by, CancellationToken cancellation) => table.UpdateEntityAsync(
        new TableEntity(failure.Queue, Uri.EscapeDataString(failure.MessageId)) { ["ReplayedAt"] = clock.GetUtcNow(), ["ReplayedBy"] = by }, Azure.ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>What failed since an instant, or all of it.</summary>
    public async IAsyncEnumerable<Failure> Since(Instant? since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = since is { } known ? TableClient.CreateQueryFilter($"FailedAt gt {known.ToDateTimeOffset()}") : null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return Of(row);
        }
    }

    private static Failure Of(TableEntity row) =>
        new(row.PartitionKey, Uri.UnescapeDataString(row.RowKey), row.GetString("Body") ?? "", row.GetString("Dossier"), row.GetString("Reason"), row.GetInt32("Tried") ?? 1);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
