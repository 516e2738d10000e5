using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Guichet.Core;
using Guichet.Local;
using Guichet.Local.Proxy;

namespace Guichet.Benchmarks.FollowUp;

/// <summary>
/// What a tick over the reminders costs in storage operations, with a thousand funded projects and with a hundred thousand, a hundred of them due each time:
/// it should cost by what is due. Counted by the proxy, mails included; there is no clock in it.
/// </summary>
internal static class TickCosts
{
    private const int Due = 100;
    private const string Campaign = "ftap-data";

    /// <summary>How long a hint is kept after it has served, and more: the app's time jumps by it from one environment to the next.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    private static readonly DateTime Started = DateTime.UtcNow;
    private static int environments;

    public static async Task Print()
    {
        var folder = Directory.CreateTempSubdirectory("guichet-ticks-");
        try
        {
            var (few, many) = (1_000, 100_000);
            var asleep = "";
            await With(folder, _ => { }, async (local, api) =>
            {
                asleep = await TakeOver(api, 0, "2024-02-08"); // Its first reminder is in July.
                await local.Bus.WhenDrained();
            });
            var (small, large) = (0, 0);
            await With(folder, azurite => Multiply(azurite, asleep, 1, few - Due), async (local, api) => small = await Tick(local, api, few));
            await With(folder, azurite => Multiply(azurite, asleep, few - Due, many - (2 * Due)), async (local, api) => large = await Tick(local, api, many));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{many:N0} projects cost {(double)large / small:F3} times what {few:N0} do"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task With(DirectoryInfo folder, Action<string> before, Func<LocalEnvironment, HttpClient, Task> run)
    {
        before(Path.Combine(folder.FullName, "azurite"));
        await using var local = await LocalEnvironment.Start(new LocalOptions
        {
            ClockOffset = new DateTime(2024, 3, 13, 9, 0, 0, DateTimeKind.Utc) - Started + (environments++ * Apart),
            DueAllowance = TimeSpan.FromHours(10),
            TimersRun = false,
            DataFolder = folder.FullName,
        });
        using var api = new HttpClient { BaseAddress = local.ApiUri, Timeout = TimeSpan.FromMinutes(10), DefaultRequestHeaders = { { TestPrincipals.Header, TestPrincipals.Office } } };
        await run(local, api);
    }

    private static async Task<int> Tick(LocalEnvironment local, HttpClient api, int projects)
    {
        await local.FireTimer("SendReminders"); // Drops the hints that the tick before has served.
        for (var number = 0; number < Due; number++)
        {
            await TakeOver(api, projects + number, "2023-10-08"); // Due on 8 April 2024, and so to be reminded of since Monday 11 March.
        }

        await local.Bus.WhenDrained();
        local.Proxy.Counts.Reset();
        await local.FireTimer("SendReminders");
        await local.Bus.WhenDrained();
        var sent = (await local.Mail.Messages()).Count;
        Console.WriteLine($"{projects} projects, {Due} due: {local.Proxy.Counts.OfApp} operations, {sent} mails so far");
        foreach (var (call, count) in local.Proxy.Counts.All.Where(one => one.Key.Caller is StorageCaller.App).OrderByDescending(one => one.Value))
        {
            Console.WriteLine($"  {count,6}  {call.Operation} {call.Resource}");
        }

        return local.Proxy.Counts.OfApp;
    }

    private static async Task<string> TakeOver(HttpClient api, int number, string signedOn)
    {
        var project = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "local", "samples", "projects", "suivi-open-data.json")))!.AsObject();
        project["signedOn"] = signedOn;
        project["endsOn"] = "2025-08-08";
        project["contact"]!["email"] = $"contact{number}@exemple.gouv.fr";
        using var answer = await api.PostAsync($"api/campaigns/{Campaign}/projects", new StringContent(project.ToJsonString(), Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["dossier"]!.GetValue<string>();
    }

    /// <summary>
    /// Makes of one project, of which nothing is due, many: its head and its hints, in the emulator's own file, for to insert them one by one takes it
    /// an hour. Their other rows, and what their heads say, are read by nobody who does not open them.
    /// </summary>
    private static void Multiply(string azurite, string dossier, int from, int to)
    {
        var file = Path.Combine(azurite, "__azurite_db_table__.json");
        var database = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var table in new[] { "guichet$Dossiers", "guichet$Due" })
        {
            var collection = database["collections"]!.AsArray().Single(one => (string)one!["name"]! == table)!;
            var (rows, last) = (collection["data"]!.AsArray(), (int)collection["maxId"]!);
            var patterns = rows.Where(row => table.EndsWith("Due", StringComparison.Ordinal)
                    ? (string)row!["PartitionKey"]! == "reminder" && (string)row["properties"]!["Subject"]! == dossier
                    : (string)row!["PartitionKey"]! == dossier && (string)row["RowKey"]! == "head")
                .Select(row => WithoutContent(row!).ToJsonString()).ToList();
            foreach (var number in Enumerable.Range(from, to - from))
            {
                var id = DossierId.FromRandom(SHA256.HashData(BitConverter.GetBytes(number))).ToString();
                foreach (var pattern in patterns)
                {
                    var row = JsonNode.Parse(pattern.Replace(dossier, id, StringComparison.Ordinal))!;
                    row["$loki"] = ++last;
                    rows.Add(row);
                }
            }

            (collection["maxId"], collection["idIndex"]) = (last, null); // Made anew as the file is read.
            foreach (var (column, index) in collection["binaryIndices"]!.AsObject())
            {
                index!["values"] = new JsonArray([.. rows.Index().OrderBy(row => (string)row.Item![column]!, StringComparer.Ordinal).Select(row => (JsonNode)row.Index)]);
            }
        }

        File.WriteAllText(file, database.ToJsonString());
    }

    private static JsonNode WithoutContent(JsonNode row)
    {
        var copy = row.DeepClone();
        if (copy["properties"]!.AsObject().ContainsKey("Json"))
        {
            copy["properties"]!["Json"] = "{}";
        }

        return copy;
    }
}
