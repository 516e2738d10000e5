using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Guichet.Local;
using Guichet.Local.Commands;
using Guichet.Pipeline.Tests.Api;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>What follows the awards: seven projects, five of them on time, one late, one silent.</summary>
public sealed partial class CampaignFacts
{
    private static void Reminders_leave_once_on_working_days_until_the_report(IReadOnlyList<CalendarLine> calendar, FollowUpRun run)
    {
        var late = FollowUpRun.ContactOf(FollowUpRun.Late);
        string[] Days(string to, string what) => [.. calendar.Where(line => line.Mail == to && line.What.Contains(what, StringComparison.Ordinal)).Select(line => line.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];

        // Due on 6 May 2025: 6 April is a Sunday; the report comes on 15 June, after the escalation of 5 June.
        Assert.Equal(["2025-04-07", "2025-04-29", "2025-05-07", "2025-05-21", "2025-06-05"], Days(late, "n° 2 attendu"));
        Assert.Equal(["2025-06-05"], Days(FollowUpRun.SponsorOf(FollowUpRun.Late), "n° 2 non parvenu"));
        Assert.Equal(["2025-06-15"], Days(late, "n° 2, bien reçu"));

        // The others give theirs twelve days before: one reminder each, on the first working day from thirty days before. Easter Monday of 2026 is one of these.
        foreach (var project in Enumerable.Range(0, CommitteeRun.Laureates).Except([FollowUpRun.Silent, FollowUpRun.Late]))
        {
            Assert.Equal(["2024-10-07", "2025-04-07", "2025-10-07", "2026-04-07", "2026-09-07"], Days(FollowUpRun.ContactOf(project), "attendu le"));
        }

        // The silent one gets every reminder of its first report, and none after it was stopped.
        Assert.Equal(["2024-10-07", "2024-10-30", "2024-11-07", "2024-11-21", "2024-12-06"], Days(FollowUpRun.ContactOf(FollowUpRun.Silent), "attendu"));
        Assert.DoesNotContain(calendar, line => line.Mail == FollowUpRun.ContactOf(FollowUpRun.Silent) && line.At > new DateTime(2025, 1, 6));
        var escalated = calendar.Where(line => line.Mail == "guichet-donnees@exemple.gouv.fr" && line.What.Contains("non parvenu", StringComparison.Ordinal)).ToList();
        Assert.All(run.Projects.Index(), one => Assert.Equal(one.Index is FollowUpRun.Late or FollowUpRun.Silent ? 1 : 0, escalated.Count(line => line.What.Contains(one.Item, StringComparison.Ordinal))));
        var sent = calendar.Where(line => line.Mail is not null && line.At > new DateTime(2024, 4, 20)).ToList();
        Assert.Equal(sent.Count, sent.DistinctBy(line => (line.Mail, line.What, line.At.Date)).Count());
        Assert.Single(Days(FollowUpRun.ContactOf(FollowUpRun.Unreadable), "un fichier n’a pas pu être lu"));
    }

    private static async Task Every_project_is_closed_and_every_tranche_as_it_should_be(FollowUpRun run)
    {
        Assert.Equal(CommitteeRun.Laureates, run.Projects.Count);
        for (var project = 0; project < run.Projects.Count; project++)
        {
            var state = await run.Project(project);
            var tranches = state.GetProperty("tranches").EnumerateArray().ToList();
            var isSilent = project == FollowUpRun.Silent;
            Assert.Equal(("clos", isSilent ? "arrete" : "acheve"), (state.GetProperty("status").GetString(), state.GetProperty("closure").GetProperty("outcome").GetString()));
            Assert.Equal(280_000m, tranches.Sum(tranche => tranche.GetProperty("amount").GetDecimal()));
            Assert.Equal(isSilent ? 56_000m : 280_000m, state.GetProperty("paid").GetDecimal());
            Assert.Equal(state.GetProperty("paid").GetDecimal(), state.GetProperty("committed").GetDecimal());
            Assert.All(tranches, tranche => Assert.Equal(tranche.GetProperty("state").GetString() == "versée", tranche.GetProperty("approvals").EnumerateArray().Select(one => one.GetProperty("by").GetString()).Distinct().Count() == 2));
            Assert.Equal(
                project == FollowUpRun.Late ? ["2024-11-06", "2025-05-06", "2025-11-06", "2026-05-06", "2026-11-06", "2027-04-06"] : ["2024-11-06", "2025-05-06", "2025-11-06", "2026-05-06", "2026-10-06"],
                state.GetProperty("milestones").EnumerateArray().Select(milestone => milestone.GetProperty("due").GetString()));
        }

        var amended = (await run.Project(FollowUpRun.Amended)).GetProperty("agreement");
        var target = amended.GetProperty("amendments")[0].GetProperty("targets")[0];
        Assert.Equal(target.GetProperty("before").GetDecimal() * 0.9m, target.GetProperty("after").GetDecimal());
        Assert.Equal(target.GetProperty("after").GetDecimal(), amended.GetProperty("indicators")[0].GetProperty("target").GetDecimal());

        // Read from the workbook, with its place.
        var first = (await run.Project(FollowUpRun.Unreadable)).GetProperty("milestones")[0];
        Assert.Equal(["bilan.xls", "bilan 1 définitif.xlsx"], first.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.All(first.GetProperty("indicators").EnumerateArray(), indicator => Assert.StartsWith("feuille Bilan, H", indicator.GetProperty("source").GetProperty("place").GetString(), StringComparison.Ordinal));
        Assert.Empty(first.GetProperty("questions").EnumerateArray());
        Assert.Equal(50_000m, (await run.Project(FollowUpRun.Amended)).GetProperty("savingsRealised").GetDecimal());
    }

    private static async Task The_office_reads_all_of_it_in_its_tables(LocalEnvironment local, FollowUpRun run)
    {
        await local.Bus.WhenDrained();
        async Task<List<TableEntity>> Of(string table, int project)
        {
            var rows = new List<TableEntity>();
            await foreach (var row in new TableClient(local.OfficeConnection, table).QueryAsync<TableEntity>(row => row.PartitionKey == CommitteeRun.Campaign))
            {
                rows.Add(row);
            }

            return [.. rows.Where(row => row.RowKey.StartsWith(run.Projects[project], StringComparison.Ordinal))];
        }

        var dossier = Assert.Single(await Of("TableauDossiers", FollowUpRun.Late));
        Assert.Equal((280_000d, 280_000d, "achevé", "Clos"), (dossier.GetDouble("MontantEngage"), dossier.GetDouble("MontantVerse"), dossier.GetString("Cloture"), dossier.GetString("Statut")));
        var followed = await Of("TableauSuivi", FollowUpRun.Late);
        Assert.Equal(7, followed.Count); // The signature and six reports.
        Assert.Equal(280_000d, followed.Sum(row => row.GetDouble("Montant") ?? 0));
        Assert.Equal(40d, followed.Single(row => row.RowKey.EndsWith("|02", StringComparison.Ordinal)).GetDouble("JoursDeRetard"));
        var measured = await Of("TableauIndicateurs", FollowUpRun.Late);
        Assert.All(measured.GroupBy(row => row.GetString("Indicateur")), indicator => Assert.Equal(1 + 6, indicator.Count()));
        Assert.All(measured.GroupBy(row => row.GetString("Indicateur")), indicator => Assert.Equal(indicator.OrderBy(row => row.RowKey, StringComparer.Ordinal).Select(row => row.GetDouble("Progression")), indicator.Select(row => row.GetDouble("Progression")).Order()));
        Assert.All(measured.Where(row => row.RowKey.EndsWith("|06", StringComparison.Ordinal)), row => Assert.Equal(1d, row.GetDouble("Progression")!.Value, 0.01));
    }

    /// <summary>What the contact does with a reminder: follows its link, is shown the page, sends a file from it.</summary>
    private static async Task A_reminder_brings_a_workbook_and_a_link_to_send_it_by(LocalEnvironment local, ApiContract contract)
    {
        // The last project is stopped by now; its link still opens the page, and a report is still taken: it is kept and stops nothing.
        using var api = new HttpClient(contract, disposeHandler: false) { BaseAddress = local.ApiUri };
        var mails = (await local.Mail.Messages()).Where(mail => mail.To.Contains(FollowUpRun.ContactOf(FollowUpRun.Late))).ToList();
        using var source = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(await local.Mail.Source(mails.Last(mail => mail.Subject.Contains("bilan final attendu", StringComparison.Ordinal)))));
        var mail = await MimeKit.MimeMessage.LoadAsync(source);
        var attachment = Assert.IsType<MimeKit.MimePart>(Assert.Single(mail.Attachments));
        Assert.Matches(@"^bilan-\w{12}-2027-04-06\.xlsx$", attachment.FileName);

        var link = LinkPattern().Match(mail.TextBody!).Value;
        using var entry = await api.GetAsync(link);
        Assert.Equal(HttpStatusCode.Redirect, entry.StatusCode);
        var page = entry.Headers.Location!.ToString();
        Assert.EndsWith("/milestones/6", page, StringComparison.Ordinal);
        var cookie = entry.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var open = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Cookie", cookie }, { "Accept", "text/html" } } };
        using var shown = await api.SendAsync(open);
        var html = await shown.Content.ReadAsStringAsync();
        Assert.Contains("script-src 'sha256-", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var token = TokenPattern().Match(html).Groups[1].Value;

        using var ask = new HttpRequestMessage(HttpMethod.Post, $"{page}/slots") { Content = JsonContent.Create(new { files = new[] { new { name = "annexe.csv", bytes = 20 } } }), Headers = { Authorization = new("Bearer", token) } };
        using var given = await api.SendAsync(ask);
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);

        // A browser asks storage first whether a page of the app may write there.
        var address = (await given.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("slots")[0].GetProperty("url").GetString();
        using var plain = new HttpClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, address)
        {
            Headers = { { "Origin", local.ApiUri.GetLeftPart(UriPartial.Authority) }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "x-ms-blob-type,x-ms-meta-name" } },
        };
        using var allowed = await plain.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);

        // A cookie alone changes nothing: another site could have made the browser send it.
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"{page}/slots") { Content = JsonContent.Create(new { files = new[] { new { name = "annexe.csv", bytes = 20 } } }), Headers = { { "Cookie", cookie } } };
        using var refused = await api.SendAsync(forged);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [GeneratedRegex(@"http\S+entry\?link=\S+milestone=\d+")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("data-token=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();
}
