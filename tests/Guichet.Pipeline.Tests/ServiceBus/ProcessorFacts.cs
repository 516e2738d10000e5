using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Guichet.Local.ServiceBus;
using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class ProcessorFacts
{
    private static readonly ServiceBusProcessorOptions SixteenAtOnce = new() { MaxConcurrentCalls = 16, PrefetchCount = 32 };

    [Fact]
    public async Task A_burst_reaches_sixteen_concurrent_handlers_each_message_once()
    {
        const int Burst = 4000;
        await using var fixture = await Start();
        var handled = new ConcurrentBag<string>();
        ConcurrentBag<Exception> errors = [];
        await using var processor = Process(fixture, errors, message =>
        {
            handled.Add(message.MessageId);
            return Task.CompletedTask;
        });
        await processor.StartProcessingAsync(Cancellation);

        string[] ids = [.. Enumerable.Range(0, Burst).Select(n => $"{n}")];
        await Task.WhenAll(ids.Chunk(250).Select(chunk => fixture.Send(chunk)));
        await fixture.Bus.WhenDrained(Cancellation).WaitAsync(Patience, Cancellation);
        await processor.StopProcessingAsync(Cancellation);

        Assert.Empty(errors);
        Assert.Equal(ids.Order(), handled.Order());
        Assert.Equal(default, fixture.Counts);
    }

    [Fact]
    public async Task Handlers_run_at_the_same_time()
    {
        await using var fixture = await Start();
        var entered = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var processor = Process(fixture, [], _ => Interlocked.Increment(ref entered) == 16 ? Task.FromResult(all.TrySetResult()) : all.Task);
        await processor.StartProcessingAsync(Cancellation);

        await fixture.Send(Enumerable.Range(0, 16).Select(n => $"{n}"));
        await all.Task.WaitAsync(Patience, Cancellation);
        await fixture.Bus.WhenDrained(Cancellation).WaitAsync(Patience, Cancellation);

        Assert.Equal(16, entered);
    }

    [Fact]
    public async Task A_handler_that_throws_has_its_message_again_until_it_is_dead_lettered()
    {
        await using var fixture = await Start(queue => queue with { MaxDeliveryCount = 3 });
        ConcurrentBag<int> deliveries = [];
        await using var processor = Process(fixture, [], message =>
        {
            deliveries.Add(message.DeliveryCount);
            throw new InvalidOperationException("No.");
        });
        await processor.StartProcessingAsync(Cancellation);

        await fixture.Send("a");
        await fixture.Bus.WhenCounts(Queue, counts => counts.DeadLettered == 1, Cancellation).WaitAsync(Patience, Cancellation);

        Assert.Equal([1, 2, 3], deliveries.Order());
    }

    [Fact]
    public async Task A_lock_is_kept_alive_while_its_handler_works()
    {
        await using var bus = await ServiceBusServer.Start(new() { Queues = [new(Queue) { LockDuration = TimeSpan.FromSeconds(2) }] });
        await using var client = new ServiceBusClient(bus.ConnectionString);
        await using var processor = client.CreateProcessor(Queue);
        var deliveries = 0;
        processor.ProcessMessageAsync += async args =>
        {
            Interlocked.Increment(ref deliveries);
            await bus.WhenCounts(Queue, _ => bus.Faults.Seen(BusOperation.Renew) >= 3, args.CancellationToken);
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync(Cancellation);

        await client.CreateSender(Queue).SendMessageAsync(Message("a"), Cancellation);
        await bus.WhenDrained(Cancellation).WaitAsync(Patience, Cancellation);

        Assert.Equal(1, deliveries);
    }

    [Fact]
    public async Task Two_queues_in_a_row_are_drained_when_the_second_is_done_too()
    {
        await using var fixture = await Start();
        await using var scoring = fixture.Client.CreateProcessor("scoring", SixteenAtOnce);
        var scored = 0;
        scoring.ProcessMessageAsync += _ => Task.FromResult(Interlocked.Increment(ref scored));
        scoring.ProcessErrorAsync += _ => Task.CompletedTask;
        await using var eligibility = fixture.Client.CreateProcessor(Queue, SixteenAtOnce);
        var onward = fixture.Client.CreateSender("scoring");
        eligibility.ProcessMessageAsync += args => onward.SendMessageAsync(Message(args.Message.MessageId));
        eligibility.ProcessErrorAsync += _ => Task.CompletedTask;
        await scoring.StartProcessingAsync(Cancellation);
        await eligibility.StartProcessingAsync(Cancellation);

        await fixture.Send(Enumerable.Range(0, 100).Select(n => $"{n}"));
        await fixture.Bus.WhenDrained(Cancellation).WaitAsync(Patience, Cancellation);

        Assert.Equal(100, scored);
    }

    [Fact]
    public async Task A_burst_survives_connections_that_drop_with_nothing_lost()
    {
        const int Burst = 300;
        await using var fixture = await Start();
        var handled = new ConcurrentDictionary<string, int>();
        await using var processor = Process(fixture, [], message =>
            Task.FromResult(handled.AddOrUpdate(message.MessageId, 1, (_, times) => times + 1)));
        foreach (var nth in (int[])[10, 60, 150])
        {
            fixture.Bus.Faults.FailBefore(BusOperation.Deliver, nth, failure: BusFailure.ConnectionLost);
            fixture.Bus.Faults.LoseAnswer(BusOperation.Settle, nth);
        }

        await processor.StartProcessingAsync(Cancellation);
        await fixture.Send(Enumerable.Range(0, Burst).Select(n => $"{n}"));

        // What was fetched in advance over a connection that dropped comes back when its lock ends.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (handled.Count < Burst || fixture.Counts is not { Active: 0, Locked: 0 })
        {
            var before = fixture.Counts;
            await Task.WhenAny(fixture.Bus.WhenCounts(Queue, now => now != before, patience.Token), Task.Delay(Moment, patience.Token));
            patience.Token.ThrowIfCancellationRequested();
            if (fixture.Counts == before)
            {
                fixture.Clock.Advance(TimeSpan.FromMinutes(5));
            }
        }

        Assert.Equal(6, fixture.Bus.Faults.Struck);
        Assert.Equal(0, fixture.Counts.DeadLettered);
    }

    private static ServiceBusProcessor Process(BusFixture fixture, ConcurrentBag<Exception> errors, Func<ServiceBusReceivedMessage, Task> handle)
    {
        var processor = fixture.Client.CreateProcessor(Queue, SixteenAtOnce);
        processor.ProcessMessageAsync += args => handle(args.Message);
        processor.ProcessErrorAsync += args =>
        {
            errors.Add(args.Exception);
            return Task.CompletedTask;
        };
        return processor;
    }
}
