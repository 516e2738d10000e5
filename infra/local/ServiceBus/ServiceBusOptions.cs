namespace Guichet.Local.ServiceBus;

/// <summary>What the stand-in listens on and which queues it has.</summary>
public sealed record ServiceBusOptions
{
    /// <summary>The loopback port; zero takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The queues, each with its dead-letter queue. There are no others: a client that names one gets Service Bus's own error.</summary>
    public required IReadOnlyList<QueueOptions> Queues { get; init; }

    /// <summary>The largest message accepted; 256 KB as on the standard tier.</summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024;
}

/// <summary>One queue, with the settings that a queue in Azure has. The defaults are Azure's.</summary>
/// <param name="Name">The queue's name; case does not matter, as in Azure.</param>
public sealed record QueueOptions(string Name)
{
    /// <summary>How long a delivery is its receiver's own before the message comes back.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After this many deliveries without completion a message goes to the dead-letter queue.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long a MessageId is remembered and its repetition dropped; zero for no duplicate detection.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.Zero;
}

/// <summary>What a queue holds at one instant.</summary>
/// <param name="Active">Messages ready to be delivered.</param>
/// <param name="Scheduled">Messages whose time has not come.</param>
/// <param name="Locked">Messages delivered and not settled yet.</param>
/// <param name="DeadLettered">Messages in the queue's dead-letter queue, in whatever state.</param>
public readonly record struct QueueCounts(int Active, int Scheduled, int Locked, int DeadLettered);
