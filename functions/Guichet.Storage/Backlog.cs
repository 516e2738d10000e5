using Azure.Messaging.ServiceBus;
using Guichet.Core.Dossiers;

namespace Guichet.Storage;

/// <summary>
/// How far behind the queues are, each looked at once for as long as this lives. In a queue that is behind, a message that was not sent before the oldest that waits
/// is not lost: sent again, on the last day of a campaign, it would be one more for each that waits.
/// </summary>
public sealed class Backlog(ServiceBusClient client)
{
    /// <summary>Messages that are put off stand among those that wait, and are passed over.</summary>
    private const int Looked = 100;

    /// <summary>Between the write of a promise and the arrival of its message.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly Dictionary<QueueName, DateTimeOffset?> _oldest = [];

    /// <summary>Whether a message that was promised at an instant, by the clock of storage, may still wait for its turn.</summary>
    public async Task<bool> MayHold(QueueName queue, DateTimeOffset promised, CancellationToken cancellation)
    {
        if (!_oldest.TryGetValue(queue, out var oldest))
        {
            await using var receiver = client.CreateReceiver(queue.ToString().ToLowerInvariant());
            var waiting = await receiver.PeekMessagesAsync(Looked, 0, cancellation);
            _oldest[queue] = oldest = waiting.FirstOrDefault(message => message.State is ServiceBusMessageState.Active)?.EnqueuedTime;
        }

        return oldest <= promised + Slack;
    }
}
