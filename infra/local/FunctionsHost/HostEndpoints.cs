using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Guichet.Local.FunctionsHost;

/// <summary>The addresses that Azure's host itself serves: the blob webhook, the state of the host, functions run by hand.</summary>
internal sealed class HostEndpoints(AppHost host, WebJobsListeners listeners, FunctionKeys keys, HostLog log)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("runtime/webhooks/blobs", ["POST", "OPTIONS"], HearBlobEvents);
        routes.MapGet("admin/host/status", (RequestDelegate)Status);
        routes.MapPost("admin/functions/{name}", (RequestDelegate)RunByHand);
        PrincipalsPage.Map(routes);
    }

    private async Task HearBlobEvents(HttpContext context)
    {
        if (!keys.AdmitsBlobEvents(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://127.0.0.1{context.Request.Path}{context.Request.QueryString}")
        {
            Content = new StreamContent(context.Request.Body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? type : null;
        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key.StartsWith("aeg-", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.TryAddWithoutValidation(name, (string?)value);
        }

        using var answer = await listeners.HearBlobEvents(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        if (answer.Content is not null)
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private async Task Status(HttpContext context)
    {
        if (!keys.Admits("admin", context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await context.Response.WriteAsJsonAsync(new { id = "guichet-local", state = "Running", workerStarts = host.WorkerStarts }, context.RequestAborted);
    }

    private async Task RunByHand(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (!keys.Admits("admin", context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (host.Find(name) is not { IsHttp: false, IsBlob: false })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string? input;
        try
        {
            input = (string?)(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))?["input"];
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // As on Azure, the answer does not wait for the function to end.
        _ = Run(name, input ?? "");
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task Run(string name, string input)
    {
        try
        {
            await host.Run(name, input);
        }
        catch (Exception failed) when (failed is FunctionFailed or WorkerDied or OperationCanceledException)
        {
            log.Write(LogLevel.Error, $"Host.{name}", "The function that was run by hand failed.", failed.Message);
        }
    }
}
