using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Dossiers;
using NodaTime;
using NodaTime.Text;

namespace Guichet.Storage;

/// <summary>
/// What is to be looked at and when, one partition a timer, in order of time: a tick reads what is due and no more, days that were missed
/// included. A row is a hint: written before the step that it serves, and dropped when the state does not confirm it.
/// </summary>
public sealed class DueTable(TableClient table, GuichetClock clock)
{
    private const int MostInTransaction = 100;

    /// <summary>Half of what a function is given (<c>host.json</c>), so that the last look may take as long.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(2);

    private static readonly InstantPattern Sortable = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss.fff'Z'");

    /// <summary>
    /// How long a step may take from its hint to its commit. A hint whose state does not confirm it is kept for so long, because the step may
    /// still be on its way.
    /// </summary>
    public static readonly Duration WriteTimeOut = Duration.FromMinutes(5);

    /// <summary>Writes a hint; writing it again changes nothing.</summary>
    public Task Write(DueHint hint, CancellationToken cancellation) => table.UpsertEntityAsync(Row(hint), TableUpdateMode.Replace, cancellation);

    /// <summary>What is due by now, oldest first.</summary>
    public IAsyncEnumerable<Due> Read(DueKind kind, CancellationToken cancellation) => Read(kind, clock.Now(), cancellation);

    /// <summary>What will be due by an instant, oldest first.</summary>
    public async IAsyncEnumerable<Due> Read(DueKind kind, Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var partition = Partition(kind);
        var end = Sortable.Format(until) + "~";
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == partition && row.RowKey.CompareTo(end) <= 0, cancellationToken: cancellation))
        {
            var at = Instant.FromDateTimeOffset(row.GetDateTimeOffset("At")!.Value);
            var old = Instant.FromDateTimeOffset(row.GetDateTimeOffset("WrittenAt")!.Value) + WriteTimeOut < clock.Now();
            yield return new Due(new DueHint(kind, at, row.GetString("Subject"), row.GetString("Purpose")), old, row.RowKey);
        }
    }

    /// <summary>
    /// Looks at what is due by now, each on its own: what fails stays for the next run, and stops none of the others. So does what there is no time for: a function
    /// that outlasts its time takes down with it whatever its worker does beside.
    /// </summary>
    /// <param name="atOnce">How many are looked at side by side.</param>
    /// <returns>Whether that was all of it.</returns>
    /// <exception cref="AggregateException">Something failed; the rest was done.</exception>
    public async Task<bool> LookAt(DueKind kind, Func<Due, Task> look, CancellationToken cancellation, int atOnce = 1)
    {
        var (start, failures, isAll) = (clock.GetTimestamp(), new ConcurrentQueue<Exception>(), true);
        await Parallel.ForEachAsync(InTime(), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation }, async (due, _) =>
        {
            Telemetry.LookedAt(kind, clock.Now() - due.Hint.At);
            using var activity = DossierId.TryParse(due.Hint.Subject.Split('/')[0], out var dossier) ? Telemetry.Start($"look {due.Hint.Purpose}", dossier) : null;
            try
            {
                await look(due);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Enqueue(new InvalidOperationException($"{due.Hint.Purpose} of {due.Hint.Subject}: {failure.Message}", failure));
            }
        });
        return failures.IsEmpty ? isAll : throw new AggregateException(failures);

        async IAsyncEnumerable<Due> InTime()
        {
            await foreach (var due in Read(kind, cancellation))
            {
                if (isAll = clock.GetElapsedTime(start) < LongestLook)
                {
                    yield return due;
                }
                else
                {
                    break;
                }
            }
        }
    }

    /// <summary>Writes hints in the place of others, a page of them at a time: of thousands each on its own, on the last day of a campaign, a function's time would not be enough.</summary>
    /// <param name="moved">Of one kind: what is dropped, and what is written for it.</param>
    public async Task Move(IEnumerable<(Due From, DueHint To)> moved, CancellationToken cancellation)
    {
        foreach (var page in moved.DistinctBy(one => one.From.Key).Chunk(MostInTransaction / 2))
        {
            var written = page.Select(one => Row(one.To)).DistinctBy(row => row.RowKey).ToList();
            var kept = written.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
            try
            {
                await table.SubmitTransactionAsync(
                    [
                        .. written.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                        .. page.Where(one => !kept.Contains(one.From.Key)).Select(one => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Partition(one.From.Hint.Kind), one.From.Key), ETag.All)),
                    ],
                    cancellation);
            }
            catch (RequestFailedException gone) when (gone.Status is 404)
            {
                // Somebody has dropped one of them; or our own answer was lost, and all of it is done.
                foreach (var (from, to) in page)
                {
                    await Write(to, cancellation);
                    await Drop(from, cancellation);
                }
            }
        }
    }

    /// <summary>Drops a hint that has served.</summary>
    public Task Drop(Due due, CancellationToken cancellation) => table.DeleteEntityAsync(Partition(due.Hint.Kind), due.Key, ETag.All, cancellation);

    /// <summary>Drops a hint that the state does not confirm, unless its step may still be on its way.</summary>
    public Task DropUnconfirmed(Due due, CancellationToken cancellation) => due.IsOld ? Drop(due, cancellation) : Task.CompletedTask;

    private TableEntity Row(DueHint hint) => new(Partition(hint.Kind), $"{Sortable.Format(hint.At)}|{hint.Purpose}|{Uri.EscapeDataString(hint.Subject)}")
    {
        ["At"] = hint.At.ToDateTimeOffset(),
        ["Purpose"] = hint.Purpose,
        ["Subject"] = hint.Subject,
        ["WrittenAt"] = clock.GetUtcNow(),
    };

    private static string Partition(DueKind kind) => kind.ToString().ToLower(CultureInfo.InvariantCulture);
}

/// <summary>A hint that has come due.</summary>
/// <param name="Hint">What it says.</param>
/// <param name="IsOld">Whether the step that wrote it must have ended by now, one way or the other.</param>
/// <param name="Key">Its row.</param>
public sealed record Due(DueHint Hint, bool IsOld, string Key);
