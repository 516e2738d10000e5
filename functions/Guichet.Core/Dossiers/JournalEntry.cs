using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Guichet.Core.Dossiers;

/// <summary>The end of a journal: the next entry is chained to it.</summary>
/// <param name="Sequence">Number of the last entry; 0 for an empty journal.</param>
/// <param name="Hash">Of the last entry; empty for an empty journal.</param>
public sealed record JournalEnd(long Sequence, string Hash)
{
    /// <summary>The journal of a dossier that does not exist yet.</summary>
    public static readonly JournalEnd Empty = new(0, "");
}

/// <summary>One change of a dossier, for ever. Each entry carries the hash of the one before, so that none can be altered or left out unseen.</summary>
public sealed record JournalEntry
{
    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>Which step.</summary>
    public required string Operation { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>The status before; null for the first entry.</summary>
    public DossierStatus? From { get; init; }

    /// <summary>The status after.</summary>
    public required DossierStatus To { get; init; }

    /// <summary>Ids, numbers and names of fields; never personal data.</summary>
    public ImmutableSortedDictionary<string, string> Details
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal); // The hash must not depend on where the entry is read.
    } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Hash of the entry before; empty for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of this entry's JSON without this member.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, GuichetJson.Options)));

    /// <summary>The entry that comes after an end.</summary>
    internal static JournalEntry After(
        JournalEnd end, string operation, string actor, Instant at, DossierStatus? from, DossierStatus to, ReadOnlySpan<(string Name, string Value)> details)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            named[name] = value;
        }

        return new JournalEntry
        {
            Sequence = end.Sequence + 1,
            At = at,
            Operation = operation,
            Actor = actor,
            From = from,
            To = to,
            Details = named.ToImmutable(),
            Previous = end.Hash,
        };
    }

    /// <summary>The first entry, in order, that does not follow: it is missing, or the one before was altered. Null where the chain holds up to its end.</summary>
    public static long? FirstBroken(IEnumerable<JournalEntry> entries, JournalEnd end)
    {
        var last = JournalEnd.Empty;
        foreach (var entry in entries)
        {
            if (entry.Sequence != last.Sequence + 1 || entry.Previous != last.Hash)
            {
                return last.Sequence + 1;
            }

            last = new JournalEnd(entry.Sequence, entry.Hash);
        }

        return last == end ? null : last.Sequence + 1;
    }
}
