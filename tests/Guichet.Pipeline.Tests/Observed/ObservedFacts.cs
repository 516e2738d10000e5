using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Guichet.Core;
using Guichet.Local;
using Guichet.Local.Mail;
using Guichet.Pipeline.Tests.Pipeline;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Observed;

/// <summary>What an operator sees of a run: the spans, metrics and logs that the built app exports.</summary>
public sealed partial class ObservedFacts
{
    /// <summary>What the sample dossiers say of people, and whoever deposits them.</summary>
    private static readonly string[] People = ["claire.vasseur", "Vasseur", "lucie.bertin", "Bertin", "benoit.lacroix", "Lacroix", "sophie.tanguy", "Tanguy", "deposante@", "99 00 12 34", "99 00 23 45"];

    /// <summary>What was given to porteurs and to nobody else.</summary>
    private readonly List<string> _secrets = [];

    [Fact]
    public async Task A_dossier_has_one_trace_from_its_upload_to_its_row_and_mail_and_nothing_told_names_a_person_or_tells_a_secret()
    {
        await using var receiver = new OtlpReceiver();
        using var data = new Folder();
        await using var local = await LocalEnvironment.Start(new LocalOptions
        {
            DataFolder = data.Path,
            TimersRun = false,
            ClockOffset = new DateTime(2024, 3, 13, 9, 0, 0, DateTimeKind.Utc) - DateTime.UtcNow,
            Settings = new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            },
        });
        local.Mail.Doors.Open(MailFault.Answer(451, "4.7.1 <deposante@exemple.gouv.fr> : revenez plus tard"));
        using var api = new HttpClient { BaseAddress = local.ApiUri };
        var complete = await Deposit(api, "aides-proactives", "instruction");
        var incomplete = await Deposit(api, "barometre-incomplet", "incomplet");
        var project = await TakeOver(api);
        await local.Bus.WhenDrained();
        await local.FireTimer("SendReminders");
        await using (var bus = new ServiceBusClient(local.BusConnection))
        {
            await bus.CreateSender("scoring").SendMessageAsync(new ServiceBusMessage("{}") { MessageId = "étranger" });
        }

        await local.Bus.WhenDrained();

        bool IsAll(string dossier, params string[] names) => names.All(name => receiver.Spans.Any(span => span.Name == name && span.Trace == TraceOf(dossier)));
        await Until(() => IsAll(complete, "CloseDeposit", "ReceivePiece", "EvaluateEligibility", "ScoreDossier", "AssignReviewers", "ProjectDossier", "SendMail", "step close", "step eligibility"), () => Names(receiver, complete));
        await Until(() => IsAll(incomplete, "EvaluateEligibility", "SendMail"), () => Names(receiver, incomplete));
        await Until(() => IsAll(project, "look reminders", "step remind", "SendMail"), () => Names(receiver, project));
        Assert.All(receiver.Spans.Where(span => span.Tags.ContainsKey(Telemetry.DossierTag)), span => Assert.Equal(TraceOf(span.Tags[Telemetry.DossierTag]), span.Trace));
        Assert.Contains(receiver.Spans, span => span.Name == "ScoreDossier" && span.Links > 0); // What the host knows of the same invocation.

        await Counted(receiver, "guichet.deposits", 2, ("campaign", "ftap-data"));
        await Counted(receiver, "guichet.mails", 4, ("outcome", "sent")); // Two receipts, a request to complete, a reminder.
        await Counted(receiver, "guichet.failures", 1, ("queue", "scoring"));
        await Counted(receiver, "guichet.tick.lateness", 1, ("timer", "reminder"));
        await Counted(receiver, "guichet.deposit.scored", 1, ("campaign", "ftap-data"));
        foreach (var stage in new[] { "eligibility", "scoring", "projection", "mail", "reception" })
        {
            await Until(() => receiver.Metrics.Values.Any(metric => metric.Name == "guichet.stage.latency" && metric.Tags["stage"] == stage && metric.Value > 0 && metric.Sum is > 0 and < 120), () => string.Join('\n', receiver.Metrics.Values));
        }

