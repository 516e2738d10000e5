using System.Globalization;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Guichet.Local.Commands;

/// <summary>
/// The laureates of a committee until all their projects are closed, nearly three years in fast-forward: agreements, reports on time, late and never, a file
/// that cannot be read, two amendments, tranches released by two people.
/// </summary>
public sealed class FollowUpRun(FastForward time, CommitteeRun committee)
{
    /// <summary>The project, by its place among the laureates, whose target an amendment moves.</summary>
    public const int Amended = 0;

    /// <summary>The one whose second report comes after the escalation, and whose end an amendment moves by six months.</summary>
    public const int Late = 1;

    /// <summary>The one that never reports and is stopped.</summary>
    public const int Silent = 2;

    /// <summary>The one whose first file cannot be read.</summary>
    public const int Unreadable = 3;

    private static readonly DateOnly Signed = new(2024, 5, 6);
    private static readonly DateOnly Ends = new(2026, 7, 6);
    private static readonly DateOnly EndsLater = new(2027, 1, 6);

    private readonly SortedDictionary<DateOnly, List<Func<Task>>> plan = [];
    private readonly Dictionary<string, JsonElement> indicators = [];

    /// <summary>The projects, in the order of the committee.</summary>
    public IReadOnlyList<string> Projects { get; private set; } = [];

    /// <summary>Who answers for a project's reports.</summary>
    public static string ContactOf(int project) => $"contact{project}@exemple.gouv.fr";

    /// <summary>Who committed its administration.</summary>
    public static string SponsorOf(int project) => $"sponsor{project}@exemple.gouv.fr";

    /// <summary>A project as the office follows it.</summary>
    public Task<JsonElement> Project(int project) => Office(HttpMethod.Get, project, "follow-up");

    /// <summary>Runs it all.</summary>
    public async Task Run(CancellationToken cancellation = default)
    {
        Projects =
        [
            .. (await committee.Session()).GetProperty("items").EnumerateArray()
                .Where(item => item.GetProperty("status").GetString() == "laureat" && item.GetProperty("item").GetProperty("outcome").GetString() != "refuse").Select(item => item.GetProperty("item").GetProperty("dossier").GetString()!),
        ];
        await At(new DateOnly(2024, 4, 22));
        foreach (var project in Enumerable.Range(0, Projects.Count))
        {
            await Draw(project);
        }

        await time.Settle();
        time.Note($"Les conventions des {Projects.Count} lauréats sont établies.");
        await At(Signed);
        foreach (var project in Enumerable.Range(0, Projects.Count))
        {
            await Office(HttpMethod.Post, project, "agreement/signatures", new { party = "administration", on = Signed.AddDays(-4) });
            await Office(HttpMethod.Post, project, "agreement/signatures", new { party = "programme", on = Signed });
            await ReleaseAndPay(project, 1);
            await PlanReports(project, 1);
        }

        await time.Settle();
        time.Note("Les conventions sont signées des deux parties : le suivi commence, et la première tranche de chacune est versée.");
        Plan(new DateOnly(2025, 3, 3), () => Amend(Amended, new { reason = "Deux préfectures de moins que prévu.", targets = new[] { new { indicator = NameOf(Amended, 0), value = TargetOf(Amended, 0) * 0.9m } } }, "Un avenant abaisse une cible"));
        Plan(new DateOnly(2026, 1, 12), () => Amend(Late, new { reason = "Le recrutement a pris six mois.", endsOn = EndsLater }, "Un avenant repousse la fin de six mois"));
        await Through(cancellation);
    }

    /// <summary>Each day has its reminders; each Monday its digests and what was left undone.</summary>
    private async Task Through(CancellationToken cancellation)
    {
        for (var day = Signed.AddDays(1); plan.Count > 0; day = day.AddDays(1))
        {
            cancellation.ThrowIfCancellationRequested();
            if (day.DayOfWeek is DayOfWeek.Monday)
            {
                await At(day, 7, 45);
                await time.Local.FireTimer("SendDigests", cancellation);
                await time.Settle();
                await At(day, 8, 45);
                await time.Local.FireTimer("Tick", cancellation);
                await time.Local.FireTimer("SendDigests", cancellation);
                await time.Settle();
            }

            await At(day, 9, 15);
            await time.Local.FireTimer("SendReminders", cancellation);
            if (plan.Remove(day, out var acts))
            {
                await time.Settle();
                await At(day, 10, 30);
                foreach (var act in acts)
                {
                    await act();
                }
            }

            await time.Settle();
        }
    }

