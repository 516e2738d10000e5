using System.Threading.Channels;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http.Extensions;

namespace Guichet.Local.Proxy;

/// <summary>A blob that is there, as Event Grid tells it.</summary>
internal sealed record BlobCreated(string Container, string Name, Uri Url, string Api, string ETag, string ContentType, long ContentLength)
{
    public static BlobCreated From(StorageCall call, HttpRequest request) => new(
        call.Resource,
        call.Name,
        new Uri(UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, request.Path)),
        call.Operation,
        "",
        request.Headers["x-ms-blob-content-type"].FirstOrDefault() ?? request.ContentType ?? "application/octet-stream",
        request.ContentLength ?? 0);

    public object ToEvent() => new
    {
        id = Guid.NewGuid(),
        topic = "/subscriptions/local/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/guichet",
        subject = $"/blobServices/default/containers/{Container}/blobs/{Name}",
        eventType = "Microsoft.Storage.BlobCreated",
        eventTime = DateTimeOffset.UtcNow,
        dataVersion = "",
        metadataVersion = "1",
        data = new { api = Api, eTag = ETag, contentType = ContentType, contentLength = ContentLength, blobType = "BlockBlob", url = Url },
    };
}

/// <summary>One function that wants to hear of new blobs: what an Event Grid subscription on Azure says.</summary>
internal sealed record BlobSubscription(string Container, Uri Webhook);

/// <summary>Stands in for Event Grid: at least once, in any order, again after a while when the app does not take an event.</summary>
public sealed class BlobEvents : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private const int Attempts = 30;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Channel<BlobCreated> raised = Channel.CreateUnbounded<BlobCreated>();
    private readonly CancellationTokenSource stopping = new();
    private IReadOnlyList<BlobSubscription> subscriptions = [];
    private Task delivery = Task.CompletedTask;
    private int toLose;
    private int toRepeat;

    /// <summary>The next events never arrive.</summary>
    public void LoseNext(int count = 1) => Interlocked.Add(ref toLose, count);

    /// <summary>The next events arrive twice.</summary>
    public void RepeatNext(int count = 1) => Interlocked.Add(ref toRepeat, count);

    internal void Raise(BlobCreated created)
    {
        if (TakeOne(ref toLose))
        {
            return;
        }

        raised.Writer.TryWrite(created);
        if (TakeOne(ref toRepeat))
        {
            raised.Writer.TryWrite(created);
        }
    }

    /// <summary>
    /// Raises an event for each blob that is there already: the one of its upload may have been lost with an earlier run.
    /// Those that did arrive arrive again, as Event Grid's may at any time.
    /// </summary>
    internal async Task RaiseForWhatIsThere(string connection, Uri blobEndpoint, IReadOnlyList<BlobSubscription> to, CancellationToken cancellation)
    {
        foreach (var container in to.Select(subscription => subscription.Container).Distinct())
        {
            var client = new BlobContainerClient(connection, container);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellation))
            {
                var url = new BlobUriBuilder(client.GetBlobClient(blob.Name).Uri) { Host = blobEndpoint.Host, Port = blobEndpoint.Port };
                Raise(new BlobCreated(
                    container, blob.Name, url.ToUri(), "PutBlob", blob.Properties.ETag?.ToString().Trim('"') ?? "",
                    blob.Properties.ContentType, blob.Properties.ContentLength ?? 0));
            }
        }
    }

    /// <summary>Begins to deliver; what was raised before then waited.</summary>
    internal void Deliver(IReadOnlyList<BlobSubscription> to)
    {
        subscriptions = to;
        delivery = Task.Run(async () =>
        {
            await foreach (var created in raised.Reader.ReadAllAsync(stopping.Token))
            {
                foreach (var subscription in subscriptions.Where(subscription => subscription.Container == created.Container))
                {
                    // Deliveries do not wait for each other: one that the app refuses holds up no other.
                    _ = Post(created, subscription);
                }
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await delivery.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stopping.Dispose();
    }

    private async Task Post(BlobCreated created, BlobSubscription subscription)
    {
        try
        {
            for (var attempt = 1; attempt <= Attempts && !await Taken(created, subscription); attempt++)
            {
                await Task.Delay(RetryDelay, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The environment stops; the scan at the next start raises the event again.
        }
    }

    private async Task<bool> Taken(BlobCreated created, BlobSubscription subscription)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, subscription.Webhook) { Content = JsonContent.Create<object[]>([created.ToEvent()]) };
        request.Headers.Add("aeg-event-type", "Notification");
        try
        {
            using var answer = await client.SendAsync(request, stopping.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool TakeOne(ref int count)
    {
        for (var left = count; left > 0; left = count)
        {
            if (Interlocked.CompareExchange(ref count, left - 1, left) == left)
            {
                return true;
            }
        }

        return false;
    }
}
