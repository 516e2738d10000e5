using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Grpc.Core;
using Guichet.Local.FunctionsHost.Rpc;
using Duration = Google.Protobuf.WellKnownTypes.Duration;
using RpcException = Guichet.Local.FunctionsHost.Rpc.RpcException;

namespace Guichet.Local.FunctionsHost;

/// <summary>The worker's process ended while something was asked of it.</summary>
internal sealed class WorkerDied() : Exception("The worker process ended.");

/// <summary>The conversation with one worker process, from its first message to the end of its stream.</summary>
internal sealed class WorkerChannel(HostLog log)
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> asked = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, string> functionIds = [];
    private volatile bool isClosed;

    /// <summary>Will this worker never answer again?</summary>
    public bool IsClosed => isClosed;

    /// <summary>The functions that the worker has loaded.</summary>
    public IReadOnlyList<HostedFunction> Functions { get; private set; } = [];

    /// <summary>Where the worker serves HTTP itself, when it does.</summary>
    public Uri? HttpUri { get; private set; }

    /// <summary>Introduces the host and has the worker load its functions.</summary>
    public async Task Open(string appFolder)
    {
        await opened.Task;
        var hello = await Ask(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.0.0", WorkerDirectory = appFolder, FunctionAppDirectory = appFolder },
        });
        Check(hello.WorkerInitResponse.Result, "initialise");
        HttpUri = hello.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out var uri) ? new Uri(uri) : null;

        var told = await Ask(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = appFolder } });
        Check(told.FunctionMetadataResponse.Result, "list its functions");
        foreach (var metadata in told.FunctionMetadataResponse.FunctionMetadataResults)
        {
            Complete(metadata);
            var loaded = await Ask(new StreamingMessage
            {
                FunctionLoadRequest = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata },
            });
            Check(loaded.FunctionLoadResponse.Result, $"load {metadata.Name}");
            functionIds[metadata.Name] = metadata.FunctionId;
        }

        Functions = [.. told.FunctionMetadataResponse.FunctionMetadataResults.Select(HostedFunction.Read)];
    }

    /// <summary>Runs a function; the answer says how it ended.</summary>
    /// <exception cref="WorkerDied">The worker ended before it answered.</exception>
    public async Task<InvocationResponse> Invoke(string function, InvocationRequest request, CancellationToken cancellation)
    {
        request.FunctionId = functionIds[function];
        // The worker takes an absent trace context for an error of its own.
        request.TraceContext ??= new RpcTraceContext { TraceParent = System.Diagnostics.Activity.Current?.Id ?? "" };
        await using var cancel = cancellation.Register(() =>
            Say(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
        return (await Ask(new StreamingMessage { InvocationRequest = request })).InvocationResponse;
    }

    /// <summary>Asks the worker to end.</summary>
    public void Terminate(TimeSpan grace) =>
        Say(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });

    /// <summary>Carries messages both ways until the worker is gone.</summary>
    public async Task Converse(IAsyncStreamReader<StreamingMessage> worker, IServerStreamWriter<StreamingMessage> answers, CancellationToken cancellation)
    {
        var sending = Send(answers, cancellation);
        opened.TrySetResult();
        try
        {
            while (await worker.MoveNext(cancellation))
            {
                Hear(worker.Current);
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // A killed worker does not close its stream.
        }

        Close();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nothing more will be heard: whatever still waits fails.</summary>
    public void Close()
    {
        isClosed = true;
        outgoing.Writer.TryComplete();
        opened.TrySetException(new WorkerDied());
        foreach (var waiting in asked.Values)
        {
            waiting.TrySetException(new WorkerDied());
        }
    }

    // The worker tells its bindings as raw JSON and wants them back read: what a function finds in its definition.
    private static void Complete(RpcFunctionMetadata metadata)
    {
        foreach (var binding in metadata.RawBindings.Select(raw => JsonNode.Parse(raw)!))
        {
            var info = new BindingInfo
            {
                Type = binding["type"]!.ToString(),
                Direction = Enum.TryParse<BindingInfo.Types.Direction>((string?)binding["direction"], ignoreCase: true, out var direction) ? direction : default,
                DataType = Enum.TryParse<BindingInfo.Types.DataType>((string?)binding["dataType"], ignoreCase: true, out var type) ? type : default,
            };
            foreach (var (name, value) in binding["properties"] as JsonObject ?? [])
            {
                info.Properties[name] = value?.ToString() ?? "";
            }

            metadata.Bindings[binding["name"]!.ToString()] = info;
        }
    }

    private async Task Send(IServerStreamWriter<StreamingMessage> answers, CancellationToken cancellation)
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(cancellation))
        {
            await answers.WriteAsync(message, cancellation);
        }
    }

    private void Say(StreamingMessage message)
    {
        message.RequestId = message.RequestId is { Length: > 0 } id ? id : Guid.NewGuid().ToString();
        outgoing.Writer.TryWrite(message);
    }

    private async Task<StreamingMessage> Ask(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[message.RequestId] = answer;
        Say(message);
        if (isClosed)
        {
            answer.TrySetException(new WorkerDied());
        }

        try
        {
            return await answer.Task;
        }
        finally
        {
            asked.TryRemove(message.RequestId, out _);
        }
    }

    private void Hear(StreamingMessage message)
    {
        if (message.RpcLog is { } line)
        {
            log.Write((LogLevel)line.Level, line.Category, line.Message, Text(line.Exception));
        }
        else if (asked.TryGetValue(message.RequestId, out var waiting))
        {
            waiting.TrySetResult(message);
        }
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status is not StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"The worker could not {what}: {result.Result} {Text(result.Exception)}");
        }
    }

    public static string? Text(RpcException? exception) =>
        exception is null ? null : $"{exception.Type} {exception.Message}{Environment.NewLine}{exception.StackTrace}";
}
