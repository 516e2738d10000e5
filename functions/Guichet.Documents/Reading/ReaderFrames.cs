using System.Buffers.Binary;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Documents;

/// <summary>What a reader is asked.</summary>
internal sealed record ReadingRequest(string Path, string FileName, FormWords Words, ReadingBounds Bounds);

/// <summary>What a reader answers; an answer without an extract says that the reader is ready.</summary>
/// <param name="Failure">The type of the error that stopped the reading; null where there was none.</param>
internal sealed record ReadingAnswer(PieceExtract? Extract, string? Failure = null);

/// <summary>Messages between a reader and its pool: four bytes of length, then JSON.</summary>
internal static class ReaderFrames
{
    /// <summary>No honest answer comes near it: text is bounded first.</summary>
    private const int Largest = 64 << 20;

    public static async Task Write<T>(Stream stream, T message, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, GuichetJson.Options);
        var head = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(head, json.Length);
        await stream.WriteAsync(head, cancellation);
        await stream.WriteAsync(json, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">Not a message.</exception>
    public static async Task<T?> Read<T>(Stream stream, CancellationToken cancellation)
        where T : class
    {
        var head = new byte[4];
        if (await stream.ReadAtLeastAsync(head, 4, throwOnEndOfStream: false, cancellation) < 4)
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
