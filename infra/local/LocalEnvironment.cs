using System.Collections.Concurrent;
using System.Globalization;
using Guichet.Local.Azurite;
using Guichet.Local.FunctionsHost;
using Guichet.Local.Mail;
using Guichet.Local.Proxy;
using Guichet.Local.Scanner;
using Guichet.Local.ServiceBus;

namespace Guichet.Local;

/// <summary>
/// The whole system on one machine: storage, bus, mail and the app on its real triggers. The demo and the end-to-end tests
/// start the same one. Disposing of it stops everything that it started.
/// </summary>
public sealed class LocalEnvironment : IAsyncDisposable
{
    private const string ClockSetting = "Guichet__Clock__Offset";

    private readonly Stack<IAsyncDisposable> started = new();
    private readonly LocalOptions options;
    private AzuriteServer? azurite;
    private readonly List<AppHost> others = [];
    private readonly List<ConcurrentDictionary<string, string?>> instanceSettings = [];
    private AppHost? app;

    private LocalEnvironment(LocalOptions options)
    {
        this.options = options;
        Log = new HostLog(options.LogFile ?? (options.DataFolder is { } folder ? Path.Combine(folder, "guichet.log") : null));
    }

    /// <summary>What the app and its host say.</summary>
    public HostLog Log { get; }

    /// <summary>Where the app's HTTP functions are: the API, the pages.</summary>
    public Uri ApiUri => App.Address;

    /// <summary>Where each instance of the app is, the first first.</summary>
    public IReadOnlyList<Uri> Instances => [ApiUri, .. others.Select(other => other.Address)];

    /// <summary>The app's keys.</summary>
    public FunctionKeys Keys => App.Keys;

    /// <summary>Opens everything of the app, its admin endpoints included.</summary>
    public string MasterKey => Keys.Master;

    /// <summary>Opens functions of level <c>function</c>.</summary>
    public string FunctionKey => Keys.Function;

    /// <summary>Account guichet, straight to the emulator: what a test looks at storage with, neither counted nor failed.</summary>
    public string StorageConnection => Azurite.Connection(StorageAccount.Guichet);

    /// <summary>Account guichet through the proxy: what the app is given.</summary>
    public string ProxiedStorageConnection => StorageAccount.Guichet.Connection(Proxy.Blob, Azurite.Queue, Proxy.Table);

    /// <summary>Account office through the proxy: what the app is given.</summary>
    public string ProxiedOfficeConnection => StorageAccount.Office.Connection(Proxy.Blob, Azurite.Queue, Proxy.Table);

    /// <summary>Account office, straight to the emulator.</summary>
    public string OfficeConnection => Azurite.Connection(StorageAccount.Office);

    public string BusConnection => Bus.ConnectionString;

    /// <summary>The bus itself: counts, messages, faults.</summary>
    public ServiceBusServer Bus
    {
        get => field ?? throw Missing(LocalParts.Bus);
        private set;
    }

    /// <summary>The proxy before storage: faults, counts, events.</summary>
    public StorageProxy Proxy
    {
        get => field ?? throw Missing(LocalParts.Proxy);
        private set;
    }

    public MailSink Mail
    {
        get => field ?? throw Missing(LocalParts.Mail);
        private set;
    }

    /// <summary>How many times the worker has got ready: one more after each death.</summary>
    public int WorkerStarts => App.WorkerStarts;

    /// <summary>Bytes that the first instance's worker holds, without its readers; 0 while it starts.</summary>
    public long WorkerMemory => App.WorkerMemory;

    /// <summary>Workers that start from now on begin with this clock: one that dies after its clock was moved would come back in today.</summary>
    public void BeginAt(TimeSpan offset) => instanceSettings.ForEach(settings => settings[ClockSetting] = offset.ToString("c", CultureInfo.InvariantCulture));

    private AzuriteServer Azurite => azurite ?? throw Missing(LocalParts.Storage);

    private AppHost App => app ?? throw Missing(LocalParts.App);

