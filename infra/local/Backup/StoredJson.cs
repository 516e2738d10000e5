using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Guichet.Local.Backup;

/// <summary>The JSON of the app's rows, read without the app: in one column, in several (<c>Json0</c>, <c>Json1</c>…), or in a blob that the row names.</summary>
internal static class StoredJson
{
    /// <summary>The JSON of a row; empty where it has none.</summary>
    /// <param name="texts">The container of long texts.</param>
    public static async Task<string> Of(TableEntity row, BlobContainerClient texts, CancellationToken cancellation = default) => row.GetString("Json")
        ?? (row.GetString("JsonBlob") is { } blob
            ? (await texts.GetBlobClient(blob).DownloadContentAsync(cancellation)).Value.Content.ToString()
            : string.Concat(Enumerable.Range(0, row.Count).Select(number => row.GetString(string.Create(CultureInfo.InvariantCulture, $"Json{number}"))).TakeWhile(part => part is not null)));
}
