using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guichet.Local.Scanner;

/// <summary>
/// Stands in for Defender for Storage: puts its index tag on every uploaded blob that has none, a moment after it came. The one piece of malware that it
/// knows is the EICAR test file; like an antivirus it is not told of uploads by Event Grid, so that it sees those whose event was lost.
/// </summary>
public sealed class UploadScanner : IAsyncDisposable
{
    /// <summary>The index tag.</summary>
    public const string Tag = "Malware Scanning scan result";

    /// <summary>The tag's value for malware.</summary>
    public const string Malicious = "Malicious";

    /// <summary>The tag's value for all else.</summary>
    public const string Clean = "No threats found";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Containers = ["deposits", "reports"];

    private readonly CancellationTokenSource stopping = new();
    private readonly Task run;

    private UploadScanner(BlobServiceClient account) => run = Run(account);

    /// <summary>The harmless file that every antivirus takes for malware; put together here, so that none takes this program away.</summary>
    public static string Eicar => string.Concat((string[])[@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"]);

    /// <summary>Starts it on an account.</summary>
    public static UploadScanner Start(string connection) => new(new BlobServiceClient(connection));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task Run(BlobServiceClient account)
    {
        using var pace = new PeriodicTimer(Pace);
        while (await pace.WaitForNextTickAsync(stopping.Token))
        {
            foreach (var container in Containers.Select(account.GetBlobContainerClient))
            {
                await foreach (var blob in container.GetBlobsAsync(BlobTraits.Tags, BlobStates.None, null, stopping.Token))
                {
                    if (blob.Tags?.ContainsKey(Tag) is not true)
                    {
                        await Scan(container.GetBlobClient(blob.Name), blob.Properties.ContentLength ?? 0);
                    }
                }
            }
        }
    }

    /// <summary>The test file is malware where it is what a file begins with, and nowhere else.</summary>
    private async Task Scan(BlobClient blob, long size)
    {
        var begins = size < Eicar.Length
            ? ""
            : (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(0, Eicar.Length) }, stopping.Token)).Value.Content.ToString();
        await blob.SetTagsAsync(new Dictionary<string, string> { [Tag] = begins == Eicar ? Malicious : Clean }, cancellationToken: stopping.Token);
    }
}
