using Azure.Messaging.ServiceBus;
using Guichet.Local.ServiceBus;
using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class ScheduleFacts
{
    [Fact]
    public async Task A_scheduled_message_comes_at_its_time_and_not_before()
    {
        await using var fixture = await Start();
        await fixture.Sender.ScheduleMessageAsync(Message("a"), fixture.Clock.GetUtcNow() + TimeSpan.FromHours(1), Cancellation);

        fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Null(await fixture.ReceiveAtOnce());
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("a", (await fixture.Receive()).MessageId);
    }

    [Fact]
    public async Task A_message_sent_with_a_time_waits_for_it_as_well()
    {
        await using var fixture = await Start();
        var message = Message("a");
        message.ScheduledEnqueueTime = fixture.Clock.GetUtcNow() + TimeSpan.FromDays(100);
        await fixture.Sender.SendMessageAsync(message, Cancellation);
        Assert.Equal(ServiceBusMessageState.Scheduled, Assert.Single(fixture.Bus.Peek(Queue)).State);

        fixture.Clock.Advance(TimeSpan.FromDays(100));

        var received = await fixture.Receive();
        Assert.Equal(fixture.Clock.GetUtcNow(), received.EnqueuedTime, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_message_whose_time_has_come_stands_behind_those_that_wait()
    {
        await using var fixture = await Start();
        await fixture.Sender.ScheduleMessageAsync(Message("a"), fixture.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), Cancellation);
        await fixture.Send("b");

        fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["b", "a"], fixture.Bus.Peek(Queue).Select(message => message.MessageId));
    }

    [Fact]
    public async Task Several_messages_are_scheduled_at_once_and_one_of_them_is_withdrawn()
    {
        await using var fixture = await Start();
        var numbers = await fixture.Sender.ScheduleMessagesAsync(
            [Message("a"), Message("b")], fixture.Clock.GetUtcNow() + TimeSpan.FromHours(1), Cancellation);
        Assert.Equal(2, fixture.Counts.Scheduled);

        await fixture.Sender.CancelScheduledMessageAsync(numbers[0], Cancellation);
        fixture.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("b", Assert.Single(fixture.Bus.Peek(Queue)).MessageId);
    }

    [Fact]
    public async Task What_has_come_cannot_be_withdrawn()
    {
        await using var fixture = await Start();
        var number = await fixture.Sender.ScheduleMessageAsync(Message("a"), fixture.Clock.GetUtcNow() + TimeSpan.FromHours(1), Cancellation);
        fixture.Clock.Advance(TimeSpan.FromHours(1));

        var refusal = await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Sender.CancelScheduledMessageAsync(number, Cancellation));

        Assert.Equal(ServiceBusFailureReason.MessageNotFound, refusal.Reason);
        Assert.Equal(1, fixture.Counts.Active);
    }

    [Fact]
    public async Task Time_passes_by_the_systems_clock_when_no_other_is_given()
    {
        await using var bus = await ServiceBusServer.Start(new() { Queues = [new(Queue)] });
        await using var client = new ServiceBusClient(bus.ConnectionString);
        await client.CreateSender(Queue).ScheduleMessageAsync(Message("a"), DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1), Cancellation);

        var received = await client.CreateReceiver(Queue).ReceiveMessageAsync(Patience, Cancellation);

        Assert.InRange(received.EnqueuedTime, received.ScheduledEnqueueTime, received.ScheduledEnqueueTime + Patience);
    }
}
