using System.Net;
using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Guichet.Local.FunctionsHost;

/// <summary>The routes of the HTTP functions: each request goes to the worker's own web server, and its invocation beside it.</summary>
internal sealed class HttpFunctions(Worker worker, FunctionInvoker invoker, FunctionKeys keys, IHttpForwarder forwarder) : IDisposable
{
    private const int ConnectTries = 40;
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(50);
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromSeconds(230) };
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectCallback = Connect,
    });

    public void Map(IEndpointRouteBuilder routes, IEnumerable<HostedFunction> functions, string routePrefix)
    {
        foreach (var function in functions)
        {
            var route = string.Join('/', ((string[])[routePrefix, function.Text("route") ?? function.Name]).Where(part => part.Length > 0));
            if (function.Methods is { Length: > 0 } methods)
            {
                routes.MapMethods(route, methods, context => Serve(context, function));
            }
            else
            {
                routes.Map(route, context => Serve(context, function));
            }
        }
    }

    public void Dispose() => client.Dispose();

    // The worker says that its functions are loaded a moment before its own door is open. Azure's host knocks again too: otherwise the
    // invocation, which has no request to go with, holds its caller until the worker gives it up.
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused && tries < ConnectTries)
            {
                socket.Dispose();
                await Task.Delay(ConnectPause, cancellation);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private async Task Serve(HttpContext context, HostedFunction function)
    {
        if (!keys.Admits(function.Text("authLevel"), context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var channel = await worker.Channel(context.RequestAborted);
        var id = Guid.NewGuid().ToString();
        var invocation = invoker.Run(function.Name, id, context.Request.RouteValues, function.Parameter, context.RequestAborted);
        await forwarder.SendAsync(
            context, channel.HttpUri!.ToString(), client, Patience, new Transformer(id, invocation), context.RequestAborted);
        await invocation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class Transformer(string invocationId, Task invocation) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Add("x-ms-invocation-id", invocationId);
        }

        // The worker answers an empty 200 when a function throws; only the invocation tells. A body cannot wait for the
        // invocation: a long one is not written to its end before it is read.
        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is { StatusCode: HttpStatusCode.OK, Content.Headers.ContentLength: 0 })
            {
                await invocation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (invocation.IsFaulted)
                {
                    httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    return false;
                }
            }

            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
