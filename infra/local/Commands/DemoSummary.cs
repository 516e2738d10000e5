using System.Globalization;
using Azure.Data.Tables;
using Spectre.Console;

namespace Guichet.Local.Commands;

/// <summary>What came of it: the office's table, the mails, and where to look further.</summary>
internal static class DemoSummary
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private const int LongestFinding = 160;

    public static async Task Show(LocalEnvironment local, IReadOnlyList<SampleEnd> ended, CancellationToken cancellation)
    {
        await ShowDossiers(local.OfficeConnection, cancellation);
        await ShowMails(local, cancellation);
        ShowAddresses(local);
        ShowDifferences(ended);
    }

    /// <summary>0 when every sample ended as it says it would.</summary>
    public static int Verdict(IReadOnlyList<SampleEnd> ended) => ended.All(end => end.IsAsExpected) ? 0 : 1;

    private static async Task ShowDossiers(string officeConnection, CancellationToken cancellation)
    {
        Say.Title("Les dossiers, tels que le bureau les lit (table TableauDossiers)");
        var rows = new List<string[]>();
        await foreach (var row in new TableClient(officeConnection, "TableauDossiers").QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            rows.Add([
                row.RowKey,
                row.GetString("Titre") ?? "",
                row.GetString("Statut") ?? "",
                row.GetDouble("MontantDemande")?.ToString("C0", French) ?? "–",
                Score(row),
                Short(row.GetString("Constats") ?? ""),
            ]);
        }

        ShowTable(["Numéro", "Titre", "Statut", "Demandé", "Pré-notation", "Constats"], rows, separated: true);
    }

    private static async Task ShowMails(LocalEnvironment local, CancellationToken cancellation)
    {
        var mails = await local.Mail.Messages(cancellation);
        Say.Title($"Les courriels partis ({mails.Count})");
        ShowTable(["À", "Objet"], [.. mails.Select(mail => (string[])[string.Join(", ", mail.To), mail.Subject])]);
    }

    private static void ShowAddresses(LocalEnvironment local)
    {
        Say.Title("Où regarder");
        Say.Line($"  Courriels            {local.Mail.Page}");
        Say.Line($"  API                  {new Uri(local.ApiUri, "api/health")}");
        Say.Line($"  Se présenter         {new Uri(local.ApiUri, "principals")} dans un navigateur, ou l’en-tête {TestPrincipals.Header} : {TestPrincipals.Office}, {TestPrincipals.Operator}, ou l’adresse d’un instructeur");
        Say.Line($"  Journal              {RepositoryFolder.Path("infra", "local", ".guichet", "demo", "guichet.log")}");
        Say.Line("  Stockage, pour Storage Explorer (« chaîne de connexion ») :");
        Say.Line($"    guichet            {local.StorageConnection}");
        Say.Line($"    office             {local.OfficeConnection}");
        Say.Line();
    }

    private static void ShowDifferences(IReadOnlyList<SampleEnd> ended)
    {
        foreach (var end in ended.Where(end => !end.IsAsExpected))
        {
            Say.Line($"{end.Sample.Name} : on attendait « {end.Sample.Expected.Status} », on a « {end.State?.Status ?? "rien"} »{(end.Problem is null ? "" : $" ({end.Problem})")}.");
        }
    }

    // Somebody who pipes the output wants whole lines, not a box cut to the width of no terminal.
    private static void ShowTable(string[] columns, IReadOnlyList<string[]> rows, bool separated = false)
    {
        if (!Say.IsLive)
        {
            foreach (var row in rows)
            {
                Say.Line($"  {string.Join(" | ", row)}");
            }

            return;
        }

        var table = new Table { Border = TableBorder.Rounded, Expand = true, ShowRowSeparators = separated };
        table.AddColumns(columns);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
        }

        AnsiConsole.Write(table);
    }

    private static string Score(TableEntity row) =>
        row.GetDouble("PreNotation") is { } score ? $"{score.ToString("0.#", French)}{(row.GetDouble("PreNotationSur") is { } of ? $" / {of.ToString("0.#", French)}" : "")}" : "–";

    private static string Short(string findings) => findings.Length <= LongestFinding ? findings : $"{findings[..LongestFinding]}…";
}
