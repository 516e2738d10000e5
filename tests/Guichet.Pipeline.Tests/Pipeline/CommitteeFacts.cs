using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Guichet.Local;
using Guichet.Local.Commands;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>A committee from the deposits to the complementary list, in an environment of its own: its clock runs over a month.</summary>
public sealed class CommitteeFacts
{
    [Fact]
    public async Task Twelve_dossiers_four_reviewers_and_an_envelope_for_seven_end_as_the_programme_says()
    {
        await using var local = await LocalEnvironment.Start(new LocalOptions { DueAllowance = TimeSpan.FromMinutes(10), TimersRun = false });
        using var run = new CommitteeRun(local);
        var calendar = await run.Run();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', calendar.Select(line => $"{line.At:yyyy-MM-dd HH:mm} {(line.Mail is null ? "" : $"→ {line.Mail} : ")}{line.What}")));

        await Reviews_are_shared_out_and_the_conflict_is_respected(run);
        Digests_are_one_a_day_on_working_days_and_tell_of_the_late_one(calendar);
        await Decisions_hold_the_envelope_and_the_list_moves_up(run);
        await Of_two_sessions_at_once_only_one_gets_what_is_left(local, run);
        Assert.Empty(await Rows(local, "Failures"));
        Assert.DoesNotContain(await Rows(local, "Dossiers"), row => row.RowKey.StartsWith("promise|", StringComparison.Ordinal));
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
        Assert.DoesNotContain(digests, line => line.Mail == CommitteeRun.EmailOf("agathe") && line.At > new DateTime(2024, 3, 19) && line.At < new DateTime(2024, 4, 8)); // nothing to say, no mail
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
    private static async Task Of_two_sessions_at_once_only_one_gets_what_is_left(LocalEnvironment local, CommitteeRun run)
    {
        using var api = new HttpClient { BaseAddress = local.ApiUri, DefaultRequestHeaders = { { TestPrincipals.Header, TestPrincipals.Office } } };
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
