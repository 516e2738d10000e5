using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Guichet.Local.Commands;

/// <summary>What happened in a run.</summary>
/// <param name="At">When, in Paris.</param>
/// <param name="What">One sentence.</param>
/// <param name="Mail">Whom it went to, where it is a mail.</param>
public sealed record CalendarLine(DateTime At, string What, string? Mail = null);

/// <summary>
/// Time that runs as fast as the work in it: the app's clock is moved from one moment to the next, what people do is done through the public doors, and all
/// of it ends in a calendar.
/// </summary>
public sealed partial class FastForward(LocalEnvironment local, Action<string>? progress = null, DelegatingHandler? watch = null) : IDisposable
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private readonly HttpClient storage = new();
    private readonly List<CalendarLine> events = [];

    /// <summary>The environment whose clock it is.</summary>
    public LocalEnvironment Local => local;

    /// <summary>The app's API.</summary>
    public HttpClient Api { get; } = new(Watched(watch)) { BaseAddress = local.ApiUri };

    /// <summary>What it is, in Paris.</summary>
    public DateTime Now { get; private set; }

    public void Dispose()
    {
        Api.Dispose();
        storage.Dispose();
    }

    /// <summary>What happened so far, mails included, in order of time.</summary>
    public async Task<IReadOnlyList<CalendarLine>> Calendar(CancellationToken cancellation = default)
    {
        var lines = new List<CalendarLine>(events);
        foreach (var mail in await local.Mail.Messages(cancellation))
        {
            var date = DateHeader().Match(await local.Mail.Source(mail, cancellation)).Groups[1].Value;
            var at = TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(date, CultureInfo.InvariantCulture), Paris).DateTime;
            lines.Add(new CalendarLine(at, mail.Subject, string.Join(", ", mail.To)));
        }

        return [.. lines.OrderBy(line => line.At)];
    }

    /// <summary>Moves the clock. What is on its way should have arrived: see <see cref="Settle"/>.</summary>
    internal async Task GoTo(DateTime paris)
    {
        Now = paris;
        progress?.Invoke(paris.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo("fr-FR")));
        var offset = TimeZoneInfo.ConvertTimeToUtc(paris, Paris) - TimeProvider.System.GetUtcNow().UtcDateTime;
        local.BeginAt(offset);
        foreach (var instance in local.Instances)
        {
            await As(TestPrincipals.Operator, HttpMethod.Put, new Uri(instance, "api/development/clock").ToString(), new { offset = offset.ToString("c", CultureInfo.InvariantCulture) });
        }
    }

    /// <summary>Ends once the bus is empty. A jump of the clock over a mail on its way would take its sender for dead.</summary>
    internal Task Settle() => local.Bus.WhenDrained();

    internal void Note(string what) => events.Add(new CalendarLine(Now, what));

    /// <summary>Opens a dossier, uploads its files and closes it.</summary>
    internal async Task<(string Dossier, string Token)> Deposit(string campaign, string email, IReadOnlyCollection<(string Name, byte[] Content)> files, CancellationToken cancellation)
    {
        var opened = await Open(campaign, email, files, cancellation);
        await Put(opened, files, cancellation);
        var one = (opened.GetProperty("dossier").GetString()!, opened.GetProperty("token").GetString()!);
        await AsPorteur(one, HttpMethod.Post, "close");
        return one;
    }

    /// <summary>Opens a dossier and asks for places for these files.</summary>
    internal async Task<JsonElement> Open(string campaign, string email, IReadOnlyCollection<(string Name, byte[] Content)> files, CancellationToken cancellation = default) =>
        await Answer(await Api.PostAsJsonAsync($"api/campaigns/{campaign}/dossiers", new { email, files = Announced(files) }, cancellation));

    /// <summary>Files as they are announced.</summary>
    internal static object Announced(IEnumerable<(string Name, byte[] Content)> files) => files.Select(file => new { name = file.Name, bytes = file.Content.Length });

    /// <summary>Writes files to the slots that were given for them.</summary>
    internal async Task Put(JsonElement given, IEnumerable<(string Name, byte[] Content)> files, CancellationToken cancellation = default)
    {
        foreach (var (slot, (name, content)) in given.GetProperty("slots").EnumerateArray().Zip(files))
        {
            await Put(slot, name, content, cancellation);
        }
    }

    /// <summary>Writes a file to the address of a slot.</summary>
    internal async Task Put(JsonElement slot, string name, byte[] content, CancellationToken cancellation)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, slot.GetProperty("url").GetString())
        {
            Content = new ByteArrayContent(content),
            Headers = { { "x-ms-blob-type", "BlockBlob" }, { "x-ms-meta-name", Uri.EscapeDataString(name) } },
        };
        (await storage.SendAsync(put, cancellation)).EnsureSuccessStatusCode();
    }

    /// <param name="key">Its idempotency key: whoever may have to ask again, having been answered an error, gives the same.</param>
    internal Task<JsonElement> AsPorteur((string Dossier, string Token) one, HttpMethod method, string what, object? body = null, string? key = null) => Ask(one, method, what, body, Answer, key);

    /// <summary>The bytes that a porteur is given.</summary>
    internal Task<byte[]> Fetch((string Dossier, string Token) one, string what) =>
        Ask(one, HttpMethod.Get, what, null, async answer => answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : throw await Problem(answer));

    internal Task<JsonElement> As(string email, HttpMethod method, string path, object? body, int revision) => As(email, method, path, body, $"\"{revision}\"");

    internal async Task<JsonElement> As(string email, HttpMethod method, string path, object? body = null, string? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body), Headers = { { TestPrincipals.Header, email } } };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return await Answer(await Api.SendAsync(request));
    }

    private async Task<T> Ask<T>((string Dossier, string Token) one, HttpMethod method, string what, object? body, Func<HttpResponseMessage, Task<T>> read, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"api/dossiers/{one.Dossier}/{what}")
        {
            Content = body is null ? null : JsonContent.Create(body),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", one.Token) },
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await read(await Api.SendAsync(request));
    }

    private static HttpMessageHandler Watched(DelegatingHandler? watch)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (watch is null)
        {
            return handler;
        }

        watch.InnerHandler = handler;
        return watch;
    }

    private static async Task<JsonElement> Answer(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw await Problem(answer);

    private static async Task<LocalProblemException> Problem(HttpResponseMessage answer) =>
        new($"{answer.RequestMessage?.RequestUri?.AbsolutePath} a répondu {(int)answer.StatusCode} : {await answer.Content.ReadAsStringAsync()}");

    [GeneratedRegex(@"^Date: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex DateHeader();
}
