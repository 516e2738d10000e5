using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;

namespace Guichet.Local.Commands;

/// <summary>
/// A committee from the deposits to the complementary list, through the public doors and in fast-forward: twelve dossiers, four reviewers, a conflict, a
/// late review, an arbitration, an envelope for seven, an award that is given up.
/// </summary>
public sealed partial class CommitteeRun(FastForward time)
{
    public const string Campaign = "comite";
    public const int Laureates = 7;

    /// <summary>The dossier, by its place among the deposits, of which two reviewers think differently.</summary>
    private const int Disputed = 2;

    private static readonly DateTime FirstDay = new(2024, 3, 13);

    private static readonly string[] Titles =
    [
        "Allocations repérées", "Carte scolaire ouverte", "Files d’attente des préfectures", "Inspections ciblées", "Jachères vues du ciel", "Marchés publics lisibles",
        "Péages et reports", "Qualité de l’air au quartier", "Renouvellements automatiques", "Secours mieux répartis", "Titres sans rendez-vous", "Véhicules signalés",
    ];

    public static readonly IReadOnlyList<string> Reviewers = ["agathe", "boris", "chloe", "david"];

    private readonly List<(string Dossier, string Token)> deposited = [];
    private string? forgotten;

    /// <summary>The dossiers, in the order of their deposit.</summary>
    public IReadOnlyList<string> Dossiers => [.. deposited.Select(one => one.Dossier)];

    /// <summary>Its porteur: the number and the token.</summary>
    public (string Dossier, string Token) PorteurOf(string dossier) => deposited.Single(one => one.Dossier == dossier);

    /// <summary>What the committee's closing answered while its awards went beyond the envelope.</summary>
    public string RefusedByEnvelope { get; private set; } = "";

    /// <summary>The minutes of the session.</summary>
    public byte[] Minutes { get; private set; } = [];

    /// <summary>The dossier whose award was given up.</summary>
    public string GivenUp { get; private set; } = "";

    public static string EmailOf(string reviewer) => $"{reviewer}@comite.exemple.gouv.fr";

    /// <summary>Runs it all.</summary>
    public async Task Run(CancellationToken cancellation = default)
    {
        await time.GoTo(FirstDay.AddHours(9));
        await UploadRules(cancellation);
        await Deposit(cancellation);
        await Through(FirstDay.AddDays(1), FirstDay.AddDays(2));
        await Declare();
        await Through(FirstDay.AddDays(2), FirstDay.AddDays(5));
        await Score();
        await Through(FirstDay.AddDays(5), FirstDay.AddDays(7));
        await Score();
        await Through(FirstDay.AddDays(7), FirstDay.AddDays(23));
        await Score(late: true);
        await Through(FirstDay.AddDays(23), FirstDay.AddDays(26));
        await Decide();
        await Through(FirstDay.AddDays(27), FirstDay.AddDays(28));
        await GiveUp();
        await Through(FirstDay.AddDays(29), FirstDay.AddDays(29));
    }

    /// <summary>Rules with these reviewers, a list of JSON objects, in the place of theirs.</summary>
    internal static string WithReviewers(string rules, string reviewers) => ReviewersInRules().Replace(rules, _ => $"\"reviewers\": [{reviewers}]");

    /// <summary>A dossier as the office reads its reviews.</summary>
    public Task<JsonElement> Reviews(string dossier) => time.As(TestPrincipals.Office, HttpMethod.Get, $"api/dossiers/{dossier}/reviews");

    /// <summary>The session as the office reads it.</summary>
    public Task<JsonElement> Session() => time.As(TestPrincipals.Office, HttpMethod.Get, $"api/campaigns/{Campaign}/sessions/2024-04-08");

    private async Task UploadRules(CancellationToken cancellation)
    {
        var rules = await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"), cancellation);
        var reviewers = string.Join(", ", Reviewers.Select(id => $$"""{ "id": "{{id}}", "name": "{{char.ToUpperInvariant(id[0])}}{{id[1..]}}", "email": "{{EmailOf(id)}}" }"""));
        rules = rules.Replace("\"id\": \"ftap-data\"", $"\"id\": \"{Campaign}\"", StringComparison.Ordinal)
            .Replace("\"committee\": { \"members\": [] }", "\"committee\": { \"members\": [{ \"id\": \"presidence\", \"name\": \"Odile Garnier\", \"body\": \"DITP\" }, { \"id\": \"dinum\", \"name\": \"Paul Renaud\", \"body\": \"DINUM\" }] }", StringComparison.Ordinal)
            .Replace("\"followUp\": {", "\"followUp\": { \"twoPeopleAbove\": 50000,", StringComparison.Ordinal)
            .Replace("\"amounts\": {", "\"amounts\": { \"envelope\": 2000000, ", StringComparison.Ordinal);
        rules = WithReviewers(rules, reviewers);
        await new BlobContainerClient(time.Local.StorageConnection, "campaigns").GetBlobClient($"{Campaign}/2023-01.json").UploadAsync(BinaryData.FromString(rules), overwrite: true, cancellation);
        time.Note("Le bureau met en place le guichet : quatre instructeurs, une enveloppe de 2 000 000 € pour des demandes de 280 000 €.");
    }

