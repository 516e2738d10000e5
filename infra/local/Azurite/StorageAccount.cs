namespace Guichet.Local.Azurite;

/// <summary>One account of the storage emulator: its name and a key of this project's own, worth nothing elsewhere.</summary>
public sealed record StorageAccount(string Name, string Key)
{
    /// <summary>Dossiers, pieces, journals: what the app works on.</summary>
    public static StorageAccount Guichet { get; } = new("guichet", "Z3VpY2hldC1sb2NhbC1kZXZlbG9wbWVudC1vbmx5LWtleS1udW1iZXItMS1vZi0yLi4uLi4uLi4uLi4uLg==");

    /// <summary>The programme office's read models, and nothing else.</summary>
    public static StorageAccount Office { get; } = new("office", "Z3VpY2hldC1sb2NhbC1kZXZlbG9wbWVudC1vbmx5LWtleS1udW1iZXItMi1vZi0yLi4uLi4uLi4uLi4uLg==");

    /// <summary>The connection string for these endpoints (scheme, host and port; the account's name is added as a path).</summary>
    public string Connection(Uri blob, Uri queue, Uri table) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};"
        + $"BlobEndpoint={new Uri(blob, Name)};QueueEndpoint={new Uri(queue, Name)};TableEndpoint={new Uri(table, Name)};";
}
