using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Guichet.Pipeline.Tests.Api;

/// <summary>Holds each answer against what <c>/api/openapi.json</c> says of its endpoint, and remembers which were seen.</summary>
internal sealed partial class ApiContract(JsonNode document) : DelegatingHandler
{
    private readonly List<(Regex Path, string Method, string Operation, JsonNode Said)> _operations =
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (
            new Regex($"^{Parameter().Replace(path.Key, "[^/]+")}$", RegexOptions.CultureInvariant), operation.Key.ToUpperInvariant(), (string)operation.Value!["operationId"]!, operation.Value!))),
    ];

    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = [];

    /// <summary>What an answer gave that the document does not say, one line each.</summary>
    public ConcurrentBag<string> Differences { get; } = [];

    /// <summary>Operations that ended well at least once.</summary>
    public ConcurrentDictionary<string, bool> Seen { get; } = [];

    /// <summary>Operations whose page was seen as a browser sees it.</summary>
    public ConcurrentDictionary<string, bool> Pages { get; } = [];

    public IEnumerable<string> WithPage => _operations.Where(one => one.Method == "GET" && IsPage(one.Said)).Select(one => one.Operation);

    public IEnumerable<string> Operations => _operations.Select(one => one.Operation);

    public static async Task<ApiContract> Of(HttpClient api) => new(JsonNode.Parse(await api.GetStringAsync("api/openapi.json"))!);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var (operation, said) = Find(request);
        if ((int)answer.StatusCode < 400)
        {
            Seen[operation] = true;
            Note(said["responses"]![$"{(int)answer.StatusCode}"] is not null, $"{operation} answered {(int)answer.StatusCode}");
        }

        if (answer.StatusCode is HttpStatusCode.OK && request.Method == HttpMethod.Get && IsPage(said) && Pages.TryAdd(operation, true))
        {
            await SeeAsPage(request, operation, cancellationToken);
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json")
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            var response = (said["responses"]![$"{(int)answer.StatusCode}"] ?? said["responses"]!["default"])!;
            if (response["content"]?[answer.Content.Headers.ContentType!.MediaType!]?["schema"] is { } schema)
            {
                var result = _schemas.GetOrAdd(schema.ToJsonString(), Rooted).Evaluate(JsonDocument.Parse(body).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
                Note(result.IsValid, $"{operation}: {string.Join(" | ", (result.Details ?? []).Where(detail => detail.Errors is not null).Take(3).Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}"))} in {body[..Math.Min(200, body.Length)]}");
            }
        }

        return answer;
    }

    /// <summary>Asks for the same as a browser does: whatever a page shows, nothing in it may run or call out that its policy does not name.</summary>
    private async Task SeeAsPage(HttpRequestMessage request, string operation, CancellationToken cancellation)
    {
        using var again = new HttpRequestMessage(HttpMethod.Get, request.RequestUri);
        foreach (var (name, values) in request.Headers.Where(header => header.Key != "Accept"))
        {
            again.Headers.TryAddWithoutValidation(name, values);
        }

        again.Headers.Accept.ParseAdd("text/html");
        using var page = await base.SendAsync(again, cancellation);
        Note(page.Content.Headers.ContentType?.MediaType is "text/html", $"{operation} gives no page to a browser: {page.StatusCode} {page.Content.Headers.ContentType}");
        var policy = page.Headers.TryGetValues("Content-Security-Policy", out var policies) ? string.Join("; ", policies) : "";
        Note(policy.Contains("default-src 'none'", StringComparison.Ordinal) && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) && !policy.Contains("unsafe-", StringComparison.Ordinal), $"{operation}: its page has the policy « {policy} »");
    }

    private static bool IsPage(JsonNode said) => said["responses"]!["200"]?["content"]?["text/html"] is not null;

    /// <summary>A schema of the document as one that stands alone.</summary>
    private JsonSchema Rooted(string schema)
    {
        var rooted = new JsonObject { ["allOf"] = new JsonArray(JsonNode.Parse(schema)), ["$defs"] = document["components"]!["schemas"]!.DeepClone() };
        return JsonSchema.FromText(rooted.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private (string Operation, JsonNode Said) Find(HttpRequestMessage request)
    {
        // A path without a parameter comes before one with: /sessions/x before /sessions/{session}.
        var found = _operations.Where(one => one.Method == request.Method.Method && one.Path.IsMatch(request.RequestUri!.AbsolutePath)).OrderByDescending(one => one.Path.ToString().Length).FirstOrDefault();
        return found.Operation is null ? throw new InvalidOperationException($"{request.Method} {request.RequestUri} is not described.") : (found.Operation, found.Said);
    }

    private void Note(bool holds, string difference)
    {
        if (!holds)
        {
            Differences.Add(difference);
        }
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
