namespace Guichet.Local;

/// <summary>What an environment is made of: a test starts only what it needs.</summary>
[Flags]
public enum LocalParts
{
    /// <summary>Azurite, with the containers and tables that the system works on.</summary>
    Storage = 1,

    /// <summary>The proxy before it: events, counts, faults.</summary>
    Proxy = Storage | 2,

    /// <summary>The Service Bus stand-in.</summary>
    Bus = 4,

    /// <summary>The mail sink.</summary>
    Mail = 8,

    /// <summary>The app itself, on all of these but mail.</summary>
    App = Proxy | Bus | 16,

    All = App | Mail,
}

/// <summary>How to start a <see cref="LocalEnvironment"/>. The defaults suit a test: in memory, on free ports.</summary>
public sealed record LocalOptions
{
    /// <summary>How many ports an environment takes.</summary>
    public const int PortsUsed = 9;

    public LocalParts Parts { get; init; } = LocalParts.All;

    /// <summary>Where data and logs stay from one start to the next; in memory when null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The file that what is said is added to; <c>guichet.log</c> in the data folder when null, or nowhere where there is none.</summary>
    public string? LogFile { get; init; }

    /// <summary>The first of nine ports in a row, the API's; free ports when null.</summary>
    public int? Port { get; init; }

    /// <summary>The built app, where its <c>worker.config.json</c> is; what <c>dotnet build -c Release</c> made when null.</summary>
    public string? AppFolder { get; init; }

    /// <summary>Settings for the app, over those of the environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>How far the app's clock is from the machine's.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>How long a step may take before the app checks on it; the app's own default when null.</summary>
    public TimeSpan? DueAllowance { get; init; }

    /// <summary>How long the bus keeps a message for a receiver that has gone; one that works on renews it. As in Azure by default.</summary>
    public TimeSpan BusLock { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Is what is uploaded scanned for malware, and the verdict awaited, as in Azure?</summary>
    public bool ScansUploads { get; init; }

    /// <summary>How many instances of the app share the bus and storage, as in Azure under load. Calls go to the first.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Do timers fire by themselves? <see cref="LocalEnvironment.FireTimer"/> always works.</summary>
    public bool TimersRun { get; init; } = true;
}
