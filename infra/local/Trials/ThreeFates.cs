using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Guichet.Local.Backup;
using Guichet.Local.Commands;

namespace Guichet.Local.Trials;

/// <summary>A part of a scenario: what people and timers do, which may be done again, and the fact by which it is known to be over.</summary>
/// <param name="Name">What happens, in French.</param>
/// <param name="At">When it begins, in Paris.</param>
/// <param name="Reads">Whether files are read in it.</param>
internal sealed record Act(string Name, DateTime At, Func<Task> Do, Func<Task<bool>> IsOver, bool Reads = false);

/// <summary>
/// Three dossiers of different fates in a guichet of their own, from upload to closing, through the public doors: one is funded and followed to its end, one
/// is completed and refused by the committee, one is inadmissible.
/// </summary>
internal sealed class ThreeFates(FastForward time, string campaign)
{
    private const string Session = "2024-04-08";
    private static readonly DateTime FirstDay = new(2024, 3, 13);
    private static readonly DateOnly Signed = new(2024, 5, 6);
    private static readonly string[] Reviewers = ["agathe", "boris"];

    private readonly Dictionary<string, (string Dossier, string Token)> deposited = [];
    private bool hasSentLetter;

    /// <summary>The dossiers' numbers by the letter of their fate.</summary>
    public IReadOnlyDictionary<string, string> Dossiers => deposited.ToDictionary(one => one.Key, one => one.Value.Dossier);

    /// <summary>What happens, in order.</summary>
    public IReadOnlyList<Act> Acts =>
    [
        new("un dossier incomplet est déposé", FirstDay.AddHours(9), () => Deposit("B", [.. Files("aides-proactives").Where(file => !file.Name.StartsWith("lettre", StringComparison.Ordinal))]), () => Stands("B", "Incomplet"), Reads: true),
        new("il est complété", FirstDay.AddHours(11), Complete, () => Stands("B", "Instruction"), Reads: true),
        new("un dossier irrecevable est déposé", FirstDay.AddHours(13), () => Deposit("C", Files("plateforme-trop-grande")), () => Stands("C", "IrrecevablePropose"), Reads: true),
        new("un dossier complet est déposé", FirstDay.AddHours(15), () => Deposit("A", Files("tri-courriers-ia")), () => Stands("A", "Instruction"), Reads: true),
        new("le refus est confirmé", FirstDay.AddDays(1).AddHours(10), () => Office(HttpMethod.Post, "C", "inadmissibility", new { confirm = true }), () => Stands("C", "Irrecevable")),
        new("les résumés partent", FirstDay.AddDays(2).AddHours(8.25), () => time.Local.FireTimer("SendDigests"), async () => await HasMail(EmailOf("agathe"), "vous attendent") && await HasMail(EmailOf("boris"), "vous attendent")),
        new("les instructeurs notent", FirstDay.AddDays(5).AddHours(10), Review, Done),
        new("le comité décide", FirstDay.AddDays(26).AddHours(10), Decide, async () => await Stands("A", "Laureat") && await Stands("B", "Refuse")),
        new("la convention est signée", Signed.ToDateTime(new TimeOnly(10, 0)), Sign, () => Stands("A", "Suivi")),
        new("la première tranche est versée", Signed.ToDateTime(new TimeOnly(15, 0)), () => ReleaseAndPay(1), Done),
        new("le premier bilan est rappelé", new DateTime(2024, 10, 7, 9, 15, 0), () => time.Local.FireTimer("SendReminders"), () => HasMail(Contact, "attendu le")),
        new("il arrive", new DateTime(2024, 10, 25, 10, 0, 0), Upload, HasReport, Reads: true),
        new("la deuxième tranche est versée", new DateTime(2024, 11, 8, 10, 0, 0), Approve, Done),
        new("le projet est clos", new DateTime(2025, 7, 25, 10, 0, 0), Close, () => Stands("A", "Clos")),
    ];

    private string Contact => $"contact@{campaign}.exemple.gouv.fr";

    /// <summary>Puts the guichet's rules in place.</summary>
    public async Task Open()
    {
        var rules = await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"));
        var reviewers = string.Join(", ", Reviewers.Select(id => $$"""{ "id": "{{id}}", "name": "{{id}}", "email": "{{EmailOf(id)}}" }"""));
        rules = CommitteeRun.WithReviewers(rules, reviewers)
            .Replace("\"id\": \"ftap-data\"", $"\"id\": \"{campaign}\"", StringComparison.Ordinal)
            .Replace("guichet-donnees@exemple.gouv.fr", $"bureau@{campaign}.exemple.gouv.fr", StringComparison.Ordinal)
            .Replace("\"amounts\": {", "\"amounts\": { \"envelope\": 2000000, ", StringComparison.Ordinal);
        await Rules.UploadAsync(BinaryData.FromString(rules), overwrite: true);
    }

