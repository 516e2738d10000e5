using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;

namespace Guichet.Local.Trials;

/// <summary>
/// How a scenario ended, line by line and without what differs from run to run (numbers, instants, who was drawn): the journals, what is computed again, the
/// office's tables, the envelope, every mail, what failed.
/// </summary>
internal static partial class TrialEnd
{
    private static readonly string[] Volatile = ["odata.etag", "Timestamp", "PartitionKey", "RowKey", "Instructeurs"];

    /// <summary>Reads it.</summary>
    /// <param name="isWhole">Whether it got to its end; else the office has decided nothing that could be asked for.</param>
    /// <param name="mailsTwice">Whether copies of a mail that have its Message-ID count for one.</param>
    public static async Task<IReadOnlyList<string>> Of(LocalEnvironment local, ThreeFates scenario, string campaign, bool mailsTwice, bool isWhole)
    {
        var lines = new List<string>();
        foreach (var (fate, dossier) in scenario.Dossiers)
        {
            await foreach (var row in Rows(local.StorageConnection, "Dossiers", $"PartitionKey eq '{dossier}'"))
            {
                lines.Add(row.RowKey.StartsWith("journal|", StringComparison.Ordinal) ? $"{fate} journal {Journal(row.GetString("Json"))}"
                    : row.RowKey.StartsWith("promise|", StringComparison.Ordinal) ? $"{fate} promesse {row.RowKey}"
                    : $"{fate} ligne {Kind(row.RowKey)}");
            }

            foreach (var table in new[] { "TableauDossiers", "TableauSuivi", "TableauIndicateurs" })
            {
                await foreach (var row in Rows(local.OfficeConnection, table, $"PartitionKey eq '{campaign}' and RowKey ge '{dossier}' and RowKey lt '{dossier}~'"))
                {
                    lines.AddRange(row.Where(column => !Volatile.Contains(column.Key)).Select(column => $"{fate} {table} {row.RowKey.Replace(dossier, "", StringComparison.Ordinal)} {column.Key} = {Text(column.Value)}"));
                }
            }

            await foreach (var row in Rows(local.StorageConnection, "Failures", $"Dossier eq '{dossier}'"))
            {
                lines.Add($"{fate} échec {row.PartitionKey} {row.GetString("Reason")}");
            }
        }

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
        lines.AddRange(await Mails(local, campaign, mailsTwice));
        return [.. lines.Select(line => Masked(line, scenario.Dossiers, campaign)).Order(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string>> Mails(LocalEnvironment local, string campaign, bool mailsTwice)
    {
        var mails = new List<(string Line, string Id)>();
        foreach (var mail in (await local.Mail.Messages()).Where(mail => mail.To.Any(to => to.EndsWith($"@{campaign}.exemple.gouv.fr", StringComparison.Ordinal))))
        {
            var id = MessageId().Match(await local.Mail.Source(mail)).Groups[1].Value;
            mails.Add(($"courriel à {string.Join(", ", mail.To)} : {mail.Subject}", id));
        }

        await foreach (var row in Rows(local.StorageConnection, "Mails", null))
        {
            if (Uri.UnescapeDataString(row.PartitionKey).EndsWith($"@{campaign}.exemple.gouv.fr", StringComparison.Ordinal))
            {
                mails.Add(($"courriel {row.GetString("State")} {Uri.UnescapeDataString(row.PartitionKey)} {row.GetString("Kind")} {row.GetString("Objet")}", $"{row.PartitionKey}|{row.RowKey}"));
            }
        }

        return (mailsTwice ? mails.DistinctBy(mail => mail.Id) : mails).Select(mail => mail.Line);
    }

    private static string Journal(string json)
    {
        var entry = JsonDocument.Parse(json).RootElement;
        return $"{entry.GetProperty("operation")} {(entry.TryGetProperty("from", out var from) ? from : "")} → {entry.GetProperty("to")} par {entry.GetProperty("actor")}";
    }

    private static string Kind(string key) => key.Split('|') is ["piece", ..] ? "piece" : key;

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

    [GeneratedRegex(@"^Message-I[dD]: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex MessageId();
}
