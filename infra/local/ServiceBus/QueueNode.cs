using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Guichet.Local.ServiceBus;

/// <summary>A queue and the links to it: what comes in over them, what goes out, how receivers settle.</summary>
internal sealed class QueueNode : IAsyncDisposable
{
    private readonly MessageQueue queue;
    private readonly QueueNode? deadLetters;
    private readonly ServiceBusServer bus;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly List<SendingAmqpLink> receivers = [];
    private readonly Dictionary<Guid, SendingAmqpLink> holders = [];
    private DateTimeOffset? timerSet;
    private int deliveriesAsked;

    public QueueNode(string path, MessageQueue queue, QueueNode? deadLetters, ServiceBusServer bus, TimeProvider time)
    {
        Path = path;
        this.queue = queue;
        this.deadLetters = deadLetters;
        this.bus = bus;
        this.time = time;
        timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Path { get; }

    public MessageQueue Queue => queue;

    /// <summary>Changes the queue, and lets everything follow that a change can set off: deliveries, timers, tests that wait.</summary>
    public T Change<T>(Func<MessageQueue, T> change)
    {
        T result;
        lock (bus.Gate)
        {
            result = change(queue);
            SetTimer();
            bus.Changed();
        }

        Deliver();
        deadLetters?.Deliver();
        return result;
    }

    /// <summary>Opens the way in for a client that sends.</summary>
    public void AddSender(ReceivingAmqpLink link) => link.RegisterMessageListener(transfer =>
    {
        var messages = BusMessage.ReadAll(transfer);
        bus.Perform(
            BusOperation.Send,
            Path,
            link,
            () => Change(q => messages.Select(q.Accept).ToList()),
            _ => link.AcceptMessage(transfer, settled: true, batchable: false),
            error => link.DisposeMessage(transfer, new Rejected { Error = error }, settled: true, batchable: false));
        transfer.Dispose();
    });

    /// <summary>Opens the way out for a client that receives.</summary>
    public void AddReceiver(SendingAmqpLink link)
    {
        link.RegisterCreditListener((_, _, _) => Deliver());
        link.RegisterDispositionListener(delivery => Settle(link, delivery));
        link.Closed += (_, _) =>
        {
            lock (bus.Gate)
            {
                receivers.Remove(link);
            }
        };

        // Before the reply to the attach is out the client would not know the link of a delivery.
        link.Opened += (_, _) =>
        {
            lock (bus.Gate)
            {
                receivers.Add(link);
            }
        };
    }

    /// <summary>Delivers what can be delivered. One thread at a time does it, so that the order of the queue is the order on the wire.</summary>
    public void Deliver()
    {
        if (Interlocked.Increment(ref deliveriesAsked) > 1)
        {
            return;
        }

        int asked;
        do
        {
            asked = Volatile.Read(ref deliveriesAsked);
            while (DeliverNext())
            {
            }
        }
        while (Interlocked.Add(ref deliveriesAsked, -asked) > 0);
    }

    /// <summary>Settles by lock token, on whichever link the message went out.</summary>
    /// <returns>False when the lock is lost.</returns>
    public bool Settle(Guid token, Func<MessageQueue, bool> settlement)
    {
        var done = Change(settlement);
        Forget(token, done ? AmqpConstants.AcceptedOutcome : LockLost);
        return done;
    }

    /// <summary>Loses all that the queue holds.</summary>
    public void Clear() => Change(q =>
    {
        q.Clear();
        holders.Clear();
        return true;
    });

    public bool Complete(MessageQueue q, Guid token) => q.Complete(token, () => bus.Faults.ComesBack(Path));

    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private static Rejected LockLost => new()
    {
        Error = new Error { Condition = "com.microsoft:message-lock-lost", Description = "The lock supplied is invalid or has expired." },
    };

    private bool DeliverNext()
    {
        SendingAmqpLink link;
        Guid token;
        Fault? fault;
        byte[] encoded;
        lock (bus.Gate)
        {
            var index = receivers.FindIndex(one => one.State == AmqpObjectState.Opened && one.LinkCredit > 0);
            if (index < 0 || bus.Faults.IsHeld(Path) || queue.TryLock() is not { } message)
            {
                return false;
            }

            // The one that is served goes to the end, so that receivers share the work.
            link = receivers[index];
            receivers.RemoveAt(index);
            receivers.Add(link);
            token = message.LockToken;
            encoded = message.Encode();
            holders.Add(token, link);
            fault = bus.Faults.Meet(BusOperation.Deliver, Path);
            SetTimer();
            bus.Changed();
        }

        var sent = fault is null && TrySend(link, token, encoded);
        if (fault is not null)
        {
            ServiceBusServer.Fail(link, fault.Failure);
        }

        // A delivery whose loss was asked for was on its way: it counts, and stays locked until its lock ends.
        if (!sent && fault is not { AfterEffect: true })
        {
            Change(q => q.Release(token) & holders.Remove(token));
        }
        else if (link.Settings.SettleType == SettleMode.SettleOnSend)
        {
            Change(q => q.Complete(token) & holders.Remove(token));
        }

        return true;
    }

    /// <summary>Sends where the client still has credit.</summary>
    private static bool TrySend(SendingAmqpLink link, Guid token, byte[] encoded)
    {
        var delivery = AmqpMessage.CreateAmqpStreamMessage(new BufferListStream([new ArraySegment<byte>(encoded)]), payloadInitialized: true);
        delivery.DeliveryTag = new ArraySegment<byte>(token.ToByteArray());
        try
        {
            return link.TrySendDelivery(delivery);
        }
        catch (Exception exception) when (link.State != AmqpObjectState.Opened && exception is not OutOfMemoryException)
        {
            // The connection went away meanwhile, which shows in several ways.
            return false;
        }
    }

    /// <summary>A receiver's word on a delivery. It waits for ours when it left the delivery unsettled.</summary>
    private void Settle(SendingAmqpLink link, Delivery delivery)
    {
        if (link.Settings.SettleType == SettleMode.SettleOnSend || delivery.State is not Outcome outcome)
        {
            return;
        }

        var token = new Guid(delivery.DeliveryTag);
        void Answer(Outcome answer)
        {
            if (!delivery.Settled)
            {
                link.DisposeDelivery(delivery, settled: true, answer);
            }
        }

        if (outcome is Released)
        {
            // Deliveries that the client had fetched in advance and gives back when it closes.
            Settle(token, q => q.Release(token));
            return;
        }

        if (Settlement(token, outcome) is not { } settlement)
        {
            Answer(new Rejected { Error = new Error { Condition = AmqpErrorCode.NotImplemented, Description = "Deferral and changes of properties are not offered." } });
            return;
        }

        bus.Perform(
            BusOperation.Settle,
            Path,
            link,
            () => Change(q => settlement(q) & holders.Remove(token)),
            done => Answer(!done ? LockLost : outcome is Rejected ? AmqpConstants.RejectedOutcome : AmqpConstants.AcceptedOutcome),
            error => Answer(new Rejected { Error = error }));
    }

    private Func<MessageQueue, bool>? Settlement(Guid token, Outcome outcome) => outcome switch
    {
        Accepted => q => Complete(q, token),
        Modified { UndeliverableHere: not true, MessageAnnotations: null } => q => q.Abandon(token),
        Rejected { Error: null } => q => q.DeadLetter(token, null, null),
        Rejected { Error.Info: var info } when info is null || info.All(one => one.Key.ToString() is "DeadLetterReason" or "DeadLetterErrorDescription") =>
            q => q.DeadLetter(token, Text(info, "DeadLetterReason"), Text(info, "DeadLetterErrorDescription")),
        _ => null,
    };

    private static string? Text(Fields? info, AmqpSymbol key) => info?[key] as string;

    private void Expire()
    {
        var lost = Change(q =>
        {
            // A timer may fire a moment early, and must then be set again.
            timerSet = null;
            return q.Expire();
        });
        foreach (var token in lost)
        {
            // Unsettled, the delivery would stay with both sides for ever.
            Forget(token, LockLost);
        }
    }

    private void Forget(Guid token, Outcome outcome)
    {
        SendingAmqpLink? link;
        lock (bus.Gate)
        {
            holders.Remove(token, out link);
        }

        link?.DisposeDelivery(new ArraySegment<byte>(token.ToByteArray()), settled: true, outcome, batchable: false);
    }

    private void SetTimer()
    {
        var now = time.GetUtcNow();
        if (queue.NextDue is not { } due || (timerSet <= due && timerSet > now))
        {
            return;
        }

        // A timer does not reach as far as a message may be scheduled.
        var wait = TimeSpan.FromMilliseconds(Math.Clamp((due - now).TotalMilliseconds, 1, TimeSpan.FromDays(1).TotalMilliseconds));
        timerSet = now + wait;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
