using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guichet.Local;
using Guichet.Pipeline.Tests.Pipeline;
using Guichet.Storage;
using MimeKit;
using Xunit;

namespace Guichet.Pipeline.Tests.Injection;

/// <summary>Names of files that try to be a path, a header, markup or another name.</summary>
public sealed class HostileNamesFacts(GuichetFixture guichet)
{
    /// <summary>Names that a file may have, and that must stay names.</summary>
    private static readonly string[] Allowed =
        ["<img src=x onerror=alert(1)>.docx", "a\"; filename=\"piege.exe", "=HYPERLINK(\"x\").docx", "l’été [x](javascript:alert(1)) {{ office.email }}.docx", "..%2f..%2fx%0d%0aBcc: a@b.fr.docx"];

    public static TheoryData<string> Refused =>
    [
        "../../x.docx", "..\\\\..\\\\x.docx", "/etc/passwd", "C:\\\\x.docx", ".", "..", " ", "", "x\\u0000.docx", "x\\r\\nBcc: a@b.fr", "x\\u001b[2J.docx", "x\\u0085y.docx", "facture\\u202Excod.exe",
        "x\\u200B.docx", "x\\u2028y.docx", "x\\u2029y.docx", new string('a', 1024), new string('a', 201),
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_name_that_is_more_than_a_name_is_refused_with_a_sentence_that_can_be_shown(string inJson)
    {
        var (status, detail) = await Open($$"""{"email":"a@b.fr","files":[{"name":"{{inJson}}","bytes":1}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("n’est pas utilisable : 200 caractères au plus, sans « / », « \\ » ni caractère de contrôle.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(detail, c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.True(detail.Length < 250, detail);
    }

    [Theory]
    [InlineData("""{"email":"a@b.fr","files":[{"name":"\ud800.docx","bytes":1}]}""")]
    [InlineData("""{"email":"a@b.fr","files":[{"name":null,"bytes":1}]}""")]
    [InlineData("""{"email":"a@b.fr","files":[null]}""")]
    [InlineData("""{"email":null,"files":null}""")]
    [InlineData("""{"email":"a@b.fr\r\nBcc: c@d.fr","files":[{"name":"a.docx","bytes":1}]}""")]
    [InlineData("""{"email":"A <a@b.fr>, c@d.fr","files":[{"name":"a.docx","bytes":1}]}""")]
    public async Task What_is_no_text_and_no_address_is_refused_and_breaks_nothing(string body) => Assert.Equal(HttpStatusCode.BadRequest, (await Open(body)).Status);

    [Fact]
    public async Task A_name_that_is_allowed_is_text_wherever_it_is_shown()
    {
        var porteur = Porteur.New(guichet);
        (string Name, byte[] Content)[] files = [.. Allowed.Select(name => (name, Encoding.UTF8.GetBytes("ceci n’est pas un document")))];
        var opened = await porteur.Open(files);
        Assert.All(opened.GetProperty("slots").EnumerateArray(), slot => Assert.Matches($"^/guichet/deposits/ftap-data/{porteur.Dossier}/[0-9a-z-]+$", new Uri(slot.GetProperty("url").GetString()!).AbsolutePath));
        await Porteur.Put(opened, files);
        await porteur.Close();
        var state = await porteur.Until("incomplet");
        Assert.Equal(Allowed, state.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetProperty("name").GetString()));

        using var page = new HttpRequestMessage(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", porteur.Token), Accept = { new MediaTypeWithQualityHeaderValue("text/html") } } };
        Shows(await (await guichet.Api.SendAsync(page)).Content.ReadAsStringAsync());
        foreach (var mail in await guichet.Mails(porteur.Email, 2))
        {
            await using var source = new MemoryStream(Encoding.UTF8.GetBytes(await guichet.Local.Mail.Source(mail)));
            var message = await MimeMessage.LoadAsync(source);
            Assert.Equal([porteur.Email], message.GetRecipients().Select(to => to.Address));
            Shows(message.HtmlBody!);
        }

        foreach (var (slot, name) in opened.GetProperty("slots").EnumerateArray().Select(slot => new Uri(slot.GetProperty("url").GetString()!).AbsolutePath.Split('/')[^1]).Zip(Allowed))
        {
            using var fetch = new HttpRequestMessage(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/pieces/{slot}") { Headers = { { TestPrincipals.Header, TestPrincipals.Office } } };
            using var answer = await guichet.Api.SendAsync(fetch);
            Assert.Equal(("attachment", name), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
            Assert.DoesNotContain("piege.exe", answer.Content.Headers.ContentDisposition.Parameters.Where(one => one.Name != "filename" && one.Name != "filename*").Select(one => one.Value));
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        }
    }

    [Fact]
    public async Task A_name_sent_along_with_a_report_is_a_name_or_is_not_taken()
    {
        using var takeOver = new HttpRequestMessage(HttpMethod.Post, "api/campaigns/ftap-data/projects") { Headers = { { TestPrincipals.Header, TestPrincipals.Office } } };
        takeOver.Content = new StringContent(await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "local", "samples", "projects", "suivi-open-data.json")), Encoding.UTF8, "application/json");
        var dossier = (await (await guichet.Api.SendAsync(takeOver)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("dossier").GetString()!;
        var sent = new Dictionary<string, string> { ["0a"] = "../../x.docx", ["0b"] = "x\r\nBcc: a@b.fr", ["0c"] = "facture\u202Excod.exe", ["0d"] = new string('a', 1024), ["0e"] = Allowed[0] };
        foreach (var (slot, name) in sent)
        {
            await new BlobContainerClient(guichet.Local.ProxiedStorageConnection, StorageNames.Reports).GetBlobClient($"ftap-data/{dossier}/1/{slot}")
                .UploadAsync(new BinaryData("bilan"), new BlobUploadOptions { Metadata = new Dictionary<string, string> { [UploadFolder.NameMetadata] = Uri.EscapeDataString(name) } });
        }

        var files = await GuichetFixture.Until(
            async () =>
            {
                using var follow = new HttpRequestMessage(HttpMethod.Get, $"api/dossiers/{dossier}/follow-up") { Headers = { { TestPrincipals.Header, TestPrincipals.Office } } };
                return (await (await guichet.Api.SendAsync(follow)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("milestones")[0].GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!).ToList();
            },
            files => files.Count == sent.Count);
        Assert.Equal(["0a", "0b", "0c", "0d", Allowed[0]], files.Order(StringComparer.Ordinal));
    }

    private static void Shows(string html)
    {
        var document = Hostile.Parse(html);
        Assert.Empty(document.QuerySelectorAll("img, script, iframe, object"));
        Assert.DoesNotContain(document.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<(HttpStatusCode Status, string Detail)> Open(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await guichet.Api.PostAsync("api/campaigns/ftap-data/dossiers", content);
        var said = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(said).RootElement.GetProperty("detail").GetString()! : said);
    }
}
