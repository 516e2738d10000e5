using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Guichet.Local.Proxy;

/// <summary>
/// Stands before the emulator's blob and table endpoints, and does what the emulator cannot: it raises Event Grid's blob
/// events, counts calls, and fails those that a test asks it to fail.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromMinutes(5) };
    private const string Words = "A fault that was asked for.";
    private readonly WebApplication server;
    private readonly HttpMessageInvoker client;
    private readonly IHttpForwarder forwarder;

    private StorageProxy(WebApplication server, HttpMessageInvoker client) =>
        (this.server, this.client, forwarder) = (server, client, server.Services.GetRequiredService<IHttpForwarder>());

    public Uri Blob { get; private set; } = null!;

    public Uri Table { get; private set; } = null!;

    public FaultDoors Doors { get; } = new();

    public StorageCounts Counts { get; } = new();

    /// <summary>The blob events on their way to the app.</summary>
    public BlobEvents Events { get; } = new();

    /// <summary>Starts it before these endpoints.</summary>
    public static async Task<StorageProxy> Start(Uri blob, Uri table, int blobPort = 0, int tablePort = 0, CancellationToken cancellation = default)
    {
        var builder = LoopbackServer.Builder(HttpProtocols.Http1, blobPort, tablePort);
        builder.Services.AddHttpForwarder();
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        });
        var proxy = new StorageProxy(builder.Build(), client);
        proxy.server.Run(context => context.Connection.LocalPort == proxy.Blob.Port
            ? proxy.Pass(context, StorageService.Blob, blob)
            : proxy.Pass(context, StorageService.Table, table));
        var addresses = await proxy.server.Begin(cancellation);
        (proxy.Blob, proxy.Table) = (addresses[0], addresses[1]);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await server.DisposeAsync();
        client.Dispose();
    }

    private async Task Pass(HttpContext context, StorageService service, Uri target)
    {
        var call = StorageCall.Read(service, context.Request);
        Counts.Count(call);
        var fault = Doors.For(call);
        if (fault is { Moment: FaultMoment.BeforeEffect })
        {
            await Strike(context, call, fault);
            return;
        }

        var created = call.CreatesBlob ? BlobCreated.From(call, context.Request) : null;
        await forwarder.SendAsync(context, target.ToString(), client, Patience, new Transformer(target, answer =>
        {
            if (created is not null && answer.IsSuccessStatusCode)
            {
                Events.Raise(created with { ETag = answer.Headers.ETag?.Tag.Trim('"') ?? "" });
            }

            return fault is null ? Task.FromResult(true) : Strike(context, call, fault);
        }), context.RequestAborted);
    }

    private static async Task<bool> Strike(HttpContext context, StorageCall call, Fault fault)
    {
        if (fault.Happening is { } happening)
        {
            await happening(call);
        }

        if (fault.IsSilent)
        {
            var given = new TaskCompletionSource();
            await using var up = context.RequestAborted.Register(given.SetResult);
            await given.Task;
        }
        else if (fault.Status is { } status)
        {
            await Answer(context, call, fault, status);
        }
        else
        {
            context.Abort();
        }

        return false;
    }

    private static async Task Answer(HttpContext context, StorageCall call, Fault fault, int status)
    {
        // The body is read, or the client may see a broken connection in place of the status.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = fault.Code;
        if (call.Method != "HEAD")
        {
            context.Response.ContentType = call.Service is StorageService.Table ? "application/json" : "application/xml";
            await context.Response.WriteAsync(call.Service is StorageService.Table
                ? new JsonObject { ["odata.error"] = new JsonObject { ["code"] = fault.Code, ["message"] = new JsonObject { ["value"] = Words } } }.ToJsonString()
                : new XElement("Error", new XElement("Code", fault.Code), new XElement("Message", Words)).ToString());
        }
    }

    /// <summary>Passes the address on as it came, letter for letter: signatures are computed over it.</summary>
    private sealed class Transformer(Uri target, Func<HttpResponseMessage, Task<bool>> onAnswer) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var raw = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            proxyRequest.RequestUri = new Uri(
                target.GetLeftPart(UriPartial.Authority) + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is not null && !await onAnswer(proxyResponse))
            {
                return false;
            }

            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
