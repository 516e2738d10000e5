using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Guichet.Local.Mail;
using MimeKit;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>A porteur: deposits through the public doors, as <c>curl</c> would.</summary>
internal sealed partial class Porteur(GuichetFixture guichet, string email)
{
    private static readonly HttpClient Storage = new();

    public string Dossier { get; private set; } = "";

    public string Token { get; set; } = "";

    public string Email => email;

    /// <summary>The campaign that it applies to.</summary>
    public string Campaign { get; private init; } = "";

    public static Porteur New(GuichetFixture guichet, string campaign = "ftap-data", string? name = null) => new(guichet, $"{name ?? $"{Guid.NewGuid():N}"}@exemple.gouv.fr") { Campaign = campaign };

    public async Task<JsonElement> Open(params (string Name, byte[] Content)[] files)
    {
        var opened = await Answer(await guichet.Api.PostAsJsonAsync($"api/campaigns/{Campaign}/dossiers", new { email, files = Announced(files) }));
        Dossier = opened.GetProperty("dossier").GetString()!;
        Token = opened.GetProperty("token").GetString()!;
        return opened;
    }

    public static async Task Put(JsonElement answer, params (string Name, byte[] Content)[] files)
    {
        foreach (var (slot, (_, content)) in answer.GetProperty("slots").EnumerateArray().Zip(files))
        {
            var put = await PutTo(slot.GetProperty("url").GetString()!, content);
            Assert.True(put.IsSuccessStatusCode, $"{put.StatusCode} {await put.Content.ReadAsStringAsync()}");
        }
    }

    public static Task<HttpResponseMessage> PutTo(string url, byte[] content)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(content) };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return Storage.SendAsync(request);
    }

    /// <summary>Opens, sends and closes.</summary>
    public async Task<Porteur> Deposit(params (string Name, byte[] Content)[] files)
    {
        await Put(await Open(files), files);
        await Answer(await Close());
        return this;
    }

    public async Task<JsonElement> MoreSlots(params (string Name, byte[] Content)[] files) =>
        await Answer(await Send(HttpMethod.Post, $"api/dossiers/{Dossier}/slots", new { files = Announced(files) }));

    public Task<HttpResponseMessage> Close() => Send(HttpMethod.Post, $"api/dossiers/{Dossier}/close");

    public async Task<JsonElement> Follow() => await Answer(await Send(HttpMethod.Get, $"api/dossiers/{Dossier}"));

    /// <summary>Waits until the dossier stands there.</summary>
    public Task<JsonElement> Until(string status) => GuichetFixture.Until(Follow, seen => seen.GetProperty("status").GetString() == status);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return guichet.Api.SendAsync(request);
    }

    /// <summary>The personal link in the last mail to it whose subject says so.</summary>
    public async Task<Uri> LinkIn(string subject)
    {
        bool IsIt(SunkMail mail) => mail.Subject.Contains(subject, StringComparison.Ordinal);
        var mails = await GuichetFixture.Until(() => guichet.Mails(email), mails => mails.Any(IsIt));
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(await guichet.Local.Mail.Source(mails.Last(IsIt))));
        return new Uri(LinkPattern().Match((await MimeMessage.LoadAsync(source)).TextBody!).Value);
    }

    [GeneratedRegex(@"http\S+/entry\?link=[\w-]+")]
    private static partial Regex LinkPattern();

    private static object Announced((string Name, byte[] Content)[] files) => files.Select(file => new { name = file.Name, bytes = file.Content.Length });

    private static async Task<JsonElement> Answer(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>The sample dossiers' files.</summary>
internal static class Samples
{
    public static (string Name, byte[] Content)[] Of(string dossier) =>
    [
        .. Directory.EnumerateFiles(Guichet.Local.RepositoryFolder.Path("infra", "local", "samples", dossier))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))),
    ];
}
