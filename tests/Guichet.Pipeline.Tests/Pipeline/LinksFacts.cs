using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class LinksFacts(GuichetFixture guichet) : IDisposable
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = guichet.Local.ApiUri };

    public void Dispose() => _browser.Dispose();

    private async Task<(HttpStatusCode Status, string? Cookie, Uri? To)> Follow(Uri link)
    {
        using var answer = await _browser.GetAsync(link);
        return (answer.StatusCode, answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null, answer.Headers.Location);
    }

    [Fact]
    public async Task The_link_in_a_letter_opens_the_dossier_in_a_browser_and_nothing_else()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");
        var (status, cookie, to) = await Follow(await porteur.LinkIn("bien reçu"));
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.Equal($"/api/dossiers/{porteur.Dossier}", to!.ToString());
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase); // No other site's form or script brings it along.
        Assert.Contains($"path=/api/dossiers/{porteur.Dossier}", cookie, StringComparison.OrdinalIgnoreCase);

        // In Azure the request comes from a proxy that has taken the https off.
        using var proxied = new HttpRequestMessage(HttpMethod.Get, await porteur.LinkIn("bien reçu")) { Headers = { { "X-Forwarded-Proto", "https" } } };
        Assert.Contains("; secure", (await _browser.SendAsync(proxied)).Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.OK, await As(cookie!, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}"));
        Assert.Equal(HttpStatusCode.OK, await As(cookie!, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/explanation"));
        Assert.Equal(HttpStatusCode.Unauthorized, await As(cookie!, HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/withdrawal"));
        var other = Porteur.New(guichet);
        await other.Open(("note.docx", [1]));
        Assert.Equal(HttpStatusCode.Unauthorized, await As(cookie!, HttpMethod.Get, $"api/dossiers/{other.Dossier}"));
    }

    private async Task<HttpStatusCode> As(string cookie, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "Cookie", cookie.Split(';')[0] }, { "Accept", "text/html" } } };
        return (await _browser.SendAsync(request)).StatusCode;
    }

    [Fact]
    public async Task Revoked_links_and_those_past_their_time_open_nothing_and_a_new_one_does()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");
        var first = await porteur.LinkIn("bien reçu");
        await using (await guichet.Later(TimeSpan.FromDays(91)))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Follow(first)).Status);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await Follow(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await porteur.Send(HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/links/revocation")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Follow(first)).Status);

        var asked = await guichet.Api.PostAsJsonAsync("api/links", new { dossier = porteur.Dossier, email = porteur.Email.ToUpperInvariant() });
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var second = await porteur.LinkIn("lien personnel");
        Assert.Equal(HttpStatusCode.Redirect, (await Follow(second)).Status);
        using var machine = new HttpRequestMessage(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}");
        machine.Headers.Authorization = new AuthenticationHeaderValue("Bearer", System.Web.HttpUtility.ParseQueryString(second.Query)["link"]);
        Assert.Equal(HttpStatusCode.OK, (await guichet.Api.SendAsync(machine)).StatusCode);
    }

    [Fact]
    public async Task Whether_an_address_is_known_is_not_said()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(("note.docx", [1]));
        var answers = new List<string>();
        foreach (var (dossier, email) in new[] { (porteur.Dossier, porteur.Email), (porteur.Dossier, "autre@exemple.gouv.fr"), ("000000000000", porteur.Email) })
        {
            var answer = await guichet.Api.PostAsJsonAsync("api/links", new { dossier, email });
            answers.Add($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.Single(answers.Distinct());
        await guichet.Local.Bus.WhenDrained();
        Assert.Empty(await guichet.Mails("autre@exemple.gouv.fr", 0));
    }

    [Fact]
    public async Task A_link_that_was_tampered_with_opens_nothing()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        var link = (await porteur.LinkIn("bien reçu")).ToString();
        foreach (var bad in new[] { link[..^1], link + "A", link.Replace("link=", "link=A", StringComparison.Ordinal), link[..(link.IndexOf("link=", StringComparison.Ordinal) + 5)] })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Follow(new Uri(bad))).Status);
        }
    }

    [Fact]
    public async Task An_opening_sent_again_with_its_key_opens_one_dossier_and_gives_the_same_answer()
    {
        var key = Guid.NewGuid().ToString();
        var email = $"{key}@exemple.gouv.fr";
        async Task<HttpResponseMessage> Open(string name)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "api/campaigns/ftap-data/dossiers") { Content = JsonContent.Create(new { email, files = new[] { new { name, bytes = 10 } } }) };
            request.Headers.Add("Idempotency-Key", key);
            return await guichet.Api.SendAsync(request);
        }

        var (first, second) = (await Open("a.docx"), await Open("a.docx"));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        var (one, two) = (await first.Content.ReadFromJsonAsync<JsonElement>(), await second.Content.ReadFromJsonAsync<JsonElement>());
        Assert.Equal(one.ToString(), two.ToString());
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Open("b.docx")).StatusCode);
        Assert.DoesNotContain(await guichet.Rows("Requests", ""), row => row.GetBinary("Answer") is { } kept && System.Text.Encoding.UTF8.GetString(kept).Contains(one.GetProperty("token").GetString()!, StringComparison.Ordinal));
    }
}
