using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guichet.Storage;

/// <summary>
/// Texts that are too long for a table's property, each in a blob named by whose it is and its own hash: written before the row that names it, and never changed. No
/// two dossiers share one, so that what is erased of one is nobody else's.
/// </summary>
public sealed class LongTexts(BlobContainerClient container)
{
    /// <summary>The longest text that stands in a row: a property holds 64 KiB of UTF-16, a row 1 MiB.</summary>
    public const int LongestInRow = 30_000;

    /// <summary>Keeps a text and returns its name.</summary>
    /// <param name="owner">Whose it is: a dossier's number, or <see cref="OfSession"/>.</param>
    public async Task<string> Keep(string owner, string text, CancellationToken cancellation)
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

    /// <summary>The text of a name.</summary>
    public async Task<string> Read(string name, CancellationToken cancellation) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToString();
}
