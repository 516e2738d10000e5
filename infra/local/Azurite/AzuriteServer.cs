using System.Text.RegularExpressions;

namespace Guichet.Local.Azurite;

/// <summary>The storage emulator: blobs, queues and tables of both accounts, on free ports of loopback unless ports are named.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly string? folder;
    private ChildProcess process;

    private AzuriteServer(string? folder, ChildProcess process, Uri blob, Uri queue, Uri table) =>
        (this.folder, this.process, Blob, Queue, Table) = (folder, process, blob, queue, table);

    public Uri Blob { get; }

    public Uri Queue { get; }

    public Uri Table { get; }

    /// <summary>The account's connection string, straight to the emulator.</summary>
    public string Connection(StorageAccount account) => account.Connection(Blob, Queue, Table);

    /// <summary>Starts it on the data of <paramref name="folder"/>, or in memory when there is none.</summary>
    public static async Task<AzuriteServer> Start(string? folder, int blobPort = 0, int queuePort = 0, int tablePort = 0, CancellationToken cancellation = default)
    {
        var program = await AzuritePackage.Install(cancellation);
        var listening = new Listening();
        var accounts = string.Join(';', ((StorageAccount[])[StorageAccount.Guichet, StorageAccount.Office]).Select(account => $"{account.Name}:{account.Key}"));
        var process = ChildProcess.Start(
            AzuritePackage.Node,
            [
                "--require", AzuritePackage.Indexes, program, "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--blobHost", "127.0.0.1", "--blobPort", $"{blobPort}",
                "--queueHost", "127.0.0.1", "--queuePort", $"{queuePort}",
                "--tableHost", "127.0.0.1", "--tablePort", $"{tablePort}",
                .. folder is null ? (string[])["--inMemoryPersistence"] : ["--location", folder],
            ],
            folder,
            new Dictionary<string, string?> { ["AZURITE_ACCOUNTS"] = accounts },
            listening.Read);

        var exit = process.Exit(cancellation);
        if (await Task.WhenAny(listening.All, exit, Task.Delay(StartTimeout, cancellation)) != listening.All)
        {
            var reason = process.Reason;
            await process.DisposeAsync();
            cancellation.ThrowIfCancellationRequested();
            throw new LocalProblemException($"L’émulateur de stockage (Azurite) n’a pas démarré : {reason}");
        }

        var (blob, queue, table) = await listening.All;
        return new AzuriteServer(folder, process, blob, queue, table);
    }

    /// <summary>Goes away; what it holds is kept where it has a folder.</summary>
    public Task Stop() => process.Stop(StopTimeout);

    /// <summary>Comes back on the same ports.</summary>
    public async Task StartAgain(CancellationToken cancellation)
    {
        await process.DisposeAsync();
        process = (await Start(folder, Blob.Port, Queue.Port, Table.Port, cancellation)).process;
    }

    public async ValueTask DisposeAsync()
    {
        // It writes its tables of contents every few seconds and when asked to end: killed, it forgets the last blobs.
        await process.Stop(StopTimeout);
        await process.DisposeAsync();
    }

    /// <summary>Port 0 means a free port, which the emulator alone knows: it says so when it listens.</summary>
    private sealed partial class Listening
    {
        private readonly TaskCompletionSource<(Uri Blob, Uri Queue, Uri Table)> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<string, Uri> found = [];

        public Task<(Uri Blob, Uri Queue, Uri Table)> All => all.Task;

        public void Read(string line)
        {
            if (Line().Match(line) is not { Success: true } match)
            {
                return;
            }

            lock (found)
            {
                found[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
                if (found.Count == 3)
                {
                    all.TrySetResult((found["Blob"], found["Queue"], found["Table"]));
                }
            }
        }

        [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service (is )?successfully listen(ing|s) (at|on) (?<address>http://\S+)")]
        private static partial Regex Line();
    }
}
