namespace Guichet.Documents.Formats;

/// <summary>What an archive expands to, up to a bound: the size that an entry announces is not believed.</summary>
internal sealed class BoundedStream(Stream expanded, long most) : Stream
{
    private long left = most;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="UnreadableFile">There is more than the bound allows.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = expanded.Read(buffer);
        left -= read;
        return left >= 0 ? read : throw UnreadableFile.TooMuch("des données démesurées une fois décompressées");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            expanded.Dispose();
        }

        base.Dispose(disposing);
    }
}
