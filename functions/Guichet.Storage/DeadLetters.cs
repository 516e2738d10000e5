using Azure.Messaging.ServiceBus;
using Guichet.Core;
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

    private static readonly string[] Queues = [.. Enum.GetNames<QueueName>().Select(name => name.ToLowerInvariant())];

    /// <summary>The dead letters of every queue, a hundred a queue at most.</summary>
    public async Task<IReadOnlyList<DeadLetter>> List(CancellationToken cancellation)
    {
        var all = new List<DeadLetter>();
        foreach (var queue in Queues)
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
        await using var sender = client.CreateSender(letter.Queue);
        return await Take(letter.Queue, [letter.Sequence], message => sender.SendMessageAsync(new ServiceBusMessage(message) { MessageId = message.MessageId + suffix }, cancellation), cancellation) == 1;
    }

    /// <summary>Takes away, for good, what names a dossier: a letter that nobody could send holds the address that it was for.</summary>
    public async Task Forget(IReadOnlyCollection<DossierId> dossiers, CancellationToken cancellation)
    {
        foreach (var queue in Queues)
        {
            var naming = new HashSet<long>();
            await using (var receiver = Receiver(queue))
            {
                for (var from = 0L; await receiver.PeekMessagesAsync(Most, from, cancellation) is { Count: > 0 } page; from = page[^1].SequenceNumber + 1)
                {
                    naming.UnionWith(page.Where(message => dossiers.Any(one => message.Body.ToString().Contains(one.ToString(), StringComparison.Ordinal))).Select(message => message.SequenceNumber));
                }
            }

            if (naming.Count > 0)
            {
                await Take(queue, naming, _ => Task.CompletedTask, cancellation);
            }
        }
    }

    /// <summary>Takes away those of a queue's dead letters that are meant, once something is done with each.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> Take(string queue, HashSet<long> sequences, Func<ServiceBusReceivedMessage, Task> first, CancellationToken cancellation)
    {
        await using var receiver = Receiver(queue);
        var (taken, passed) = (0, new List<ServiceBusReceivedMessage>());
        try
        {
            while (taken < sequences.Count && await receiver.ReceiveMessageAsync(Patience, cancellation) is { } message)
            {
                if (!sequences.Contains(message.SequenceNumber))
                {
                    passed.Add(message);
                    continue;
                }

                await first(message);
                await receiver.CompleteMessageAsync(message, cancellation);
                taken++;
            }

            return taken;
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
