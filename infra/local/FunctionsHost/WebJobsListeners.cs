#pragma warning disable CS0618 // IWebHookProvider: "not ready for public consumption", yet the one way to the blob extension's webhook.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Azure.WebJobs.Host.Executors;

namespace Guichet.Local.FunctionsHost;

/// <summary>The listeners of Azure's own host for blob, queue and timer triggers, with their receipts, retries and poison queues.</summary>
internal sealed class WebJobsListeners : IAsyncDisposable
{
    private readonly IHost host;

    private WebJobsListeners(IHost host) => this.host = host;

    public static async Task<WebJobsListeners> Start(
        IReadOnlyList<HostedFunction> functions,
        FunctionInvoker invoker,
        IReadOnlyDictionary<string, string?> settings,
        JsonObject hostJson,
        HostLog log,
        CancellationToken cancellation)
    {
        var byName = functions.ToDictionary(function => function.Name);
        var type = WebJobsFunctions.Emit(functions);
        Func<string, object, IReadOnlyDictionary<string, object?>, CancellationToken, Task> dispatch = Dispatch;
        var instance = Activator.CreateInstance(type, dispatch)!;
        var host = new HostBuilder()
            .ConfigureWebJobs(webJobs =>
            {
                // The blob extension listens to Event Grid only where a host can be called.
                webJobs.Services.AddSingleton<IWebHookProvider, Webhooks>();
                webJobs.AddAzureStorageBlobs();
                webJobs.AddAzureStorageQueues();
                webJobs.AddTimers();
                webJobs.Services.AddSingleton<ScheduleMonitor, ScheduleMemory>();
            })
            .ConfigureAppConfiguration(configuration =>
            {
                configuration.Sources.Clear();
                configuration.AddInMemoryCollection(settings);
                configuration.AddInMemoryCollection(Extensions(hostJson));
            })
            .ConfigureServices(services =>
            {
                services.AddSingleton<IHostLifetime, QuietLifetime>();
                services.AddSingleton<ITypeLocator>(new Types(type));
                services.AddSingleton<IJobActivator>(new Instances(instance));
                services.AddSingleton<IHostIdProvider>(new HostId());
                services.Configure<JobHostOptions>(options => options.AllowPartialHostStartup = true);
            })
            // The storage client warns of every queue that is not there yet; failures are told twice.
            .ConfigureLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log).AddFilter("Azure", LogLevel.None).AddFilter("Host.Results", LogLevel.None))
            .Build();
        await host.StartAsync(cancellation);
        return new WebJobsListeners(host);

        Task Dispatch(string name, object trigger, IReadOnlyDictionary<string, object?> metadata, CancellationToken stopping) =>
            invoker.Invoke(byName[name], trigger is TimerInfo timer ? TimerJson(timer) : trigger, metadata, stopping);
    }

    /// <summary>What the blob extension answers to a call of its webhook.</summary>
    public Task<HttpResponseMessage> HearBlobEvents(HttpRequestMessage request, CancellationToken cancellation) =>
        host.Services.GetServices<IExtensionConfigProvider>()
            .OfType<IAsyncConverter<HttpRequestMessage, HttpResponseMessage>>()
            .Single()
            .ConvertAsync(request, cancellation);

    /// <summary>A timer's trigger as the worker reads it.</summary>
    public static JsonObject TimerJson(TimerInfo? timer) => new()
    {
        ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
        ["ScheduleStatus"] = timer?.ScheduleStatus is { } status
            ? new JsonObject { ["Last"] = status.Last, ["Next"] = status.Next, ["LastUpdated"] = status.LastUpdated }
            : null,
        ["IsPastDue"] = timer?.IsPastDue ?? false,
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await host.StopAsync();
        }
        catch (InvalidOperationException)
        {
            // A timer that is running when it is stopped says that it was stopped already.
        }

        host.Dispose();
    }

    // host.json's "extensions" are the options of the same extensions here.
    private static Dictionary<string, string?> Extensions(JsonObject hostJson)
    {
        var options = new Dictionary<string, string?> { ["AzureWebJobs:extensions:queues:maxPollingInterval"] = "00:00:01" };
        Add("AzureWebJobs:extensions", hostJson["extensions"]);
        return options;

        void Add(string path, JsonNode? node)
        {
            if (node is JsonObject members)
            {
                foreach (var (name, member) in members)
                {
                    Add($"{path}:{name}", member);
                }
            }
            else if (node is not null)
            {
                options[path] = node.ToString();
            }
        }
    }

    private sealed class Types(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class Instances(object functions) : IJobActivator
    {
        public T CreateInstance<T>() => (T)functions;
    }

    // Always the same: a second start on the same data finds the receipts and messages of the first.
    private sealed class HostId : IHostIdProvider
    {
        public Task<string> GetHostIdAsync(CancellationToken cancellationToken) => Task.FromResult("guichet-local");
    }

    private sealed class Webhooks : IWebHookProvider
    {
        public Uri GetUrl(IExtensionConfigProvider extension) => new("http://127.0.0.1/runtime/webhooks/blobs");
    }

    // The package's own monitor needs a storage library that nobody ships any more. What a timer missed while the host was
    // down is the app's business: it looks at what is due.
    private sealed class ScheduleMemory : ScheduleMonitor
    {
        private readonly ConcurrentDictionary<string, ScheduleStatus> statuses = new();

        public override Task<ScheduleStatus> GetStatusAsync(string timerName) => Task.FromResult(statuses.GetValueOrDefault(timerName)!);

        public override Task UpdateStatusAsync(string timerName, ScheduleStatus status)
        {
            statuses[timerName] = status;
            return Task.CompletedTask;
        }
    }
}