    private async Task Draw(int project)
    {
        var drawn = await Office(HttpMethod.Put, project, "agreement", new
        {
            contact = new { name = $"Contact {project}", email = ContactOf(project) },
            sponsor = new { name = $"Sponsor {project}", email = SponsorOf(project) },
            endsOn = Ends,
            expectedSavings = 120_000,
        });
        indicators[Projects[project]] = drawn.GetProperty("agreement").GetProperty("indicators").Clone();
    }

    /// <summary>Every project reports twelve days before each date, but for those that do not.</summary>
    private async Task PlanReports(int project, int from)
    {
        foreach (var milestone in (await Project(project)).GetProperty("milestones").EnumerateArray().Where(one => one.GetProperty("number").GetInt32() >= from))
        {
            var (number, due) = (milestone.GetProperty("number").GetInt32(), DateOnly.Parse(milestone.GetProperty("due").GetString()!, CultureInfo.InvariantCulture));
            if (project == Silent)
            {
                if (number == 1)
                {
                    Plan(due.AddDays(60), () => Close(project, "arrete", "Aucun bilan ne nous est parvenu : l’impact n’est pas montré."));
                }

                continue;
            }

            var day = project == Late && number == 2 ? due.AddDays(40) : due.AddDays(-12);
            if (project == Unreadable && number == 1)
            {
                Plan(day.AddDays(-3), () => GiveUnreadable(project));
            }

            Plan(day, () => Report(project, number, due));
        }
    }

    private async Task Report(int project, int number, DateOnly due)
    {
        var milestone = (await Project(project)).GetProperty("milestones")[number - 1];
        if (milestone.GetProperty("due").GetString() != due.ToString("O", CultureInfo.InvariantCulture))
        {
            return; // An amendment has put another in its place.
        }

        if (project is Amended or Late or Unreadable)
        {
            await Upload(project, number, $"bilan {number} définitif.xlsx", await Filled(project, number));
        }
        else
        {
            await Office(HttpMethod.Put, project, $"milestones/{number}/report", new
            {
                values = indicators[Projects[project]].EnumerateArray().Select((_, index) => new { indicator = NameOf(project, index), value = ValueAt(project, index, number) }),
                done = "Bilan reçu par courriel.",
                savings = 10_000 * number,
            });
        }

        time.Note($"Le bilan {number} du projet {project} est donné.");
        var today = DateOnly.FromDateTime(time.Now);
        if (milestone.GetProperty("releasesTranche").GetBoolean())
        {
            Plan(today.AddDays(10), () => Approve(project, number));
        }

        if (milestone.GetProperty("final").GetBoolean())
        {
            Plan(today.AddDays(20), () => Close(project, "acheve", "Le projet a atteint ses cibles."));
        }
    }

    private async Task Approve(int project, int number)
    {
        await Office(HttpMethod.Put, project, $"milestones/{number}/meeting", new { on = DateOnly.FromDateTime(time.Now).AddDays(-1) });
        await Office(HttpMethod.Put, project, $"milestones/{number}/approval");
        await ReleaseAndPay(project, number + 1);
        time.Note($"Le comité de pilotage du projet {project} s’est tenu, le programme est d’accord : la tranche {number + 1} est versée.");
    }

    /// <summary>A tranche is above what one person may release.</summary>
    private async Task ReleaseAndPay(int project, int tranche)
    {
        await Office(HttpMethod.Post, project, $"tranches/{tranche}/release");
        await time.As(TestPrincipals.Deputy, HttpMethod.Post, $"api/dossiers/{Projects[project]}/tranches/{tranche}/release");
        await Office(HttpMethod.Put, project, $"tranches/{tranche}/payment", new { on = DateOnly.FromDateTime(time.Now) });
    }

