using System.Net;
using Guichet.Core;
using Guichet.Core.Deposit;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class UploadFolderFacts(StorageFixture storage)
{
    private static readonly HttpClient Http = new();

    private static async Task<HttpStatusCode> Send(HttpMethod method, Uri address, string? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content is null ? null : new StringContent(content) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<Uri> Address(DossierId dossier, string slot, TimeSpan? lifetime = null) =>
        (await storage.Folder.Address(UploadPlace.OfDeposit("ftap-data", dossier), slot, lifetime ?? TimeSpan.FromHours(1), default)).Address;

    [Fact]
    public async Task An_address_creates_its_blob_once_and_does_nothing_else()
    {
        var (dossier, stranger) = (StorageFixture.NewId(), StorageFixture.NewId());
        var address = await Address(dossier, "001-a");
        Assert.Equal(HttpStatusCode.Created, await Send(HttpMethod.Put, address, "un"));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Put, address, "deux"));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Get, address));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Delete, address));
        foreach (var way in new[] { "comp=block&blockid=AAAA", "comp=blocklist", "comp=metadata", "comp=properties", "comp=page", "comp=appendblock", "comp=lease", "comp=tier" })
        {
            var other = new UriBuilder(address) { Query = $"{address.Query.TrimStart('?')}&{way}" }.Uri;
            Assert.Equal((way, HttpStatusCode.Forbidden), (way, await Send(HttpMethod.Put, other, "<BlockList><Latest>AAAA</Latest></BlockList>")));
        }

        Assert.Equal("un", (await storage.Container(StorageNames.Deposits).GetBlobClient($"ftap-data/{dossier}/001-a").DownloadContentAsync()).Value.Content.ToString());
        var elsewhere = new UriBuilder(address) { Path = address.AbsolutePath.Replace(dossier.ToString(), stranger.ToString(), StringComparison.Ordinal) }.Uri;
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Put, elsewhere, "intrus"));
        var list = new UriBuilder(address) { Path = address.AbsolutePath[..address.AbsolutePath.IndexOf("/ftap-data", StringComparison.Ordinal)], Query = address.Query.TrimStart('?') + "&restype=container&comp=list" }.Uri;
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Get, list));
    }

    [Fact]
    public async Task An_address_can_neither_read_nor_write_the_verdict_of_the_malware_scan()
    {
        var address = await Address(StorageFixture.NewId(), "001-a");
        await Send(HttpMethod.Put, address, "un");
        var tags = new UriBuilder(address) { Query = address.Query.TrimStart('?') + "&comp=tags" }.Uri;
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Get, tags));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Put, tags, $"<Tags><TagSet><Tag><Key>{UploadFolder.ScanTag}</Key><Value>No threats found</Value></Tag></TagSet></Tags>"));
        Assert.Equal("c", System.Web.HttpUtility.ParseQueryString(address.Query)["sp"]); // In Azure a tag sent along with the file asks for "t" as well; the emulator lets it pass.
    }

    [Fact]
    public async Task A_verdict_is_what_its_tag_says_and_nothing_until_then()
    {
        var dossier = StorageFixture.NewId();
        var place = UploadPlace.OfDeposit("ftap-data", dossier);
        Assert.Null(await storage.Folder.Scanned(place, "001-a", default));
        await Send(HttpMethod.Put, await Address(dossier, "001-a"), "contenu");
        var came = await storage.Folder.Scanned(place, "001-a", default);
        Assert.Equal((7L, null, ScanVerdict.None), (came!.Value.Upload.Reception.Bytes, came.Value.Upload.Reception.Sha256, came.Value.Verdict));
        foreach (var (said, verdict) in new[] { ("No threats found", ScanVerdict.Clean), ("Malicious", ScanVerdict.Malicious), ("Error", ScanVerdict.Failed), ("Not scanned", ScanVerdict.Failed) })
        {
            await storage.Container(StorageNames.Deposits).GetBlobClient(place.NameOf("001-a")).SetTagsAsync(new Dictionary<string, string> { [UploadFolder.ScanTag] = said });
            var scanned = await storage.Folder.Scanned(place, "001-a", default);
            Assert.Equal((verdict, came.Value.Upload), (scanned!.Value.Verdict, scanned.Value.Upload));
        }
    }

    [Fact]
    public async Task An_address_ends_when_it_says() =>
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Put, await Address(StorageFixture.NewId(), "001-a", TimeSpan.FromMinutes(-1)), "tard"));

    [Fact]
    public async Task A_file_is_taken_to_where_no_address_reaches_under_its_own_hash()
    {
        var dossier = StorageFixture.NewId();
        await Send(HttpMethod.Put, await Address(dossier, "001-a"), "contenu");
        var local = Path.GetTempFileName();
        var received = await storage.Folder.Take(UploadPlace.OfDeposit("ftap-data", dossier), "001-a", 100, local, default);
        Assert.Equal("contenu", await File.ReadAllTextAsync(local));
        Assert.Equal("contenu", (await storage.Container(StorageNames.Pieces).GetBlobClient($"{dossier}/{received!.Reception.Sha256}").DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal(received, await storage.Folder.Take(UploadPlace.OfDeposit("ftap-data", dossier), "001-a", 100, local, default));
    }

    [Fact]
    public async Task Dossiers_that_send_the_same_bytes_share_none()
    {
        DossierId[] both = [StorageFixture.NewId(), StorageFixture.NewId()];
        var hashes = new List<string>();
        foreach (var dossier in both)
        {
            await Send(HttpMethod.Put, await Address(dossier, "001-a"), "la même lettre");
            hashes.Add((await storage.Folder.Take(UploadPlace.OfDeposit("ftap-data", dossier), "001-a", 100, Path.GetTempFileName(), default))!.Reception.Sha256!);
        }

        Assert.Equal(hashes[0], hashes[1]);
        await storage.Container(StorageNames.Pieces).DeleteBlobAsync($"{both[0]}/{hashes[0]}");
        await using var kept = await storage.Folder.OpenPiece(both[1], hashes[1], default);
        Assert.Equal("la même lettre", await new StreamReader(kept).ReadToEndAsync());
    }

    [Fact]
    public async Task A_file_above_the_limit_is_not_taken_and_its_size_is_told()
    {
        var dossier = StorageFixture.NewId();
        await Send(HttpMethod.Put, await Address(dossier, "001-a"), "contenu");
        var received = await storage.Folder.Take(UploadPlace.OfDeposit("ftap-data", dossier), "001-a", 3, Path.GetTempFileName(), default);
        Assert.Equal((7L, null), (received!.Reception.Bytes, received.Reception.Sha256));
    }

    [Fact]
    public async Task A_slot_that_nothing_came_into_gives_nothing() =>
        Assert.Null(await storage.Folder.Take(UploadPlace.OfDeposit("ftap-data", StorageFixture.NewId()), "001-a", 3, Path.GetTempFileName(), default));
}
