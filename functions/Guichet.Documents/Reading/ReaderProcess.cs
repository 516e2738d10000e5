using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Guichet.Core.Deposit;

namespace Guichet.Documents;

/// <summary>
/// The executable that runs, started again to read files and nothing else. A file that overflows the stack, hangs or bloats takes this
/// process with it and no other.
/// </summary>
public static class ReaderProcess
{
    private const string Argument = "--read-pieces";

    /// <summary>Line one of every Main whose process reads files: where the process was started as a reader, reads until its input closes.</summary>
    /// <returns>True where the process was a reader: Main has nothing left to do.</returns>
    public static bool RunIfAsked(string[] args) =>
        RunIfAsked(args, PieceReading.Read);

    /// <summary>The same, for a test whose reader is to misbehave.</summary>
    internal static bool RunIfAsked(string[] args, Func<ReadingRequest, PieceExtract> read)
    {
        if (args is not [Argument, ..])
        {
            return false;
        }

        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        // A library that writes to the console would break the frames.
        Console.SetOut(TextWriter.Null);
        Serve(input, output, read).GetAwaiter().GetResult();
        return true;
    }

    /// <summary>Starts the running executable as a reader, with nothing of its settings: a reader needs no secret.</summary>
    internal static Process Start(ReadingBounds bounds)
    {
        var (executable, arguments) = Again(Environment.ProcessPath, Assembly.GetEntryAssembly()?.Location ?? throw new InvalidOperationException("The entry assembly is unknown."));
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Argument);
        var kept = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsHarmless).ToDictionary(name => name, Environment.GetEnvironmentVariable);
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = (bounds.Memory * 3 / 4).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        // A hard limit makes the collector frugal, and a file's cells all live to its end: it is let have them before it looks for what died.
        start.Environment["DOTNET_GCgen0size"] = (bounds.Memory / 8).ToString("X", CultureInfo.InvariantCulture);
        // The few files that a reader reads do not pay for the profiling of its code.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // A crash here is expected now and then: no dump of it is wanted.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The reader could not be started.");
    }

    /// <summary>
    /// How the app is started again: by the runtime that runs it, not by the executable that does. Azure may have loaded the app into a host of its
    /// own (FunctionsNetHost), which would not start as a reader. An app that carries its runtime has no other executable than its own.
    /// </summary>
    internal static (string Executable, string[] Arguments) Again(string? running, string app)
    {
        var runtime = Path.GetFileName(running) is "dotnet" or "dotnet.exe"
            ? running!
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(runtime) ? (runtime, ["exec", app]) : (running ?? throw new InvalidOperationException("The path of the running executable is unknown."), []);
    }

    private static bool IsHarmless(string name) =>
        name is "PATH" or "HOME" or "TMPDIR" or "TMP" or "TEMP" or "LANG" or "LC_ALL" or "TZ" or "SystemRoot" or "windir" or "USERPROFILE" or "LOCALAPPDATA" ||
        name.StartsWith("DOTNET_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_GC", StringComparison.Ordinal) && name is not ("DOTNET_STARTUP_HOOKS" or "DOTNET_ADDITIONAL_DEPS" or "DOTNET_gcServer");

    private static async Task Serve(Stream input, Stream output, Func<ReadingRequest, PieceExtract> read)
    {
        WarmUp.Run();
        await ReaderFrames.Write(output, new ReadingAnswer(null), CancellationToken.None);
        var next = ReaderFrames.Read<ReadingRequest>(input, CancellationToken.None);
        while (await next is { } request)
        {
            // Reading the input meanwhile is how a reader whose parent has died ends, whatever its file makes it do.
            next = Task.Run(() => EndWithInput(input));
            await ReaderFrames.Write(output, await OnOwnStack(request, read), CancellationToken.None);
        }
    }

    private static async Task<ReadingRequest?> EndWithInput(Stream input)
    {
        var request = await ReaderFrames.Read<ReadingRequest>(input, CancellationToken.None);
        if (request is null)
        {
            Environment.Exit(0);
        }

        return request;
    }

    private static Task<ReadingAnswer> OnOwnStack(ReadingRequest request, Func<ReadingRequest, PieceExtract> read)
    {
        var done = new TaskCompletionSource<ReadingAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Deep and honest files exist: a larger stack reads them, and an endless recursion still ends.
        new Thread(() => done.SetResult(Read(request, read)), 16 << 20) { IsBackground = true, Name = "piece" }.Start();
        return done.Task;
    }

    private static ReadingAnswer Read(ReadingRequest request, Func<ReadingRequest, PieceExtract> read)
    {
        try
        {
            return new ReadingAnswer(read(request));
        }
        catch (OutOfMemoryException)
        {
            return new ReadingAnswer(null, nameof(OutOfMemoryException));
        }
#pragma warning disable CA1031 // Libraries throw anything on a hostile file; the pool turns it into a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new ReadingAnswer(null, e.GetType().Name);
        }
    }
}