    private async Task Amend(int project, object terms, string what)
    {
        var before = (await Project(project)).GetProperty("milestones").GetArrayLength();
        var after = (await Office(HttpMethod.Post, project, "agreement/amendments", terms)).GetProperty("milestones").GetArrayLength();
        time.Note($"{what} (projet {project}).");
        if (after > before)
        {
            await PlanReports(project, before);
        }
    }

    private async Task Close(int project, string outcome, string reason)
    {
        await Office(HttpMethod.Put, project, "closure", new { outcome, reason });
        time.Note($"Le projet {project} est clos.");
    }

    private async Task GiveUnreadable(int project)
    {
        await Upload(project, 1, "bilan.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]);
        time.Note($"Le projet {project} envoie un fichier qui ne peut pas être lu.");
    }

    private async Task Upload(int project, int number, string name, byte[] content)
    {
        var one = committee.PorteurOf(Projects[project]);
        var given = await time.AsPorteur(one, HttpMethod.Post, $"milestones/{number}/slots", new { files = new[] { new { name, bytes = content.Length } } });
        var files = await FilesOf(project, number);
        await time.Put(given.GetProperty("slots")[0], name, content, default);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await FilesOf(project, number) == files)
        {
            await pace.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<int> FilesOf(int project, int number) =>
        (await time.AsPorteur(committee.PorteurOf(Projects[project]), HttpMethod.Get, $"milestones/{number}")).GetProperty("files").GetArrayLength();

    /// <summary>The template as its porteur fills it in.</summary>
    private async Task<byte[]> Filled(int project, int number)
    {
        using var content = new MemoryStream();
        content.Write(await time.Fetch(committee.PorteurOf(Projects[project]), $"milestones/{number}/template"));
        using (var book = SpreadsheetDocument.Open(content, isEditable: true))
        {
            var rows = book.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Select(row => row.Elements<Cell>().ToList()).Where(cells => cells.Count > 1).ToList();
            foreach (var index in Enumerable.Range(0, indicators[Projects[project]].GetArrayLength()))
            {
                var cells = rows.Single(cells => cells[1].InnerText == NameOf(project, index));
                Fill(cells[7], CellValues.Number, ValueAt(project, index, number).ToString(CultureInfo.InvariantCulture));
                Fill(cells[8], CellValues.Number, ((int)time.Now.Date.ToOADate()).ToString(CultureInfo.InvariantCulture));
            }

            Fill(rows.Single(cells => cells[1].InnerText.StartsWith("Ce qui a été fait", StringComparison.Ordinal))[2], CellValues.InlineString, "Un service de plus est équipé.");
            Fill(rows.Single(cells => cells[1].InnerText.StartsWith("Économies", StringComparison.Ordinal))[2], CellValues.Number, (10_000 * number).ToString(CultureInfo.InvariantCulture));
        }

        return content.ToArray();
    }

    private static void Fill(Cell cell, CellValues kind, string text)
    {
        cell.RemoveAllChildren();
        cell.DataType = kind;
        cell.AppendChild<DocumentFormat.OpenXml.OpenXmlElement>(kind == CellValues.InlineString ? new InlineString(new Text(text)) : new CellValue(text));
    }

    /// <summary>A sixth of the way at each report: near the straight line.</summary>
    private decimal ValueAt(int project, int index, int number)
    {
        var baseline = indicators[Projects[project]][index].GetProperty("baseline").GetDecimal();
        return Math.Round(baseline + ((TargetOf(project, index) - baseline) * Math.Min(number, 6) / 6), 2);
    }

    private decimal TargetOf(int project, int index) => indicators[Projects[project]][index].GetProperty("target").GetDecimal();

    private string NameOf(int project, int index) => indicators[Projects[project]][index].GetProperty("name").GetString()!;

    private void Plan(DateOnly day, Func<Task> act)
    {
        if (!plan.TryGetValue(day, out var acts))
        {
            plan[day] = acts = [];
        }

        acts.Add(act);
    }

    private Task At(DateOnly day, int hour = 10, int minute = 0) => time.GoTo(day.ToDateTime(new TimeOnly(hour, minute)));

    private Task<JsonElement> Office(HttpMethod method, int project, string what, object? body = null) =>
        time.As(TestPrincipals.Office, method, $"api/dossiers/{Projects[project]}/{what}", body);
}