    /// <summary>Starts the parts asked for, in the order in which they need each other.</summary>
    /// <exception cref="LocalProblemException">Something about this machine is in the way; the message says what, in French.</exception>
    public static async Task<LocalEnvironment> Start(LocalOptions options, CancellationToken cancellation = default)
    {
        var environment = new LocalEnvironment(options);
        try
        {
            await environment.Start(cancellation);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a timer's function now and waits for its end.</summary>
    public Task FireTimer(string name, CancellationToken cancellation = default) => App.Run(name, "", cancellation);

    /// <summary>Runs a queue's function on this message, past its queue, and waits for its end.</summary>
    public Task Invoke(string name, string input, CancellationToken cancellation = default) => App.Run(name, input, cancellation);

    /// <summary>SIGKILL, of the first instance's worker: what runs is lost as in a crash, and another worker starts.</summary>
    public Task KillWorker() => App.KillWorker();

    /// <summary>The same of one instance or of all: whose call it is that a fault strikes cannot be told from the call, so that each has its turn.</summary>
    /// <param name="turn">Counts the instances from 1 to all of them, then all at once, and begins again.</param>
    public Task KillWorkers(int turn)
    {
        AppHost[] all = [App, .. others];
        var one = (turn - 1) % (all.Length + 1);
        return Task.WhenAll((one < all.Length ? [all[one]] : all).Select(host => host.KillWorker()));
    }

    /// <summary>Storage goes away, the host's own with it, until <see cref="StartStorage"/>. Nothing is lost where the environment has a data folder.</summary>
    public Task StopStorage() => Azurite.Stop();

    /// <summary>Storage comes back.</summary>
    public Task StartStorage(CancellationToken cancellation = default) => Azurite.StartAgain(cancellation);

    /// <summary>Has the worker end properly and waits until the next is ready.</summary>
    public Task RestartWorker() => App.RestartWorker();

    /// <summary>Ends once the worker has got ready for the n-th time: 1 is the first start, 2 the one after a death.</summary>
    public Task WorkerStart(int number) => App.WorkerStart(number);

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        Log.Close();
    }

    private async Task Start(CancellationToken cancellation)
    {
        if (options.Port is { } first)
        {
            LoopbackServer.CheckFree(first, LocalOptions.PortsUsed);
        }

        // The two programs from outside take seconds to start: they do so side by side.
        var mail = Has(LocalParts.Mail) ? MailSink.Start(DataFolder("mail"), Port(7), Port(8), cancellation) : null;
        try
        {
            if (Has(LocalParts.Storage))
            {
                azurite = Keep(await AzuriteServer.Start(DataFolder("azurite"), Port(3), Port(4), Port(5), cancellation));
                await StorageLayout.Create(StorageConnection, OfficeConnection, cancellation);
            }

            if (Has(LocalParts.Proxy))
            {
                Proxy = Keep(await StorageProxy.Start(Azurite.Blob, Azurite.Table, Port(1), Port(2), cancellation));
            }

            if (options.ScansUploads)
            {
                Keep(UploadScanner.Start(StorageConnection));
            }

            if (Has(LocalParts.Bus))
            {
                Bus = Keep(await StartBus());
            }
        }
        finally
        {
            if (mail is not null)
            {
                Mail = Keep(await mail);
            }
        }

        if (Has(LocalParts.App))
        {
            await StartApp(cancellation);
        }
    }

    private async Task StartApp(CancellationToken cancellation)
    {
        var port = options.Port ?? LoopbackServer.FreePort();
        app = Keep(await AppHost.Start(AppFolder, port, Settings(port), options.TimersRun, Log, cancellation));
        var subscriptions = app.Functions.Where(function => function.IsBlob).Select(function => new BlobSubscription(
            function.Container,
            new Uri(app.Address, $"runtime/webhooks/blobs?functionName=Host.Functions.{function.Name}&code={app.Keys.BlobsExtension}"))).ToList();
        await Proxy.Events.RaiseForWhatIsThere(StorageConnection, Proxy.Blob, subscriptions, cancellation);
        Proxy.Events.Deliver(subscriptions);
        for (var more = 1; more < options.Instances; more++)
        {
            var other = LoopbackServer.FreePort();
            others.Add(Keep(await AppHost.Start(AppFolder, other, Settings(port), timersRun: false, Log, cancellation)));
        }
    }

    private ConcurrentDictionary<string, string?> Settings(int port)
    {
        var settings = new ConcurrentDictionary<string, string?>
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = AppFolder,
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
            // A shell's own settings for web apps and containers are not for the worker.
            ["ASPNETCORE_URLS"] = null,
            ["CONTAINER_NAME"] = null,
            // The host's own bookkeeping is not the app's: straight to the emulator, uncounted.
            ["AzureWebJobsStorage"] = StorageConnection,
            ["GuichetStorage"] = ProxiedStorageConnection,
            ["GuichetOffice"] = ProxiedOfficeConnection,
            ["GuichetBus"] = BusConnection,
            ["Guichet__PublicUri"] = $"http://127.0.0.1:{port}/",
            ["Guichet__Staff__SignIn"] = "test",
            ["Guichet__Staff__SignInPath"] = "/principals",
            ["Guichet__Staff__Office"] = $"bureau={TestPrincipals.Office};adjointe={TestPrincipals.Deputy}",
            ["Guichet__Staff__Operators"] = $"exploitation={TestPrincipals.Operator}",
            [ClockSetting] = options.ClockOffset.ToString("c", CultureInfo.InvariantCulture),
        };
        if (options.DueAllowance is { } allowance)
        {
            settings["Guichet__Due__Allowance"] = allowance.ToString("c", CultureInfo.InvariantCulture);
        }

        if (options.ScansUploads)
        {
            settings["Guichet__Malware__Wait"] = "01:00:00";
        }

        if (Has(LocalParts.Mail))
        {
            settings["Guichet__Mail__Host"] = "127.0.0.1";
            settings["Guichet__Mail__Port"] = $"{Mail.SmtpPort}";
            settings["Guichet__Mail__StartTls"] = "false";
            settings["Guichet__Mail__From"] = "guichet@exemple.gouv.fr";
        }

        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        instanceSettings.Add(settings);
        return settings;
    }

    private Task<ServiceBusServer> StartBus() => ServiceBusServer.Start(new ServiceBusOptions
    {
        Port = Port(6),
        Queues = [.. StorageLayout.BusQueues.Select(name => new QueueOptions(name)
        {
            LockDuration = options.BusLock,
            MaxDeliveryCount = 10,
            DuplicateWindow = TimeSpan.FromMinutes(10),
        })],
    }, TimeProvider.System);

    private string AppFolder => options.AppFolder ?? RepositoryFolder.Path("functions", "Guichet.Functions", "bin", "Release", "net10.0");

    private bool Has(LocalParts part) => (options.Parts & part) == part;

    private int Port(int place) => options.Port is { } first ? first + place : 0;

    private string? DataFolder(string part) =>
        options.DataFolder is { } folder ? Directory.CreateDirectory(Path.Combine(folder, part)).FullName : null;

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        started.Push(part);
        return part;
    }

    private static InvalidOperationException Missing(LocalParts part) => new($"This environment was started without {part}.");
}
