using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Guichet.Local;
using Guichet.Local.Mail;
using MimeKit;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class InadmissibilityFacts(GuichetFixture guichet)
{
    private const string Reason = "Le coût comprend un matériel que le projet n’achète plus.";

    private async Task<Porteur> Proposed()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("plateforme-trop-grande"));
        await porteur.Until("irrecevable-propose");
        return porteur;
    }

    private async Task<HttpResponseMessage> Decide(string dossier, object body, string? who)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/dossiers/{dossier}/inadmissibility") { Content = JsonContent.Create(body) };
        if (who is not null)
        {
            request.Headers.Add(TestPrincipals.Header, who);
        }

        return await guichet.Api.SendAsync(request);
    }

    private Task<HttpResponseMessage> Decide(Porteur porteur, object body) => Decide(porteur.Dossier, body, TestPrincipals.Office);

    private async Task<string> TextOf(SunkMail mail)
    {
        await using var source = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(await guichet.Local.Mail.Source(mail)));
        return (await MimeMessage.LoadAsync(source)).TextBody!.Replace('\u00A0', ' ').Replace('\u202F', ' ');
    }

    private async Task<string> JournalOf(Porteur porteur) => string.Join('\n', (await guichet.Rows(
        "Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'")).Select(row => row.GetString("Json")));

    [Fact]
    public async Task A_refusal_that_the_office_confirms_twice_is_written_once_with_its_reason()
    {
        var porteur = await Proposed();
        for (var i = 0; i < 2; i++)
        {
            var decided = await Decide(porteur, new { confirm = true, reason = Reason });
            Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
            Assert.Equal("irrecevable", (await decided.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        }

        await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "Irrecevable");
        await guichet.Settled(porteur.Dossier);
        var mail = Assert.Single(await guichet.Mails(porteur.Email, 2), mail => mail.Subject.Contains("réponse du guichet", StringComparison.Ordinal));
        var text = await TextOf(mail);
        Assert.All(
            new[] { "1 840 000 €", "Vu dans : AgriVeille_", Reason, "dans les deux mois", "L. 311-3-1", $"api/dossiers/{porteur.Dossier}/explanation", "jusqu’au 31 décembre 2025" },
            said => Assert.Contains(said, text, StringComparison.OrdinalIgnoreCase));

        var decision = (await porteur.Follow()).GetProperty("decision");
        Assert.Equal(("irrecevable", Reason), (decision.GetProperty("outcome").GetString(), decision.GetProperty("reason").GetString()));
        Assert.Contains("1\u202F840\u202F000", decision.GetProperty("findings")[0].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("matériel", await JournalOf(porteur), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_that_the_office_overrules_goes_on_to_scoring_and_nothing_is_written_of_it()
    {
        var porteur = await Proposed();
        await Refused(await Decide(porteur, new { confirm = false }), HttpStatusCode.BadRequest, "Donnez dans « reason » la raison");
        Assert.Equal(HttpStatusCode.OK, (await Decide(porteur, new { confirm = false, reason = Reason })).StatusCode);
        Assert.False((await porteur.Until("instruction")).TryGetProperty("decision", out _));
        Assert.Equal(HttpStatusCode.OK, (await Decide(porteur, new { confirm = false, reason = Reason })).StatusCode);
        await Refused(await Decide(porteur, new { confirm = true }), HttpStatusCode.Conflict, "« En instruction »");
        await guichet.Settled(porteur.Dossier);
        Assert.Single(await guichet.Mails(porteur.Email));
    }

    [Fact]
    public async Task A_campaign_that_says_so_refuses_by_itself_and_the_letter_says_that_nobody_has_looked()
    {
        var file = await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"));
        await new BlobContainerClient(guichet.Local.StorageConnection, "campaigns").GetBlobClient("refus-seul/2023-01.json").UploadAsync(
            BinaryData.FromString(file.Replace("\"id\": \"ftap-data\"", "\"id\": \"refus-seul\", \"refusesByItself\": true", StringComparison.Ordinal)), overwrite: true);
        var porteur = await Porteur.New(guichet, "refus-seul").Deposit(Samples.Of("plateforme-trop-grande"));
        await porteur.Until("irrecevable");
        await guichet.Settled(porteur.Dossier);
        var mail = Assert.Single(await guichet.Mails(porteur.Email, 2), mail => mail.Subject.Contains("réponse du guichet", StringComparison.Ordinal));
        Assert.Contains("aucune personne n’a encore examiné le dossier", await TextOf(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_proposed_can_be_decided_and_by_the_office_alone()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(("note.docx", [1]));
        await Refused(await Decide(porteur, new { confirm = true }), HttpStatusCode.Conflict, "« Dépôt »");
        await Refused(await Decide(porteur, new { reason = Reason }), HttpStatusCode.BadRequest, "n’est pas le JSON attendu");
        await Refused(await Decide("000000000000", new { confirm = true }, TestPrincipals.Office), HttpStatusCode.NotFound, "n’existe pas");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Decide(porteur.Dossier, new { confirm = true }, null)).StatusCode);
    }

    private static async Task Refused(HttpResponseMessage response, HttpStatusCode status, string said)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(said, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
