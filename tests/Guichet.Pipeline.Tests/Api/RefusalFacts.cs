using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Guichet.Local;
using Guichet.Pages;
using Guichet.Pipeline.Tests.Pipeline;
using Xunit;

namespace Guichet.Pipeline.Tests.Api;

/// <summary>What a browser shows of a refusal, and what a program gets.</summary>
public sealed partial class RefusalFacts(GuichetFixture guichet) : IDisposable
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = guichet.Api.BaseAddress };

    [Theory]
    [InlineData("entry?link=expired", HttpStatusCode.NotFound)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("explanation", HttpStatusCode.Unauthorized)]
    public async Task A_porteur_whose_link_opens_nothing_is_offered_another(string path, HttpStatusCode expected)
    {
        using var refused = await Ask($"api/dossiers/0123456789ab/{path}", Browser);
        Assert.Equal(expected, refused.StatusCode);
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(PageRenderer.ScriptedContentSecurityPolicy(null), refused.Headers.GetValues("Content-Security-Policy").Single());
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Contains("demandez-en un nouveau", page, StringComparison.Ordinal);
        Assert.Contains("<form data-path=\"/api/links\" data-method=\"POST\" data-stays>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer …", page, StringComparison.Ordinal);

        using var machine = await Ask($"api/dossiers/0123456789ab/{path}", "*/*");
        Assert.Equal(expected, machine.StatusCode);
        Assert.Equal("application/problem+json", machine.Content.Headers.ContentType?.MediaType);
        Assert.True(machine.Headers.CacheControl!.NoStore);
        Assert.NotEmpty((await machine.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Staff_signs_in_from_the_page_and_comes_back_to_it()
    {
        using var refused = await Ask("api/retention?by=2029-03-13", Browser);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var list = await Ask(Href("Se connecter", await refused.Content.ReadAsStringAsync()), Browser);
        using var chosen = await Ask(Href(TestPrincipals.Office, await list.Content.ReadAsStringAsync()), Browser);
        Assert.Equal("/api/retention?by=2029-03-13", chosen.Headers.Location!.OriginalString);
        var cookie = chosen.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var page = await Ask(chosen.Headers.Location!.OriginalString, Browser, cookie);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_led_elsewhere_after_signing_in()
    {
        using var chosen = await Ask($"principals/{Uri.EscapeDataString(TestPrincipals.Office)}?post_login_redirect_uri={Uri.EscapeDataString("//ailleurs.exemple/")}", Browser);
        Assert.Equal("/principals", chosen.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task What_a_stranger_put_into_the_address_is_text()
    {
        using var refused = await Ask($"api/campaigns/{Uri.EscapeDataString("<script>alert(1)</script>")}/rules", Browser);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    public void Dispose() => _browser.Dispose();

    private async Task<HttpResponseMessage> Ask(string path, string accept, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        Assert.True(cookie is null || request.Headers.TryAddWithoutValidation("Cookie", cookie));
        return await _browser.SendAsync(request);
    }

    private static string Href(string text, string page) =>
        WebUtility.HtmlDecode(Links().Matches(page).Single(link => WebUtility.HtmlDecode(link.Groups[2].Value).Split(',')[0] == text).Groups[1].Value);

    [GeneratedRegex("<a href=\"([^\"]*)\">([^<]*)</a>")]
    private static partial Regex Links();
}
