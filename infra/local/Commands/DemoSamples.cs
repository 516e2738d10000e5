using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Guichet.Local.Commands;

/// <summary>What a sample is to become.</summary>
internal sealed record ExpectedOutcome(string Status, string Title, string Email, string About);

/// <summary>A sample dossier: a folder of files, as a porteur would send them.</summary>
internal sealed record Sample(string Name, ExpectedOutcome Expected, IReadOnlyList<string> Files);

/// <summary>Where a dossier stands, as the API tells its porteur.</summary>
internal sealed record DossierState(string Dossier, string Status, string StatusLabel, IReadOnlyList<PieceState> Pieces)
{
    public int PiecesRead => Pieces.Count(piece => piece.State is "lue" or "refusée");

    /// <summary>Is it where nothing moves it but a person?</summary>
    public bool IsSettled => Status is not ("depot" or "recevable" or "note");
}

internal sealed record PieceState(string Name, string State);

/// <summary>Deposits the samples through the public doors, as an administration would with <c>curl</c>, and follows them.</summary>
internal sealed class DemoSamples(LocalEnvironment local, DemoData data) : IDisposable
{
    private const string Campaign = "ftap-data";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(30);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = local.ApiUri };

    /// <summary>The samples of the repository, in alphabetical order.</summary>
    public IReadOnlyList<Sample> All { get; } =
    [
        .. from sample in JsonSerializer.Deserialize<SortedDictionary<string, ExpectedOutcome>>(File.ReadAllText(Path.Combine(Root, "expected.json")), Web)!
           select new Sample(sample.Key, sample.Value, [.. Directory.EnumerateFiles(Path.Combine(Root, sample.Key)).Order(StringComparer.Ordinal)]),
    ];

    private static string Root => RepositoryFolder.Path("infra", "local", "samples");

    /// <summary>Deposits a sample, unless an earlier start did.</summary>
    public async Task<DepositedSample> Deposit(Sample sample, CancellationToken cancellation)
    {
        if (data.Deposited(sample.Name) is { } earlier)
        {
            return earlier;
        }

        var opened = await Send<OpenedDossier>(
            HttpMethod.Post,
            $"api/campaigns/{Campaign}/dossiers",
            JsonContent.Create(new { email = sample.Expected.Email, files = sample.Files.Select(file => new { name = Path.GetFileName(file), bytes = new FileInfo(file).Length }) }),
            null,
            cancellation);
        foreach (var (slot, file) in opened.Slots.Zip(sample.Files))
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, cancellation));
            using var put = new HttpRequestMessage(HttpMethod.Put, slot.Url) { Content = content, Headers = { { "x-ms-blob-type", "BlockBlob" } } };
            using var answer = await http.SendAsync(put, cancellation);
            answer.EnsureSuccessStatusCode();
        }

        var deposited = new DepositedSample(opened.Dossier, opened.Token);
        await Send<DossierState>(HttpMethod.Post, $"api/dossiers/{opened.Dossier}/close", null, Bearer(deposited), cancellation);
        data.Remember(sample.Name, deposited);
        return deposited;
    }

    public Task<DossierState> Follow(DepositedSample deposited, CancellationToken cancellation) =>
        Send<DossierState>(HttpMethod.Get, $"api/dossiers/{deposited.Dossier}", null, Bearer(deposited), cancellation);

    /// <summary>Hands over the projects that were funded elsewhere, as the programme office would.</summary>
    public async Task TakeOverProjects(CancellationToken cancellation)
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Root, "projects"), "*.json").Where(file => !data.IsTakenOver(Path.GetFileName(file))))
        {
            using var content = new StringContent(await File.ReadAllTextAsync(project, cancellation), Encoding.UTF8, "application/json");
            await Send<JsonElement>(HttpMethod.Post, $"api/campaigns/{Campaign}/projects", content, null, cancellation, TestPrincipals.Office);
            data.RememberTakeOver(Path.GetFileName(project));
        }
    }

    /// <summary>Waits until the bus has nothing more to hand out: mails and read models are written behind the steps.</summary>
    public async Task Settle(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(SettleTimeout);
        try
        {
            await local.Bus.WhenDrained(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Say.Line("Le bus a encore des messages en route : le résumé qui suit n’est pas complet.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<T> Send<T>(HttpMethod method, string path, HttpContent? content, AuthenticationHeaderValue? authorization, CancellationToken cancellation, string? principal = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content, Headers = { Authorization = authorization } };
        if (principal is not null)
        {
            request.Headers.Add(TestPrincipals.Header, principal);
        }

        using var answer = await http.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<T>(Web, cancellation))!
            : throw new LocalProblemException($"{method} {path.Split('?')[0]} a répondu {(int)answer.StatusCode} : {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    private static AuthenticationHeaderValue Bearer(DepositedSample deposited) => new("Bearer", deposited.Token);

    private sealed record OpenedDossier(string Dossier, string Token, IReadOnlyList<Slot> Slots);

    private sealed record Slot(string Name, Uri Url);
}
