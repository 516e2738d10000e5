namespace Guichet.Local.ServiceBus;

/// <summary>
/// What a Service Bus queue does with messages, without a wire: accept, schedule, lock, settle, expire, dead-letter, forget duplicates.
/// Not safe for several threads: its node holds the lock.
/// </summary>
internal sealed class MessageQueue(QueueOptions options, MessageQueue? deadLetters, TimeProvider time)
{
    private readonly SortedDictionary<long, BusMessage> messages = [];
    private readonly SortedSet<long> ready = [];
    private readonly Dictionary<Guid, BusMessage> locked = [];
    private readonly SortedSet<(DateTimeOffset At, long Sequence)> due = [];
    private readonly HashSet<string> recentIds = [];
    private readonly Queue<(DateTimeOffset Until, string Id)> forgetting = [];
    private long lastSequence;

    /// <summary>Delivers in a random order instead of the order of arrival, where a test asks for it.</summary>
    public Random? Shuffle { get; set; }

    /// <summary>When something happens next by itself.</summary>
    public DateTimeOffset? NextDue => due.Count == 0 ? null : due.Min.At;

    public QueueCounts Counts => new(ready.Count, messages.Count - ready.Count - locked.Count, locked.Count, deadLetters?.messages.Count ?? 0);

    /// <summary>Takes a message in, or drops it without a word when its id was seen within the window, as Service Bus does.</summary>
    /// <returns>The sequence number; a dropped message uses one up as well.</returns>
    public long Accept(BusMessage message)
    {
        if (IsDuplicate(message.Id))
        {
            return ++lastSequence;
        }

        message.FirstSequence = lastSequence + 1;
        Add(message);
        return message.Sequence;
    }

    /// <summary>Withdraws a scheduled message.</summary>
    public bool Cancel(long sequence)
    {
        if (!messages.TryGetValue(sequence, out var message) || message.State != MessageState.Scheduled)
        {
            return false;
        }

        Remove(message);
        return true;
    }

    /// <summary>Locks the next message for a receiver.</summary>
    public BusMessage? TryLock()
    {
        if (ready.Count == 0)
        {
            return null;
        }

        var message = messages[Shuffle is null ? ready.Min : ready.ElementAt(Shuffle.Next(ready.Count))];
        ready.Remove(message.Sequence);
        message.State = MessageState.Locked;
        message.LockToken = Guid.NewGuid();
        message.Deliveries++;
        locked.Add(message.LockToken, message);
        SetDue(message, time.GetUtcNow() + options.LockDuration);
        return message;
    }

    /// <summary>Ends a lock with the message done. A test may ask for the message to come back all the same, once.</summary>
    public bool Complete(Guid token, Func<bool>? comesBack = null)
    {
        if (Unlock(token) is not { } message)
        {
            return false;
        }

        if (!message.HasComeBack && comesBack?.Invoke() == true)
        {
            message.HasComeBack = true;
            MakeReady(message);
        }
        else
        {
            messages.Remove(message.Sequence);
        }

        return true;
    }

    /// <summary>Ends a lock with the delivery failed: the message is delivered again, or dead-lettered when it has had its deliveries.</summary>
    public bool Abandon(Guid token)
    {
        if (Unlock(token) is not { } message)
        {
            return false;
        }

        if (message.Deliveries < options.MaxDeliveryCount)
        {
            MakeReady(message);
        }
        else
        {
            BuryAsUndeliverable(message);
        }

        return true;
    }

    /// <summary>Dead-letters what waits, as after its last delivery.</summary>
    public void BuryReady()
    {
        while (ready.Count > 0)
        {
            var message = messages[ready.Min];
            ready.Remove(message.Sequence);
            BuryAsUndeliverable(message);
        }
    }

    /// <summary>Ends a lock as though the message had never been delivered.</summary>
    public bool Release(Guid token)
    {
        if (Unlock(token) is not { } message)
        {
            return false;
        }

        message.Deliveries--;
        MakeReady(message);
        return true;
    }

