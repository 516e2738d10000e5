using System.Runtime.CompilerServices;
using Azure.Data.Tables;
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

/// <summary>What failed for good, one partition a queue: nothing is dropped without a row here.</summary>
public sealed class FailureTable(TableClient table, GuichetClock clock)
{
    private const int LongestText = 30_000;

    /// <summary>Keeps a failure; keeping it again changes nothing but the time.</summary>
    public Task Keep(Failure failure, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(failure.Queue, Uri.EscapeDataString(failure.MessageId))
        {
            ["Dossier"] = failure.Dossier,
            ["Reason"] = Cut(failure.Reason),
            ["Tried"] = failure.Tried,
            ["Body"] = Cut(failure.Body),
            ["FailedAt"] = clock.GetUtcNow(),
        },
        TableUpdateMode.Replace,
        cancellation);

    /// <summary>What failed since an instant, or all of it.</summary>
    public async IAsyncEnumerable<Failure> Since(Instant? since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = since is { } known ? TableClient.CreateQueryFilter($"FailedAt gt {known.ToDateTimeOffset()}") : null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return new Failure(
                row.PartitionKey, Uri.UnescapeDataString(row.RowKey), row.GetString("Body") ?? "", row.GetString("Dossier"), row.GetString("Reason"), row.GetInt32("Tried") ?? 1);
        }
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
