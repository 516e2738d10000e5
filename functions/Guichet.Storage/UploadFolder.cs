using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Storage;

/// <summary>Where porteurs write files for one purpose, each into a slot of its own.</summary>
/// <param name="Container">The container.</param>
/// <param name="Folder">The part of a blob's name before its slot.</param>
/// <param name="Dossier">Whose files they are.</param>
public sealed record UploadPlace(string Container, string Folder, DossierId Dossier)
{
    /// <summary>The files of a deposit: <c>deposits/{campaign}/{dossier}/{slot}</c>.</summary>
    public static UploadPlace OfDeposit(string campaign, DossierId dossier) => new(StorageNames.Deposits, $"{campaign}/{dossier}/", dossier);

    /// <summary>The files of an impact report: <c>reports/{campaign}/{dossier}/{milestone}/{slot}</c>.</summary>
    public static UploadPlace OfReport(string campaign, DossierId dossier, int milestone) =>
        new(StorageNames.Reports, string.Create(CultureInfo.InvariantCulture, $"{campaign}/{dossier}/{milestone}/"), dossier);

    /// <summary>The name of a slot's blob.</summary>
    public string NameOf(string slot) => Folder + slot;
}

/// <summary>A file that came into a slot.</summary>
/// <param name="Reception">When, how large, and under which hash its bytes are kept.</param>
/// <param name="Name">What its sender calls it, where that was sent along; data of a stranger.</param>
public sealed record Upload(Reception Reception, string? Name);

/// <summary>
/// What porteurs upload: the places where they write and nobody reads but us, and <c>pieces/{dossier}/{sha256}</c>, where the bytes are kept out of the reach of
/// every address that was handed out. Dossiers share no bytes, even where they sent the same: what is erased of one is nobody else's.
/// </summary>
public sealed class UploadFolder(BlobServiceClient service, GuichetClock clock)
{
    /// <summary>The metadata of a blob in which its sender may give the file's own name, percent-encoded.</summary>
    public const string NameMetadata = "name";

    /// <summary>The index tag that Defender for Storage puts on a blob once it has scanned it.</summary>
    public const string ScanTag = "Malware Scanning scan result";

    private readonly BlobContainerClient _pieces = service.GetBlobContainerClient(StorageNames.Pieces);
    private UserDelegationKey? _key;

    /// <summary>
    /// An address that can create the slot's blob, once: no read, no list, no overwriting, no other blob. Its expiry is enforced by storage and
    /// so is told by storage's clock.
    /// </summary>
    public async Task<(Uri Address, DateTimeOffset Expires)> Address(UploadPlace place, string slot, TimeSpan lifetime, CancellationToken cancellation)
    {
        var blob = Blob(place, slot);
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

        if (_key is null || _key.SignedExpiresOn < sas.ExpiresOn)
        {
            _key = (await service.GetUserDelegationKeyAsync(now.AddMinutes(-5), now + lifetime + TimeSpan.FromDays(1), cancellation)).Value;
        }

        return (new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(_key, service.AccountName) }.ToUri(), sas.ExpiresOn);
    }

    /// <summary>The files of a place that are there now.</summary>
    public async Task<IReadOnlyList<FoundFile>> List(UploadPlace place, CancellationToken cancellation)
    {
        var found = new List<FoundFile>();
        await foreach (var blob in service.GetBlobContainerClient(place.Container).GetBlobsAsync(BlobTraits.None, BlobStates.None, place.Folder, cancellation))
        {
            found.Add(new FoundFile(blob.Name[(blob.Name.LastIndexOf('/') + 1)..], clock.At(blob.Properties.LastModified!.Value)));
        }

        return found;
    }

    /// <summary>What came into a slot, unopened, and what the malware scan said of it; null where nothing has come.</summary>
    public async Task<(Upload Upload, ScanVerdict Verdict)?> Scanned(UploadPlace place, string slot, CancellationToken cancellation)
    {
        try
        {
            var blob = Blob(place, slot);
            BlobProperties known = await blob.GetPropertiesAsync(cancellationToken: cancellation);
            GetBlobTagResult tags = await blob.GetTagsAsync(cancellationToken: cancellation);
            return (new Upload(new Reception(clock.At(known.LastModified), known.ContentLength, null), NameIn(known.Metadata)), VerdictIn(tags.Tags));
        }
        catch (RequestFailedException absent) when (absent.Status is 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Takes a slot's file to a local one and to the pieces, reading it once. A file above the limit is not taken: its reception says how
    /// large it is and has no hash.
    /// </summary>
    /// <returns>What came; null where nothing has.</returns>
    public async Task<Upload?> Take(UploadPlace place, string slot, long limit, string localPath, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadStreamingResult blob = await Blob(place, slot).DownloadStreamingAsync(cancellationToken: cancellation);
            await using var content = blob.Content;
            var (at, bytes) = (clock.At(blob.Details.LastModified), blob.Details.ContentLength);
            return new Upload(new Reception(at, bytes, bytes > limit ? null : await Keep(place.Dossier, content, localPath, cancellation)), NameIn(blob.Details.Metadata));
        }
        catch (RequestFailedException absent) when (absent.Status is 404)
        {
            return null;
        }
    }

    /// <summary>The bytes of a piece, from the first.</summary>
    /// <param name="sha256">Of its bytes, lower-case hexadecimal.</param>
    public Task<Stream> OpenPiece(DossierId dossier, string sha256, CancellationToken cancellation) =>
        _pieces.GetBlobClient(PieceName(dossier, sha256)).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);

    /// <summary>Takes away all files of a dossier, those that it sent and those that are kept of them, for good.</summary>
    public async Task Forget(string campaign, DossierId dossier, CancellationToken cancellation)
    {
        foreach (var (container, prefix) in new[] { (StorageNames.Deposits, $"{campaign}/{dossier}/"), (StorageNames.Reports, $"{campaign}/{dossier}/"), (StorageNames.Pieces, PieceName(dossier, "")) })
        {
            var files = service.GetBlobContainerClient(container);
            await foreach (var file in files.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
            {
                await files.DeleteBlobIfExistsAsync(file.Name, cancellationToken: cancellation);
            }
        }
    }

    private static string PieceName(DossierId dossier, string sha256) => $"{dossier}/{sha256}";

    private BlobClient Blob(UploadPlace place, string slot) => service.GetBlobContainerClient(place.Container).GetBlobClient(place.NameOf(slot));

    private static string? NameIn(IDictionary<string, string> metadata) => metadata.TryGetValue(NameMetadata, out var said) ? Uri.UnescapeDataString(said) : null;

    /// <summary>Whatever says neither yes nor no ("Error", "Not scanned") is no answer, and none will follow.</summary>
    private static ScanVerdict VerdictIn(IDictionary<string, string> tags) => !tags.TryGetValue(ScanTag, out var said) ? ScanVerdict.None : said switch
    {
        "No threats found" => ScanVerdict.Clean,
        "Malicious" => ScanVerdict.Malicious,
        _ => ScanVerdict.Failed,
    };

    private async Task<string> Keep(DossierId dossier, Stream content, string localPath, CancellationToken cancellation)
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
            await _pieces.GetBlobClient(PieceName(dossier, sha256)).UploadAsync(local, onlyIfNew, cancellation);
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // The name holds the content's hash: these bytes are kept already.
        }

        return sha256;
    }
}