    public bool DeadLetter(Guid token, string? reason, string? description)
    {
        if (Unlock(token) is not { } message)
        {
            return false;
        }

        Bury(message, reason, description);
        return true;
    }

    /// <summary>Starts a lock's duration anew.</summary>
    /// <returns>The new end, or null when the lock is lost.</returns>
    public DateTimeOffset? Renew(Guid token)
    {
        if (!locked.TryGetValue(token, out var message))
        {
            return null;
        }

        SetDue(message, time.GetUtcNow() + options.LockDuration);
        return message.Due;
    }

    /// <summary>Does what time has brought: activates scheduled messages, ends locks.</summary>
    /// <returns>The locks that have ended, for their receivers to be told.</returns>
    public IReadOnlyList<Guid> Expire()
    {
        List<Guid> lost = [];
        while (due.Count > 0 && due.Min.At <= time.GetUtcNow())
        {
            var message = messages[due.Min.Sequence];
            if (message.State == MessageState.Locked)
            {
                lost.Add(message.LockToken);
                Abandon(message.LockToken);
            }
            else
            {
                // A scheduled message is appended when its time comes: it then gets a new number, behind what waits already.
                Remove(message);
                Add(message);
            }
        }

        return lost;
    }

    /// <summary>Messages in the order of their numbers, in whatever state, none of them changed.</summary>
    public IEnumerable<BusMessage> Peek(long fromSequence, int count) => messages.Values.Where(message => message.Sequence >= fromSequence).Take(count);

    /// <summary>Forgets everything, remembered ids included; numbers go on.</summary>
    public void Clear()
    {
        messages.Clear();
        ready.Clear();
        locked.Clear();
        due.Clear();
        recentIds.Clear();
        forgetting.Clear();
    }

    private bool IsDuplicate(string? id)
    {
        if (id is null || options.DuplicateWindow == TimeSpan.Zero)
        {
            return false;
        }

        var now = time.GetUtcNow();
        while (forgetting.TryPeek(out var oldest) && oldest.Until <= now)
        {
            recentIds.Remove(forgetting.Dequeue().Id);
        }

        if (!recentIds.Add(id))
        {
            return true;
        }

        forgetting.Enqueue((now + options.DuplicateWindow, id));
        return false;
    }

    private void Add(BusMessage message)
    {
        var now = time.GetUtcNow();
        message.Sequence = ++lastSequence;
        message.EnqueuedAt = now;
        messages.Add(message.Sequence, message);
        if (message.ScheduledFor is { } at && at > now)
        {
            message.State = MessageState.Scheduled;
            SetDue(message, at);
        }
        else
        {
            MakeReady(message);
        }
    }

    private void MakeReady(BusMessage message)
    {
        message.State = MessageState.Active;
        ready.Add(message.Sequence);
    }

    private BusMessage? Unlock(Guid token)
    {
        if (!locked.Remove(token, out var message))
        {
            return null;
        }

        due.Remove((message.Due, message.Sequence));
        return message;
    }

    private void BuryAsUndeliverable(BusMessage message) =>
        Bury(message, "MaxDeliveryCountExceeded", $"Message could not be consumed after {options.MaxDeliveryCount} delivery attempts.");

    private void Bury(BusMessage message, string? reason, string? description)
    {
        messages.Remove(message.Sequence);
        message.MarkDeadLettered(options.Name, reason, description);
        (deadLetters ?? this).Add(message);
    }

    private void Remove(BusMessage message)
    {
        messages.Remove(message.Sequence);
        due.Remove((message.Due, message.Sequence));
    }

    private void SetDue(BusMessage message, DateTimeOffset at)
    {
        due.Remove((message.Due, message.Sequence));
        message.Due = at;
        due.Add((at, message.Sequence));
    }
}
