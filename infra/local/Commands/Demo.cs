using System.Globalization;
using System.Runtime.InteropServices;
using Guichet.Local.FunctionsHost;
using Spectre.Console;

namespace Guichet.Local.Commands;

/// <summary>
/// The whole system, from the build to the mails, on the sample dossiers: what a newcomer starts first. It stays up until
/// it is asked to stop, or with <c>--once</c> ends with a verdict.
/// </summary>
internal static class Demo
{
    private const int Interrupted = 130;

    public static async Task<int> Run(DemoOptions options)
    {
        using var stop = new StopSignal();
        try
        {
            return await Run(options, stop);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Interrupted;
        }
    }

    private static async Task<int> Run(DemoOptions options, StopSignal stop)
    {
        using var data = DemoData.Open(options.Fresh);
        LoopbackServer.CheckFree(options.Port, LocalOptions.PortsUsed);
        Say.Step("Construction de l’application");
        var app = await AppBuild.Run(stop.Token);
        Say.Step("Démarrage du stockage, du bus, de la boîte aux lettres et de l’application");
        await using var local = await LocalEnvironment.Start(
            new LocalOptions
            {
                DataFolder = data.Folder,
                Port = options.Port,
                AppFolder = app,
                ClockOffset = data.ClockOffset,
                DueAllowance = TimeSpan.FromMinutes(1),
                ScansUploads = true,
            },
            stop.Token);
        Say.Step($"L’application est en route : il y est {data.Now.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo("fr-FR"))} à Paris");

        using var samples = new DemoSamples(local, data);
        var ended = await DemoProgress.Show(samples, stop.Token);
        await samples.TakeOverProjects(stop.Token);
        var failed = await FireTimers(local, stop.Token);
        await samples.Settle(stop.Token);
        await DemoSummary.Show(local, ended, stop.Token);
        if (options.Once)
        {
            return failed ? 1 : DemoSummary.Verdict(ended);
        }

        Say.Line("Ctrl+C pour arrêter. Le prochain démarrage reprend où l’on en est ; --fresh repart de rien.");
        await stop.Asked;
        Say.Line("Arrêt…");
        return 0;
    }

    /// <summary>The day's work that no porteur asks for: what reviewers are told, what projects are reminded of.</summary>
    /// <returns>Whether any of it failed.</returns>
    private static async Task<bool> FireTimers(LocalEnvironment local, CancellationToken cancellation)
    {
        var failed = false;
        foreach (var timer in (string[])["SendDigests", "SendReminders", "Tick"])
        {
            try
            {
                await local.FireTimer(timer, cancellation);
            }
            catch (FunctionFailed failure)
            {
                failed = true;
                Say.Line($"La fonction {timer} a échoué : {failure.Message.Split('\n')[0].Trim()}");
            }
        }

        return failed;
    }

    /// <summary>Ctrl+C, or the polite signals of a service manager. A second one ends the process at once.</summary>
    private sealed class StopSignal : IDisposable
    {
        private readonly CancellationTokenSource source = new();
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<PosixSignalRegistration> registrations;

        public StopSignal() => registrations =
            [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, Hear))];

        public CancellationToken Token => source.Token;

        public Task Asked => asked.Task;

        public void Dispose()
        {
            registrations.ForEach(registration => registration.Dispose());
            source.Dispose();
        }

        private void Hear(PosixSignalContext signal)
        {
            signal.Cancel = asked.TrySetResult();
            source.Cancel();
        }
    }
}
