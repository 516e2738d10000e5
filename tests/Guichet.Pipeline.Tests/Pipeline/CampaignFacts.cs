using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Guichet.Local;
using Guichet.Local.Commands;
using Guichet.Pipeline.Tests.Api;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>A campaign from the deposits to the last project closed, in an environment of its own: its clock runs over three years.</summary>
public sealed partial class CampaignFacts
{
    [Fact]
    public async Task Twelve_dossiers_four_reviewers_an_envelope_for_seven_and_their_projects_end_as_the_programme_says()
    {
        var log = Path.GetTempFileName();
        await using var local = await LocalEnvironment.Start(new LocalOptions { DueAllowance = TimeSpan.FromMinutes(10), TimersRun = false, LogFile = log });
        using var plain = new HttpClient { BaseAddress = local.ApiUri };
        using var contract = await ApiContract.Of(plain);
        using var time = new FastForward(local, watch: contract);
        var run = new CommitteeRun(time);
        await run.Run();
        var calendar = await time.Calendar();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', calendar.Select(line => $"{line.At:yyyy-MM-dd HH:mm} {(line.Mail is null ? "" : $"→ {line.Mail} : ")}{line.What}")));

        await Reviews_are_shared_out_and_the_conflict_is_respected(run);
        Digests_are_one_a_day_on_working_days_and_tell_of_the_late_one(calendar);
        await Decisions_hold_the_envelope_and_the_list_moves_up(run);
        await Of_two_sessions_at_once_only_one_gets_what_is_left(local, run, contract);
        await Every_other_endpoint_answers_as_it_is_described(local, run, contract);

        var projects = new FollowUpRun(time, run);
        await projects.Run();
        calendar = await time.Calendar();
        Reminders_leave_once_on_working_days_until_the_report(calendar, projects);
        await Every_project_is_closed_and_every_tranche_as_it_should_be(projects);
        await The_office_reads_all_of_it_in_its_tables(local, projects);
        await A_reminder_brings_a_workbook_and_a_link_to_send_it_by(local, contract);
        await Erasures_are_announced_once_a_month_before_and_a_command_lists_and_does_them(time);

        await local.Bus.WhenDrained();
        Assert.Equal("", string.Join("\n", contract.Differences.Distinct()));
        Assert.Empty(contract.Operations.Except(contract.Seen.Keys));
        Assert.NotEmpty(contract.WithPage);
        Assert.Empty(contract.WithPage.Except(contract.Pages.Keys));
        Assert.DoesNotContain(local.Log.Warnings, line => line.Category == "Host.Http"); // No answer went to anybody but who asked.
        Assert.Empty(await Rows(local, "Failures"));
        Assert.DoesNotContain(await Rows(local, "Dossiers"), row => row.RowKey.StartsWith("promise|", StringComparison.Ordinal));
        await What_is_said_names_nobody(local, run, log);
    }

