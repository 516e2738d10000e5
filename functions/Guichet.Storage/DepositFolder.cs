using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Storage;

/// <summary>
/// The blobs of deposits: <c>deposits/{campaign}/{dossier}/{slot}</c>, where porteurs write and nobody reads but us, and <c>pieces/{sha256}</c>,
/// where the bytes are kept out of the reach of every address that was handed out.
/// </summary>
public sealed class DepositFolder(BlobContainerClient deposits, BlobContainerClient pieces, GuichetClock clock)
{
    private UserDelegationKey? _key;

    /// <summary>
    /// An address that can create the slot's blob, once: no read, no list, no overwriting, no other blob. Its expiry is enforced by storage and
    /// so is told by storage's clock.
    /// </summary>
    public async Task<(Uri Address, DateTimeOffset Expires)> Address(string campaign, DossierId dossier, string slot, TimeSpan lifetime, CancellationToken cancellation)
    {
        var blob = deposits.GetBlobClient($"{campaign}/{dossier}/{slot}");
        var now = TimeProvider.System.GetUtcNow();
        var sas = new BlobSasBuilder(BlobSasPermissions.Create, now + lifetime)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now.AddMinutes(-5),
        };
        if (blob.CanGenerateSasUri)
        {
            return (blob.GenerateSasUri(sas), sas.ExpiresOn);
        }

        var service = deposits.GetParentBlobServiceClient();
        if (_key is null || _key.SignedExpiresOn < sas.ExpiresOn)
        {
            _key = (await service.GetUserDelegationKeyAsync(now.AddMinutes(-5), now + lifetime + TimeSpan.FromDays(1), cancellation)).Value;
        }

        return (new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(_key, service.AccountName) }.ToUri(), sas.ExpiresOn);
    }

    /// <summary>The files of a dossier that are there now.</summary>
    public async Task<IReadOnlyList<FoundFile>> List(string campaign, DossierId dossier, CancellationToken cancellation)
    {
        var found = new List<FoundFile>();
        await foreach (var blob in deposits.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{campaign}/{dossier}/", cancellation))
        {
            found.Add(new FoundFile(blob.Name[(blob.Name.LastIndexOf('/') + 1)..], clock.At(blob.Properties.LastModified!.Value)));
        }

        return found;
    }

    /// <summary>
    /// Takes a slot's file to a local one and to the pieces, reading it once. A file above the limit is not taken: its reception says how
    /// large it is and has no hash.
    /// </summary>
    /// <returns>What came; null where nothing has.</returns>
    public async Task<Reception?> Take(string campaign, DossierId dossier, string slot, long limit, string localPath, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadStreamingResult blob = await deposits.GetBlobClient($"{campaign}/{dossier}/{slot}").DownloadStreamingAsync(cancellationToken: cancellation);
            await using var content = blob.Content;
            var (at, bytes) = (clock.At(blob.Details.LastModified), blob.Details.ContentLength);
            return bytes > limit
                ? new Reception(at, bytes, null)
                : new Reception(at, bytes, await Keep(content, localPath, cancellation));
        }
        catch (RequestFailedException absent) when (absent.Status is 404)
        {
            return null;
        }
    }

    /// <summary>The bytes of a piece, from the first.</summary>
    /// <param name="sha256">Of its bytes, lower-case hexadecimal.</param>
    public Task<Stream> OpenPiece(string sha256, CancellationToken cancellation) =>
        pieces.GetBlobClient(sha256).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);

    private async Task<string> Keep(Stream content, string localPath, CancellationToken cancellation)
    {
        await using var local = new FileStream(localPath, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
        using var hash = SHA256.Create();
        await using (var hashing = new CryptoStream(content, hash, CryptoStreamMode.Read, leaveOpen: true))
        {
            await hashing.CopyToAsync(local, cancellation);
        }

        var sha256 = Convert.ToHexStringLower(hash.Hash!);
        local.Position = 0;
        try
        {
            var onlyIfNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await pieces.GetBlobClient(sha256).UploadAsync(local, onlyIfNew, cancellation);
        }
        catch (RequestFailedException exists) when (exists.Status is 409)
        {
            // The name is the content's hash: these bytes are kept already.
        }

        return sha256;
    }
}
