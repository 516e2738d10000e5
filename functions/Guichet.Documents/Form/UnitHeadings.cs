using System.Collections.Immutable;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Where a table says that its amounts are thousands or millions: « k€ » over a column, « Plan de financement (en k€ TTC) » over the whole.</summary>
internal sealed class UnitHeadings
{
    private readonly List<(int Row, int? Column, decimal Unit)> headings = [];
    private readonly decimal whole;

    public UnitHeadings(ImmutableArray<Row> rows, string? title)
    {
        whole = title is null ? 1 : FrenchAmount.UnitOf(title);
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var cell in rows[row].Cells)
            {
                if (cell.Number is null && cell.Text.Length < 100 && !cell.Text.Any(char.IsAsciiDigit) && FrenchAmount.UnitOf(cell.Text) is var unit and > 1)
                {
                    headings.Add((row, rows[row].Cells.Length == 1 ? null : cell.Column, unit));
                }
            }
        }
    }

    /// <summary>What one stands for in a column, by the nearest heading above a row.</summary>
    public decimal Above(int column, int row)
    {
        for (var i = headings.Count - 1; i >= 0; i--)
        {
            if (headings[i].Row < row && (headings[i].Column is null || headings[i].Column == column))
            {
                return headings[i].Unit;
            }
        }

        return whole;
    }
}
