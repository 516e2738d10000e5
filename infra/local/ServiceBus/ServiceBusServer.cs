using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Guichet.Local.ServiceBus;

/// <summary>
/// A stand-in for Azure Service Bus on loopback: queues in memory, spoken to by the real client over AMQP 1.0. It keeps nothing when it stops.
/// Topics, sessions, deferral, transactions and expiry of messages are left out.
/// </summary>
public sealed class ServiceBusServer : IAsyncDisposable
{
    private const string DeadLetterQueue = "/$DeadLetterQueue";

    private readonly Dictionary<string, QueueNode> nodes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(Func<bool> Fact, TaskCompletionSource Waiter)> waiters = [];
    private readonly AmqpFront front;

    private ServiceBusServer(ServiceBusOptions options, TimeProvider time)
    {
        Faults = new Faults(this);
        foreach (var queue in options.Queues)
        {
            var buried = new MessageQueue(queue with { MaxDeliveryCount = int.MaxValue, DuplicateWindow = TimeSpan.Zero }, null, time);
            var deadLetters = new QueueNode(queue.Name + DeadLetterQueue, buried, null, this, time);
            nodes.Add(deadLetters.Path, deadLetters);
            nodes.Add(queue.Name, new QueueNode(queue.Name, new MessageQueue(queue, buried, time), deadLetters, this, time));
        }

        front = AmqpFront.Listen(this, options);
    }

    /// <summary>The doors through which a test makes the bus misbehave.</summary>
    public Faults Faults { get; }

    /// <summary>The port listened on.</summary>
    public int Port => front.Port;

    /// <summary>What a client is given to reach this bus.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    /// <summary>Guards every queue: a fact over several queues is one instant's fact.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Starts to listen; the bus is ready when this returns.</summary>
    /// <param name="time">The clock of locks, schedules and the duplicate window; the system's when null.</param>
    public static Task<ServiceBusServer> Start(ServiceBusOptions options, TimeProvider? time = null) =>
        Task.Run(() => new ServiceBusServer(options, time ?? TimeProvider.System));

    /// <summary>What a queue holds now.</summary>
    public QueueCounts Counts(string queue)
    {
        lock (Gate)
        {
            return Known(queue).Queue.Counts;
        }
    }

    /// <summary>Every message of a queue in the order of arrival, as the client would show it, whatever its state.</summary>
    /// <param name="queue">A queue's name, or <c>name/$DeadLetterQueue</c>.</param>
    public IReadOnlyList<ServiceBusReceivedMessage> Peek(string queue)
    {
        lock (Gate)
        {
            return [.. Known(queue).Queue.Peek(0, int.MaxValue).Select(message => ServiceBusReceivedMessage.FromAmqpMessage(
                AmqpAnnotatedMessage.FromBytes(BinaryData.FromBytes(message.Encode())), BinaryData.FromBytes(message.LockToken.ToByteArray())))];
        }
    }

    /// <summary>Has what waits in a queue among its dead letters, as if it had been delivered in vain as often as it may be.</summary>
    public void Bury(string queue)
    {
        lock (Gate)
        {
            Known(queue).Queue.BuryReady();
        }
    }

    /// <summary>Completes when a queue's counts are as wished.</summary>
    public Task WhenCounts(string queue, Func<QueueCounts, bool> fact, CancellationToken cancellation = default)
    {
        var node = Known(queue);
        return When(() => fact(node.Queue.Counts), cancellation);
    }

    /// <summary>
    /// Completes when, at one instant, no queue holds a message that is active or locked. Scheduled and dead-lettered ones may remain.
    /// </summary>
    /// <param name="queues">The queues meant; all when none is named.</param>
    public Task WhenDrained(CancellationToken cancellation = default, params IReadOnlyList<string> queues)
    {
        QueueNode[] meant = [.. queues.Count == 0 ? nodes.Values.Where(one => !one.Path.EndsWith(DeadLetterQueue, StringComparison.Ordinal)) : queues.Select(Known)];
        return When(() => meant.All(one => one.Queue.Counts is { Active: 0, Locked: 0 }), cancellation);
    }

    /// <summary>Stops listening and drops every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        front.Close();
        foreach (var node in nodes.Values)
        {
            await node.DisposeAsync();
        }
    }

    internal QueueNode? Find(string path) => nodes.GetValueOrDefault(path);

    /// <summary>Lets an operation take effect and be answered, or fail as a test asked.</summary>
    internal void Perform<T>(BusOperation operation, string queue, AmqpLink link, Func<T> effect, Action<T> answer, Action<Error> refuse)
    {
        var fault = Faults.Meet(operation, queue);
        var result = fault is { AfterEffect: false } ? default : effect();
        switch (fault?.Failure)
        {
            case null:
                answer(result!);
                break;
            case BusFailure.ConnectionLost:
                link.Session.Connection.Abort();
                break;
            case { } failure:
                refuse(ErrorOf(failure));
                break;
        }
    }

    /// <summary>Fails a link that has no operation to answer.</summary>
    internal static void Fail(AmqpLink link, BusFailure failure)
    {
        if (failure == BusFailure.ConnectionLost)
        {
            link.Session.Connection.Abort();
        }
        else
        {
            link.SafeClose(new AmqpException(ErrorOf(failure)));
        }
    }

    /// <summary>Tells those who wait for a fact. The caller holds the gate.</summary>
    internal void Changed() => waiters.RemoveAll(one => one.Waiter.Task.IsCompleted || (one.Fact() && one.Waiter.TrySetResult()));

    internal void DeliverAll()
    {
        foreach (var node in nodes.Values)
        {
            node.Deliver();
        }
    }

    internal void ForgetEverything()
    {
        foreach (var node in nodes.Values)
        {
            node.Clear();
        }
    }

    internal void DropConnections() => front.DropConnections();

    internal void Shuffle(Func<string, Random?> randomOf)
    {
        lock (Gate)
        {
            foreach (var node in nodes.Values)
            {
                node.Queue.Shuffle = randomOf(node.Path);
            }
        }
    }

    private static Error ErrorOf(BusFailure failure) => failure == BusFailure.Busy
        ? new Error { Condition = "com.microsoft:server-busy", Description = "The server is busy (a fault asked for by a test)." }
        : new Error { Condition = AmqpErrorCode.ResourceLimitExceeded, Description = "The operation is refused (a fault asked for by a test)." };

    private QueueNode Known(string queue) => Find(queue) ?? throw new ArgumentException($"There is no queue '{queue}'.", nameof(queue));

    private async Task When(Func<bool> fact, CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Gate)
        {
            waiters.Add((fact, waiter));
            Changed();
        }

        await waiter.Task.WaitAsync(cancellation);
    }
}
