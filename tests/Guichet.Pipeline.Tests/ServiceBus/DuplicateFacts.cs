using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class DuplicateFacts
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static Task<BusFixture> StartWithWindow() => Start(queue => queue with { DuplicateWindow = Window });

    [Fact]
    public async Task An_id_seen_within_the_window_is_accepted_and_dropped_even_after_the_first_was_completed()
    {
        await using var fixture = await StartWithWindow();
        await fixture.Send("a");
        await fixture.Receiver.CompleteMessageAsync(await fixture.Receive(), Cancellation);

        fixture.Clock.Advance(Window - TimeSpan.FromSeconds(1));
        await fixture.Send("a", "b");

        Assert.Equal(["b"], fixture.Bus.Peek(Queue).Select(message => message.MessageId));
    }

    [Fact]
    public async Task An_id_is_forgotten_when_the_window_has_passed()
    {
        await using var fixture = await StartWithWindow();
        await fixture.Send("a");

        fixture.Clock.Advance(Window);
        await fixture.Send("a");

        Assert.Equal(2, fixture.Counts.Active);
    }

    [Fact]
    public async Task A_retry_scheduled_under_the_same_id_is_dropped_without_a_word()
    {
        await using var fixture = await StartWithWindow();
        await fixture.Send("a");

        var number = await fixture.Sender.ScheduleMessageAsync(Message("a"), fixture.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), Cancellation);

        Assert.NotEqual(0, number);
        Assert.Equal(0, fixture.Counts.Scheduled);
    }

    [Fact]
    public async Task A_queue_without_a_window_takes_the_same_id_twice()
    {
        await using var fixture = await Start();

        await fixture.Send("a", "a");

        Assert.Equal(2, fixture.Counts.Active);
    }
}
