using Azure.Messaging.ServiceBus;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Storage;

/// <summary>A message that the bus itself has given up: whatever handled it ended each time without a word.</summary>
/// <param name="Sequence">The bus's own number of it.</param>
/// <param name="Reason">The bus's own words.</param>
public sealed record DeadLetter(string Queue, long Sequence, string MessageId, string Body, string Reason, int Deliveries, Instant EnqueuedAt);

/// <summary>The queues' own dead letters: what crashed the handler each time that it was delivered.</summary>
public sealed class DeadLetters(ServiceBusClient client)
{
    /// <summary>More are told as so many: a queue that fails wholesale is mended first.</summary>
    private const int Most = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The dead letters of every queue, a hundred a queue at most.</summary>
    public async Task<IReadOnlyList<DeadLetter>> List(CancellationToken cancellation)
    {
        var all = new List<DeadLetter>();
        foreach (var queue in Enum.GetNames<QueueName>().Select(name => name.ToLowerInvariant()))
        {
            await using var receiver = Receiver(queue);
            all.AddRange((await receiver.PeekMessagesAsync(Most, 0, cancellation)).Select(message => Of(queue, message)));
        }

        return all;
    }

    /// <summary>Puts a dead letter back into its queue. It is sent before it is taken away: what comes between leaves it twice, and twice is once.</summary>
    /// <param name="suffix">Unlike that of any sending before.</param>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> PutBack(DeadLetter letter, string suffix, CancellationToken cancellation)
    {
        await using var receiver = Receiver(letter.Queue);
        await using var sender = client.CreateSender(letter.Queue);
        var passed = new List<ServiceBusReceivedMessage>();
        try
        {
            while (await receiver.ReceiveMessageAsync(Patience, cancellation) is { } message)
            {
                if (message.SequenceNumber != letter.Sequence)
                {
                    passed.Add(message);
                    continue;
                }

                await sender.SendMessageAsync(new ServiceBusMessage(message) { MessageId = message.MessageId + suffix }, cancellation);
                await receiver.CompleteMessageAsync(message, cancellation);
                return true;
            }

            return false;
        }
        finally
        {
            foreach (var message in passed)
            {
                await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
            }
        }
    }

    private ServiceBusReceiver Receiver(string queue) => client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    private static DeadLetter Of(string queue, ServiceBusReceivedMessage message) => new(
        queue, message.SequenceNumber, message.MessageId, message.Body.ToString(), string.Join(", ", new[] { message.DeadLetterReason, message.DeadLetterErrorDescription }.Where(one => !string.IsNullOrEmpty(one))),
        message.DeliveryCount, Instant.FromDateTimeOffset(message.EnqueuedTime));
}