    /// <summary>Three years of everything that the guichet does, and no address that it wrote to.</summary>
    private static async Task What_is_said_names_nobody(LocalEnvironment local, CommitteeRun run, string log)
    {
        await using var file = new FileStream(log, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose });
        using var reader = new StreamReader(file);
        var said = await reader.ReadToEndAsync();
        Assert.All(run.Dossiers, dossier => Assert.Contains(dossier, said, StringComparison.Ordinal)); // It is the log of this run.
        var people = (await local.Mail.Messages()).SelectMany(mail => mail.To).Distinct().Except(["guichet-donnees@exemple.gouv.fr"]).ToList();
        Assert.True(people.Count > 20, string.Join(' ', people));
        Assert.All([.. people, "Contact 1", "Sponsor 1"], person => Assert.DoesNotContain(person, said, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task Reviews_are_shared_out_and_the_conflict_is_respected(CommitteeRun run)
    {
        var sheets = new List<JsonElement>();
        foreach (var dossier in run.Dossiers)
        {
            sheets.AddRange((await run.Reviews(dossier)).GetProperty("sheets").EnumerateArray());
        }

        Assert.Equal(24 + 1 + 1, sheets.Count); // Two a dossier, one that withdrew, one that arbitrates.
        var withdrawn = Assert.Single(sheets, sheet => sheet.TryGetProperty("withdrawnBecause", out _));
        Assert.Equal(("boris", "J’ai dirigé ce service jusqu’en 2022."), (withdrawn.GetProperty("reviewer").GetString(), withdrawn.GetProperty("conflict").GetProperty("nature").GetString()));
        Assert.Single(sheets, sheet => sheet.GetProperty("arbitration").GetBoolean());
        var first = sheets.Where(sheet => sheet.GetProperty("assignedAt").GetString()!.StartsWith("2024-03-13", StringComparison.Ordinal)).ToList();
        Assert.Equal([6, 6, 6, 6], first.CountBy(sheet => sheet.GetProperty("reviewer").GetString()!).Select(pair => pair.Value));
    }

    private static void Digests_are_one_a_day_on_working_days_and_tell_of_the_late_one(IReadOnlyList<CalendarLine> calendar)
    {
        var digests = calendar.Where(line => line.Mail?.Contains("@comite.", StringComparison.Ordinal) is true).ToList();
        Assert.All(digests.GroupBy(line => (line.Mail, line.At.Date)), day => Assert.Single(day));
        Assert.All(digests, line => Assert.InRange(line.At.DayOfWeek, DayOfWeek.Monday, DayOfWeek.Friday));
        Assert.DoesNotContain(digests, line => line.At.Date == new DateTime(2024, 4, 1)); // Easter Monday
        Assert.Contains(digests, line => line.Mail == CommitteeRun.EmailOf("david") && line.What.Contains("dont 1 en retard", StringComparison.Ordinal));
        Assert.All(digests.Where(line => line.At > new DateTime(2024, 3, 21) && line.At < new DateTime(2024, 4, 5)), line => Assert.Equal(CommitteeRun.EmailOf("david"), line.Mail)); // nothing to say, no mail
        Assert.Equal(4, digests.Count(line => line.At.Date == new DateTime(2024, 4, 9) && line.What.Contains("des décisions sont prises", StringComparison.Ordinal)));
        Assert.Equal(2, calendar.Count(line => line.Mail == "guichet-donnees@exemple.gouv.fr"));
        Assert.Equal(12 + 1, calendar.Count(line => line.What.Contains("réponse du guichet", StringComparison.Ordinal)));
    }

    private static async Task Decisions_hold_the_envelope_and_the_list_moves_up(CommitteeRun run)
    {
        Assert.Contains("il reste 2\u202F000\u202F000\u00A0€ de l’enveloppe", run.RefusedByEnvelope, StringComparison.Ordinal);
        var session = await run.Session();
        Assert.Equal(("closed", 7 * 280_000m), (session.GetProperty("state").GetString(), session.GetProperty("held").GetDecimal()));
        var items = session.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(items.Select(item => item.GetProperty("score").GetDecimal()).OrderDescending(), items.Select(item => item.GetProperty("score").GetDecimal()));
        Assert.Equal(
            ["laureat", "retire", "laureat", "laureat", "laureat", "laureat", "laureat", "laureat", "liste-complementaire", "liste-complementaire", "refuse", "refuse"],
            items.Select(item => item.GetProperty("status").GetString()));
        Assert.Equal(run.GivenUp, items[1].GetProperty("item").GetProperty("dossier").GetString());
        Assert.Equal([0x50, 0x4B], run.Minutes[..2]);
    }

    /// <summary>40,000 € are left; two sessions of the same instant each give 30,000 € to a project that was refused and is reopened.</summary>
    private static async Task Of_two_sessions_at_once_only_one_gets_what_is_left(LocalEnvironment local, CommitteeRun run, ApiContract contract)
    {
        using var api = new HttpClient(contract, disposeHandler: false) { BaseAddress = local.ApiUri, DefaultRequestHeaders = { { TestPrincipals.Header, TestPrincipals.Office } } };
        var refused = (await run.Session()).GetProperty("items").EnumerateArray().TakeLast(2).Select(item => item.GetProperty("item").GetProperty("dossier").GetString()!).ToList();
        foreach (var (dossier, index) in refused.Select((dossier, index) => (dossier, index)))
        {
            (await api.PostAsJsonAsync($"api/dossiers/{dossier}/reopening", new { reason = "Un indicateur avait été mal lu." })).EnsureSuccessStatusCode();
            (await api.PutAsJsonAsync($"api/campaigns/comite/sessions/rattrapage-{index}", new
            {
                date = "2024-04-12",
                items = new[] { new { dossier, outcome = "laureat", reason = "Un premier lot suffit à montrer l’impact.", amount = 30_000 } },
            })).EnsureSuccessStatusCode();
        }

        var closings = await Task.WhenAll(refused.Select((_, index) => api.PostAsync($"api/campaigns/comite/sessions/rattrapage-{index}/closing", null)));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], closings.Select(answer => answer.StatusCode).Order());
        Assert.Equal((7 * 280_000m) + 30_000, (await run.Session()).GetProperty("held").GetDecimal());
        await local.Bus.WhenDrained();
    }

