using NodaTime;

namespace Guichet.Storage;

/// <summary>
/// The app's clock: the system's, shifted in Development so that years can pass in minutes. What a service enforces by its own clock (the
/// expiry of an address, a scheduled delivery, a lock) is never shifted: for that there is <see cref="TimeProvider.System"/>.
/// </summary>
public sealed class GuichetClock(TimeSpan offset) : TimeProvider
{
    private long _offset = offset.Ticks;

    /// <summary>How far this clock is ahead of the system's.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>An instant that a service tells (a Last-Modified, an enqueued time), on this clock.</summary>
    public Instant At(DateTimeOffset told) => Instant.FromDateTimeOffset(told + Offset);
}