    /// <summary>Takes them away: timers no longer come by.</summary>
    public Task Shut() => Rules.DeleteIfExistsAsync();

    private BlobClient Rules => new BlobContainerClient(time.Local.StorageConnection, "campaigns").GetBlobClient($"{campaign}/2023-01.json");

    /// <summary>The session of the committee, as the office reads it.</summary>
    public Task<JsonElement> Committee() => time.As(TestPrincipals.Office, HttpMethod.Get, $"api/campaigns/{campaign}/sessions/{Session}");

    /// <summary>What was recorded of a dossier's examination and comes out otherwise when it is computed again; empty where nothing does.</summary>
    public async Task<string> DifferencesOf(string fate) =>
        (await time.As(TestPrincipals.Office, HttpMethod.Get, $"api/campaigns/{campaign}/dossiers/{deposited[fate].Dossier}/explanation")).GetProperty("differences").ToString();

    private static (string Name, byte[] Content)[] Files(string sample) =>
    [
        .. Directory.EnumerateFiles(RepositoryFolder.Path("infra", "local", "samples", sample)).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))),
    ];

    private string EmailOf(string reviewer) => $"{reviewer}@{campaign}.exemple.gouv.fr";

    // Opening twice gives two dossiers, of which the first stays empty: what a porteur does who is told to try again.
    private async Task Deposit(string fate, (string Name, byte[] Content)[] files)
    {
        if (!deposited.TryGetValue(fate, out var one))
        {
            var opened = await time.Open(campaign, $"{fate}@{campaign}.exemple.gouv.fr", files);
            await time.Put(opened, files);
            deposited[fate] = one = (opened.GetProperty("dossier").GetString()!, opened.GetProperty("token").GetString()!);
        }

        await time.AsPorteur(one, HttpMethod.Post, "close");
    }

    private async Task Complete()
    {
        if (!hasSentLetter)
        {
            var letter = Files("aides-proactives").Where(file => file.Name.StartsWith("lettre", StringComparison.Ordinal)).ToArray();
            await time.Put(await time.AsPorteur(deposited["B"], HttpMethod.Post, "slots", new { files = FastForward.Announced(letter) }, key: $"{deposited["B"].Dossier}-letter"), letter);
            hasSentLetter = true;
        }

        await time.AsPorteur(deposited["B"], HttpMethod.Post, "close");
    }

    private async Task Review()
    {
        foreach (var reviewer in Reviewers)
        {
            foreach (var fate in new[] { "A", "B" })
            {
                var path = $"api/dossiers/{deposited[fate].Dossier}/review";
                var read = await time.As(EmailOf(reviewer), HttpMethod.Put, $"{path}/conflict", new { exists = false });
                await time.As(EmailOf(reviewer), HttpMethod.Put, path, new
                {
                    marks = read.GetProperty("criteria").EnumerateArray().Select(criterion => new { criterion = criterion.GetProperty("id").GetString(), level = fate == "A" ? 4 : 1, reason = "D’après le dossier et ses pièces." }),
                    comment = "Avis rendu après lecture de toutes les pièces.",
                    submit = true,
                }, read.GetProperty("sheet").GetProperty("revision").GetInt32());
            }
        }
    }

    private async Task Decide()
    {
        var path = $"api/campaigns/{campaign}/sessions/{Session}";
        if (!await Stands("A", "Laureat"))
        {
            object prepared = new
            {
                date = Session,
                members = new[] { new { id = "presidence", name = "Odile Garnier", body = "DITP" } },
                items = new object[]
                {
                    new { dossier = deposited["A"].Dossier, outcome = "laureat", reason = "La mesure de l’impact est solide.", amount = 120_000 },
                    new { dossier = deposited["B"].Dossier, outcome = "refuse", reason = "L’impact n’est pas mesurable en l’état." },
                },
            };
            try
            {
                await time.As(TestPrincipals.Office, HttpMethod.Put, path, prepared);
            }
            catch (LocalProblemException)
            {
                await time.As(TestPrincipals.Office, HttpMethod.Put, path, prepared, version: "*"); // It is there already: an earlier try wrote it.
            }
        }

        await time.As(TestPrincipals.Office, HttpMethod.Post, $"{path}/closing");
    }

    private async Task Sign()
    {
        if (await Stands("A", "Laureat"))
        {
            await Office(HttpMethod.Put, "A", "agreement", new
            {
                contact = new { name = "Contact", email = Contact },
                sponsor = new { name = "Sponsor", email = $"sponsor@{campaign}.exemple.gouv.fr" },
                endsOn = Signed.AddYears(1),
            });
        }

        await Office(HttpMethod.Post, "A", "agreement/signatures", new { party = "administration", on = Signed.AddDays(-4) });
        await Office(HttpMethod.Post, "A", "agreement/signatures", new { party = "programme", on = Signed });
    }

    private async Task ReleaseAndPay(int tranche)
    {
        await Office(HttpMethod.Post, "A", $"tranches/{tranche}/release");
        await Office(HttpMethod.Put, "A", $"tranches/{tranche}/payment", new { on = DateOnly.FromDateTime(time.Now) });
    }

    private async Task Upload()
    {
        var template = Unpacked(await time.Fetch(deposited["A"], "milestones/1/template"));
        var given = await time.AsPorteur(deposited["A"], HttpMethod.Post, "milestones/1/slots", new { files = new[] { new { name = "bilan.xlsx", bytes = template.Length } } });
        await time.Put(given.GetProperty("slots")[0], "bilan.xlsx", template, default);
    }

    /// <summary>The same workbook without compression: how long a number becomes in it would differ from one dossier to the next.</summary>
    private static byte[] Unpacked(byte[] workbook)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var packed in archive.Entries.ToList())
            {
                using var said = new MemoryStream();
                using (var part = packed.Open())
                {
                    part.CopyTo(said);
                }

                var name = packed.FullName;
                packed.Delete();
                using var plain = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                plain.Write(said.GetBuffer(), 0, (int)said.Length);
            }
        }

        return stream.ToArray();
    }

    private async Task Approve()
    {
        await Report(1);
        await Office(HttpMethod.Put, "A", "milestones/1/meeting", new { on = DateOnly.FromDateTime(time.Now).AddDays(-1) });
        await Office(HttpMethod.Put, "A", "milestones/1/approval");
        await ReleaseAndPay(2);
    }

    private async Task Close()
    {
        var milestones = (await Office(HttpMethod.Get, "A", "follow-up")).GetProperty("milestones").GetArrayLength();
        for (var number = 2; number <= milestones; number++)
        {
            await Report(number);
        }

        await Office(HttpMethod.Put, "A", "closure", new { outcome = "acheve", reason = "Le projet a atteint ses cibles." });
    }

    private async Task Report(int number)
    {
        var indicators = (await Office(HttpMethod.Get, "A", "follow-up")).GetProperty("agreement").GetProperty("indicators");
        await Office(HttpMethod.Put, "A", $"milestones/{number}/report", new
        {
            values = indicators.EnumerateArray().Select(indicator => new { indicator = indicator.GetProperty("name").GetString(), value = 40 + number, on = DateOnly.FromDateTime(time.Now).ToString("O", CultureInfo.InvariantCulture) }),
            done = "Bilan saisi par le bureau.",
        });
    }

    private async Task<bool> Stands(string fate, string status) => deposited.TryGetValue(fate, out var one) && (await Row(one.Dossier, "head")).GetString("Status") == status;

    private async Task<bool> HasReport()
    {
        var milestone = JsonDocument.Parse(await StoredJson.Of(await Row(deposited["A"].Dossier, "milestone|01"), new BlobContainerClient(time.Local.StorageConnection, "texts")));
        return milestone.RootElement.TryGetProperty("report", out var report) && report.GetProperty("files").GetArrayLength() > 0;
    }

    /// <summary>Read beside the app, whose calls are counted, and are what shows that something is under way.</summary>
    private async Task<TableEntity> Row(string dossier, string key) => await new TableClient(time.Local.StorageConnection, "Dossiers").GetEntityAsync<TableEntity>(dossier, key);

    private async Task<bool> HasMail(string to, string about) =>
        (await time.Local.Mail.Messages()).Any(mail => mail.To.Contains(to) && mail.Subject.Contains(about, StringComparison.Ordinal));

    /// <summary>What was asked for and answered is done.</summary>
    private static Task<bool> Done() => Task.FromResult(true);

    private Task<JsonElement> Office(HttpMethod method, string fate, string what, object? body = null) =>
        time.As(TestPrincipals.Office, method, $"api/dossiers/{deposited[fate].Dossier}/{what}", body);
}
