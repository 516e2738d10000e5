using Azure.Messaging.ServiceBus;
using Guichet.Local.ServiceBus;
using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class FaultFacts
{
    [Fact]
    public async Task The_nth_send_is_refused_to_its_caller_and_has_no_effect()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.FailBefore(BusOperation.Send, nth: 2, queue: Queue);

        await fixture.Send("a");
        var refusal = await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Send("b"));
        await fixture.Send("c");

        Assert.Equal(ServiceBusFailureReason.QuotaExceeded, refusal.Reason);
        Assert.Equal(["a", "c"], fixture.Bus.Peek(Queue).Select(message => message.MessageId));
        Assert.Equal(1, fixture.Bus.Faults.Struck);
        Assert.Equal(3, fixture.Bus.Faults.Seen(BusOperation.Send));
    }

    [Fact]
    public async Task A_fault_on_another_queue_does_not_strike()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.FailBefore(BusOperation.Send, queue: "scoring");

        await fixture.Send("a");

        Assert.Equal(0, fixture.Bus.Faults.Struck);
    }

    [Fact]
    public async Task A_send_that_loses_its_connection_before_is_sent_again_by_the_client()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.FailBefore(BusOperation.Send, failure: BusFailure.ConnectionLost);

        await fixture.Send("a");

        Assert.Equal(1, fixture.Counts.Active);
        Assert.Equal(2, fixture.Bus.Faults.Seen(BusOperation.Send));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(10, 1)]
    public async Task A_send_whose_answer_is_lost_arrives_twice_unless_the_queue_knows_its_id(int windowInMinutes, int arrived)
    {
        await using var fixture = await Start(queue => queue with { DuplicateWindow = TimeSpan.FromMinutes(windowInMinutes) });
        fixture.Bus.Faults.LoseAnswer(BusOperation.Send);

        await fixture.Send("a");

        Assert.Equal(arrived, fixture.Counts.Active);
    }

    [Fact]
    public async Task A_caller_without_tries_left_sees_the_lost_answer_of_a_send_that_took_effect()
    {
        await using var fixture = await Start();
        await using var client = fixture.Connect(retries: 0);
        fixture.Bus.Faults.LoseAnswer(BusOperation.Send);

        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => client.CreateSender(Queue).SendMessageAsync(Message("a"), Cancellation));

        Assert.Equal(ServiceBusFailureReason.ServiceCommunicationProblem, failure.Reason);
        Assert.Equal(1, fixture.Counts.Active);
    }

    [Fact]
    public async Task A_busy_bus_says_so()
    {
        await using var fixture = await Start();
        await using var client = fixture.Connect(retries: 0);
        fixture.Bus.Faults.FailBefore(BusOperation.Send, failure: BusFailure.Busy);

        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => client.CreateSender(Queue).SendMessageAsync(Message("a"), Cancellation));

        Assert.Equal(ServiceBusFailureReason.ServiceBusy, failure.Reason);
        Assert.Equal(0, fixture.Counts.Active);
    }

    [Fact]
    public async Task A_fault_may_strike_several_times_in_a_row_and_whatever_the_operation_is()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.FailBefore(null, nth: 2, times: 2);

        await fixture.Send("a");
        await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Send("b"));
        await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Receiver.PeekMessageAsync(cancellationToken: Cancellation));
        await fixture.Send("c");

        Assert.Equal(2, fixture.Counts.Active);
    }

    [Fact]
    public async Task Doors_that_are_closed_again_let_nothing_through()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.FailBefore(BusOperation.Send);
        fixture.Bus.Faults.HoldDeliveries();
        fixture.Bus.Faults.Clear();

        await fixture.Send("a");

        Assert.Equal("a", (await fixture.Receive()).MessageId);
    }

    [Fact]
    public async Task A_refusal_may_come_although_the_send_took_effect()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.LoseAnswer(BusOperation.Send, failure: BusFailure.Refused);

        await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Send("a"));

        Assert.Equal(1, fixture.Counts.Active);
    }

    [Fact]
    public async Task Scheduling_fails_before_or_after()
    {
        await using var fixture = await Start();
        var at = fixture.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        fixture.Bus.Faults.FailBefore(BusOperation.Schedule);
        fixture.Bus.Faults.LoseAnswer(BusOperation.Schedule, nth: 2);

        await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Sender.ScheduleMessageAsync(Message("a"), at, Cancellation));
        Assert.Equal(0, fixture.Counts.Scheduled);
        await fixture.Sender.ScheduleMessageAsync(Message("b"), at, Cancellation);

        Assert.Equal(["b", "b"], fixture.Bus.Peek(Queue).Select(message => message.MessageId));
    }

    [Fact]
    public async Task A_completion_refused_before_leaves_the_message_locked_until_its_lock_ends()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();
        fixture.Bus.Faults.FailBefore(BusOperation.Settle);

        await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Receiver.CompleteMessageAsync(message, Cancellation));
        Assert.Equal(1, fixture.Counts.Locked);
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, (await fixture.Receive()).DeliveryCount);
    }

    [Fact]
    public async Task A_completion_whose_answer_is_lost_is_a_lost_lock_to_the_client_that_tries_again()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var message = await fixture.Receive();
        fixture.Bus.Faults.LoseAnswer(BusOperation.Settle);

        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Receiver.CompleteMessageAsync(message, Cancellation));

        Assert.Equal(ServiceBusFailureReason.MessageLockLost, failure.Reason);
        Assert.Equal(default, fixture.Counts);
    }

    [Fact]
    public async Task A_delivery_that_fails_before_is_made_again_and_does_not_count()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        fixture.Bus.Faults.FailBefore(BusOperation.Deliver, failure: BusFailure.ConnectionLost);

        var message = await fixture.Receive();

        Assert.Equal(1, message.DeliveryCount);
        Assert.Equal(2, fixture.Bus.Faults.Seen(BusOperation.Deliver));
    }

    [Fact]
    public async Task A_delivery_that_is_lost_stays_locked_until_its_lock_ends_and_counts()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        fixture.Bus.Faults.LoseAnswer(BusOperation.Deliver);

        var receiving = fixture.Receive();
        await fixture.Bus.WhenCounts(Queue, counts => counts.Locked == 1, Cancellation);
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, (await receiving).DeliveryCount);
    }

    [Fact]
    public async Task A_receiver_that_is_refused_a_delivery_gets_nothing_and_the_message_stays()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        fixture.Bus.Faults.FailBefore(BusOperation.Deliver);

        Assert.Null(await fixture.Receiver.ReceiveMessageAsync(Patience, Cancellation));

        Assert.Equal("a", (await fixture.Receive()).MessageId);
    }

    [Fact]
    public async Task A_completed_message_is_delivered_twice_when_asked()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        fixture.Bus.Faults.DeliverTwice(Queue);

        await fixture.Receiver.CompleteMessageAsync(await fixture.Receive(), Cancellation);
        var again = await fixture.Receive();
        await fixture.Receiver.CompleteMessageAsync(again, Cancellation);

        Assert.Equal("a", again.MessageId);
        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal(default, fixture.Counts);
    }

    [Fact]
    public async Task A_bus_started_again_has_lost_everything_and_clients_go_on()
    {
        await using var fixture = await Start(queue => queue with { DuplicateWindow = TimeSpan.FromMinutes(10) });
        await fixture.Send("a", "b");
        await fixture.Sender.ScheduleMessageAsync(Message("c"), fixture.Clock.GetUtcNow() + TimeSpan.FromHours(1), Cancellation);
        var locked = await fixture.Receive();

        fixture.Bus.Faults.Restart();

        Assert.Equal(default, fixture.Counts);
        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => fixture.Receiver.CompleteMessageAsync(locked, Cancellation));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, failure.Reason);
        await fixture.Send("a");
        Assert.Equal("a", (await fixture.Receive()).MessageId);
    }

    [Fact]
    public async Task Deliveries_that_are_held_come_when_released()
    {
        await using var fixture = await Start();
        fixture.Bus.Faults.HoldDeliveries(Queue);
        await fixture.Send("a");
        Assert.Null(await fixture.ReceiveAtOnce());

        var receiving = fixture.Receive();
        fixture.Bus.Faults.ReleaseDeliveries();

        Assert.Equal("a", (await receiving).MessageId);
    }

    [Fact]
    public async Task A_shuffled_queue_delivers_everything_in_another_order()
    {
        await using var fixture = await Start();
        string[] ids = [.. Enumerable.Range(0, 50).Select(n => $"{n}")];
        await fixture.Send(ids);
        fixture.Bus.Faults.Shuffle(seed: 1, Queue);

        List<string> received = [];
        while (received.Count < ids.Length)
        {
            received.AddRange((await fixture.Receiver.ReceiveMessagesAsync(ids.Length, Patience, Cancellation)).Select(message => message.MessageId));
        }

        Assert.NotEqual(ids, received);
        Assert.Equal(ids.Order(), received.Order());
    }
}
