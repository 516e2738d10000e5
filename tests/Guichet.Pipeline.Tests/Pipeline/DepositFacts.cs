using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class DepositFacts(GuichetFixture guichet)
{
    private static readonly (string Name, byte[] Content) Note = ("note.docx", Encoding.UTF8.GetBytes("ceci n’est pas un document"));

    [Fact]
    public async Task Files_sent_to_the_blob_endpoint_become_a_row_for_the_office_and_an_acknowledgement()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        var row = await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "En instruction");
        Assert.Equal((400_000d, 190_000d, 3), (row.GetDouble("CoutTotal"), row.GetDouble("MontantDemande"), row.GetInt32("Pieces")));
        Assert.InRange(row.GetDouble("PreNotation")!.Value, 50, 100);
        Assert.Equal(100, row.GetDouble("PreNotationSur"));
        var mail = Assert.Single(await guichet.Mails(porteur.Email));
        Assert.Contains(porteur.Dossier, mail.Subject, StringComparison.Ordinal);
        await guichet.Settled(porteur.Dossier);
    }

    [Fact]
    public async Task What_is_missing_is_asked_for_and_a_completion_brings_the_dossier_on_without_moving_its_date()
    {
        var files = Samples.Of("aides-proactives");
        var (letter, others) = (files.Single(file => file.Name.StartsWith("lettre", StringComparison.Ordinal)), files.Where(file => !file.Name.StartsWith("lettre", StringComparison.Ordinal)).ToArray());
        var porteur = await Porteur.New(guichet).Deposit(others);
        var incomplete = await porteur.Until("incomplet");
        Assert.Contains("lettre d’engagement", Assert.Single(incomplete.GetProperty("toComplete").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains(await guichet.Mails(porteur.Email, 2), mail => mail.Subject.Contains("à compléter au plus tard le 12 avril 2024", StringComparison.Ordinal));

        await Porteur.Put(await porteur.MoreSlots(letter), letter);
        await porteur.Close();
        var complete = await porteur.Until("instruction");
        Assert.Equal(incomplete.GetProperty("deposited").GetString(), complete.GetProperty("deposited").GetString());
    }

    [Fact]
    public async Task A_file_that_no_event_announced_is_read_when_the_closing_is_judged()
    {
        var porteur = Porteur.New(guichet);
        var files = Samples.Of("aides-proactives");
        guichet.Local.Proxy.Events.LoseNext(files.Length);
        await Porteur.Put(await porteur.Open(files), files);
        await porteur.Close();
        await porteur.Until("instruction");
    }

    [Fact]
    public async Task A_deposit_that_went_quiet_is_closed_for_its_porteur()
    {
        var porteur = Porteur.New(guichet);
        var files = Samples.Of("aides-proactives");
        await Porteur.Put(await porteur.Open(files), files);
        await GuichetFixture.Until(porteur.Follow, state => state.GetProperty("pieces").EnumerateArray().All(piece => piece.GetProperty("state").GetString() == "lue"));
        await using (await guichet.Later(TimeSpan.FromHours(13)))
        {
            await guichet.Local.FireTimer("Tick");
            await porteur.Until("instruction");
        }
    }

    [Fact]
    public async Task Files_that_come_while_an_address_still_works_are_taken_in_once_it_no_longer_does()
    {
        var porteur = Porteur.New(guichet);
        var files = Samples.Of("aides-proactives");
        var opened = await porteur.Open(files);
        Task<JsonElement> Read(int count) => GuichetFixture.Until(porteur.Follow, state => state.GetProperty("pieces").EnumerateArray().Count(piece => piece.GetProperty("state").GetString() == "lue") == count);
        await Porteur.Put(opened, files[..2]);
        await Read(2);
        await using (await guichet.Later(TimeSpan.FromHours(13)))
        {
            await guichet.Local.FireTimer("Tick");
            await porteur.Until("incomplet");
        }

        foreach (var (slot, (_, content)) in opened.GetProperty("slots").EnumerateArray().Zip(files).Skip(2))
        {
            Assert.True((await Porteur.PutTo(slot.GetProperty("url").GetString()!, content)).IsSuccessStatusCode);
        }

        await Read(3);
        await using (await guichet.Later(TimeSpan.FromHours(38)))
        {
            await guichet.Local.FireTimer("Tick");
            await porteur.Until("instruction");
        }
    }

    [Fact]
    public async Task A_deposit_to_which_nothing_came_is_looked_at_by_whoever_erases()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(Samples.Of("aides-proactives"));
        async Task<bool> IsLookedAt() => (await guichet.Rows("Due", $"PartitionKey eq 'retention' and Subject eq '{porteur.Dossier}'")).Count > 0;
        foreach (var hours in new[] { 13, 38 })
        {
            Assert.False(await IsLookedAt());
            await using var later = await guichet.Later(TimeSpan.FromHours(hours));
            await guichet.Local.FireTimer("Tick");
        }

        Assert.True(await IsLookedAt());
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_name_says_gets_a_sentence_and_the_dossier_goes_on()
    {
        var porteur = await Porteur.New(guichet).Deposit([.. Samples.Of("aides-proactives"), Note]);
        var state = await porteur.Until("instruction");
        var piece = state.GetProperty("pieces").EnumerateArray().Single(piece => piece.GetProperty("name").GetString() == Note.Name);
        Assert.Equal("refusée", piece.GetProperty("state").GetString());
        Assert.NotEmpty(piece.GetProperty("findings").EnumerateArray().First().GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_file_larger_than_was_announced_and_allowed_is_a_finding()
    {
        var porteur = Porteur.New(guichet);
        var opened = await porteur.Open(("gros.pdf", [1]));
        var put = await Porteur.PutTo(opened.GetProperty("slots")[0].GetProperty("url").GetString()!, new byte[(50 << 20) + 1]);
        Assert.True(put.IsSuccessStatusCode);
        await porteur.Close();
        var state = await porteur.Until("incomplet");
        Assert.Contains("dépasse la limite de 50 Mo", state.GetProperty("pieces")[0].GetProperty("findings")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_was_handed_out_writes_once_and_reads_nothing()
    {
        var porteur = Porteur.New(guichet);
        var address = (await porteur.Open(Note)).GetProperty("slots")[0].GetProperty("url").GetString()!;
        Assert.True((await Porteur.PutTo(address, Note.Content)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Porteur.PutTo(address, Note.Content)).StatusCode);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(address)).StatusCode);
    }

    public static TheoryData<string, string, HttpStatusCode, string> Refusals => new()
    {
        { "campaigns/inconnue/dossiers", """{"email":"a@b.fr","files":[{"name":"a.docx","bytes":1}]}""", HttpStatusCode.NotFound, "La campagne « inconnue » n’existe pas" },
        { "campaigns/ftap-data/dossiers", """{"email":"a@b.fr","files":[]}""", HttpStatusCode.BadRequest, "Annoncez au moins un fichier" },
        { "campaigns/ftap-data/dossiers", """{"email":"a@b.fr","files":[{"name":"a.docx","bytes":0}]}""", HttpStatusCode.BadRequest, "est vide" },
        { "campaigns/ftap-data/dossiers", """{"email":"a@b.fr","files":[{"name":"a.docx","bytes":52428801}]}""", HttpStatusCode.BadRequest, "dépasse la limite de 50 Mo par fichier" },
        { "campaigns/ftap-data/dossiers", """{"email":"a@b.fr","files":[{"name":"../a.docx","bytes":1}]}""", HttpStatusCode.BadRequest, "n’est pas utilisable" },
        { "campaigns/ftap-data/dossiers", """{"email":"pas une adresse","files":[{"name":"a.docx","bytes":1}]}""", HttpStatusCode.BadRequest, "adresse de courriel" },
        { "campaigns/ftap-data/dossiers", """{"email":"a@b.fr","fichiers":[]}""", HttpStatusCode.BadRequest, "n’est pas le JSON attendu" },
        { "campaigns/ftap-data/dossiers", "bonjour", HttpStatusCode.BadRequest, "n’est pas le JSON attendu" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Bad_input_gets_a_sentence_that_says_what_to_do(string path, string body, HttpStatusCode status, string said)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await Refused(await guichet.Api.PostAsync($"api/{path}", content), status, said);
    }

    [Fact]
    public async Task A_campaign_that_is_closed_takes_no_dossier()
    {
        await using (await guichet.Later(TimeSpan.FromDays(1000)))
        {
            using var content = new StringContent("""{"email":"a@b.fr","files":[{"name":"a.docx","bytes":1}]}""", Encoding.UTF8, "application/json");
            await Refused(await guichet.Api.PostAsync("api/campaigns/ftap-data/dossiers", content), HttpStatusCode.Conflict, "ne prend pas de dossier en ce moment");
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/close")]
    [InlineData("POST", "/slots")]
    public async Task A_wrong_or_missing_token_opens_nothing_and_tells_nothing(string method, string path)
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(Note);
        var other = Porteur.New(guichet);
        await other.Open(Note);
        foreach (var token in new[] { "", "faux", other.Token })
        {
            porteur.Token = token;
            await Refused(await porteur.Send(new HttpMethod(method), $"api/dossiers/{porteur.Dossier}{path}", new { files = Array.Empty<object>() }), HttpStatusCode.Unauthorized, "le jeton n’est pas le sien");
            await Refused(await porteur.Send(new HttpMethod(method), $"api/dossiers/000000000000{path}", new { files = Array.Empty<object>() }), HttpStatusCode.Unauthorized, "le jeton n’est pas le sien");
        }
    }

    [Fact]
    public async Task Closing_before_any_file_came_says_how_to_send_one()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(Note);
        await Refused(await porteur.Close(), HttpStatusCode.Conflict, "Aucun fichier n’est arrivé");
    }

    [Fact]
    public async Task A_dossier_that_has_gone_on_takes_no_more_files()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");
        await Refused(await porteur.Send(HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/slots", new { files = new[] { new { name = "a.docx", bytes = 1 } } }), HttpStatusCode.Conflict, "ne prend plus de fichier");
    }

    [Fact]
    public async Task The_app_says_that_it_can_work() =>
        Assert.Contains("ftap-data", (await guichet.Api.GetFromJsonAsync<JsonElement>("api/health")).GetProperty("campaigns").EnumerateArray().Select(id => id.GetString()));

    private static async Task Refused(HttpResponseMessage response, HttpStatusCode status, string said)
    {
        Assert.Equal(status, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(said, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
