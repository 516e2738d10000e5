using System.Diagnostics;
using Guichet.Core.Deposit;

namespace Guichet.Documents;

/// <summary>How a reading that gave no extract ended.</summary>
internal enum ReadingEnd
{
    Crashed,
    TooLong,
    TooLarge,
    Failed,
}

/// <summary>A reader process seen from its pool: one file at a time, its time and memory watched.</summary>
internal sealed class Reader : IDisposable
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(100);

    private readonly Process process;
    private readonly ReadingBounds bounds;
    private volatile string? complaint;

    private Reader(Process process, ReadingBounds bounds) => (this.process, this.bounds) = (process, bounds);

    /// <summary>False once the process has ended or was ended: the pool starts another.</summary>
    public bool IsUsable { get; private set; } = true;

    public static async Task<Reader> Start(ReadingBounds bounds, CancellationToken cancellation)
    {
        var reader = new Reader(ReaderProcess.Start(bounds), bounds);
        // What it complains of when it crashes is for nobody, but its pipe must not fill, and whether it complained tells a cause.
        reader.process.ErrorDataReceived += (_, line) => reader.complaint ??= string.IsNullOrWhiteSpace(line.Data) ? null : line.Data;
        reader.process.BeginErrorReadLine();
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        starting.CancelAfter(bounds.Start);
        try
        {
            if (await ReaderFrames.Read<ReadingAnswer>(reader.process.StandardOutput.BaseStream, starting.Token) is null)
            {
                throw new InvalidOperationException("The reader ended as it started: does Main call ReaderProcess.RunIfAsked first?");
            }

            return reader;
        }
        catch
        {
            reader.End();
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The extract, or how the reading ended without one.</summary>
    public async Task<(PieceExtract? Extract, ReadingEnd End)> Read(ReadingRequest request, CancellationToken cancellation)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(bounds.Time);
        var answer = Exchange(request, timed.Token);
        try
        {
            while (await Task.WhenAny(answer, Task.Delay(Watch, timed.Token)) != answer)
            {
                if (IsTooLarge())
                {
                    End();
                    return (null, ReadingEnd.TooLarge);
                }

                timed.Token.ThrowIfCancellationRequested();
            }

            return await answer switch
            {
                { Extract: { } extract } => (extract, default),
                { Failure: nameof(OutOfMemoryException) } => Ended(ReadingEnd.TooLarge),
                { } => (null, ReadingEnd.Failed),
                null => Ended(await CauseOfDeath()),
            };
        }
        catch (OperationCanceledException)
        {
            End();
            cancellation.ThrowIfCancellationRequested();
            return (null, ReadingEnd.TooLong);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or System.Text.Json.JsonException)
        {
            return Ended(await CauseOfDeath());
        }
    }

    /// <summary>Closes the reader's input, which ends it; it is killed where it does not.</summary>
    public void Dispose()
    {
        if (IsUsable)
        {
            IsUsable = false;
            process.StandardInput.Close();
            if (!process.WaitForExit(2_000))
            {
                End();
            }
        }

        process.Dispose();
    }

    private async Task<ReadingAnswer?> Exchange(ReadingRequest request, CancellationToken cancellation)
    {
        await ReaderFrames.Write(process.StandardInput.BaseStream, request, cancellation);
        return await ReaderFrames.Read<ReadingAnswer>(process.StandardOutput.BaseStream, cancellation);
    }

    /// <summary>
    /// The runtime says why it dies (a stack overflow, an exception), but where the memory is spent: then it may die of a signal without a word,
    /// before its memory was seen from here.
    /// </summary>
    private async Task<ReadingEnd> CauseOfDeath()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Its output is closed or broken and it lives: that is no death for want of memory.
            return ReadingEnd.Crashed;
        }

        return process.ExitCode != 0 && (complaint?.Contains("out of memory", StringComparison.OrdinalIgnoreCase) ?? true) ? ReadingEnd.TooLarge : ReadingEnd.Crashed;
    }

    private (PieceExtract?, ReadingEnd) Ended(ReadingEnd end)
    {
        End();
        return (null, end);
    }

    private bool IsTooLarge()
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64 > bounds.Memory;
        }
        catch (InvalidOperationException)
        {
            // It has just ended: the pipe says so too.
            return false;
        }
    }

    private void End()
    {
        IsUsable = false;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Already gone.
        }
    }
}
