using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Operations;

namespace Guichet.Storage;

/// <summary>
/// What is shared out among a campaign's dossiers: reviewers' time, the envelope. One partition an account, a row with the totals, a row a dossier with
/// what it holds; both change in one transaction guarded by the totals, so that two that share out at once cannot both have the same.
/// </summary>
/// <remarks>
/// A dossier holds here before its own step says so, because that is another partition. Whoever shares out does so under a promise or a hint, and tries
/// again until dossier and ledger agree: so settling a second time with the same answer writes nothing.
/// </remarks>
public sealed class LedgerTable(TableClient table)
{
    private const string TotalsKey = "totals";
    private const string Json = "Json";
    private const int MostConflicts = 20;

    /// <summary>Entities of one transaction, less the totals.</summary>
    public const int MostDossiers = 99;

    /// <summary>Who shares out in this process takes turns: the totals' ETag refuses all but one of those that meet, and each of them would read again.</summary>
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Changes what dossiers hold.</summary>
    /// <param name="account">Which account of which campaign.</param>
    /// <param name="dossiers">Those that may change; 99 at most.</param>
    /// <param name="decide">
    /// From what all hold together and what each of these holds, what each is to hold; null leaves everything as it is. May be called more than once.
    /// </param>
    /// <returns>What was decided.</returns>
    /// <exception cref="PassingFailure">Others share out so often that there was no turn.</exception>
    public async Task<IReadOnlyDictionary<DossierId, Holding>?> Settle(
        LedgerAccount account, IReadOnlyCollection<DossierId> dossiers, Func<Ledger, IReadOnlyDictionary<DossierId, Holding>?> decide, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dossiers.Count, MostDossiers);
        var turn = _turns.GetOrAdd(account.Key, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            return await SettleInTurn(account, dossiers, decide, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyDictionary<DossierId, Holding>?> SettleInTurn(
        LedgerAccount account, IReadOnlyCollection<DossierId> dossiers, Func<Ledger, IReadOnlyDictionary<DossierId, Holding>?> decide, CancellationToken cancellation)
    {
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var (ledger, eTag) = await Read(account, dossiers, cancellation);
            if (decide(ledger) is not { } decided)
            {
                return null;
            }

            var changed = decided.Where(pair => !pair.Value.Equals(ledger.Of(pair.Key))).ToList();
            if (changed.Count == 0 || await TryWrite(account, ledger, eTag, changed, cancellation))
            {
                return decided;
            }
        }

        throw new PassingFailure($"Le registre {account.Key} change sans cesse : à reprendre dans un instant.");
    }

    /// <summary>Who holds what, in order of number.</summary>
    public async Task<IReadOnlyList<(DossierId Dossier, Holding Holding)>> Holders(LedgerAccount account, CancellationToken cancellation)
    {
        var holders = new List<(DossierId, Holding)>();
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == account.Key && row.RowKey != TotalsKey, cancellationToken: cancellation))
        {
            if (HoldingOf(row) is { IsEmpty: false } holding)
            {
                holders.Add((DossierId.Parse(row.RowKey), holding));
            }
        }

