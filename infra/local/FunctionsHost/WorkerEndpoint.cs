using System.Collections.Concurrent;
using Grpc.Core;
using Guichet.Local.FunctionsHost.Rpc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Guichet.Local.FunctionsHost;

/// <summary>The gRPC address that workers call when they start.</summary>
internal sealed class WorkerEndpoint : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, WorkerChannel> expected = new();

    private WorkerEndpoint(WebApplication server) => this.server = server;

    public Uri Address { get; private set; } = null!;

    public static async Task<WorkerEndpoint> Start(CancellationToken cancellation)
    {
        var builder = LoopbackServer.Builder(HttpProtocols.Http2, 0);
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (int.MaxValue, int.MaxValue));
        WorkerEndpoint? endpoint = null;
        builder.Services.AddSingleton(_ => new Service(endpoint!.expected));
        endpoint = new WorkerEndpoint(builder.Build());
        endpoint.server.MapGrpcService<Service>();
        endpoint.Address = (await endpoint.server.Begin(cancellation))[0];
        return endpoint;
    }

    /// <summary>The channel of the worker that will present itself under this id.</summary>
    public WorkerChannel Expect(string workerId, HostLog log) => expected.GetOrAdd(workerId, _ => new WorkerChannel(log));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private sealed class Service(ConcurrentDictionary<string, WorkerChannel> expected) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            if (await requestStream.MoveNext(context.CancellationToken)
                && requestStream.Current.StartStream is { } start
                && expected.TryRemove(start.WorkerId, out var channel))
            {
                await channel.Converse(requestStream, responseStream, context.CancellationToken);
            }
        }
    }
}
