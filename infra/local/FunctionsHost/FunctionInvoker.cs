using System.Text.Json.Nodes;
using Google.Protobuf;
using Guichet.Local.FunctionsHost.Rpc;
using Microsoft.Azure.WebJobs;
using Newtonsoft.Json;

namespace Guichet.Local.FunctionsHost;

/// <summary>A function threw, or ran out of time.</summary>
internal sealed class FunctionFailed(string function, string? why) : Exception($"{function}: {why}");

/// <summary>Turns what a trigger gives into an invocation of the worker, in the form that Azure's host gives it.</summary>
internal sealed class FunctionInvoker(Worker worker, TimeSpan functionTimeout, HostLog log)
{
    /// <summary>Runs a function on what triggered it; <paramref name="metadata"/> is what the trigger tells about it.</summary>
    public async Task Invoke(HostedFunction function, object trigger, IReadOnlyDictionary<string, object?> metadata, CancellationToken cancellation)
    {
        var request = new InvocationRequest { InvocationId = Guid.NewGuid().ToString() };
        request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = ToRpc(trigger) });
        foreach (var (name, value) in metadata.Concat(PropertiesOf(trigger)))
        {
            if (value is not null)
            {
                request.TriggerMetadata[name] = ToRpc(value);
            }
        }

        await Run(function.Name, request, cancellation);
    }

    /// <summary>Runs a function of the HTTP trigger, whose request the worker is given by another way.</summary>
    public async Task Run(string function, string invocationId, IEnumerable<KeyValuePair<string, object?>> routeValues, string parameter, CancellationToken cancellation)
    {
        var request = new InvocationRequest { InvocationId = invocationId };
        request.InputData.Add(new ParameterBinding { Name = parameter, Data = new TypedData { Http = new RpcHttp() } });
        foreach (var (name, value) in routeValues)
        {
            request.TriggerMetadata[name] = ToRpc(value?.ToString() ?? "");
        }

        // Azure's host lets it fall: by then whoever asked has it.
        if ((await Run(function, request, cancellation)).ReturnValue is { } answer)
        {
            log.Write(LogLevel.Warning, "Host.Http", $"{function} answered its request, and the host besides: {answer.CalculateSize()} bytes");
        }
    }

    private async Task<InvocationResponse> Run(string function, InvocationRequest request, CancellationToken cancellation)
    {
        var channel = await worker.Channel(cancellation);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        InvocationResponse response;
        try
        {
            response = await channel.Invoke(function, request, timeout.Token).WaitAsync(functionTimeout, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // As Azure's host does: what does not end in time costs the whole worker.
            await timeout.CancelAsync();
            await worker.Kill();
            throw new FunctionFailed(function, $"ran for more than {functionTimeout}");
        }

        if (response.Result is { Status: not StatusResult.Types.Status.Success } result)
        {
            throw new FunctionFailed(function, WorkerChannel.Text(result.Exception) ?? result.Result);
        }

        return response;
    }

    // Top-level properties of a JSON message count as trigger metadata, over the trigger's own.
    private static IEnumerable<KeyValuePair<string, object?>> PropertiesOf(object trigger)
    {
        if (trigger is not string text || !text.AsSpan().TrimStart().StartsWith("{"))
        {
            return [];
        }

        try
        {
            return [.. JsonNode.Parse(text)!.AsObject()
                .Where(property => property.Value is JsonValue)
                .Select(property => KeyValuePair.Create(property.Key, (object?)property.Value!.ToString()))];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private static TypedData ToRpc(object value) => value switch
    {
        string text => new TypedData { String = text },
        byte[] bytes => new TypedData { Bytes = ByteString.CopyFrom(bytes) },
        double number => new TypedData { Double = number },
        JsonNode json => new TypedData { Json = json.ToJsonString() },
        ParameterBindingData reference => new TypedData
        {
            ModelBindingData = new ModelBindingData
            {
                Version = reference.Version,
                Source = reference.Source,
                ContentType = reference.ContentType,
                Content = ByteString.CopyFrom(reference.Content),
            },
        },
        // Azure's host writes everything else with this library: dates, numbers and dictionaries look as they do there.
        _ => new TypedData { Json = JsonConvert.SerializeObject(value) },
    };
}
