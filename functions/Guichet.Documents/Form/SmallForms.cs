using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>Rows whose cells are each a label and its value: « Lancement : 15 janvier 2024 | Fin : 14 janvier 2026 ».</summary>
internal sealed class SmallForms(Lexicon lexicon)
{
    /// <summary>« Budget total : 1,2 M€ » under a list of milestones is a form that goes on beside it, with the titles over it, and no milestone.</summary>
    public bool EndsList(IReadOnlyList<Row> rows, int at, string? section) => IsOne(rows[at], section) || AreLabelsOverValues(rows[at], section) ||
        at + 1 < rows.Count && IsOne(rows[at + 1], section) && rows[at].Cells.All(cell => cell.Number is null && cell.Date is null && !cell.Text.Any(char.IsAsciiDigit));

    /// <summary>Whether each cell of a row holds a label and its value under it, and one of the labels at least is known.</summary>
    public bool AreLabelsOverValues(Row row, string? section) =>
        row.Cells.All(cell => !cell.IsSpread && cell.Text.IndexOf('\n', StringComparison.Ordinal) is > 2 and < 90) &&
        row.Cells.Any(cell => lexicon.Field(cell.Text[..cell.Text.IndexOf('\n', StringComparison.Ordinal)].TrimEnd(' ', ':', '*'), section, 0.9) is not null);

    /// <summary>Whether each cell of a row is a line « label : value » and one of the labels at least is known.</summary>
    public bool IsOne(Row row, string? section)
    {
        var known = false;
        foreach (var cell in row.Cells)
        {
            var at = cell.Text.IndexOf(':', StringComparison.Ordinal);
            if (at is <= 0 or >= 90 || cell.Text.AsSpan(at + 1).Trim().IsEmpty || cell.Text.AsSpan(at).StartsWith("://"))
            {
                return false;
            }

            known |= lexicon.Field(cell.Text[..at], section, 0.9) is not null;
        }

        return known;
    }
}