    private async Task Deposit(CancellationToken cancellation)
    {
        var folder = RepositoryFolder.Path("infra", "local", "samples", "tri-courriers-ia");
        var form = await File.ReadAllTextAsync(Path.Combine(folder, "dossier-17402963.json"), cancellation);
        foreach (var title in Titles)
        {
            List<(string Name, byte[] Content)> files = [("dossier.json", Encoding.UTF8.GetBytes(form.Replace("CLAIR : classer et orienter les courriers des usagers en préfecture", title, StringComparison.Ordinal)))];
            files.AddRange(Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))));
            deposited.Add(await time.Deposit(Campaign, $"porteur{deposited.Count + 1}@exemple.gouv.fr", files, cancellation));
        }

        await AllAssigned(cancellation);
        await time.Settle();
        time.Note($"{Titles.Length} dossiers sont déposés ; chacun est jugé, pré-noté et confié à deux instructeurs.");
    }

    /// <summary>A file that is being read when its dossier is judged puts the judgement off by seconds, and the bus looks empty meanwhile.</summary>
    private async Task AllAssigned(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await time.As(TestPrincipals.Office, HttpMethod.Get, $"api/campaigns/{Campaign}/dossiers?status=instruction")).GetProperty("dossiers").GetArrayLength() < Titles.Length)
        {
            await pace.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Everybody says whether there is a conflict: Boris has one on the first of his dossiers.</summary>
    private async Task Declare()
    {
        var conflicted = false;
        foreach (var reviewer in Reviewers)
        {
            foreach (var line in await ListOf(reviewer))
            {
                var exists = !conflicted && reviewer == "boris";
                conflicted |= exists;
                await time.As(EmailOf(reviewer), HttpMethod.Put, $"api/dossiers/{line}/review/conflict", new { exists, nature = exists ? "J’ai dirigé ce service jusqu’en 2022." : null });
                if (exists)
                {
                    time.Note($"Boris déclare un conflit d’intérêts sur {line} : le dossier est confié à quelqu’un d’autre.");
                }
            }
        }

        await time.Settle();
        time.Note("Les instructeurs ont déclaré leurs conflits d’intérêts ; les dossiers leur sont ouverts.");
    }

    /// <summary>Everybody scores what waits, but for a dossier that David forgets until he is late.</summary>
    private async Task Score(bool late = false)
    {
        var submitted = 0;
        foreach (var reviewer in Reviewers)
        {
            var waiting = await ListOf(reviewer, "à noter", "à déclarer");
            foreach (var dossier in waiting)
            {
                if (!late && reviewer == "david" && dossier == (forgotten ??= waiting.First(one => PlaceOf(one) != Disputed)))
                {
                    continue;
                }

                var read = await time.As(EmailOf(reviewer), HttpMethod.Get, $"api/dossiers/{dossier}/review");
                if (!read.GetProperty("sheet").TryGetProperty("conflict", out _))
                {
                    read = await time.As(EmailOf(reviewer), HttpMethod.Put, $"api/dossiers/{dossier}/review/conflict", new { exists = false });
                }

                await time.As(EmailOf(reviewer), HttpMethod.Put, $"api/dossiers/{dossier}/review", await Marks(reviewer, dossier, read), read.GetProperty("sheet").GetProperty("revision").GetInt32());
                submitted++;
            }
        }

        await time.Settle();
        time.Note(late ? "David rend l’avis qu’il avait en retard." : submitted == 1 ? "1 avis est rendu." : $"{submitted} avis sont rendus.");
    }

    /// <summary>The better the earlier it was deposited; of the third dossier the second reviewer thinks nothing, which asks for a third.</summary>
    private async Task<object> Marks(string reviewer, string dossier, JsonElement read)
    {
        var place = PlaceOf(dossier);
        var isApart = place == Disputed && !read.GetProperty("sheet").GetProperty("arbitration").GetBoolean()
            && (await Reviews(dossier)).GetProperty("sheets").EnumerateArray().Any(sheet => !sheet.TryGetProperty("withdrawnBecause", out _) && string.CompareOrdinal(sheet.GetProperty("reviewer").GetString(), reviewer) < 0);
        var level = isApart ? 0 : place < 4 ? 4 : place < 8 ? 3 : place < 10 ? 2 : 1;
        return new
        {
            marks = read.GetProperty("criteria").EnumerateArray().Select(criterion => new { criterion = criterion.GetProperty("id").GetString(), level, reason = "D’après le dossier et ses pièces." }),
            comment = "Avis rendu après lecture de toutes les pièces.",
            submit = true,
        };
    }

    private int PlaceOf(string dossier) => deposited.FindIndex(one => one.Dossier == dossier);

    private async Task Decide()
    {
        await time.GoTo(FirstDay.AddDays(26).AddHours(10));
        var path = $"api/campaigns/{Campaign}/sessions/2024-04-08";
        var prepared = await time.As(TestPrincipals.Office, HttpMethod.Put, path, new { date = "2024-04-08" });
        time.Note($"La séance du 8 avril appelle {prepared.GetProperty("items").GetArrayLength()} dossiers, du mieux noté au moins bien noté.");
        RefusedByEnvelope = await Close(path, await Write(path, prepared, Laureates + 1));
        time.Note("Huit lauréats dépassent l’enveloppe : la séance ne se ferme pas, et rien n’a pris effet.");
        var refused = await Close(path, await Write(path, prepared, Laureates));
        time.Note(refused.Length == 0 ? "Sept lauréats, trois projets sur la liste complémentaire, deux refus : la séance est fermée." : refused);
        await time.Settle();
        using var minutes = new HttpRequestMessage(HttpMethod.Get, $"{path}/minutes") { Headers = { { TestPrincipals.Header, TestPrincipals.Office } } };
        Minutes = await (await time.Api.SendAsync(minutes)).Content.ReadAsByteArrayAsync();
    }

    private Task<JsonElement> Write(string path, JsonElement prepared, int laureates) => time.As(TestPrincipals.Office, HttpMethod.Put, path, new
    {
        date = "2024-04-08",
        items = prepared.GetProperty("items").EnumerateArray().Select((item, rank) => new
        {
            dossier = item.GetProperty("item").GetProperty("dossier").GetString(),
            outcome = rank < laureates ? "laureat" : rank < Laureates + 3 ? "liste-complementaire" : "refuse",
            reason = rank < laureates ? "La mesure de l’impact est solide." : rank < Laureates + 3 ? "L’enveloppe ne suffit pas à tous les bons projets." : "L’impact n’est pas mesurable en l’état.",
            amount = rank < Laureates + 3 ? 280_000 : (int?)null,
            support = rank == 0 ? new[] { new { kind = "juridique", what = "cadre de la réutilisation", contact = "Lucie Bernard", state = "prevu" } } : [],
        }),
    }, version: "*");

    private async Task<string> Close(string path, JsonElement written)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/closing") { Headers = { { TestPrincipals.Header, TestPrincipals.Office } } };
        using var answer = await time.Api.SendAsync(request);
        return answer.StatusCode is HttpStatusCode.OK ? "" : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
    }

    private async Task GiveUp()
    {
        await time.GoTo(FirstDay.AddDays(28).AddHours(11));
        GivenUp = (await Session()).GetProperty("items")[1].GetProperty("item").GetProperty("dossier").GetString()!;
        await time.AsPorteur(PorteurOf(GivenUp), HttpMethod.Post, "withdrawal");
        await time.Settle();
        time.Note($"Le porteur de {GivenUp} renonce ; le premier de la liste complémentaire prend sa place.");
    }

    /// <summary>The working days up to one: digests at their hour, and the ticks of their window.</summary>
    private async Task Through(DateTime from, DateTime to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            await time.GoTo(day.AddHours(7).AddMinutes(45));
            await time.Local.FireTimer("SendDigests");
            await time.Settle(); // A jump of the clock over a mail on its way would take its sender for dead.
            await time.GoTo(day.AddHours(8).AddMinutes(15));
            await time.Local.FireTimer("Tick");
            await time.Local.FireTimer("SendDigests");
            await time.Settle();
        }

        await time.GoTo(to.AddHours(10));
    }

    private async Task<List<string>> ListOf(string reviewer, params string[] states) =>
    [
        .. (await time.As(EmailOf(reviewer), HttpMethod.Get, $"api/campaigns/{Campaign}/reviews")).EnumerateArray()
            .Where(line => states.Length == 0 || states.Contains(line.GetProperty("state").GetString()))
            .Select(line => line.GetProperty("dossier").GetString()!),
    ];

    [GeneratedRegex("""
        "reviewers":\s*\[[^\[\]]*(\[[^\[\]]*\][^\[\]]*)*\]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ReviewersInRules();

}
