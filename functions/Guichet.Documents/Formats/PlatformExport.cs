using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>
/// The spreadsheet export of démarche.numerique: a row a dossier, a column a <i>champ</i>, a sheet a repeated block. Columns change with each
/// revision of the form, so they are known by their headers alone.
/// </summary>
internal static partial class PlatformExport
{
    private static readonly string[] Marks = ["etatdudossier", "deposele", "dernieremiseajourle", "passeeninstructionle", "traitele", "aarchiver", "groupeinstructeur"];

    private static readonly Dictionary<string, Field> Known = new()
    {
        ["etablissementsiret"] = Fields.ApplicantSiret,
        ["entrepriseraisonsociale"] = Fields.ApplicantName,
        ["entrepriseformejuridiquecode"] = Fields.ApplicantLegalCategory,
        ["email"] = Fields.ContactEmail,
    };

    /// <summary>The dossier that a spreadsheet exports, as labels and answers; the spreadsheet itself where it is no export.</summary>
    /// <exception cref="UnreadableFile">Several dossiers: which one is deposited cannot be told.</exception>
    public static DocumentModel Of(DocumentModel sheets)
    {
        var tables = sheets.Blocks.OfType<Table>().ToList();
        if (tables.FirstOrDefault(IsDossiers) is not { } dossiers)
        {
            return sheets;
        }

        return dossiers.Rows.Length switch
        {
            1 => throw new UnreadableFile("EXPORT-VIDE", "Cet export de démarche.numerique ne contient aucun dossier : exportez-le de nouveau avec votre dossier."),
            2 => sheets with { Blocks = [.. Answers(dossiers.Rows[0], dossiers.Rows[1]), .. tables.Where(table => table != dossiers).Select(Repeated).OfType<Table>()] },
            var rows => throw new UnreadableFile("PLUSIEURS-DOSSIERS", $"Cet export de démarche.numerique contient {rows - 1} dossiers : envoyez-en un seul par dépôt."),
        };
    }

    private static bool IsDossiers(Table table) =>
        table.Rows is [var headers, ..] && headers.Cells.Select(cell => FrenchText.Key(cell.Text)).ToHashSet() is var keys &&
        keys.Contains("id") && Marks.Count(keys.Contains) >= 3;

    private static IEnumerable<Block> Answers(Row headers, Row row)
    {
        var lastOwn = headers.Cells.LastOrDefault(cell => Marks.Contains(FrenchText.Key(cell.Text)))?.Column ?? 0;
        foreach (var header in headers.Cells)
        {
            if (row.At(header.Column) is not { } cell)
            {
                continue;
            }

            var key = FrenchText.Key(header.Text);
            if (header.Column <= lastOwn && Known.TryGetValue(key, out var field))
            {
                yield return new Answer(header.Text, cell.Text, cell.Place) { Field = field, Number = cell.Number, Authority = field == Fields.ContactEmail ? 0 : 1 };
            }
            else if (header.Column > lastOwn && key is not ("instructeurs" or "motivationdeladecision" or "groupeinstructeur"))
            {
                yield return new Answer(header.Text, Said(cell.Text), cell.Place) { Number = cell.Number, Date = cell.Date };
            }
        }
    }

    /// <summary>The rows of a repeated block; null for a sheet about something else.</summary>
    private static Table? Repeated(Table table)
    {
        if (table.Rows is not [var headers, ..] || headers.Cells.FirstOrDefault(cell => FrenchText.Key(cell.Text) is "dossierid") is not { } id ||
            FrenchText.Key(table.Sheet ?? "") is "etablissements" or "avis")
        {
            return null;
        }

        var own = headers.Cells.Where(cell => FrenchText.Key(cell.Text) is "ligne").Select(cell => cell.Column).Append(id.Column).ToHashSet();
        return table with
        {
            Title = StableId().Replace(table.Sheet ?? "", ""),
            Rows = [.. table.Rows.Select(row => new Row([.. row.Cells.Where(cell => !own.Contains(cell.Column)).Select(cell => cell with { Text = Said(cell.Text) })])).Where(row => !row.Cells.IsEmpty)],
        };
    }

    private static string Said(string text) => text switch { "on" => "oui", "off" => "non", _ => text };

    [GeneratedRegex(@"^\(\d+\)\s*")]
    private static partial Regex StableId();
}
