using Azure.Core.Amqp;
using Microsoft.Azure.Amqp;

namespace Guichet.Local.ServiceBus;

internal enum MessageState
{
    Active = 0,
    Scheduled = 2,
    Locked = 3,
}

/// <summary>A message as a queue holds it: what the sender wrote, and what the broker knows about it.</summary>
internal sealed class BusMessage(AmqpAnnotatedMessage content)
{
    private const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";

    public string? Id => content.Properties.MessageId?.ToString();

    public DateTimeOffset? ScheduledFor =>
        content.MessageAnnotations.TryGetValue(ScheduledEnqueueTime, out var value) && value is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    public MessageState State { get; set; }

    public long Sequence { get; set; }

    /// <summary>The first number that the message ever had: activation and dead-lettering give it new ones.</summary>
    public long FirstSequence { get; set; }

    public DateTimeOffset EnqueuedAt { get; set; }

    /// <summary>Deliveries so far, the one under way included.</summary>
    public int Deliveries { get; set; }

    /// <summary>Whether it was delivered once more after it was completed, which happens to a message once.</summary>
    public bool HasComeBack { get; set; }

    public Guid LockToken { get; set; }

    /// <summary>When the message changes by itself: its lock ends, or its scheduled time comes.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>Reads a message as it came over the wire. The bytes are kept, so they must not belong to a buffer that the transport reuses.</summary>
    public static BusMessage Read(byte[] encoded)
    {
        var message = new BusMessage(AmqpAnnotatedMessage.FromBytes(BinaryData.FromBytes(encoded)));

        // What cannot be written again is the sender's error, not the receivers'.
        message.Encode();
        return message;
    }

    /// <summary>A batch is one message whose data sections are whole messages; anything else is a message itself.</summary>
    public static IReadOnlyList<BusMessage> ReadAll(AmqpMessage transfer)
    {
        if (transfer.MessageFormat == AmqpConstants.AmqpBatchedMessageFormat)
        {
            return [.. transfer.DataBody.Select(data => Read(((ArraySegment<byte>)data.Value).ToArray()))];
        }

        using var stream = (BufferListStream)((BufferListStream)transfer.ToStream()).Clone();
        return [Read(stream.ReadBytes((int)stream.Length).ToArray())];
    }

    public void MarkDeadLettered(string source, string? reason, string? description)
    {
        content.MessageAnnotations["x-opt-deadletter-source"] = source;
        if (reason is not null)
        {
            content.ApplicationProperties["DeadLetterReason"] = reason;
        }

        if (description is not null)
        {
            content.ApplicationProperties["DeadLetterErrorDescription"] = description;
        }
    }

    /// <summary>The message with the broker's annotations, as it goes to a client.</summary>
    public byte[] Encode()
    {
        // The client adds the delivery under way to the number in the header, but takes it as it is when it only peeks.
        content.Header.DeliveryCount = (uint)(State == MessageState.Locked ? Deliveries - 1 : Deliveries);
        content.MessageAnnotations["x-opt-sequence-number"] = Sequence;
        content.MessageAnnotations["x-opt-enqueue-sequence-number"] = FirstSequence;
        content.MessageAnnotations["x-opt-enqueued-time"] = EnqueuedAt.UtcDateTime;
        content.MessageAnnotations["x-opt-message-state"] = State == MessageState.Scheduled ? 2 : 0;
        if (State == MessageState.Locked)
        {
            content.MessageAnnotations["x-opt-locked-until"] = Due.UtcDateTime;
        }
        else
        {
            content.MessageAnnotations.Remove("x-opt-locked-until");
        }

        return content.ToBytes().ToArray();
    }
}