    /// <summary>What the run did not call is called once; every answer of all of it is held against the description of the API.</summary>
    private static async Task Every_other_endpoint_answers_as_it_is_described(LocalEnvironment local, CommitteeRun run, ApiContract contract)
    {
        using var api = new HttpClient(contract, disposeHandler: false) { BaseAddress = local.ApiUri };
        async Task<JsonElement> Call(string who, HttpMethod method, string path, object? body = null, string? token = null, HttpContent? content = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content ?? (body is null ? null : JsonContent.Create(body)) };
            request.Headers.Add(TestPrincipals.Header, who);
            if (token is not null)
            {
                request.Headers.Authorization = new("Bearer", token);
            }

            using var answer = await api.SendAsync(request);
            Assert.True((int)answer.StatusCode < 400, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            return answer.Content.Headers.ContentType?.MediaType == "application/json" ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
        }

        var office = TestPrincipals.Office;
        await Call(office, HttpMethod.Get, "api/health");
        Assert.Equal(0, (await Call(TestPrincipals.Operator, HttpMethod.Get, "api/failures")).GetArrayLength());
        await Call(TestPrincipals.Operator, HttpMethod.Post, "api/failures/replays", new { });
        await Call(office, HttpMethod.Get, "api/openapi.json");
        await Call(office, HttpMethod.Get, "api/campaigns/comite/rules");
        await Call(office, HttpMethod.Get, "api/campaigns/comite/sessions");
        var page = await Call(office, HttpMethod.Get, "api/campaigns/comite/dossiers?limit=5&status=laureat");
        Assert.Equal(5, page.GetProperty("dossiers").GetArrayLength());
        Assert.Equal(3, (await Call(office, HttpMethod.Get, $"api/campaigns/comite/dossiers?limit=5&status=laureat&next={Uri.EscapeDataString(page.GetProperty("next").GetString()!)}")).GetProperty("dossiers").GetArrayLength());
        var laureate = page.GetProperty("dossiers")[0].GetProperty("dossier").GetString();
        await Call(office, HttpMethod.Put, $"api/dossiers/{laureate}/support", new { support = new[] { new { kind = "rh", what = "renfort", state = "en-cours" } } });
        await Call(office, HttpMethod.Get, $"api/campaigns/comite/dossiers/{laureate}/explanation");
        await Call(office, HttpMethod.Post, $"api/campaigns/comite/dossiers/{laureate}/links/revocation");
        await Call(office, HttpMethod.Put, $"api/dossiers/{laureate}/hold", new { reason = "Un recours est en cours." });
        await Call(office, HttpMethod.Delete, $"api/dossiers/{laureate}/hold");
        await Call(office, HttpMethod.Get, "api/retention");
        await Call(office, HttpMethod.Post, "api/retention/runs");
        var project = await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "local", "samples", "projects", "suivi-open-data.json"));
        await Call(office, HttpMethod.Post, "api/campaigns/comite/projects", content: new StringContent(project, System.Text.Encoding.UTF8, "application/json"));

        // A dossier of its own, through the doors of the porteur and of its reviewers.
        var files = Samples.Of("aides-proactives");
        var opened = await Call(office, HttpMethod.Post, "api/campaigns/comite/dossiers", new { email = "tardif@exemple.gouv.fr", files = files.Select(file => new { name = file.Name, bytes = file.Content.Length }) });
        var (dossier, token) = (opened.GetProperty("dossier").GetString()!, opened.GetProperty("token").GetString()!);
        await Porteur.Put(opened, files);
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/slots", new { files = new[] { new { name = "annexe.pdf", bytes = 10 } } }, token);
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/close", token: token);
        await GuichetFixture.Until(() => Call(office, HttpMethod.Get, $"api/dossiers/{dossier}", token: token), state => state.GetProperty("status").GetString() == "instruction");
        await Call(office, HttpMethod.Get, $"api/dossiers/{dossier}/explanation", token: token);
        await Call(office, HttpMethod.Post, "api/links", new { dossier, email = "tardif@exemple.gouv.fr" });
        await local.Bus.WhenDrained();
        var mail = (await local.Mail.Messages()).Single(one => one.To.Contains("tardif@exemple.gouv.fr") && one.Subject.Contains("lien personnel", StringComparison.Ordinal));
        await Call(office, HttpMethod.Get, LinkIn(await local.Mail.Source(mail), "/api/dossiers/"));
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/links/revocation", token: token);

        var sheets = (await run.Reviews(dossier)).GetProperty("sheets").EnumerateArray().Select(sheet => sheet.GetProperty("reviewer").GetString()!).ToList();
        var (first, second) = (sheets[0], sheets[1]);
        await Call(CommitteeRun.EmailOf(first), HttpMethod.Post, $"api/dossiers/{dossier}/review", content: new FormUrlEncodedContent([new("conflict", "no")]));
        var slot = (await Call(CommitteeRun.EmailOf(first), HttpMethod.Get, $"api/dossiers/{dossier}/review")).GetProperty("content").GetProperty("pieces")[0].GetProperty("slot").GetString();
        await Call(CommitteeRun.EmailOf(first), HttpMethod.Get, $"api/dossiers/{dossier}/pieces/{slot}");
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/reviews/{first}/question", new { question = "Quel public ?" });
        await Call(CommitteeRun.EmailOf(second), HttpMethod.Post, $"api/dossiers/{dossier}/review/withdrawal", new { reason = "Je pars en congé." });
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/reviews/{first}/withdrawal", new { reason = "Absence." });
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/assignment");
        await local.Bus.WhenDrained();
        await Call(office, HttpMethod.Post, $"api/dossiers/{dossier}/stage", new { status = "preselectionne" });
        await Call(office, HttpMethod.Post, $"api/campaigns/comite/dossiers/{dossier}/withdrawal");

        var digest = (await local.Mail.Messages()).First(one => one.To.Contains(CommitteeRun.EmailOf("agathe")));
        var choice = LinkIn(await local.Mail.Source(digest), "/api/digests/");
        await Call(office, HttpMethod.Get, choice);
        Assert.Equal("weekly", (await Call(office, HttpMethod.Post, choice, content: new FormUrlEncodedContent([new("frequency", "weekly")]))).GetProperty("frequency").GetString());
        await Call(office, HttpMethod.Post, $"api/dossiers/{await Refused(api)}/inadmissibility", new { confirm = true });
        await local.Bus.WhenDrained();
    }

    private static async Task<string> Refused(HttpClient api)
    {
        api.DefaultRequestHeaders.Add(TestPrincipals.Header, TestPrincipals.Office);
        var files = Samples.Of("plateforme-trop-grande");
        var opened = await (await api.PostAsJsonAsync("api/campaigns/comite/dossiers", new { email = "trop@exemple.gouv.fr", files = files.Select(file => new { name = file.Name, bytes = file.Content.Length }) })).Content.ReadFromJsonAsync<JsonElement>();
        await Porteur.Put(opened, files);
        var dossier = opened.GetProperty("dossier").GetString()!;
        using var close = new HttpRequestMessage(HttpMethod.Post, $"api/dossiers/{dossier}/close") { Headers = { Authorization = new("Bearer", opened.GetProperty("token").GetString()) } };
        (await api.SendAsync(close)).EnsureSuccessStatusCode();
        await GuichetFixture.Until(
            async () => await (await api.GetAsync("api/campaigns/comite/dossiers?status=irrecevable-propose")).Content.ReadFromJsonAsync<JsonElement>(), list => list.GetProperty("dossiers").GetArrayLength() == 1);
        return dossier;
    }

    private static string LinkIn(string source, string path)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(source));
        var text = MimeKit.MimeMessage.Load(content).TextBody!;
        var at = text.IndexOf(path, StringComparison.Ordinal);
        at = path.Contains("dossiers", StringComparison.Ordinal) ? text.LastIndexOf(path, text.IndexOf("entry?link", StringComparison.Ordinal), StringComparison.Ordinal) : at;
        return text[(at + 1)..].Split((char[]?)null, 2)[0];
    }

    private static async Task<List<Azure.Data.Tables.TableEntity>> Rows(LocalEnvironment local, string table)
    {
        var rows = new List<Azure.Data.Tables.TableEntity>();
        await foreach (var row in new Azure.Data.Tables.TableClient(local.StorageConnection, table).QueryAsync<Azure.Data.Tables.TableEntity>())
        {
            rows.Add(row);
        }

        return rows;
    }
}
