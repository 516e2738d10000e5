using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Guichet.Local;

/// <summary>A program that lives no longer than this one: an emulator, the mail sink, the worker.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 60;
    private const int Terminate = 15;
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What it wrote last, oldest first.</summary>
    public string LastWords => string.Join(Environment.NewLine, lines);

    /// <summary>The line of them that most likely says why it ended: one that speaks of an error, no frame of a stack.</summary>
    public string Reason
    {
        get
        {
            string[] said = [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("at ", StringComparison.Ordinal) && !line.StartsWith("---", StringComparison.Ordinal))];
            return said.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("exception", StringComparison.OrdinalIgnoreCase))
                ?? said.LastOrDefault()
                ?? "il n’a rien dit";
        }
    }

    /// <summary>Starts a program without a shell; <paramref name="onLine"/> sees each line that it writes.</summary>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        string[] command = [.. Ties, program, .. arguments];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        child.process.OutputDataReceived += (_, line) => child.Keep(line.Data, onLine);
        child.process.ErrorDataReceived += (_, line) => child.Keep(line.Data, onLine);
        Launcher.Run(() => child.process.Start());
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        child.process.StandardInput.Close();
        return child;
    }

    /// <summary>Where the shell would find this program, or nothing.</summary>
    public static string? OnPath(string program) =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from ending in OperatingSystem.IsWindows() ? (string[])[".exe", ".cmd"] : [""]
         let candidate = Path.Combine(folder, program + ending)
         where File.Exists(candidate)
         select candidate).FirstOrDefault();

    /// <summary>Ends when the program has, whatever it ended of, and gives its exit code.</summary>
    public async Task<int> Exit(CancellationToken cancellation = default)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    /// <summary>SIGKILL: what a crash looks like from outside.</summary>
    public void Kill(bool andItsChildren = false)
    {
        try
        {
            process.Kill(andItsChildren);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>Asks it to end and write what it holds; kills it when it takes too long.</summary>
    public async Task Stop(TimeSpan grace)
    {
        if (!HasExited && !OperatingSystem.IsWindows())
        {
            _ = SendSignal(Id, Terminate);
            using var patience = new CancellationTokenSource(grace);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill(andItsChildren: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // The framework kills; it has no gentler signal to send.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    private void Keep(string? line, Action<string>? onLine)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        while (lines.Count > KeptLines)
        {
            lines.TryDequeue(out _);
        }

        onLine?.Invoke(line);
    }

    // Ctrl+C in a terminal goes to its whole process group: in a session of their own, children stop in the order that we
    // choose. And should this process be killed, the kernel ends them.
    private static string[] Ties { get; } =
        File.Exists("/usr/bin/setsid") && File.Exists("/usr/bin/setpriv") ? ["/usr/bin/setsid", "/usr/bin/setpriv", "--pdeathsig", "KILL"] : [];

    /// <summary>
    /// The kernel's "parent has died" means the thread that forked, not the process: pool threads are retired when idle,
    /// and would take the children with them. This thread stays.
    /// </summary>
    private static class Launcher
    {
        private static readonly BlockingCollection<Action> Work = Begin();

        public static void Run(Action start)
        {
            var done = new TaskCompletionSource();
            Work.Add(() =>
            {
                try
                {
                    start();
                    done.SetResult();
                }
                catch (Win32Exception missing)
                {
                    done.SetException(missing);
                }
            });
            done.Task.GetAwaiter().GetResult();
        }

        private static BlockingCollection<Action> Begin()
        {
            var work = new BlockingCollection<Action>();
            var thread = new Thread(() =>
            {
                foreach (var start in work.GetConsumingEnumerable())
                {
                    start();
                }
            });
            thread.IsBackground = true;
            thread.Name = "children";
            thread.Start();
            return work;
        }
    }
}
