using System.Net;
using System.Text.Json;
using Guichet.Local;
using Guichet.Pipeline.Tests.Infrastructure;
using Guichet.Pipeline.Tests.Pipeline;
using Microsoft.OpenApi;
using Xunit;

namespace Guichet.Pipeline.Tests.Api;

public sealed class OpenApiFacts(GuichetFixture guichet)
{
    private async Task<OpenApiDocument> Read()
    {
        await using var json = await guichet.Api.GetStreamAsync("api/openapi.json");
        using var copy = new MemoryStream();
        await json.CopyToAsync(copy);
        copy.Position = 0;
        var read = await OpenApiDocument.LoadAsync(copy, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        return read.Document!;
    }

    private static IEnumerable<(string Path, HttpMethod Method, OpenApiOperation Operation)> OperationsOf(OpenApiDocument document) =>
        document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key, operation.Value)));

    private static List<string> CallersOf(OpenApiOperation operation) => [.. ((JsonNodeExtension)operation.Extensions!["x-callers"]).Node.AsArray().Select(node => (string)node!)];

    /// <summary>A path with a campaign that there is, and names of parameters for the rest.</summary>
    private static string Filled(string path) => path.Replace("{campaign}", "ftap-data", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)[1..];

    [Fact]
    public async Task The_description_names_every_endpoint_that_the_host_serves_and_no_other() => Assert.Equal(
        BuiltApp.Triggers.Where(one => one.Value.Text("type") == "httpTrigger").Select(one => $"{one.Key}: {one.Value.GetProperty("methods")[0].GetString()!.ToUpperInvariant()} /{one.Value.Text("route")}").Order(StringComparer.Ordinal),
        OperationsOf(await Read()).Select(one => $"{one.Operation.OperationId}: {one.Method.Method} {one.Path}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_endpoint_opens_to_those_for_whom_it_is_and_to_nobody_else()
    {
        var document = await Read();
        var people = new Dictionary<string, string?>
        {
            ["nobody"] = null,
            ["reviewer"] = "camille.roussel@exemple.gouv.fr",
            ["office"] = TestPrincipals.Office,
            ["operator"] = TestPrincipals.Operator,
            ["stranger"] = "inconnu@exemple.gouv.fr",
        };
        var wrong = new List<string>();
        foreach (var (path, method, operation) in OperationsOf(document))
        {
            var callers = CallersOf(operation);
            foreach (var (role, email) in people)
            {
                using var request = new HttpRequestMessage(method, Filled(path));
                if (email is not null)
                {
                    request.Headers.Add(TestPrincipals.Header, email);
                }

                using var answer = await guichet.Api.SendAsync(request);
                var isOpen = callers.Contains("anyone") || callers.Contains(role);
                var refused = callers.Contains("porteur") || role == "nobody" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                if (isOpen ? answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError : answer.StatusCode != refused)
                {
                    wrong.Add($"{operation.OperationId} for {role}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_request_that_another_site_makes_a_browser_send_changes_nothing()
    {
        var people = new[] { ("reviewer", "camille.roussel@exemple.gouv.fr"), ("office", TestPrincipals.Office), ("operator", TestPrincipals.Operator) };
        var (tried, wrong) = (0, new List<string>());
        foreach (var (path, method, operation) in OperationsOf(await Read()).Where(one => one.Method != HttpMethod.Get))
        {
            var callers = CallersOf(operation);
            foreach (var (role, email) in people.Where(one => callers.Contains(one.Item1)))
            {
                foreach (var (name, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://ailleurs.exemple") })
                {
                    using var request = new HttpRequestMessage(method, Filled(path));
                    request.Headers.Add(TestPrincipals.Header, email);
                    request.Headers.Add(name, value);
                    using var answer = await guichet.Api.SendAsync(request);
                    tried++;
                    if (answer.StatusCode != HttpStatusCode.Forbidden || !(await answer.Content.ReadAsStringAsync()).Contains("autre site", StringComparison.Ordinal))
                    {
                        wrong.Add($"{operation.OperationId} for {role} with {name}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(tried > 60, $"{tried} requests");
    }

    [Fact]
    public async Task The_header_of_app_service_is_believed_only_where_app_service_signs_people_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/campaigns/ftap-data/dossiers");
        var principal = JsonSerializer.Serialize(new { auth_typ = "aad", claims = new[] { new { typ = "preferred_username", val = TestPrincipals.Office } } });
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(principal)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await guichet.Api.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_browser_says_who_it_is_from_the_list_of_the_local_host()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = guichet.Local.ApiUri };
        Assert.Contains("camille.roussel@exemple.gouv.fr", await browser.GetStringAsync("principals"), StringComparison.Ordinal);
        await browser.GetAsync("principals/quelqu.un@exemple.gouv.fr");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("api/campaigns/ftap-data/dossiers")).StatusCode);
        await browser.GetAsync($"principals/{TestPrincipals.Office}");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("api/campaigns/ftap-data/dossiers")).StatusCode);
    }
}