        return holders;
    }

    /// <summary>What all hold together.</summary>
    public async Task<Holding> Totals(LedgerAccount account, CancellationToken cancellation) => (await Read(account, [], cancellation)).Ledger.Totals;

    private async Task<(Ledger Ledger, ETag? ETag)> Read(LedgerAccount account, IReadOnlyCollection<DossierId> dossiers, CancellationToken cancellation)
    {
        var totals = await table.GetEntityIfExistsAsync<TableEntity>(account.Key, TotalsKey, cancellationToken: cancellation);
        var held = ImmutableDictionary.CreateBuilder<DossierId, Holding>();
        foreach (var dossier in dossiers)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(account.Key, dossier.ToString(), cancellationToken: cancellation);
            held[dossier] = row.HasValue ? HoldingOf(row.Value!) : Holding.Nothing;
        }

        // Read after the totals, a row may be newer than they are: then the totals' own ETag refuses the write.
        return (new Ledger(totals.HasValue ? HoldingOf(totals.Value!) : Holding.Nothing, held.ToImmutable()), totals.HasValue ? totals.Value!.ETag : null);
    }

    private async Task<bool> TryWrite(LedgerAccount account, Ledger ledger, ETag? eTag, List<KeyValuePair<DossierId, Holding>> changed, CancellationToken cancellation)
    {
        var totals = Row(account, TotalsKey, changed.Aggregate(ledger.Totals, (sum, pair) => sum.Less(ledger.Of(pair.Key)).Plus(pair.Value)));
        List<TableTransactionAction> actions =
        [
            eTag is { } known ? new(TableTransactionActionType.UpdateReplace, totals, known) : new(TableTransactionActionType.Add, totals),
            .. changed.Select(pair => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(account, pair.Key.ToString(), pair.Value))),
        ];
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
        {
            return false; // Somebody else was faster, or our own write whose answer was lost: looking again tells.
        }
    }

    private static TableEntity Row(LedgerAccount account, string key, Holding holding) =>
        new(account.Key, key) { [Json] = JsonSerializer.Serialize(holding.Parts, GuichetJson.Options) };

    private static Holding HoldingOf(TableEntity row) => Holding.Of(JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(Json), GuichetJson.Options)!);
}

/// <summary>An account of a campaign.</summary>
/// <param name="Key">The partition.</param>
public sealed record LedgerAccount(string Key)
{
    /// <summary>Reviewers' time: one part a reviewer, of one dossier.</summary>
    public static LedgerAccount Reviewers(string campaign) => new($"{campaign}|reviewers");

    /// <summary>The envelope: one part, <see cref="Award"/>, in cents.</summary>
    public static LedgerAccount Envelope(string campaign) => new($"{campaign}|envelope");

    /// <summary>The part of an envelope's holding.</summary>
    public const string Award = "award";
}

/// <summary>What whoever shares out decides on.</summary>
/// <param name="Totals">What all dossiers hold together.</param>
/// <param name="Held">What each of the dossiers in question holds.</param>
public sealed record Ledger(Holding Totals, IReadOnlyDictionary<DossierId, Holding> Held)
{
    /// <summary>What a dossier holds.</summary>
    public Holding Of(DossierId dossier) => Held.TryGetValue(dossier, out var holding) ? holding : Holding.Nothing;
}

/// <summary>Whole numbers by name; a name without one has zero.</summary>
public sealed class Holding : IEquatable<Holding>
{
    private Holding(ImmutableSortedDictionary<string, long> parts) => Parts = parts;

    /// <summary>No part at all.</summary>
    public static readonly Holding Nothing = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    /// <summary>The parts that are not zero.</summary>
    public ImmutableSortedDictionary<string, long> Parts { get; }

    /// <summary>Whether there is no part.</summary>
    public bool IsEmpty => Parts.IsEmpty;

    /// <summary>A holding of parts.</summary>
    public static Holding Of(IEnumerable<KeyValuePair<string, long>> parts) => new(Nothing.Parts.AddRange(parts.Where(part => part.Value != 0)));

    /// <summary>A holding of one each.</summary>
    public static Holding OneOf(IEnumerable<string> names) => Of(names.Select(name => KeyValuePair.Create(name, 1L)));

    /// <summary>A part.</summary>
    public long this[string name] => Parts.GetValueOrDefault(name);

    /// <summary>Both together.</summary>
    public Holding Plus(Holding other) => Of(Parts.Keys.Union(other.Parts.Keys, StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, this[name] + other[name])));

    /// <summary>This without the other.</summary>
    public Holding Less(Holding other) => Of(Parts.Keys.Union(other.Parts.Keys, StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, this[name] - other[name])));

    /// <inheritdoc/>
    public bool Equals(Holding? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Holding);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(0, (hash, part) => HashCode.Combine(hash, part.Key, part.Value));
}
