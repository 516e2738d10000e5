using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Web;
using Guichet.Local.Proxy;
using Guichet.Pipeline.Tests.Pipeline;
using Xunit;

namespace Guichet.Pipeline.Tests.Api;

/// <summary>What opens a dossier opens that one, for as long as it says, to whoever was given it.</summary>
public sealed class TokenFacts(GuichetFixture guichet) : IDisposable
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = guichet.Local.ApiUri };

    public void Dispose() => _browser.Dispose();

    private async Task<(HttpStatusCode Status, JsonElement Body)> Ask(HttpMethod method, string path, string? token = null, string? cookie = null, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : JsonContent.Create(body ?? new { }) };
        foreach (var (header, value) in new[] { ("Authorization", token is null ? null : $"Bearer {token}"), ("Cookie", cookie), ("Idempotency-Key", key) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(header, value);
            }
        }

        using var answer = await _browser.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string TokenIn(Uri link) => HttpUtility.ParseQueryString(link.Query)["link"]!;

    private Task<(HttpStatusCode Status, JsonElement Body)> AskForSlots(Porteur porteur, string key, string? dossier = null) =>
        Ask(HttpMethod.Post, $"api/dossiers/{dossier ?? porteur.Dossier}/slots", porteur.Token, body: new { files = new[] { new { name = "annexe.pdf", bytes = 10 } } }, key: key);

    private static string SlotIn(JsonElement answer) => new Uri(Assert.Single(answer.GetProperty("slots").EnumerateArray()).GetProperty("url").GetString()!).AbsolutePath;

    [Fact]
    public async Task Every_door_answers_a_token_that_is_not_the_dossiers_as_if_there_were_no_such_dossier()
    {
        var (porteur, other) = (Porteur.New(guichet), await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives")));
        await porteur.Open(("note.docx", [1]));
        var tokens = new Dictionary<string, string>
        {
            ["guessed"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            ["cut"] = porteur.Token[..^1],
            ["longer"] = $"{porteur.Token}A",
            ["in capitals"] = porteur.Token.ToUpperInvariant(),
            ["of another dossier"] = other.Token,
            ["the link of another dossier"] = TokenIn(await other.LinkIn("bien reçu")),
            ["the number"] = porteur.Dossier,
            ["nothing"] = "",
        };
        using var description = JsonDocument.Parse(await guichet.Api.GetStringAsync("api/openapi.json"));
        var doors = description.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Path: path.Name[1..], Method: HttpMethod.Parse(operation.Name), Callers: operation.Value.GetProperty("x-callers").EnumerateArray().Select(one => one.GetString()))))
            .Where(door => door.Callers.Contains("porteur"))
            .ToList();
        Assert.True(doors.Count > 8, $"{doors.Count} doors");
        var differences = new List<string>();
        foreach (var (path, method, _) in doors)
        {
            Task<(HttpStatusCode Status, JsonElement Body)> At(string dossier, string token) =>
                Ask(method, path.Replace("{dossier}", dossier, StringComparison.Ordinal).Replace("{milestone}", "1", StringComparison.Ordinal), token);
            var unknown = await At("0000000000000", porteur.Token);
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.Status);
            foreach (var (what, token) in tokens)
            {
                var (status, body) = await At(porteur.Dossier, token);
                if (status != unknown.Status || body.GetProperty("detail").GetString() != unknown.Body.GetProperty("detail").GetString())
                {
                    differences.Add($"{method} {path} with {what}: {(int)status} {body}");
                }
            }
        }

        Assert.Empty(differences);
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}", porteur.Token)).Status);
    }

    [Fact]
    public async Task A_link_that_is_kept_opens_nothing_past_its_time_nor_once_it_is_revoked_whichever_way_it_comes()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        var token = TokenIn(await porteur.LinkIn("bien reçu"));
        async Task<IReadOnlyList<HttpStatusCode>> Ways() =>
        [
            (await Ask(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}", token)).Status,
            (await Ask(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}", cookie: $"guichet-dossier={token}")).Status,
        ];
        Assert.All(await Ways(), status => Assert.Equal(HttpStatusCode.OK, status));
        await using (await guichet.Later(TimeSpan.FromDays(91)))
        {
            Assert.All(await Ways(), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
            Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}", porteur.Token)).Status);
        }

        Assert.All(await Ways(), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/links/revocation", porteur.Token)).Status);
        Assert.All(await Ways(), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Fact]
    public async Task A_request_that_somebody_else_plays_again_with_its_key_does_not_get_its_answer()
    {
        var (porteur, other) = (Porteur.New(guichet), Porteur.New(guichet));
        await porteur.Open(("note.docx", [1]));
        await other.Open(("note.docx", [1]));
        var key = Guid.NewGuid().ToString();
        var given = await AskForSlots(porteur, key);
        Assert.Equal(HttpStatusCode.Created, given.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskForSlots(other, key, porteur.Dossier)).Status);
        var (status, own) = await AskForSlots(other, key);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Contains($"/{other.Dossier}/", SlotIn(own), StringComparison.Ordinal);
        Assert.Equal(given.Body.ToString(), (await AskForSlots(porteur, key)).Body.ToString());
    }

    [Fact]
    public async Task Slots_whose_answer_failed_are_given_again_to_who_asks_with_the_same_key()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(("note.docx", [1]));
        var key = Guid.NewGuid().ToString();
        using (guichet.Local.Proxy.Doors.Open(call => call is { Operation: "UpdateEntity", Resource: "Requests" }, Fault.Answer(503, "ServerBusy"), times: 4))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskForSlots(porteur, key)).Status);
        }

        var (status, answer) = await AskForSlots(porteur, key);
        Assert.Equal(HttpStatusCode.Created, status);
        var pieces = await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'piece|' and RowKey lt 'piece~'");
        Assert.Equal(2, pieces.Count); // The note, and one for what was asked for twice.
        Assert.EndsWith(pieces[1].RowKey["piece|".Length..], SlotIn(answer), StringComparison.Ordinal);
    }
}
