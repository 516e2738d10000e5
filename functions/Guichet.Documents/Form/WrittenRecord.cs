using System.Text.RegularExpressions;
using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>A record of a list that is written out: « Bourses de collège », then « Détenteur : Rectorat. Données personnelles : oui. Qualité : bonne. »</summary>
internal static partial class WrittenRecord
{
    private const double Sure = 0.85;
    private const int FewestParts = 3;
    private const int LongestName = 120;
    private const int LongestLabel = 120;
    private const int LongestRecord = 2_000;

    /// <summary>The column of a list that a label asks for, whatever number it has; null where it asks for none.</summary>
    public static string? Column(string label, ListWords list)
    {
        if (label.Length > LongestLabel)
        {
            return null;
        }

        var bare = Number().Replace(label.TrimEnd(' ', ':', '*', '?'), "");
        return list.Columns.Find(bare, Sure)?.Target is { } target && target != "note" ? target : JoinedColumns.Find(list.Columns, bare) is { } joined && joined != "note" ? joined : null;
    }

    /// <summary>The labels and values of a text, a row each; null where one of its parts is none of the list.</summary>
    /// <param name="name">What the record is called, where that stands elsewhere.</param>
    public static IReadOnlyList<Row>? Rows(string text, Place place, ListWords list, string? name)
    {
        if (text.Length > LongestRecord || !text.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = Separator().Split(text).Select(part => part.Trim(' ', ';', '.', ',', '\u00A0').TrimStart('-', '•', '–', ' ')).Where(part => part.Length > 0).ToList();
        var rows = new List<Row>();
        if (name is null && parts.Count > 0 && parts[0].Length < LongestName && !parts[0].Contains(':', StringComparison.Ordinal))
        {
            name = parts[0];
            parts.RemoveAt(0);
        }

        if (name is not null)
        {
            rows.Add(Named(name, place, list));
        }

        foreach (var part in parts)
        {
            if (LabelledLine.Split(part) is not { Value.Length: > 0 } line || Column(line.Label, list) is null)
            {
                return null;
            }

            rows.Add(new Row([new Cell(0, Number().Replace(line.Label, ""), place), new Cell(1, line.Value, place)]));
        }

        return rows.Count >= FewestParts && Column(rows[0].Cells[0].Text, list) == list.Required[0] ? rows : null;
    }

    /// <summary>What a record is called, as a row whose label its author left out.</summary>
    public static Row Named(string name, Place place, ListWords list) => new([new Cell(0, list.Field == "data.sources" ? "Source de données" : "Risque", place), new Cell(1, name, place)]);

    /// <summary>The label and the value of a line that is a part of such a record; null where it is none.</summary>
    public static Row? PartOf(string line, Place place, ListWords list) =>
        LabelledLine.Split(line) is { Value.Length: > 0 } split && Column(split.Label, list) is not null ? new Row([new Cell(0, Number().Replace(split.Label, ""), place), new Cell(1, split.Value, place)]) : null;

    /// <summary>« 4.1 Source », « Risque n° 2 ».</summary>
    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+|\s*(?:n\s?°\s?)?\d{1,2}\s*$")]
    private static partial Regex Number();

    [GeneratedRegex(@"\n|\s*(?:[.;,]|\s[–—-])\s+(?=\p{L}[\p{L}’' ]{2,40}\s?:\s)")]
    private static partial Regex Separator();
}
