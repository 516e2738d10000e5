using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Documents;

/// <summary>What a reader is asked.</summary>
internal sealed record ReadingRequest(string Path, string FileName, FormWords Words, ReadingBounds Bounds)
{
    /// <summary>The indicators of the agreement, where the file is an impact report; null where it is a piece of an application.</summary>
    public ImmutableArray<Indicator>? Indicators { get; init; }
}

/// <summary>What a reader answers; an answer without an extract says that the reader is ready.</summary>
/// <param name="Failure">The type of the error that stopped the reading; null where there was none.</param>
internal sealed record ReadingAnswer(PieceExtract? Extract, string? Failure = null);

/// <summary>Messages between a reader and its pool: four bytes of length, then JSON.</summary>
internal static class ReaderFrames
{
    /// <summary>No honest answer comes near it: text is bounded first.</summary>
    private const int Largest = 64 << 20;

    private const int LengthBytes = 4;

    public static async Task Write<T>(Stream stream, T message, CancellationToken cancellation)
    {
        // Written at once: the other process is woken once.
        var frame = new ArrayBufferWriter<byte>(1 << 12);
        frame.Advance(LengthBytes);
        using (var json = new Utf8JsonWriter(frame, new JsonWriterOptions { Encoder = GuichetJson.Options.Encoder }))
        {
            JsonSerializer.Serialize(json, message, GuichetJson.Options);
        }

        BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(frame.WrittenMemory).Span, frame.WrittenCount - LengthBytes);
        await stream.WriteAsync(frame.WrittenMemory, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">Not a message.</exception>
    public static async Task<T?> Read<T>(Stream stream, CancellationToken cancellation)
        where T : class
    {
        var head = new byte[LengthBytes];
        if (await stream.ReadAtLeastAsync(head, LengthBytes, throwOnEndOfStream: false, cancellation) < LengthBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > Largest)
        {
            throw new InvalidDataException("A reader's message has an impossible length.");
        }

        var json = new byte[length];
        return await stream.ReadAtLeastAsync(json, length, throwOnEndOfStream: false, cancellation) == length
            ? JsonSerializer.Deserialize<T>(json, GuichetJson.Options)
            : null;
    }
}
