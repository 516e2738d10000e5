using System.Collections.Concurrent;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using Guichet.Core.Dossiers;

namespace Guichet.Storage;

/// <summary>Sends what steps promise. A receiver refuses a message whose schema it does not know.</summary>
public sealed class BusSender(ServiceBusClient client)
{
    /// <summary>Application property: what the body is.</summary>
    public const string Schema = "schema";

    /// <summary>Application property: which version of it.</summary>
    public const string SchemaVersion = "schema-version";

    /// <summary>Application property: how often it was tried; absent on a first sending.</summary>
    public const string Attempt = "attempt";

    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new();

    /// <summary>Sends a message.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="suffix">For a sending that is not the first, so that duplicate detection does not swallow it: <c>/redrive-3</c>.</param>
    public Task Send(OutgoingMessage message, string suffix = "", CancellationToken cancellation = default) =>
        Sender(NameOf(message.Queue)).SendMessageAsync(Message(NameOf(message.Queue), message.Id + suffix, message.Body), cancellation);

    /// <summary>Sends a message again at a later time.</summary>
    /// <param name="queue">The queue that it came from.</param>
    /// <param name="id">Its id, without the suffix of an attempt.</param>
    /// <param name="body">Its body.</param>
    /// <param name="attempt">2 for the second attempt.</param>
    /// <param name="delay">From now, by the bus's clock.</param>
    public Task Retry(string queue, string id, string body, int attempt, TimeSpan delay, CancellationToken cancellation)
    {
        var message = Message(queue, string.Create(CultureInfo.InvariantCulture, $"{id}/attempt-{attempt}"), body);
        message.ApplicationProperties[Attempt] = attempt;
        message.ScheduledEnqueueTime = TimeProvider.System.GetUtcNow() + delay;
        return Sender(queue).SendMessageAsync(message, cancellation);
    }

    /// <summary>Sends once more what was kept of a message.</summary>
    /// <param name="suffix">Unlike that of any sending before.</param>
    public Task Again(string queue, string id, string body, string suffix, CancellationToken cancellation) => Sender(queue).SendMessageAsync(Message(queue, id + suffix, body), cancellation);

    private static ServiceBusMessage Message(string queue, string id, string body) => new(body)
    {
        MessageId = id,
        ContentType = "application/json",
        ApplicationProperties = { [Schema] = $"guichet.{queue}", [SchemaVersion] = OutgoingMessage.SchemaVersion },
    };

    private static string NameOf(QueueName queue) => queue.ToString().ToLowerInvariant();

    private ServiceBusSender Sender(string queue) => _senders.GetOrAdd(queue, client.CreateSender);
}