        await Until(() => receiver.Metrics.Values.Any(metric => metric.Name == "guichet.findings" && metric.Tags.ContainsKey("rule") && metric.Value > 0), () => string.Join('\n', receiver.Metrics.Keys));
        await Until(() => !receiver.Logs.IsEmpty, () => "no log came");
        var kept = await EveryRow(local);
        NamesNobody(receiver.Raw.Select(Encoding.UTF8.GetString));
        NamesNobody([await data.Log()]);
        Tells_no_secret([.. receiver.Raw.Select(Encoding.UTF8.GetString), await data.Log(), .. kept], [.. _secrets, .. await LinksIn(local)]);
        NamesNobody(await Rows(local, "Dossiers", "RowKey gt 'journal|' and RowKey lt 'journal~'"));
        NamesNobody(await Rows(local, "Due", ""));
        NamesNobody(await Rows(local, "Failures", ""));
        Assert.All(People, person => Assert.Contains(kept, text => text.Contains(person, StringComparison.OrdinalIgnoreCase))); // Or nothing above shows anything.
    }

    /// <summary>Tokens and signatures of addresses, that of the links in letters included: whoever reads what is told or kept gets in nowhere.</summary>
    private static void Tells_no_secret(List<string> texts, List<string> secrets)
    {
        Assert.True(secrets.Count > 8, $"{secrets.Count} secrets");
        Assert.All(secrets, secret => Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal) || text.Contains(Uri.UnescapeDataString(secret), StringComparison.Ordinal)));
    }

    private static async Task<List<string>> LinksIn(LocalEnvironment local)
    {
        var sources = await Task.WhenAll((await local.Mail.Messages()).Select(mail => local.Mail.Source(mail)));
        var links = sources.SelectMany(source => LinkToken().Matches(source.Replace("=\r\n", "", StringComparison.Ordinal)).Select(match => match.Groups[1].Value)).Distinct().ToList();
        Assert.True(links.Count > 2, $"{links.Count} links");
        return links;
    }

    private static async Task<List<string>> EveryRow(LocalEnvironment local)
    {
        var rows = new List<string>();
        foreach (var (connection, tables) in new[] { (local.StorageConnection, StorageNames.Tables), (local.OfficeConnection, StorageNames.OfficeTables) })
        {
            foreach (var table in tables)
            {
                await foreach (var row in new TableClient(connection, table).QueryAsync<TableEntity>())
                {
                    rows.Add($"{table} {string.Join('\n', row.Select(property => $"{property.Key}: {(property.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : property.Value)}"))}");
                }
            }
        }

        return rows;
    }

    [GeneratedRegex(@"[?&]link=(?:3D)?([\w-]{20,})")]
    private static partial Regex LinkToken();

    private static void NamesNobody(IEnumerable<string> texts)
    {
        var read = texts.ToList();
        Assert.NotEmpty(read);
        Assert.All(read, text => Assert.All(People, person => Assert.DoesNotContain(person, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<List<string>> Rows(LocalEnvironment local, string table, string filter)
    {
        var rows = new List<string>();
        await foreach (var row in new TableClient(local.StorageConnection, table).QueryAsync<TableEntity>(filter))
        {
            rows.Add(string.Join('\n', row.Select(property => $"{property.Key}: {property.Value}")));
        }

        return rows;
    }

    /// <summary>Where the environment keeps what it does and says.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("guichet-observed-").FullName;

        public async Task<string> Log()
        {
            await using var file = new FileStream(System.IO.Path.Combine(Path, "guichet.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            var said = await reader.ReadToEndAsync();
            Assert.Contains("revenez plus tard", said, StringComparison.Ordinal); // It is the log in which a mail server's words are.
            return said;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private async Task<string> Deposit(HttpClient api, string sample, string status)
    {
        var files = Samples.Of(sample);
        var opened = await (await api.PostAsJsonAsync("api/campaigns/ftap-data/dossiers", new { email = "deposante@exemple.gouv.fr", files = files.Select(file => new { name = file.Name, bytes = file.Content.Length }) })).Content.ReadFromJsonAsync<JsonElement>();
        var (dossier, token) = (opened.GetProperty("dossier").GetString()!, opened.GetProperty("token").GetString()!);
        _secrets.Add(token);
        _secrets.AddRange(opened.GetProperty("slots").EnumerateArray().Select(slot => HttpUtility.ParseQueryString(new Uri(slot.GetProperty("url").GetString()!).Query)["sig"]!));
        await Porteur.Put(opened, files);
        async Task<JsonElement> Ask(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            return await (await api.SendAsync(request)).Content.ReadFromJsonAsync<JsonElement>();
        }

        await Ask(HttpMethod.Post, $"api/dossiers/{dossier}/close");
        await GuichetFixture.Until(() => Ask(HttpMethod.Get, $"api/dossiers/{dossier}"), state => state.GetProperty("status").GetString() == status, TimeSpan.FromMinutes(2));
        return dossier;
    }

    private static async Task<string> TakeOver(HttpClient api)
    {
        var project = await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "local", "samples", "projects", "suivi-open-data.json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/campaigns/ftap-data/projects") { Content = new StringContent(project, Encoding.UTF8, "application/json"), Headers = { { TestPrincipals.Header, TestPrincipals.Office } } };
        return (await (await api.SendAsync(request)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("dossier").GetString()!;
    }

    private static string TraceOf(string dossier) => Telemetry.TraceOf(DossierId.Parse(dossier)).TraceId.ToHexString();

    private static string Names(OtlpReceiver receiver, string dossier) => string.Join(", ", receiver.Spans.Where(span => span.Trace == TraceOf(dossier)).Select(span => span.Name).Distinct());

    private static Task Counted(OtlpReceiver receiver, string name, double value, (string Tag, string Value) of) => Until(
        () => receiver.Metrics.Values.Any(metric => metric.Name == name && metric.Tags.GetValueOrDefault(of.Tag) == of.Value && metric.Value == value),
        () => string.Join('\n', receiver.Metrics.Values.Select(metric => $"{metric.Name} {string.Join(' ', metric.Tags)} {metric.Value}")));

    /// <summary>Exports come at their own pace.</summary>
    private static async Task Until(Func<bool> holds, Func<string> otherwise)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!holds())
        {
            try
            {
                await pace.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Did not come about: {otherwise()}");
            }
        }
    }
}
