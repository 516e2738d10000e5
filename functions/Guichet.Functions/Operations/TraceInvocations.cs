using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Guichet.Core;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Guichet.Functions.Operations;

/// <summary>
/// Puts an invocation that is about one dossier into that dossier's trace, and its number beside all that is logged meanwhile. The host tells of the
/// invocation itself, as a request of its own: the two are linked.
/// </summary>
public sealed class TraceInvocations(ILogger<TraceInvocations> log) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (await DossierOf(context) is not { } dossier)
        {
            await next(context);
            return;
        }

        using var activity = Telemetry.Start(context.FunctionDefinition.Name, dossier);
        using var scope = log.BeginScope(new Dictionary<string, object> { [Telemetry.DossierTag] = dossier.ToString() });
        try
        {
            await next(context);
            if (QueueOf(context) is { } queue && Enqueued(context) is { } enqueued)
            {
                Telemetry.StageEnded(queue, TimeProvider.System.GetUtcNow() - enqueued);
            }
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
    }

    private static string? QueueOf(FunctionContext context) =>
        context.FunctionDefinition.Parameters.Select(parameter => parameter.Properties.GetValueOrDefault("bindingAttribute")).OfType<ServiceBusTriggerAttribute>().FirstOrDefault()?.QueueName;

    private static DateTimeOffset? Enqueued(FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("EnqueuedTimeUtc", out var at) && DateTimeOffset.TryParse(at?.ToString()?.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var enqueued)
            ? enqueued
            : null;

    /// <summary>The one dossier that an invocation is about: in its address, its blob's name, or its message.</summary>
    private static async Task<DossierId?> DossierOf(FunctionContext context)
    {
        var text = context.GetHttpContext()?.Request.RouteValues["dossier"]?.ToString()
            ?? (context.BindingContext.BindingData.TryGetValue("dossier", out var named) ? named?.ToString()?.Trim('"') : null)
            ?? (QueueOf(context) is null ? null : await InMessage(context));
        return DossierId.TryParse(text, out var dossier) ? dossier : null;
    }

    private static async Task<string?> InMessage(FunctionContext context)
    {
        var trigger = context.FunctionDefinition.InputBindings.Values.First(binding => binding.Type is "serviceBusTrigger");
        try
        {
            using var body = JsonDocument.Parse((await context.BindInputAsync<string>(trigger)).Value ?? "");
            return body.RootElement.TryGetProperty("dossier", out var one) ? one.GetString()
                : body.RootElement.TryGetProperty("dossiers", out var several) && several.GetArrayLength() == 1 ? several[0].GetString()
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // Not a message of ours: whoever handles it says so.
        }
    }
}
