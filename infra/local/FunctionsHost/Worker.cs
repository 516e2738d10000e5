using System.Text.Json.Nodes;

namespace Guichet.Local.FunctionsHost;

/// <summary>Keeps one worker process alive: starts it, and starts it again whenever it dies.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly string appFolder;
    private readonly IReadOnlyDictionary<string, string?> settings;
    private readonly WorkerEndpoint endpoint;
    private readonly HostLog log;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();
    private readonly List<TaskCompletionSource> starts = [];
    private TaskCompletionSource<Running> current = NewCurrent();
    private Task life = Task.CompletedTask;
    private int started;

    private Worker(string appFolder, IReadOnlyDictionary<string, string?> settings, WorkerEndpoint endpoint, HostLog log) =>
        (this.appFolder, this.settings, this.endpoint, this.log) = (appFolder, settings, endpoint, log);

    /// <summary>How many times a worker has got ready to work.</summary>
    public int Starts => Volatile.Read(ref started);

    /// <summary>Bytes of its working set; 0 while it starts.</summary>
    public long Memory
    {
        get
        {
            if (Current() is not { } running)
            {
                return 0;
            }

            using var process = System.Diagnostics.Process.GetProcessById(running.Process.Id);
            return process.WorkingSet64;
        }
    }

    public static async Task<Worker> Start(
        string appFolder, IReadOnlyDictionary<string, string?> settings, WorkerEndpoint endpoint, HostLog log, CancellationToken cancellation)
    {
        var worker = new Worker(appFolder, settings, endpoint, log);
        var first = await worker.Begin(cancellation);
        worker.life = Task.Run(() => worker.Live(first), CancellationToken.None);
        return worker;
    }

    /// <summary>The channel of the worker that is up, waiting while it starts again.</summary>
    public async Task<WorkerChannel> Channel(CancellationToken cancellation)
    {
        while (true)
        {
            Task<Running> ready;
            lock (sync)
            {
                ready = current.Task;
            }

            var running = await ready.WaitAsync(cancellation);
            if (!running.Channel.IsClosed)
            {
                return running.Channel;
            }

            // The stream breaks before the process is seen to end: whatever came in between would fail at once, and a
            // message would burn its deliveries in an instant.
            await running.Replaced.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends once a worker has got ready for the n-th time.</summary>
    public Task Start(int number)
    {
        lock (sync)
        {
            while (starts.Count < number)
            {
                starts.Add(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return starts[number - 1].Task;
        }
    }

    /// <summary>SIGKILL, as a crash would; another worker starts.</summary>
    public async Task Kill()
    {
        if (Current() is { } running)
        {
            running.Process.Kill();
            await running.Process.Exit();
        }
    }

    /// <summary>Asks the worker to end and waits for the next one.</summary>
    public async Task Restart()
    {
        var next = Start(Starts + 1);
        if (Current() is { } running)
        {
            await End(running);
        }

        await next;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (Current() is { } running)
        {
            await End(running);
        }

        await life;
        stopping.Dispose();
    }

    private async Task Live(Running running)
    {
        while (true)
        {
            var code = await running.Process.Exit();
            var isLast = stopping.IsCancellationRequested;
            lock (sync)
            {
                current = NewCurrent();
                if (isLast)
                {
                    // Nobody is to wait for a worker that does not come.
                    current.SetException(new WorkerDied());
                }
            }

            running.Channel.Close();
            running.Replaced.SetResult();
            await running.Process.DisposeAsync();
            if (isLast)
            {
                return;
            }

            log.Write(LogLevel.Warning, "Host.Worker", $"The worker ended with code {code}; another starts. {running.Process.LastWords}");
            if (await Again() is not { } next)
            {
                lock (sync)
                {
                    current.TrySetException(new WorkerDied());
                }

                return;
            }

            running = next;
        }
    }

    private async Task<Running?> Again()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                return await Begin(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (Exception failed)
            {
                log.Write(LogLevel.Error, "Host.Worker", "The worker did not start; another try follows.", failed.ToString());
                await Task.Delay(TimeSpan.FromSeconds(1), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    private async Task<Running> Begin(CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        var channel = endpoint.Expect(id, log);
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(appFolder, "worker.config.json"), cancellation))!;
        var process = ChildProcess.Start(
            ChildProcess.OnPath("dotnet") ?? throw new LocalProblemException("Le SDK .NET (commande dotnet) est introuvable dans le PATH."),
            [
                Path.Combine(appFolder, config["description"]!["defaultWorkerPath"]!.ToString()),
                "--functions-uri", endpoint.Address.ToString(),
                "--functions-worker-id", id,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", $"{int.MaxValue}",
            ],
            appFolder,
            settings,
            line => log.Write(LogLevel.Information, "Worker.Console", line));
        try
        {
            var opening = channel.Open(appFolder);
            if (await Task.WhenAny(opening, process.Exit(cancellation), Task.Delay(StartTimeout, cancellation)) != opening)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new LocalProblemException($"L’application n’a pas démarré : {process.Reason}");
            }

            await opening;
        }
        catch
        {
            channel.Close();
            await process.DisposeAsync();
            throw;
        }

        var running = new Running(process, channel);
        Announce(running);
        return running;
    }

    private void Announce(Running running)
    {
        lock (sync)
        {
            current.TrySetResult(running);
            started++;
            Start(started);
            starts[started - 1].TrySetResult();
        }
    }

    private Running? Current()
    {
        lock (sync)
        {
            return current.Task is { IsCompletedSuccessfully: true } ready ? ready.Result : null;
        }
    }

    private static async Task End(Running running)
    {
        running.Channel.Terminate(Grace);
        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await running.Process.Exit(patience.Token);
        }
        catch (OperationCanceledException)
        {
            running.Process.Kill();
        }
    }

    private static TaskCompletionSource<Running> NewCurrent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Running(ChildProcess Process, WorkerChannel Channel)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
