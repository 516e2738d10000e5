using System.Text.Json.Nodes;
using Guichet.Local.FunctionsHost.Rpc;

namespace Guichet.Local.FunctionsHost;

/// <summary>One function of the app, as the worker describes it.</summary>
internal sealed record HostedFunction(string Name, JsonObject Trigger)
{
    public string TriggerType => Text("type") ?? "";

    /// <summary>The name of the parameter that the trigger's data is bound to.</summary>
    public string Parameter => Text("name") ?? "trigger";

    /// <summary>The setting that holds the connection string; the host's own storage when the trigger names none.</summary>
    public string Connection => Text("connection") is { Length: > 0 } name ? name : "AzureWebJobsStorage";

    /// <summary>Does the worker want a reference to the data in place of the data?</summary>
    public bool IsDeferred => string.Equals((string?)Trigger["properties"]?["supportsDeferredBinding"], "true", StringComparison.OrdinalIgnoreCase);

    public bool IsHttp => TriggerType == "httpTrigger";

    public bool IsBlob => TriggerType == "blobTrigger";

    public bool IsServiceBus => TriggerType == "serviceBusTrigger";

    public bool IsTimer => TriggerType == "timerTrigger";

    /// <summary>The container of a blob trigger.</summary>
    public string Container => (Text("path") ?? "").Split('/')[0];

    /// <summary>A property of the trigger, in the text of the function's metadata.</summary>
    public string? Text(string property) => Trigger[property] is JsonValue value ? value.ToString() : null;

    /// <summary>The methods of an HTTP trigger; empty when it takes any.</summary>
    public string[] Methods => [.. (Trigger["methods"] as JsonArray ?? []).Select(method => method!.ToString().ToUpperInvariant())];

    public static HostedFunction Read(RpcFunctionMetadata metadata)
    {
        var bindings = metadata.RawBindings.Select(binding => JsonNode.Parse(binding)!.AsObject());
        return new HostedFunction(
            metadata.Name,
            bindings.First(binding => binding["type"]!.ToString().EndsWith("Trigger", StringComparison.OrdinalIgnoreCase)));
    }
}
