using System.Text.Json.Nodes;
using System.Threading.Channels;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Guichet.Local;
using Guichet.Local.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

/// <summary>Each test has a proxy and a webhook of its own, before an emulator that all share.</summary>
public sealed class BlobEventsFacts(StorageFixture storage) : IClassFixture<StorageFixture>, IAsyncLifetime
{
    private readonly Channel<JsonNode> heard = Channel.CreateUnbounded<JsonNode>();
    private StorageProxy proxy = null!;
    private WebApplication webhook = null!;
    private Uri address = null!;
    private int refusals;

    private static CancellationToken Cancellation => StorageFixture.Cancellation;

    private string Connection => storage.Local.StorageConnection.Replace(
        $":{new BlobServiceClient(storage.Local.StorageConnection).Uri.Port}/", $":{proxy.Blob.Port}/", StringComparison.Ordinal);

    private BlobContainerClient Deposits => new(Connection, "deposits");

    public async ValueTask InitializeAsync()
    {
        var service = new BlobServiceClient(storage.Local.StorageConnection);
        proxy = await StorageProxy.Start(new Uri(service.Uri.GetLeftPart(UriPartial.Authority)), storage.Proxy.Table, cancellation: Cancellation);
        webhook = LoopbackServer.Builder(HttpProtocols.Http1, 0).Build();
        webhook.Run(Hear);
        address = (await webhook.Begin(Cancellation))[0];
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await webhook.DisposeAsync();
    }

    [Fact]
    public async Task Tell_of_a_blob_as_Event_Grid_does()
    {
        Deliver();
        var blob = Deposits.GetBlobClient($"{StorageFixture.Unique()}/lettre d’été.txt");
        var uploaded = await blob.UploadAsync(new BinaryData("words"), Cancellation);

        var told = await Next();

        Assert.Equal("Microsoft.Storage.BlobCreated", (string?)told["eventType"]);
        Assert.Equal($"/blobServices/default/containers/deposits/blobs/{blob.Name}", (string?)told["subject"]);
        Assert.Equal(blob.Name, new BlobUriBuilder(new Uri((string)told["data"]!["url"]!)).BlobName);
        Assert.Equal(uploaded.Value.ETag.ToString().Trim('"'), (string?)told["data"]!["eTag"]);
        Assert.Equal(5, (long)told["data"]!["contentLength"]!);
    }

    [Fact]
    public async Task Tell_of_blobs_made_of_blocks_and_of_copies()
    {
        Deliver();
        var big = Deposits.GetBlobClient(StorageFixture.Unique());
        await big.UploadAsync(new MemoryStream(new byte[100]), new BlobUploadOptions { TransferOptions = new() { InitialTransferSize = 50, MaximumTransferSize = 50 } }, Cancellation);
        Assert.Equal("PutBlockList", (string?)(await Next())["data"]!["api"]);

        var copy = Deposits.GetBlobClient(StorageFixture.Unique());
        await copy.SyncCopyFromUriAsync(big.GenerateSasUri(BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddMinutes(5)), cancellationToken: Cancellation);
        Assert.Equal("CopyBlob", (string?)(await Next())["data"]!["api"]);
    }

    [Fact]
    public async Task Are_not_raised_for_what_was_refused_read_or_put_elsewhere()
    {
        Deliver();
        var blob = Deposits.GetBlobClient(StorageFixture.Unique());
        await blob.UploadAsync(new BinaryData("words"), Cancellation);
        Assert.EndsWith(blob.Name, (string?)(await Next())["subject"], StringComparison.Ordinal);

        await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(new BinaryData("again"), overwrite: false, Cancellation));
        await blob.DownloadContentAsync(Cancellation);
        await new BlobContainerClient(Connection, "pieces").GetBlobClient(blob.Name).UploadAsync(new BinaryData("words"), Cancellation);

        await NothingMore();
    }

    [Fact]
    public async Task Are_raised_even_where_the_answer_to_the_upload_was_lost()
    {
        Deliver();
        proxy.Doors.Open(call => call.CreatesBlob, Fault.AnswerLost);
        var blob = new BlobClient(Connection, "deposits", StorageFixture.Unique(), StorageFixture.Once(new BlobClientOptions()));
        await Assert.ThrowsAnyAsync<Exception>(() => blob.UploadAsync(new BinaryData("words"), Cancellation));
        Assert.EndsWith(blob.Name, (string?)(await Next())["subject"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Come_again_until_they_are_taken()
    {
        refusals = 1;
        Deliver();
        await Deposits.GetBlobClient(StorageFixture.Unique()).UploadAsync(new BinaryData("words"), Cancellation);
        await Next();
        Assert.Equal(-1, refusals);
    }

    [Fact]
    public async Task Get_lost_or_come_twice_when_a_test_says_so()
    {
        Deliver();
        proxy.Events.LoseNext();
        await Deposits.GetBlobClient($"lost-{StorageFixture.Unique()}").UploadAsync(new BinaryData("words"), Cancellation);
        proxy.Events.RepeatNext();
        var twice = Deposits.GetBlobClient(StorageFixture.Unique());
        await twice.UploadAsync(new BinaryData("words"), Cancellation);

        Assert.EndsWith(twice.Name, (string?)(await Next())["subject"], StringComparison.Ordinal);
        Assert.EndsWith(twice.Name, (string?)(await Next())["subject"], StringComparison.Ordinal);
        await NothingMore();
    }

    [Fact]
    public async Task Are_raised_at_start_for_blobs_that_are_there()
    {
        var service = new BlobServiceClient(storage.Local.StorageConnection);
        var container = (await service.CreateBlobContainerAsync($"there-{StorageFixture.Unique()}", cancellationToken: Cancellation)).Value;
        await container.GetBlobClient("a/b c").UploadAsync(new BinaryData("words"), Cancellation);
        BlobSubscription[] subscriptions = [new(container.Name, address)];

        await proxy.Events.RaiseForWhatIsThere(storage.Local.StorageConnection, proxy.Blob, subscriptions, Cancellation);
        proxy.Events.Deliver(subscriptions);

        Assert.Equal($"{proxy.Blob}guichet/{container.Name}/a/b%20c", new Uri((string)(await Next())["data"]!["url"]!).AbsoluteUri);
    }

    private void Deliver() => proxy.Events.Deliver([new BlobSubscription("deposits", address)]);

    private async Task<JsonNode> Next() => await heard.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

    private async Task NothingMore()
    {
        await Deposits.GetBlobClient("end").UploadAsync(new BinaryData(StorageFixture.Unique()), overwrite: true, Cancellation);
        Assert.EndsWith("/end", (string?)(await Next())["subject"], StringComparison.Ordinal);
    }

    private async Task Hear(HttpContext context)
    {
        var events = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            context.Response.StatusCode = 503;
            return;
        }

        heard.Writer.TryWrite(events![0]!);
        context.Response.StatusCode = 202;
    }
}
