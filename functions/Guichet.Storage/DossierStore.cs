using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Guichet.Storage;

/// <summary>
/// The one way to a dossier: load it, decide a step, commit. A step is one entity group transaction guarded by the head's ETag: it happens
/// whole or not at all, and twice is once. What it promises stands as rows of the same partition until the handlers have kept it, so the bus
/// may lose everything, deliver it twice or late: a tick sends again what still stands.
/// </summary>
public sealed partial class DossierStore(
    TableClient table, LongTexts texts, DueTable due, BusSender bus, GuichetClock clock, TimeSpan allowance, ILogger<DossierStore> log)
{
    private const int MostConflicts = 8;

    /// <summary>A message that was sent again so often and whose promise still stands ends whatever handles it.</summary>
    private const int MostRedrives = 8;

    private readonly DossierRows _rows = new(texts);

    /// <summary>Whose promises will be looked at at the latest instant for which hints were written.</summary>
    private Expected? _expected;

    /// <summary>A dossier as it stands, or null where there is none of that number.</summary>
    public async Task<Dossier?> Find(DossierId id, CancellationToken cancellation) =>
        await _rows.Read(await Query(DossierRows.StateOf(id), cancellation), cancellation);

    /// <summary>A dossier as it stands but for its pieces, of which none are given: to be told of, not changed. Null where there is none of that number.</summary>
    public async Task<Dossier?> FindWithoutPieces(DossierId id, CancellationToken cancellation) =>
        await _rows.Read(await Query(DossierRows.StateWithoutPiecesOf(id), cancellation), cancellation);

    /// <summary>A dossier as it stands.</summary>
    /// <exception cref="FinalFailure">There is none of that number.</exception>
    public async Task<Dossier> Load(DossierId id, CancellationToken cancellation) => await Find(id, cancellation) ?? throw Unknown(id);

    /// <summary>The same without what was read of its files.</summary>
    /// <exception cref="FinalFailure">There is none of that number.</exception>
    public async Task<Dossier> LoadWithoutPieces(DossierId id, CancellationToken cancellation) => await FindWithoutPieces(id, cancellation) ?? throw Unknown(id);

    /// <summary>Commits the step that opens a dossier.</summary>
    public async Task Open(Step step, CancellationToken cancellation)
    {
        if (await TryCommit(step, null, cancellation) is not Committed.Yes)
        {
            throw new InvalidOperationException($"The number {step.After.Id} is taken.");
        }
    }

    /// <summary>Loads, decides and commits; where somebody else was faster, again on what stands then.</summary>
    /// <param name="id">Which dossier.</param>
    /// <param name="decide">The step, or null where there is nothing to do. May be called more than once.</param>
    /// <returns>The dossier as it stands afterwards.</returns>
    public async Task<Dossier> Change(DossierId id, Func<Dossier, Task<Step?>> decide, CancellationToken cancellation) =>
        await Change(await Load(id, cancellation), null, decide, cancellation);

    /// <summary>The same on a dossier that was loaded a moment ago.</summary>
    public Task<Dossier> Change(Dossier loaded, Func<Dossier, Task<Step?>> decide, CancellationToken cancellation) => Change(loaded, null, decide, cancellation);

    /// <summary>The same for a message: its promise is struck out in the transaction of the step, or alone where there is nothing left to do.</summary>
    public async Task<Dossier> Handle(DossierMessage message, Func<Dossier, Task<Step?>> decide, CancellationToken cancellation) =>
        await Change(await Load(message.Dossier, cancellation), message, decide, cancellation);

    /// <summary>Strikes out a promise that was kept elsewhere than in the dossier.</summary>
    public Task StrikeOut(DossierMessage promise, CancellationToken cancellation) =>
        table.DeleteEntityAsync(promise.Dossier.ToString(), DossierRows.PromiseKey(promise.Version, promise.Purpose), ETag.All, cancellation);

    /// <summary>
    /// Puts a promise off: whoever tries it again will do so at that instant, and a tick leaves it alone until then.
    /// </summary>
    public Task PutOff(DossierMessage promise, Instant until, CancellationToken cancellation) =>
        Mark(promise, "NotBefore", until.ToDateTimeOffset(), cancellation);

    /// <summary>Marks a promise that could not be kept: it stands, for a person to look at and to have sent again, and no tick touches it.</summary>
    public Task GiveUp(DossierMessage promise, CancellationToken cancellation) => Mark(promise, "FailedAt", clock.GetUtcNow(), cancellation);

    /// <summary>Sends a promise again that was given up; ticks look after it as after a new one.</summary>
    /// <param name="suffix">Unlike that of any sending before.</param>
    /// <returns>Whether it stood: what was kept meanwhile is not sent.</returns>
    public async Task<bool> Revive(DossierMessage promise, string suffix, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(promise.Dossier.ToString(), DossierRows.PromiseKey(promise.Version, promise.Purpose), cancellationToken: cancellation);
        if (!found.HasValue)
        {
            return false;
        }

        var row = found.Value!;
        foreach (var mark in new[] { "FailedAt", "NotBefore", "Redriven" })
        {
            row.Remove(mark);
        }

        await due.Write(new DueHint(DueKind.Tick, clock.Now() + Duration.FromTimeSpan(allowance), promise.Dossier.ToString(), DueHint.Promises), cancellation);
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
        await bus.Send(await _rows.Content<OutgoingMessage>(row, cancellation), suffix, cancellation);
        return true;
    }

    /// <summary>Sends again what a dossier still promises.</summary>
    /// <param name="id">Which dossier.</param>
    /// <param name="suffix">Unlike that of any sending before.</param>
    /// <param name="mayWait">Whether a message of a queue that was promised at an instant may still wait for its turn there: see <see cref="Backlog"/>. Such are left alone.</param>
    /// <returns>Whether any stands that may be sent once more, and what was sent so often in vain that it is to be kept for a person and given up: see <see cref="GiveUp"/>.</returns>
    public async Task<(bool Stands, IReadOnlyList<OutgoingMessage> Exhausted)> Redrive(
        DossierId id, string suffix, Func<QueueName, DateTimeOffset, Task<bool>> mayWait, CancellationToken cancellation)
    {
        var standing = (await Query(DossierRows.PromisesOf(id), cancellation)).Where(row => row.GetDateTimeOffset("FailedAt") is null).ToList();
        var exhausted = new List<OutgoingMessage>();
        foreach (var row in standing.Where(row => row.GetDateTimeOffset("NotBefore") is not { } until || until < clock.GetUtcNow()))
        {
            var message = await _rows.Content<OutgoingMessage>(row, cancellation);
            if (await mayWait(message.Queue, row.Timestamp!.Value))
            {
                continue;
            }

            var redriven = row.GetInt32("Redriven") ?? 0;
            if (redriven < MostRedrives)
            {
                // Counted only once it has left: a bus that is away for an hour takes no promise's chances.
                await bus.Send(message, suffix, cancellation);
                await TryMark(row, "Redriven", redriven + 1, cancellation);
            }
            else
            {
                exhausted.Add(message);
            }
        }

        return (standing.Count > exhausted.Count, exhausted);
    }

    /// <summary>Writes what became of a piece, in its own row.</summary>
    /// <returns>The piece with what the next write compares; null where somebody else has written it meanwhile.</returns>
    public async Task<Piece?> SavePiece(DossierId id, Piece piece, CancellationToken cancellation)
    {
        var row = await _rows.Row(id, DossierRows.PieceKey(piece.Slot), piece, cancellation);
        try
        {
            var written = await table.UpdateEntityAsync(row, new ETag(piece.ETag), TableUpdateMode.Replace, cancellation);
            return piece with { ETag = written.Headers.ETag.ToString()! };
        }
        catch (RequestFailedException conflict) when (conflict.Status is 412)
        {
            return null;
        }
    }

    /// <summary>A page of a campaign's dossiers, in order of number.</summary>
    /// <param name="status">Only those of a status; null for all.</param>
    /// <param name="size">How many at most.</param>
    /// <param name="next">What the page before gave; null for the first.</param>
    /// <returns>The numbers and what the next page is asked for with; null where <paramref name="next"/> is none of ours.</returns>
    public async Task<(IReadOnlyList<DossierId> Dossiers, string? Next)?> List(string campaign, DossierStatus? status, int size, string? next, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey eq {DossierRows.HeadKey} and Campaign eq {campaign}")
            + (status is { } wanted ? TableClient.CreateQueryFilter($" and Status eq {wanted.ToString()}") : "");
        try
        {
            await foreach (var page in table.QueryAsync<TableEntity>(filter, size, ["PartitionKey"], cancellation).AsPages(next, size))
            {
                return ([.. page.Values.Select(row => DossierId.Parse(row.PartitionKey))], page.ContinuationToken);
            }
        }
        catch (Exception wrong) when (next is not null && wrong is RequestFailedException { Status: 400 } or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }

        return ([], null);
    }

    /// <summary>The journal of a dossier, in order.</summary>
    public async IAsyncEnumerable<JournalEntry> Journal(DossierId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(DossierRows.JournalOf(id), cancellationToken: cancellation))
        {
            yield return await _rows.Content<JournalEntry>(row, cancellation);
        }
    }

    private async Task<Dossier> Change(Dossier dossier, DossierMessage? promise, Func<Dossier, Task<Step?>> decide, CancellationToken cancellation)
    {
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            if (await decide(dossier) is not { } step)
            {
                if (promise is not null)
                {
                    await StrikeOut(promise, cancellation);
                }

                return dossier;
            }

            switch (await TryCommit(step, promise, cancellation))
            {
                case Committed.Yes:
                    return step.After;
                case Committed.PromiseGone:
                    promise = null; // Struck out by whoever handled another delivery; the step is wanted all the same.
                    break;
            }

            dossier = await Load(dossier.Id, cancellation);
        }

        throw new PassingFailure($"Le dossier {dossier.Id} change sans cesse : à reprendre dans un instant.");
    }

    private async Task<Committed> TryCommit(Step step, DossierMessage? promise, CancellationToken cancellation)
    {
        using var activity = Telemetry.Start($"step {step.Entry.Operation.Split('/')[0]}", step.After.Id);
        if (!step.Messages.IsEmpty)
        {
            await ExpectPromises(step.After.Id, cancellation);
        }

        foreach (var hint in step.Hints)
        {
            await due.Write(hint, cancellation);
        }

        var actions = await _rows.Write(step, cancellation);
        if (promise is not null)
        {
            actions.Add(new(TableTransactionActionType.Delete, new TableEntity(promise.Dossier.ToString(), DossierRows.PromiseKey(promise.Version, promise.Purpose)), ETag.All));
        }

        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            if (!await IsWritten(step, cancellation))
            {
                return conflict.Status is 404 ? Committed.PromiseGone : Committed.Conflict;
            }
        }

        Telemetry.Committed(step);
        await Send(step, cancellation);
        return Committed.Yes;
    }

    /// <summary>
    /// Has a tick look whether the promises of a step were kept, between one and one and a half allowances from now. The instants are few, so that a dossier's steps
    /// that follow each other share a hint: one that this process wrote and that is not due yet stands, for none is dropped before.
    /// </summary>
    private async Task ExpectPromises(DossierId id, CancellationToken cancellation)
    {
        var grid = allowance.Ticks / 2;
        var at = Instant.FromUnixTimeTicks(((clock.Now() + Duration.FromTimeSpan(allowance)).ToUnixTimeTicks() + grid - 1) / grid * grid);
        if (_expected is not { } expected || expected.At != at)
        {
            _expected = expected = new Expected(at, new ConcurrentDictionary<DossierId, bool>());
        }

        if (!expected.Dossiers.ContainsKey(id))
        {
            await due.Write(new DueHint(DueKind.Tick, at, id.ToString(), DueHint.Promises), cancellation);
            expected.Dossiers[id] = true;
        }
    }

    /// <summary>Whether the step is in the journal: then the write whose answer we missed was our own, and its retry found it done.</summary>
    private async Task<bool> IsWritten(Step step, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(step.After.Id.ToString(), DossierRows.JournalKey(step.Entry.Sequence), cancellationToken: cancellation);
        return row.HasValue && (await _rows.Content<JournalEntry>(row.Value!, cancellation)).Hash == step.Entry.Hash;
    }

    private async Task Send(Step step, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(step.Messages.Select(message => bus.Send(message, cancellation: cancellation)));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The step is done and its promises stand: the tick will send them. Failing here would have a done step tried again.
            LogNotSent(log, step.After.Id, failure);
        }
    }

    private Task<bool> Mark(DossierMessage promise, string name, object value, CancellationToken cancellation) =>
        TryMark(new TableEntity(promise.Dossier.ToString(), DossierRows.PromiseKey(promise.Version, promise.Purpose)) { ETag = ETag.All }, name, value, cancellation);

    /// <summary>Marks a promise's row; false where it was kept, or marked otherwise, meanwhile.</summary>
    private async Task<bool> TryMark(TableEntity row, string name, object value, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { [name] = value }, row.ETag, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException meanwhile) when (meanwhile.Status is 404 or 412)
        {
            return false;
        }
    }

    private async Task<List<TableEntity>> Query(string filter, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static FinalFailure Unknown(DossierId id) => new($"Le dossier {id} n’existe pas.");

    private sealed record Expected(Instant At, ConcurrentDictionary<DossierId, bool> Dossiers);

    private enum Committed
    {
        Yes,
        Conflict,
        PromiseGone,
    }

    [LoggerMessage(LogLevel.Warning, "Dossier {Dossier}: what the step promises could not be sent; it stands and will be sent by the tick")]
    private static partial void LogNotSent(ILogger logger, DossierId dossier, Exception failure);
}
