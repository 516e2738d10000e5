using System.Diagnostics;
using Guichet.Local;

namespace Guichet.Benchmarks.Start;

/// <summary>
/// How long the published app takes from its process's start to its first answer, plain and compiled ahead, in one run: what a porteur waits for
/// where no instance is ready. The health endpoint is asked, which reads storage.
/// </summary>
internal static class WorkerStarts
{
    private const int Rounds = 9;

    private static readonly (string Name, bool IsReadyToRun, (string Name, string Value)[] Settings)[] _variants =
    [
        ("plain", false, []),
        ("ReadyToRun", true, []),
        ("ReadyToRun, no profiling of hot code", true, [("DOTNET_TieredPGO", "0")]),
        ("everything compiled at the start", true, [("DOTNET_ReadyToRun", "0")]),
    ];

    public static async Task Print()
    {
        var folder = Directory.CreateTempSubdirectory("guichet-start-");
        var guichets = new List<LocalEnvironment>();
        try
        {
            var (plain, ahead) = (await Publish(folder, "plain", isReadyToRun: false), await Publish(folder, "ahead", isReadyToRun: true));
            foreach (var variant in _variants)
            {
                guichets.Add(await Start(variant.IsReadyToRun ? ahead : plain, variant.Settings));
            }

            var taken = _variants.Select(_ => new List<Times>()).ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < _variants.Length; i++)
                {
                    taken[i].Add(await Restart(guichets[i]));
                }
            }

            Console.WriteLine("median of {0} (ms) | process to functions loaded | first answer after that | whole | of plain | second answer", Rounds);
            var whole = Median(taken[0], times => times.Ready + times.First);
            for (var i = 0; i < _variants.Length; i++)
            {
                var mine = Median(taken[i], times => times.Ready + times.First);
                Console.WriteLine(
                    $"{_variants[i].Name,-37} | {Median(taken[i], times => times.Ready):F0} | {Median(taken[i], times => times.First):F0} | {mine:F0} | {mine / whole:F2} | {Median(taken[i], times => times.Second):F0}");
            }
        }
        finally
        {
            foreach (var guichet in guichets)
            {
                await guichet.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Publish(DirectoryInfo folder, string name, bool isReadyToRun)
    {
        var target = Path.Combine(folder.FullName, name);
        // The stand-in for the official bus extension: the code that starts is the same.
        using var publish = Process.Start("dotnet",
        [
            "publish", RepositoryFolder.Path("functions", "Guichet.Functions"), "-p:PublishProfile=azure", "-p:ServiceBusExtension=standin", $"-p:PublishReadyToRun={isReadyToRun}",
            "--output", target, "--verbosity", "quiet", "--nologo", "-consoleLoggerParameters:ErrorsOnly;NoSummary",
        ]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException("The app does not publish.");
        }

        var files = Directory.GetFiles(target, "*", SearchOption.AllDirectories);
        var archive = Path.Combine(folder.FullName, $"{name}.zip");
        await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(target, archive);
        Console.WriteLine($"{name}: {files.Length} files, {files.Sum(file => new FileInfo(file).Length) / 1e6:F1} MB, {new FileInfo(archive).Length / 1e6:F1} MB zipped");
        return target;
    }

    private static Task<LocalEnvironment> Start(string app, (string Name, string Value)[] settings) => LocalEnvironment.Start(new LocalOptions
    {
        Parts = LocalParts.App,
        AppFolder = app,
        TimersRun = false,
        Settings = new Dictionary<string, string?>(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
        {
            ["Guichet__Mail__Host"] = "127.0.0.1",
            ["Guichet__Mail__From"] = "guichet@exemple.gouv.fr",
        },
    });

    private static async Task<Times> Restart(LocalEnvironment guichet)
    {
        using var api = new HttpClient { BaseAddress = guichet.ApiUri };
        var next = guichet.WorkerStart(guichet.WorkerStarts + 1);
        await guichet.KillWorker();
        var watch = Stopwatch.StartNew();
        await next;
        var ready = watch.Elapsed;
        await Ask(api);
        var first = watch.Elapsed;
        await Ask(api);
        return new Times(ready.TotalMilliseconds, (first - ready).TotalMilliseconds, (watch.Elapsed - first).TotalMilliseconds);
    }

    /// <summary>Asks until it answers: between the functions' loading and the worker's own HTTP door lies a moment.</summary>
    private static async Task Ask(HttpClient api)
    {
        var patience = Stopwatch.StartNew();
        while (!(await api.GetAsync("api/health")).IsSuccessStatusCode)
        {
            if (patience.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException("The app does not answer.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    private static double Median(List<Times> all, Func<Times, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    private sealed record Times(double Ready, double First, double Second);
}
