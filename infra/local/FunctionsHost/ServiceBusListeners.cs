using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;

namespace Guichet.Local.FunctionsHost;

/// <summary>One processor a Service Bus function, as the official extension has: completed on success, abandoned on failure.</summary>
internal sealed class ServiceBusListeners : IAsyncDisposable
{
    private readonly List<ServiceBusClient> clients = [];
    private readonly List<ServiceBusProcessor> processors = [];

    public static async Task<ServiceBusListeners> Start(
        IEnumerable<HostedFunction> functions,
        FunctionInvoker invoker,
        IReadOnlyDictionary<string, string?> settings,
        JsonObject hostJson,
        HostLog log,
        CancellationToken cancellation)
    {
        var listeners = new ServiceBusListeners();
        var options = hostJson["extensions"]?["serviceBus"];
        foreach (var group in functions.GroupBy(function => function.Connection))
        {
            var client = new ServiceBusClient(settings.GetValueOrDefault(group.Key)
                ?? throw new LocalProblemException($"La fonction {group.First().Name} attend le réglage {group.Key}, qui manque."));
            listeners.clients.Add(client);
            foreach (var function in group)
            {
                var processor = client.CreateProcessor(function.Text("queueName"), new ServiceBusProcessorOptions
                {
                    MaxConcurrentCalls = (int?)options?["maxConcurrentCalls"] ?? 16,
                    PrefetchCount = (int?)options?["prefetchCount"] ?? 0,
                    MaxAutoLockRenewalDuration = TimeSpan.TryParse((string?)options?["maxAutoLockRenewalDuration"], out var renewal) ? renewal : TimeSpan.FromMinutes(5),
                });
                processor.ProcessMessageAsync += message =>
                    invoker.Invoke(function, message.Message.Body.ToString(), MetadataOf(message.Message), CancellationToken.None);
                processor.ProcessErrorAsync += error =>
                {
                    log.Write(LogLevel.Warning, $"Host.ServiceBus.{function.Name}", $"{error.ErrorSource}: {error.Exception.Message}", error.Exception.ToString());
                    return Task.CompletedTask;
                };
                listeners.processors.Add(processor);
                await processor.StartProcessingAsync(cancellation);
            }
        }

        return listeners;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(processors.Select(processor => processor.StopProcessingAsync()));
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    // The names and the types that the official extension gives; not the live objects (receiver, session, actions) among them.
    private static Dictionary<string, object?> MetadataOf(ServiceBusReceivedMessage message) => new()
    {
        ["MessageId"] = message.MessageId,
        ["DeliveryCount"] = message.DeliveryCount,
        ["SequenceNumber"] = message.SequenceNumber,
        ["LockToken"] = message.LockToken,
        ["EnqueuedTimeUtc"] = message.EnqueuedTime.UtcDateTime,
        ["EnqueuedTime"] = message.EnqueuedTime,
        ["ExpiresAtUtc"] = message.ExpiresAt.UtcDateTime,
        ["ExpiresAt"] = message.ExpiresAt,
        ["ContentType"] = message.ContentType,
        ["CorrelationId"] = message.CorrelationId,
        ["Subject"] = message.Subject,
        ["Label"] = message.Subject,
        ["To"] = message.To,
        ["ReplyTo"] = message.ReplyTo,
        ["ReplyToSessionId"] = message.ReplyToSessionId,
        ["SessionId"] = message.SessionId,
        ["PartitionKey"] = message.PartitionKey,
        ["TransactionPartitionKey"] = message.TransactionPartitionKey,
        ["DeadLetterSource"] = message.DeadLetterSource,
        ["ApplicationProperties"] = message.ApplicationProperties,
        ["UserProperties"] = message.ApplicationProperties,
    };
}
