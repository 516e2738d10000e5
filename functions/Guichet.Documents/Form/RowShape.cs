using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Whether a row has the shape of its list: what does not is another question of the form, and not a record of the list above it.</summary>
internal sealed partial class RowShape(Lexicon lexicon)
{
    private const int LongestSeverity = 45;

    /// <summary>« 4.2 Base légale | … » under a list of sources: the form goes on, and the list does not.</summary>
    public bool EndsList(RecordHeader header, Row row, string? section)
    {
        // « 4.2 | Base légale | … »: the number has a column of its own.
        var cells = row.Cells is [{ IsSpread: false } number, _, _, ..] && Number().IsMatch(number.Text) ? row.Cells[1..] : row.Cells;
        if (header.List is "budget.lines" or "budget.otherFinancing" || cells is not [{ IsSpread: false, Number: null } first, _, ..] || cells.Length > 3 || Fits(header, row))
        {
            return false;
        }

        return IsQuestion(first.Text) || cells.Length == 2 && lexicon.Field(first.Text, section, 0.9) is { IsLoose: false } label && !(header.List == "governance.team" && label.Target.Split('.')[0] is "contact" or "sponsor");
    }

    /// <summary>Whether what names a record can do so: neither a number, nor yes or no, nor a question.</summary>
    public static bool CanName(string? text) =>
        text is not null && text.Count(char.IsLetter) > 1 && !IsQuestion(text) && FrenchText.Key(text) is not ("oui" or "non" or "total" or "totaux" or "totaletp" or "ensemble") && !Code().IsMatch(text) && !text.Contains("http", StringComparison.Ordinal);

    /// <summary>Whether a row has in one column at least what only a record of its list has: the date of a milestone, the number of a part in full-time.</summary>
    public static bool Fits(RecordHeader header, Row row)
    {
        foreach (var cell in row.Cells)
        {
            if (header.Columns.TryGetValue(cell.Column, out var column) && Fits(header.List, column.Column, cell))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(string list, string column, Cell cell) => (list, column) switch
    {
        ("project.milestones", "date") => cell.Date is not null || FrenchDate.Parse(cell.Text).Value is not null,
        ("governance.team", "fte") => cell.Number is not null || FrenchNumber.Parse(cell.Text).Value is not null,
        ("governance.risks", "severity") => cell.Text.Length <= LongestSeverity,
        ("data.sources", "personal" or "sensitive" or "available") => FrenchAnswer.ParseBoolean(cell.Text).Value is not null,
        ("impact.indicators", "baseline" or "target") => cell.Number is not null || FrenchNumber.Parse(cell.Text).Value is not null,
        _ => false,
    };

    /// <summary>Whether a text is a question of a form: it asks, or is counted as forms count their questions.</summary>
    public static bool IsQuestion(string text) => text.TrimEnd().EndsWith('?') || Counted().IsMatch(text);

    [GeneratedRegex(@"^\s*\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+\p{L}")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^\s*\p{L}?\s?\d{1,2}(?:\.\d{1,2}){0,2}\.?\s*$")]
    private static partial Regex Number();

    /// <summary>« J1 », « F3 », « n° 2 »: what counts a record names nothing.</summary>
    [GeneratedRegex(@"^\s*(?:n\s?[°o]\s*)?\p{L}?\s?\d{1,3}\s*[.)]?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
