using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class ExplanationFacts(GuichetFixture guichet)
{
    private Task<HttpResponseMessage> Office(string path, string? who)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (who is not null)
        {
            request.Headers.Add(TestPrincipals.Header, who);
        }

        return guichet.Api.SendAsync(request);
    }

    [Fact]
    public async Task What_is_stored_gives_again_what_was_recorded_and_the_score_is_told_to_the_office_alone()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");

        var told = await (await porteur.Send(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/explanation")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(0, told.GetProperty("differences").GetArrayLength());
        Assert.Equal(("recevable", "2023-01"), (told.GetProperty("outcome").GetString(), told.GetProperty("campaignVersion").GetString()));
        var amount = told.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("rule").GetString() == "MONTANT");
        Assert.NotEmpty(amount.GetProperty("inputs")[0].GetProperty("place").GetString()!);
        Assert.False(told.TryGetProperty("preScore", out _));

        var path = $"api/campaigns/ftap-data/dossiers/{porteur.Dossier}/explanation";
        var toOffice = await (await Office(path, TestPrincipals.Office)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(0, toOffice.GetProperty("differences").GetArrayLength());
        Assert.True(toOffice.GetProperty("preScore").GetProperty("total").GetDecimal() > 0);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Office(path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Office(path.Replace("ftap-data", "autre", StringComparison.Ordinal), TestPrincipals.Office)).StatusCode);
    }

    [Fact]
    public async Task A_browser_reads_pages_that_load_nothing_but_their_own_style()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");
        foreach (var (path, said) in new[]
        {
            ($"api/campaigns/ftap-data/dossiers/{porteur.Dossier}/explanation", $"Comment le dossier {porteur.Dossier} a été examiné"),
            ("api/campaigns/ftap-data/rules", "Règles du guichet Exploitation et valorisation des données"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add(TestPrincipals.Header, TestPrincipals.Office);
            request.Headers.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
            using var response = await guichet.Api.SendAsync(request);
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(path.EndsWith("explanation", StringComparison.Ordinal), response.Headers.CacheControl?.NoStore is true);
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("Accept", Assert.Single(response.Headers.GetValues("Vary")));
            Assert.Contains($"<h1>{said}</h1>", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("Text/HTML;q=0.9, application/json;q=0.8", "text/html")]
    [InlineData("application/json, text/html;q=0.9", "application/json")]
    [InlineData("text/html;q=0, */*", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData(null, "application/json")]
    public async Task What_a_request_accepts_chooses_between_page_and_JSON(string? accepted, string given)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/campaigns/ftap-data/rules");
        if (accepted is not null)
        {
            request.Headers.Add("Accept", accepted);
        }

        using var response = await guichet.Api.SendAsync(request);
        Assert.Equal(given, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Accept", Assert.Single(response.Headers.GetValues("Vary")));
    }

    [Fact]
    public async Task An_explanation_is_its_porteurs_alone_and_waits_for_the_judgement()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(Samples.Of("aides-proactives"));
        var path = $"api/dossiers/{porteur.Dossier}/explanation";
        Assert.Equal(HttpStatusCode.Conflict, (await porteur.Send(HttpMethod.Get, path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guichet.Api.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_rules_are_published_and_the_reviewers_are_not()
    {
        var text = await guichet.Api.GetStringAsync("api/campaigns/ftap-data/rules");
        Assert.Equal("2023-01", JsonDocument.Parse(text).RootElement.GetProperty("version").GetString());
        Assert.DoesNotContain("camille.roussel", text, StringComparison.Ordinal);
        Assert.Equal(text, await guichet.Api.GetStringAsync("api/campaigns/ftap-data/rules?version=2023-01"));
        Assert.Equal(HttpStatusCode.NotFound, (await guichet.Api.GetAsync("api/campaigns/ftap-data/rules?version=1999-01")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await guichet.Api.GetAsync("api/campaigns/inconnue/rules")).StatusCode);
    }
}
