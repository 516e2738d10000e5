using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>
/// What becomes of a message whose handler fails. Passing: the next attempt is scheduled with a growing delay and the message completes,
/// because a message that is abandoned comes back at once and burns its deliveries in seconds; after a dozen attempts, hourly by then, a person is
/// told as well, and the attempts go on. Final: the message is kept with its reason and completes. Either way what the dossier was promised stands:
/// it is only marked as given up, so that nothing is lost that a person has not looked at.
/// </summary>
public sealed partial class MessageFailures(BusSender bus, DossierStore dossiers, FailureDesk desk, TimeProvider clock, ILogger<MessageFailures> log) : IFunctionsWorkerMiddleware
{
    private const int AttemptsBeforeTelling = 12;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Whether an invocation is of a message.</summary>
    public static bool Concerns(FunctionContext context) => Trigger(context) is not null;

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var message = await Delivered.Of(context);
        try
        {
            if (message.Fault is { } fault)
            {
                throw new FinalFailure(fault);
            }

            await next(context);
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            var cause = Failing.CauseOf(failure);
            await (Failing.IsPassing(cause) ? TryLater(message, cause) : GiveUp(message, cause));
        }
    }

    /// <summary>Doubling from two seconds, an hour at most: a server that is back is used at once, one that is away is left in peace.</summary>
    private static TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), LongestDelay.TotalSeconds));

    private async Task TryLater(Delivered message, Exception failure)
    {
        var delay = DelayAfter(message.Attempt);
        Telemetry.Retried(message.Queue);
        LogTryLater(log, message.Queue, message.Id, message.Attempt, delay, failure);
        if (message.Promise is { } promise)
        {
            await TryPutOff(promise, delay);
        }

        if (message.Attempt == AttemptsBeforeTelling)
        {
            await Keep(message, failure);
        }

        await bus.Retry(message.Queue, message.Id, message.Body, message.Attempt + 1, delay, CancellationToken.None);
    }

    /// <summary>So that no tick sends it meanwhile. Where storage is away it may, twice is once; failing here would have the message come back at once, and burn its deliveries.</summary>
    private async Task TryPutOff(DossierMessage promise, TimeSpan delay)
    {
        try
        {
            await dossiers.PutOff(promise, clock.Now() + Duration.FromTimeSpan(delay), CancellationToken.None);
        }
        catch (Exception failure) when (Failing.IsPassing(failure))
        {
            LogNotPutOff(log, promise.Dossier, promise.Purpose, failure);
        }
    }

    private async Task GiveUp(Delivered message, Exception failure)
    {
        await Keep(message, failure);
        if (message.Promise is { } promise)
        {
            await dossiers.GiveUp(promise, CancellationToken.None);
        }
    }

    private Task Keep(Delivered message, Exception failure)
    {
        LogKept(log, message.Queue, message.Id, message.Attempt, failure);
        return desk.Keep(
            new Failure(message.Queue, message.Id, message.Body, message.Promise?.Dossier.ToString(), $"{failure.GetType().Name} : {failure.Message}", message.Attempt),
            CancellationToken.None);
    }

    private static (string Name, ServiceBusTriggerAttribute Attribute)? Trigger(FunctionContext context) => context.FunctionDefinition.Parameters
        .Where(parameter => parameter.Properties.GetValueOrDefault("bindingAttribute") is ServiceBusTriggerAttribute)
        .Select(parameter => ((string, ServiceBusTriggerAttribute)?)(parameter.Name, (ServiceBusTriggerAttribute)parameter.Properties["bindingAttribute"]))
        .FirstOrDefault();

    [LoggerMessage(LogLevel.Warning, "{Queue} {MessageId}: attempt {Attempt} failed, next in {Delay}")]
    private static partial void LogTryLater(ILogger logger, string queue, string messageId, int attempt, TimeSpan delay, Exception failure);

    [LoggerMessage(LogLevel.Warning, "{Dossier}: the promise {Purpose} could not be put off")]
    private static partial void LogNotPutOff(ILogger logger, DossierId dossier, string purpose, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Queue} {MessageId}: attempt {Attempt} failed; the message is kept among the failures")]
    private static partial void LogKept(ILogger logger, string queue, string messageId, int attempt, Exception failure);

    /// <summary>A message as it was delivered.</summary>
    /// <param name="Fault">Why it is none of ours; null where it is.</param>
    private sealed record Delivered(string Queue, string Id, string Body, int Attempt, DossierMessage? Promise, string? Fault)
    {
        public static async Task<Delivered> Of(FunctionContext context)
        {
            var (name, trigger) = Trigger(context)!.Value;
            var body = (await context.BindInputAsync<string>(context.FunctionDefinition.InputBindings[name])).Value ?? "";
            var data = context.BindingContext.BindingData;
            string Text(string key) => data.TryGetValue(key, out var value) ? value?.ToString() ?? "" : "";
            var queue = trigger.QueueName;
            var id = Text("MessageId");
            var properties = Properties(Text("ApplicationProperties"));
            var attempt = properties.TryGetValue(BusSender.Attempt, out var tried) ? int.Parse(tried, CultureInfo.InvariantCulture) : 1;
            var (schema, version) = (properties.GetValueOrDefault(BusSender.Schema), properties.GetValueOrDefault(BusSender.SchemaVersion));
            var fault = schema == $"guichet.{queue}" && OutgoingMessage.Reads(version)
                ? null
                : $"Le message est de schéma « {schema} », version « {version} » : la file {queue} prend « guichet.{queue} », jusqu’à la version {OutgoingMessage.SchemaVersion}.";
            return new Delivered(queue, Original(id), body, attempt, fault is null ? PromiseIn.Message(queue, body) : null, fault);
        }

        /// <summary>The id of the first sending: one message is one failure, however often it was sent.</summary>
        private static string Original(string id)
        {
            var mark = id.AsSpan().IndexOfAny(SearchValues.Create(["/attempt-", "/redrive-", "/replay-"], StringComparison.Ordinal));
            return mark < 0 ? id : id[..mark];
        }

        private static Dictionary<string, string> Properties(string json) => json.Length == 0
            ? []
            : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    }
}

/// <summary>The promise that a message keeps.</summary>
internal static class PromiseIn
{
    /// <summary>Null where the body is none of ours, or no dossier promised it.</summary>
    public static DossierMessage? Message(string queue, string body)
    {
        try
        {
            return queue == "mail" ? JsonSerializer.Deserialize<Letter>(body, GuichetJson.Options)?.Promise : DossierMessage.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
