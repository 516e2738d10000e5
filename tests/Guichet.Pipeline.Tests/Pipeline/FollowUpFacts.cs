using System.Net;
using System.Text;
using System.Text.Json;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class FollowUpFacts(GuichetFixture guichet)
{
    private async Task<HttpResponseMessage> TakeOver(string contact, string? who, Func<string, string>? change = null)
    {
        var json = await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "local", "samples", "projects", "suivi-open-data.json"));
        var known = JsonDocument.Parse(json).RootElement.GetProperty("contact").GetProperty("email").GetString()!;
        json = json.Replace(known, contact, StringComparison.Ordinal);
        var request = new HttpRequestMessage(HttpMethod.Post, "api/campaigns/ftap-data/projects") { Content = new StringContent(change?.Invoke(json) ?? json, Encoding.UTF8, "application/json") };
        if (who is not null)
        {
            request.Headers.Add(TestPrincipals.Header, who);
        }

        return await guichet.Api.SendAsync(request);
    }

    private static string NewContact() => $"{Guid.NewGuid():N}@exemple.gouv.fr";

    [Fact]
    public async Task A_project_that_is_taken_over_is_reminded_once_of_the_report_that_is_near()
    {
        var contact = NewContact();
        var taken = await TakeOver(contact, TestPrincipals.Office);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var dossier = JsonDocument.Parse(await taken.Content.ReadAsStringAsync()).RootElement.GetProperty("dossier").GetString()!;
        for (var run = 0; run < 3; run++)
        {
            await guichet.Local.FireTimer("SendReminders");
        }

        var mail = Assert.Single(await guichet.Mails(contact));
        Assert.Contains("8 avril 2024", mail.Subject, StringComparison.Ordinal);
        await guichet.Settled(dossier);
        Assert.Single(await guichet.Mails(contact));
        Assert.Equal("En suivi", (await guichet.OfficeRow(dossier, row => row.PartitionKey != "absent")).GetString("Statut"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("personne@exemple.gouv.fr", HttpStatusCode.Forbidden)]
    public async Task Taking_over_is_for_the_office(string? who, HttpStatusCode status) =>
        Assert.Equal(status, (await TakeOver(NewContact(), who)).StatusCode);

    [Fact]
    public async Task An_agreement_that_does_not_hold_is_refused_with_a_sentence()
    {
        var refused = await TakeOver(NewContact(), TestPrincipals.Office, json => json.Replace("\"endsOn\": \"2025-04-08\"", "\"endsOn\": \"2023-04-08\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("avant ou le jour de sa signature", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
