using Azure.Messaging.ServiceBus;
using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class SettlementFacts
{
    private static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_abandoned_message_comes_again_at_once_in_its_place_with_its_count_up()
    {
        await using var fixture = await Start();
        await fixture.Send("a", "b");
        await fixture.Receiver.AbandonMessageAsync(await fixture.Receive(), cancellationToken: Cancellation);

        var again = await fixture.Receive();

        Assert.Equal("a", again.MessageId);
        Assert.Equal(2, again.DeliveryCount);
    }

    [Fact]
    public async Task A_message_that_has_had_its_deliveries_is_dead_lettered()
    {
        await using var fixture = await Start(queue => queue with { MaxDeliveryCount = 3 });
        await fixture.Send("a");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await fixture.Receiver.AbandonMessageAsync(await fixture.Receive(), cancellationToken: Cancellation);
        }

        var buried = await fixture.Receive(fixture.DeadLetterReceiver());

        Assert.Equal("a", buried.MessageId);
        Assert.Equal("MaxDeliveryCountExceeded", buried.DeadLetterReason);
        Assert.Equal(Queue, buried.DeadLetterSource);
        Assert.Equal(new(Active: 0, Scheduled: 0, Locked: 0, DeadLettered: 1), fixture.Counts);
    }

    [Fact]
    public async Task A_receiver_dead_letters_with_its_reason_and_the_sub_queue_is_a_queue()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        await fixture.Receiver.DeadLetterMessageAsync(await fixture.Receive(), "illisible", "Le fichier ne s'ouvre pas.", Cancellation);
        var receiver = fixture.DeadLetterReceiver();

        var peeked = Assert.Single(fixture.Bus.Peek(DeadLetters));
        var buried = await fixture.Receive(receiver);
        await receiver.CompleteMessageAsync(buried, Cancellation);

        Assert.Equal("illisible", peeked.DeadLetterReason);
        Assert.Equal("illisible", buried.DeadLetterReason);
        Assert.Equal("Le fichier ne s'ouvre pas.", buried.DeadLetterErrorDescription);
        Assert.Equal("corps de a", buried.Body.ToString());
        Assert.Equal(0, fixture.Counts.DeadLettered);
    }

    [Fact]
    public async Task A_receiver_dead_letters_without_a_reason()
    {
        await using var fixture = await Start();
        await fixture.Send("a");

        await fixture.Receiver.DeadLetterMessageAsync(await fixture.Receive(), cancellationToken: Cancellation);

        Assert.Equal(1, fixture.Counts.DeadLettered);
    }

    [Fact]
    public async Task A_lock_that_ends_brings_the_message_back_and_its_receiver_has_lost_it()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var late = await fixture.Receive();

        fixture.Clock.Advance(LockDuration);
        var again = await fixture.Receive();
        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Receiver.CompleteMessageAsync(late, Cancellation));

        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, lost.Reason);
        Assert.Equal(1, fixture.Counts.Locked);
    }

    [Fact]
    public async Task A_lock_that_ends_often_enough_dead_letters_the_message()
    {
        await using var fixture = await Start(queue => queue with { MaxDeliveryCount = 2 });
        await fixture.Send("a");
        await fixture.Receive();
        fixture.Clock.Advance(LockDuration);
        await fixture.Receive();
        fixture.Clock.Advance(LockDuration);

        Assert.Equal(new(Active: 0, Scheduled: 0, Locked: 0, DeadLettered: 1), fixture.Counts);
    }

    [Fact]
    public async Task A_renewed_lock_outlives_its_first_end()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();
        fixture.Clock.Advance(LockDuration - TimeSpan.FromSeconds(1));
        await fixture.Receiver.RenewMessageLockAsync(message, Cancellation);
        fixture.Clock.Advance(LockDuration - TimeSpan.FromSeconds(1));

        await fixture.Receiver.CompleteMessageAsync(message, Cancellation);

        Assert.Equal(fixture.Clock.GetUtcNow() + TimeSpan.FromSeconds(1), message.LockedUntil, TimeSpan.FromMilliseconds(1));
        Assert.Equal(default, fixture.Counts);
    }

    [Fact]
    public async Task A_lost_lock_cannot_be_renewed()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();
        fixture.Clock.Advance(LockDuration);

        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Receiver.RenewMessageLockAsync(message, Cancellation));

        Assert.Equal(ServiceBusFailureReason.MessageLockLost, lost.Reason);
    }

    [Fact]
    public async Task A_message_is_completed_after_its_connection_was_lost()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();

        await LoseConnection(fixture);
        await fixture.Receiver.CompleteMessageAsync(message, Cancellation);

        Assert.Equal(default, fixture.Counts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_abandoned_or_dead_lettered_after_its_connection_was_lost(bool abandon)
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();

        await LoseConnection(fixture);
        if (abandon)
        {
            await fixture.Receiver.AbandonMessageAsync(message, cancellationToken: Cancellation);
        }
        else
        {
            await fixture.Receiver.DeadLetterMessageAsync(message, "illisible", cancellationToken: Cancellation);
        }

        Assert.Equal(abandon ? 1 : 0, fixture.Counts.Active);
        Assert.Equal(abandon ? 0 : 1, fixture.Counts.DeadLettered);
    }

    [Fact]
    public async Task What_is_not_offered_is_refused_instead_of_ignored()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();

        await Assert.ThrowsAsync<NotSupportedException>(() => fixture.Receiver.DeferMessageAsync(message, cancellationToken: Cancellation));
    }

    /// <summary>The client takes a settlement under way for a lost lock: it must have noticed the loss before, which it has when it asks anew.</summary>
    private static async Task LoseConnection(BusFixture fixture)
    {
        fixture.Bus.Faults.DropConnections();
        await fixture.Receiver.PeekMessageAsync(cancellationToken: Cancellation);
    }
}
