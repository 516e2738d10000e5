using System.Net.Sockets;
using Azure.Messaging.ServiceBus;
using Guichet.Local.ServiceBus;
using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class SendAndReceiveFacts
{
    [Fact]
    public async Task A_message_arrives_as_it_was_sent_and_is_gone_once_completed()
    {
        await using var fixture = await Start();
        var sent = Message("a");
        sent.Subject = "sujet";
        sent.ContentType = "application/json";
        sent.CorrelationId = "corrélation";
        sent.ApplicationProperties["Schema"] = "EvaluateEligibility";
        sent.ApplicationProperties["Version"] = 2;
        await fixture.Sender.SendMessageAsync(sent, Cancellation);

        var received = await fixture.Receive();
        await fixture.Receiver.CompleteMessageAsync(received, Cancellation);

        Assert.Equal("a", received.MessageId);
        Assert.Equal("corps de a", received.Body.ToString());
        Assert.Equal("sujet", received.Subject);
        Assert.Equal("application/json", received.ContentType);
        Assert.Equal("corrélation", received.CorrelationId);
        Assert.Equal("EvaluateEligibility", received.ApplicationProperties["Schema"]);
        Assert.Equal(2, received.ApplicationProperties["Version"]);
        Assert.Equal(1, received.DeliveryCount);
        Assert.Equal(1, received.SequenceNumber);
        Assert.Equal(fixture.Clock.GetUtcNow(), received.EnqueuedTime, TimeSpan.FromMilliseconds(1));
        Assert.Equal(fixture.Clock.GetUtcNow() + TimeSpan.FromMinutes(5), received.LockedUntil, TimeSpan.FromMilliseconds(1));
        Assert.Equal(default, fixture.Counts);
    }

    [Fact]
    public async Task Messages_of_a_batch_arrive_each_for_itself_and_in_order()
    {
        await using var fixture = await Start();
        using var batch = await fixture.Sender.CreateMessageBatchAsync(Cancellation);
        Assert.All(["a", "b", "c"], id => Assert.True(batch.TryAddMessage(Message(id))));
        await fixture.Sender.SendMessagesAsync(batch, Cancellation);

        string[] received = [(await fixture.Receive()).MessageId, (await fixture.Receive()).MessageId, (await fixture.Receive()).MessageId];

        Assert.Equal(["a", "b", "c"], received);
    }

    [Fact]
    public async Task A_batch_of_one_is_a_message()
    {
        await using var fixture = await Start();
        using var batch = await fixture.Sender.CreateMessageBatchAsync(Cancellation);
        batch.TryAddMessage(Message("a"));
        await fixture.Sender.SendMessagesAsync(batch, Cancellation);

        Assert.Equal("corps de a", (await fixture.Receive()).Body.ToString());
    }

    [Fact]
    public async Task A_message_near_the_size_limit_passes_and_a_larger_one_is_refused()
    {
        await using var fixture = await Start();
        await fixture.Sender.SendMessageAsync(new ServiceBusMessage(new byte[250 * 1024]), Cancellation);

        var refusal = await Assert.ThrowsAsync<ServiceBusException>(
            () => fixture.Sender.SendMessageAsync(new ServiceBusMessage(new byte[257 * 1024]), Cancellation));

        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, refusal.Reason);
        Assert.Equal(250 * 1024, (await fixture.Receive()).Body.ToMemory().Length);
    }

    [Fact]
    public async Task Receiving_and_deleting_leaves_nothing_behind()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        var receiver = fixture.Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });

        var received = await fixture.Receive(receiver);
        await fixture.Bus.WhenDrained(Cancellation);

        Assert.Equal("a", received.MessageId);
        Assert.Equal(default, fixture.Counts);
    }

    [Fact]
    public async Task A_locked_message_is_nobody_elses()
    {
        await using var fixture = await Start();
        await fixture.Send("a");
        await fixture.Receive();

        Assert.Null(await fixture.ReceiveAtOnce(fixture.Client.CreateReceiver(Queue)));
        Assert.Equal(1, fixture.Counts.Locked);
    }

    [Fact]
    public async Task A_message_fetched_in_advance_comes_back_when_its_receiver_closes()
    {
        await using var fixture = await Start();
        await fixture.Send("a", "b", "c");
        var greedy = fixture.Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { PrefetchCount = 10 });
        await fixture.Receive(greedy);
        await fixture.Bus.WhenCounts(Queue, counts => counts.Locked == 3, Cancellation);

        await greedy.CloseAsync(Cancellation);
        await fixture.Bus.WhenCounts(Queue, counts => counts is { Active: 2, Locked: 1 }, Cancellation);

        Assert.Equal(1, (await fixture.Receive()).DeliveryCount);
    }

    [Fact]
    public async Task Peeking_shows_every_message_and_changes_none()
    {
        await using var fixture = await Start();
        await fixture.Send("a", "b");
        await fixture.Receive();

        var first = await fixture.Receiver.PeekMessagesAsync(10, cancellationToken: Cancellation);
        var rest = await fixture.Receiver.PeekMessagesAsync(10, cancellationToken: Cancellation);
        var again = await fixture.Receiver.PeekMessagesAsync(10, fromSequenceNumber: 2, Cancellation);

        Assert.Equal(["a", "b"], first.Select(message => message.MessageId));
        Assert.Empty(rest);
        Assert.Equal(["b"], again.Select(message => message.MessageId));
        Assert.Equal(["a", "b"], fixture.Bus.Peek(Queue).Select(message => message.MessageId));
        Assert.Equal(new(Active: 1, Scheduled: 0, Locked: 1, DeadLettered: 0), fixture.Counts);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found()
    {
        await using var fixture = await Start();

        var sending = await Assert.ThrowsAsync<ServiceBusException>(
            () => fixture.Client.CreateSender("absent").SendMessageAsync(Message("a"), Cancellation));
        var receiving = await Assert.ThrowsAsync<ServiceBusException>(
            () => fixture.Client.CreateReceiver("absent").ReceiveMessageAsync(Patience, Cancellation));
        var peeking = await Assert.ThrowsAsync<ServiceBusException>(
            () => fixture.Client.CreateReceiver("absent").PeekMessageAsync(cancellationToken: Cancellation));

        Assert.All([sending, receiving, peeking], failure => Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, failure.Reason));
    }

    [Fact]
    public async Task More_sends_and_requests_pass_than_a_link_has_credit_for()
    {
        const int MoreThanCredit = 1500;
        await using var fixture = await Start();
        var at = fixture.Clock.GetUtcNow() + TimeSpan.FromHours(1);

        await Task.WhenAll(Enumerable.Range(0, MoreThanCredit).Select(n => fixture.Send($"{n}")));
        await Task.WhenAll(Enumerable.Range(0, MoreThanCredit).Select(n => fixture.Sender.ScheduleMessageAsync(Message($"{n}"), at, Cancellation)));

        Assert.Equal(new(Active: MoreThanCredit, Scheduled: MoreThanCredit, Locked: 0, DeadLettered: 0), fixture.Counts);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_at_the_start()
    {
        await using var fixture = await Start();

        await Assert.ThrowsAsync<SocketException>(() => ServiceBusServer.Start(new ServiceBusOptions { Port = fixture.Bus.Port, Queues = [] }));
    }

    [Fact]
    public async Task Two_buses_run_side_by_side_on_free_ports()
    {
        await using var one = await Start();
        await using var other = await Start();
        await one.Send("a");

        Assert.NotEqual(one.Bus.Port, other.Bus.Port);
        Assert.Equal(1, one.Counts.Active);
        Assert.Equal(0, other.Counts.Active);
    }
}
