using System.Collections.Concurrent;

namespace Guichet.Local.FunctionsHost;

/// <summary>One line of the host's log.</summary>
public sealed record LogLine(DateTimeOffset At, LogLevel Level, string Category, string Message, string? Exception)
{
    public override string ToString() =>
        $"{At:O} {Level,-11} {Category}: {Message}{(Exception is null ? "" : Environment.NewLine + Exception)}";
}

/// <summary>What the worker, its functions and the listeners say: all of it to a file, warnings and above to whoever asks.</summary>
public sealed class HostLog : ILoggerProvider
{
    private readonly Lock sync = new();
    private readonly StreamWriter? file;
    private readonly ConcurrentQueue<LogLine> warnings = new();

    internal HostLog(string? path)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file = new StreamWriter(path, append: true) { AutoFlush = true };
        }
    }

    /// <summary>Lines at warning level and above, as they come.</summary>
    public event Action<LogLine>? Warned;

    /// <summary>Lines at warning level and above so far.</summary>
    public IReadOnlyCollection<LogLine> Warnings => warnings;

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Logger(this, categoryName);

    void IDisposable.Dispose()
    {
        // A host that is given this provider disposes of it; the log outlives that host.
    }

    internal void Close()
    {
        lock (sync)
        {
            file?.Dispose();
        }
    }

    internal void Write(LogLevel level, string category, string message, string? exception = null)
    {
        var line = new LogLine(DateTimeOffset.UtcNow, level, category, message, exception);
        lock (sync)
        {
            if (file?.BaseStream is { CanWrite: true })
            {
                file.WriteLine(line);
            }
        }

        if (level is >= LogLevel.Warning and < LogLevel.None)
        {
            warnings.Enqueue(line);
            Warned?.Invoke(line);
        }
    }

    private sealed class Logger(HostLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, category, formatter(state, exception), exception?.ToString());
            }
        }
    }
}
