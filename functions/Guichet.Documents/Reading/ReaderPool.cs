using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.FollowUp;

namespace Guichet.Documents;

/// <summary>
/// Reads pieces in child processes, kept warm and started when first needed. Whatever a file does to its reader becomes a finding on the
/// piece, and the next file gets a new reader.
/// </summary>
/// <param name="bounds">What a file may cost.</param>
/// <param name="readers">How many readers at most: two for a worker, one a core for a command that does nothing else.</param>
public sealed class ReaderPool(ReadingBounds bounds, int readers = 2) : IDisposable
{
    /// <summary>The meter that tells of readers: <c>guichet.readers.deaths</c>, by what ended them.</summary>
    public const string MeterName = "Guichet.Documents";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Deaths = Meter.CreateCounter<long>("guichet.readers.deaths", "{reader}", "Readers that a file ended, by how.");

    private readonly SemaphoreSlim free = new(readers, readers);
    private readonly Stack<Reader> idle = new();
    private bool disposed;

    /// <summary>A pool with the bounds of the deposit.</summary>
    public ReaderPool()
        : this(ReadingBounds.Default)
    {
    }

    /// <summary>Reads a file. Nothing that the file holds makes this throw.</summary>
    /// <param name="path">Where its bytes are.</param>
    /// <param name="fileName">The porteur's own name for it, which its values and findings are to carry.</param>
    /// <param name="words">The words that the campaign's forms use.</param>
    /// <exception cref="OperationCanceledException">The caller asked for it.</exception>
    /// <exception cref="InvalidOperationException">No reader can be started at all: an error of the installation, not of the file.</exception>
    public async Task<PieceExtract> Read(string path, string fileName, FormWords words, CancellationToken cancellation) =>
        (await ReadTimed(path, fileName, words, cancellation)).Extract;

    /// <summary>The same, with how long the reading itself took, whatever the wait for a reader.</summary>
    public Task<(PieceExtract Extract, TimeSpan Elapsed)> ReadTimed(string path, string fileName, FormWords words, CancellationToken cancellation) =>
        ReadTimed(new ReadingRequest(Path.GetFullPath(path), fileName, words, bounds), cancellation);

    /// <summary>Reads a file of an impact report: its extract says what it reports. Nothing that the file holds makes this throw.</summary>
    /// <param name="path">Where its bytes are.</param>
    /// <param name="fileName">The porteur's own name for it.</param>
    /// <param name="indicators">Those of the agreement.</param>
    public async Task<ReportReading> ReadReport(string path, string fileName, ImmutableArray<Indicator> indicators, CancellationToken cancellation)
    {
        var (extract, _) = await ReadTimed(new ReadingRequest(Path.GetFullPath(path), fileName, FormWords.None, bounds) { Indicators = indicators }, cancellation);
        return extract.Report ?? new ReportReading { Trouble = string.Join(' ', extract.Findings.Select(finding => finding.Message)) };
    }

    private async Task<(PieceExtract Extract, TimeSpan Elapsed)> ReadTimed(ReadingRequest request, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await free.WaitAsync(cancellation);
        Reader? reader = null;
        try
        {
            reader = TakeIdle() ?? await Reader.Start(bounds, cancellation);
            var started = Stopwatch.GetTimestamp();
            var (extract, end) = await reader.Read(request, cancellation);
            if (extract is null && end is not ReadingEnd.Failed)
            {
                Deaths.Add(1, new KeyValuePair<string, object?>("end", end.ToString()));
            }

            return (extract ?? Interrupted(request.FileName, end), Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            GiveBack(reader);
            free.Release();
        }
    }

    /// <summary>Ends the readers.</summary>
    public void Dispose()
    {
        disposed = true;
        while (TakeIdle() is { } reader)
        {
            reader.Dispose();
        }

        free.Dispose();
    }

    private Reader? TakeIdle()
    {
        lock (idle)
        {
            return idle.TryPop(out var reader) ? reader : null;
        }
    }

    private void GiveBack(Reader? reader)
    {
        if (reader is null)
        {
            return;
        }

        if (reader.IsUsable && !disposed)
        {
            lock (idle)
            {
                idle.Push(reader);
            }
        }
        else
        {
            reader.Dispose();
        }
    }

    private PieceExtract Interrupted(string fileName, ReadingEnd end) => new()
    {
        Kind = PieceKind.Unknown,
        Findings =
        [
            new PieceFinding("LECTURE-INTERROMPUE", PieceSeverity.Blocking, fileName, null, end switch
            {
                ReadingEnd.TooLong => $"La lecture de ce fichier a été arrêtée après {bounds.Time.TotalSeconds:0} secondes : envoyez une version plus simple, ou le document d’origine (DOCX, ODT ou XLSX).",
                ReadingEnd.TooLarge => "La lecture de ce fichier demande trop de mémoire et a été arrêtée : envoyez une version plus légère, ou le document d’origine (DOCX, ODT ou XLSX).",
                _ => "La lecture de ce fichier a échoué : il est sans doute abîmé. Ouvrez-le, enregistrez-le de nouveau ou exportez-le dans un autre format (DOCX, ODT ou PDF), puis renvoyez-le.",
            }),
        ],
    };
}
