using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Guichet.Local.FunctionsHost;

/// <summary>Runs the built app as Azure's host does: the worker out of process, on its real triggers.</summary>
internal sealed class AppHost : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly WorkerEndpoint endpoint;
    private readonly Worker worker;
    private readonly FunctionInvoker invoker;
    private WebJobsListeners? webJobs;
    private ServiceBusListeners? serviceBus;
    private HttpFunctions? http;
    private WebApplication? server;

    private AppHost(WorkerEndpoint endpoint, Worker worker, FunctionInvoker invoker, IReadOnlyList<HostedFunction> functions) =>
        (this.endpoint, this.worker, this.invoker, Functions) = (endpoint, worker, invoker, functions);

    public IReadOnlyList<HostedFunction> Functions { get; }

    public FunctionKeys Keys { get; } = new();

    /// <summary>Where the app's HTTP functions are.</summary>
    public Uri Address { get; private set; } = null!;

    public int WorkerStarts => worker.Starts;

    public long WorkerMemory => worker.Memory;

    /// <param name="appFolder">The built app: where its <c>worker.config.json</c> and <c>host.json</c> are.</param>
    /// <param name="settings">What the worker finds in its environment, and the listeners in their configuration.</param>
    /// <param name="timersRun">Do timers fire by themselves? By hand they always do.</param>
    public static async Task<AppHost> Start(
        string appFolder, int port, IReadOnlyDictionary<string, string?> settings, bool timersRun, HostLog log, CancellationToken cancellation)
    {
        var hostJson = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(appFolder, "host.json"), cancellation))!.AsObject();
        var endpoint = await WorkerEndpoint.Start(cancellation);
        var worker = await Worker.Start(appFolder, settings, endpoint, log, cancellation);
        var timeout = TimeSpan.TryParse((string?)hostJson["functionTimeout"], out var given) ? given : TimeSpan.FromMinutes(30);
        var functions = (await worker.Channel(cancellation)).Functions;
        var host = new AppHost(endpoint, worker, new FunctionInvoker(worker, timeout, log), functions);
        try
        {
            await host.Listen(port, settings, hostJson, timersRun, log, cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public HostedFunction? Find(string name) => Functions.FirstOrDefault(function => function.Name == name);

    /// <summary>Runs a timer's function now, or a queue's on this input, and waits for its end.</summary>
    public Task Run(string name, string input, CancellationToken cancellation = default)
    {
        var function = Find(name) ?? throw new ArgumentException($"There is no function {name}.", nameof(name));
        return invoker.Invoke(
            function, function.IsTimer ? WebJobsListeners.TimerJson(null) : input, new Dictionary<string, object?>(), cancellation);
    }

    public Task KillWorker() => worker.Kill();

    public Task RestartWorker() => worker.Restart();

    public Task WorkerStart(int number) => worker.Start(number);

    /// <summary>Nothing new comes in; what runs is given a while to end, and then the worker goes.</summary>
    public async ValueTask DisposeAsync()
    {
        var quiet = StopListening();
        await Task.WhenAny(quiet, Task.Delay(Grace));
        await worker.DisposeAsync();
        await quiet;
        http?.Dispose();
        await endpoint.DisposeAsync();
    }

    private async Task StopListening()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (serviceBus is not null)
        {
            await serviceBus.DisposeAsync();
        }

        if (webJobs is not null)
        {
            await webJobs.DisposeAsync();
        }
    }

    private async Task Listen(
        int port, IReadOnlyDictionary<string, string?> settings, JsonObject hostJson, bool timersRun, HostLog log, CancellationToken cancellation)
    {
        webJobs = await WebJobsListeners.Start(
            [.. Functions.Where(function => !function.IsHttp && !function.IsServiceBus && (timersRun || !function.IsTimer))],
            invoker, settings, hostJson, log, cancellation);

        var builder = LoopbackServer.Builder(HttpProtocols.Http1, port);
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        server = builder.Build();
        http = new HttpFunctions(worker, invoker, Keys, server.Services.GetRequiredService<IHttpForwarder>());
        http.Map(server, Functions.Where(function => function.IsHttp), (string?)hostJson["extensions"]?["http"]?["routePrefix"] ?? "api");
        new HostEndpoints(this, webJobs, Keys, log).Map(server);
        Address = (await server.Begin(cancellation))[0];

        serviceBus = await ServiceBusListeners.Start(
            Functions.Where(function => function.IsServiceBus), invoker, settings, hostJson, log, cancellation);
    }
}
