using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>The environments of infra/azure as Azure would be asked for them, compiled once from a copy.</summary>
public sealed class Bicep : IAsyncLifetime
{
    // What production asks whoever deploys it for, without a default.
    private static readonly Dictionary<string, string> _given = new(StringComparer.Ordinal)
    {
        ["GUICHET_BUDGET_START"] = "2026-01-01",
        ["GUICHET_MAIL_HOST"] = "smtp.exemple.gouv.fr",
        ["GUICHET_MAIL_FROM"] = "guichet@exemple.gouv.fr",
        ["GUICHET_ALERTS_TO"] = "exploitation@exemple.gouv.fr,astreinte@exemple.gouv.fr",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guichet-bicep-");

    public AzureEnvironment Dev { get; private set; } = null!;

    public AzureEnvironment Production { get; private set; } = null!;

    /// <summary>Production with what is there only where it is asked for: a mail server that wants a password, a group of operators.</summary>
    public AzureEnvironment Fullest { get; private set; } = null!;

    /// <summary>The template of events.bicep.</summary>
    public JsonElement Events { get; private set; }

    /// <summary>What the compiler and its linter say: nothing, where all is well.</summary>
    public string Warnings { get; private set; } = "";

    public static string Source(params ReadOnlySpan<string> parts) => RepositoryFolder.Path(["infra", "azure", .. parts]);

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Source(), "*.bicep*", SearchOption.AllDirectories).Append(Source("bicepconfig.json")))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(Source(), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(Path.Combine(_folder.FullName, "production.bicepparam"), Path.Combine(_folder.FullName, "fullest.bicepparam"));
        var (dev, production, fullest) = (
            Snapshot("dev", []),
            Snapshot("production", []),
            Snapshot("fullest", new() { ["GUICHET_MAIL_USER"] = "guichet", ["GUICHET_OPERATORS"] = Guid.Empty.ToString(), ["GUICHET_SIGN_IN"] = "proconnect", ["GUICHET_SIGN_IN_CLIENT"] = "guichet", ["GUICHET_SIGN_IN_ISSUER"] = "https://proconnect.exemple" }));
        var (main, events) = (Run(["build", "main.bicep", "--stdout"]), Run(["build", "events.bicep", "--stdout"]));
        (Dev, Production, Fullest) = (await dev, await production, await fullest);
        Events = JsonDocument.Parse((await events).Output).RootElement;
        Warnings = (await main).Errors + (await events).Errors;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<AzureEnvironment> Snapshot(string name, Dictionary<string, string> settings)
    {
        await Run(
            ["snapshot", $"{name}.bicepparam", "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--resource-group", "rg-guichet", "--location", "francecentral"],
            settings);
        return new AzureEnvironment(JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, $"{name}.snapshot.json"))).RootElement);
    }

    private async Task<(string Output, string Errors)> Run(string[] arguments, Dictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo(Compiler(), arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _given.Concat(settings ?? []))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output, await errors) : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)}: {await errors}");
    }

    private static string Compiler()
    {
        var path = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Bicep").Value!;
        if (OperatingSystem.IsWindows())
        {
            return path + ".exe";
        }

        // A package of NuGet has no run bits.
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}

/// <summary>The facts of this folder share one compilation.</summary>
[CollectionDefinition(nameof(Bicep))]
public sealed class BicepCollection : ICollectionFixture<Bicep>;
