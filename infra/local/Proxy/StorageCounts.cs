using System.Collections.Concurrent;

namespace Guichet.Local.Proxy;

/// <summary>How often each kind of call was made: what a dossier costs in storage operations, by any clock.</summary>
public sealed class StorageCounts
{
    private readonly ConcurrentDictionary<StorageCall, int> counts = new();

    /// <summary>Calls so far by service, operation, container or table, and caller (names of blobs and keys left out).</summary>
    public IReadOnlyDictionary<StorageCall, int> All => new Dictionary<StorageCall, int>(counts);

    /// <summary>The number of calls so far that this holds for.</summary>
    public int Of(Func<StorageCall, bool> predicate) => counts.Where(count => predicate(count.Key)).Sum(count => count.Value);

    /// <summary>The number of calls that the app made.</summary>
    public int OfApp => Of(call => call.Caller is StorageCaller.App);

    /// <summary>Begins again at nothing.</summary>
    public void Reset() => counts.Clear();

    internal void Count(StorageCall call) => counts.AddOrUpdate(call with { Name = "" }, 1, (_, so) => so + 1);
}
