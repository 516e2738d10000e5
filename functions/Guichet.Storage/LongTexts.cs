using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guichet.Storage;

/// <summary>
/// The JSON of rows, however long: in one property, in several, or in a blob that the row names, by whose it is and its own hash, written before the row and never
/// changed. No two dossiers share one, so that what is erased of one is nobody else's.
/// </summary>
public sealed class LongTexts(BlobContainerClient container)
{
    /// <summary>The longest text that one property takes: it holds 64 KiB of UTF-16.</summary>
    public const int LongestInRow = 30_000;

    /// <summary>The column of a row that names the blob of its JSON.</summary>
    public const string BlobColumn = "JsonBlob";

    /// <summary>A row holds 1 MiB: 480 KiB of JSON leave room for what else it says, and for the transaction's other rows. What is longer stands in a blob.</summary>
    private const int MostParts = 8;

    private const string Column = "Json";

    /// <summary>Puts a JSON into a row.</summary>
    /// <param name="owner">Whose it is: a dossier's number, or <see cref="OfSession"/>.</param>
    public async Task Write(TableEntity row, string owner, string json, CancellationToken cancellation)
    {
        if (json.Length <= LongestInRow)
        {
            row[Column] = json;
        }
        else if (json.Length <= MostParts * LongestInRow)
        {
            foreach (var (number, part) in json.Chunk(LongestInRow).Index()) // No pair of surrogates is cut: JSON has them escaped.
            {
                row[PartName(number)] = new string(part);
            }
        }
        else
        {
            row[BlobColumn] = await Keep(owner, json, cancellation);
        }
    }

    /// <summary>The JSON of a row; empty where it has none.</summary>
    public async Task<string> Read(TableEntity row, CancellationToken cancellation) => row.GetString(Column)
        ?? (row.GetString(BlobColumn) is { } blob ? await Read(blob, cancellation) : string.Concat(Enumerable.Range(0, MostParts).Select(number => row.GetString(PartName(number)))));

    /// <summary>Keeps a text and returns its name.</summary>
    /// <param name="owner">Whose it is: a dossier's number, or <see cref="OfSession"/>.</param>
    private async Task<string> Keep(string owner, string text, CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var name = $"{owner}/{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        try
        {
            var onlyIfNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await container.GetBlobClient(name).UploadAsync(new BinaryData(bytes), onlyIfNew, cancellation);
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // The name holds the content's hash: what is there is what we were to write.
        }

        return name;
    }

    /// <summary>The owner of a committee session's texts.</summary>
    public static string OfSession(string campaign, string session) => $"sessions/{campaign}/{session}";

    /// <summary>Takes away an owner's texts, for good.</summary>
    /// <param name="kept">The names of those that stay. They are looked up once the texts are listed, so that one that is written meanwhile stays too.</param>
    public async Task Forget(string owner, Func<Task<IReadOnlySet<string>>> kept, CancellationToken cancellation)
    {
        var names = await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{owner}/", cancellation).Select(blob => blob.Name).ToListAsync(cancellation);
        var staying = names.Count == 0 ? null : await kept();
        foreach (var name in names.Where(name => !staying!.Contains(name)))
        {
            await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation);
        }
    }

    private static string PartName(int number) => string.Create(CultureInfo.InvariantCulture, $"{Column}{number}");

    /// <summary>The text of a name.</summary>
    private async Task<string> Read(string name, CancellationToken cancellation) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToString();
}
