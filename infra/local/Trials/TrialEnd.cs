using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guichet.Local.Backup;
using Guichet.Local.Commands;

namespace Guichet.Local.Trials;

/// <summary>
/// How a scenario ended, line by line and without what differs from run to run (numbers, instants, who was drawn): every row of the dossiers, their journals in
/// order, their files, what is computed again, the office's tables, the envelope, every mail, what failed.
/// </summary>
internal static partial class TrialEnd
{
    /// <summary>How often a reader was started is none of the end: a worker that was killed had begun.</summary>
    private static readonly string[] VolatileMembers = ["eTag", "attempts"];

    /// <summary>Slots stand in the order in which their files came, which is told by the app's clock: that jumped on while one of them was read again.</summary>
    private const string Unordered = ".slots";

    private static readonly string[] Volatile = ["odata.etag", "Timestamp", "PartitionKey", "RowKey", "Instructeurs"];

    /// <summary>Reads it.</summary>
    /// <param name="isWhole">Whether it got to its end; else the office has decided nothing that could be asked for.</param>
    /// <param name="mails">What left.</param>
    public static async Task<IReadOnlyList<string>> Of(LocalEnvironment local, ThreeFates scenario, string campaign, TrialMails mails, bool isWhole)
    {
        var lines = new List<string>();
        var texts = new BlobContainerClient(local.StorageConnection, "texts");
        foreach (var (fate, dossier) in scenario.Dossiers)
        {
            var entry = 0;
            await foreach (var row in Rows(local.StorageConnection, "Dossiers", $"PartitionKey eq '{dossier}'"))
            {
                lines.AddRange(row.RowKey.StartsWith("journal|", StringComparison.Ordinal) ? [$"{fate} journal {++entry} {Journal(row.GetString("Json"))}"]
                    : row.RowKey.StartsWith("promise|", StringComparison.Ordinal) ? [$"{fate} promesse {row.RowKey}"]
                    : Values($"{fate} ligne {row.RowKey} ", JsonDocument.Parse(await StoredJson.Of(row, texts)).RootElement));
            }

            await foreach (var file in FilesOf(local, campaign, dossier))
            {
                lines.Add($"{fate} fichier {file}");
            }

            foreach (var table in new[] { "TableauDossiers", "TableauSuivi", "TableauIndicateurs" })
            {
                await foreach (var row in Rows(local.OfficeConnection, table, $"PartitionKey eq '{campaign}' and RowKey ge '{dossier}' and RowKey lt '{dossier}~'"))
                {
                    lines.AddRange(row.Where(column => !Volatile.Contains(column.Key)).Select(column => $"{fate} {table} {row.RowKey.Replace(dossier, "", StringComparison.Ordinal)} {column.Key} = {Text(column.Value)}"));
                }
            }
        }

        await foreach (var row in Rows(local.StorageConnection, "Failures", null))
        {
            if (scenario.Dossiers.Values.Append($"{campaign}/").Any($"{row.RowKey} {row.GetString("Body")}".Contains))
            {
                lines.Add($"échec {row.PartitionKey} {row.GetString("Dossier")} {row.GetString("Reason")}");
            }
        }

        var broken = (await JournalCheck.Run(StoredAccounts.Open(local.StorageConnection, local.OfficeConnection))).Broken.Select(one => one.Dossier);
        lines.AddRange(scenario.Dossiers.Where(one => broken.Contains(one.Value)).Select(one => $"{one.Key} journal qui ne se suit pas"));

        if (!isWhole)
        {
            return [.. lines.Select(line => Masked(line, scenario.Dossiers, campaign)).Order(StringComparer.Ordinal)];
        }

        foreach (var fate in scenario.Dossiers.Keys)
        {
            lines.Add($"{fate} recalcul {await scenario.DifferencesOf(fate)}");
        }

        var session = await scenario.Committee();
        lines.Add($"séance {session.GetProperty("state")} {session.GetProperty("held")}");
        lines.AddRange((await mails.Counted()).Select(mail => mail.Line));
        await foreach (var row in Rows(local.StorageConnection, "Mails", null))
        {
            if (Uri.UnescapeDataString(row.PartitionKey).EndsWith($"@{campaign}.exemple.gouv.fr", StringComparison.Ordinal))
            {
                lines.Add($"courriel {row.GetString("State")} {Uri.UnescapeDataString(row.PartitionKey)} {row.GetString("Kind")} {row.GetString("Objet")}");
            }
        }

        return [.. lines.Select(line => Masked(line, scenario.Dossiers, campaign)).Order(StringComparer.Ordinal)];
    }

    private static async IAsyncEnumerable<string> FilesOf(LocalEnvironment local, string campaign, string dossier)
    {
        foreach (var (container, prefix) in new[] { ("deposits", $"{campaign}/{dossier}/"), ("reports", $"{campaign}/{dossier}/"), ("pieces", $"{dossier}/") })
        {
            await foreach (var file in new BlobContainerClient(local.StorageConnection, container).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default))
            {
                yield return $"{container}/{file.Name} {file.Properties.ContentLength}";
            }
        }
    }

    /// <summary>What a row says, a line a value.</summary>
    private static IEnumerable<string> Values(string path, JsonElement said) => said.ValueKind switch
    {
        JsonValueKind.Object => said.EnumerateObject().Where(member => !VolatileMembers.Contains(member.Name)).SelectMany(member => Values($"{path}.{member.Name}", member.Value)),
        JsonValueKind.Array => said.EnumerateArray().SelectMany((item, place) => Values(path.EndsWith(Unordered, StringComparison.Ordinal) ? path : string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]"), item)),
        _ => [$"{path} = {Instants().Replace(said.ToString(), "<instant>")}"],
    };

    private static string Journal(string json)
    {
        var entry = JsonDocument.Parse(json).RootElement;
        return $"{entry.GetProperty("operation")} {(entry.TryGetProperty("from", out var from) ? from : "")} → {entry.GetProperty("to")} par {entry.GetProperty("actor")}";
    }

    private static string Text(object? value) => value switch
    {
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static string Masked(string line, IReadOnlyDictionary<string, string> dossiers, string campaign)
    {
        foreach (var (fate, dossier) in dossiers)
        {
            line = line.Replace(dossier, $"<{fate}>", StringComparison.Ordinal);
        }

        return Slot().Replace(line.Replace(campaign, "<guichet>", StringComparison.Ordinal), "<place>");
    }

    private static Azure.AsyncPageable<TableEntity> Rows(string connection, string table, string? filter) => new TableClient(connection, table).QueryAsync<TableEntity>(filter);

    [GeneratedRegex("[0-9a-f]{16,64}")]
    private static partial Regex Slot();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z|\b\d{1,2}\sh\s\d\d\b")]
    private static partial Regex Instants();
}
