using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Where a table says « TTC »: looked for once, for a table may have as many rows as a file has cells.</summary>
internal sealed partial class TaxIncludedHeadings
{
    private readonly Dictionary<int, List<int>> rowsByColumn = [];

    public TaxIncludedHeadings(ImmutableArray<Row> rows)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var cell in rows[row].Cells)
            {
                if (cell.Number is null && TaxIncluded().IsMatch(FrenchText.Fold(cell.Text)))
                {
                    (rowsByColumn.TryGetValue(cell.Column, out var known) ? known : rowsByColumn[cell.Column] = []).Add(row);
                }
            }
        }
    }

    /// <summary>The first of the cells that stands under the nearest such heading above a row; null where none does.</summary>
    public Cell? Nearest(ReadOnlySpan<Cell> cells, int row)
    {
        var (nearest, under) = (-1, default(Cell));
        foreach (var cell in cells)
        {
            if (rowsByColumn.TryGetValue(cell.Column, out var headings))
            {
                var at = headings.BinarySearch(row);
                var before = (at < 0 ? ~at : at) - 1;
                if (before >= 0 && headings[before] > nearest)
                {
                    (nearest, under) = (headings[before], cell);
                }
            }
        }

        return under;
    }

    [GeneratedRegex(@"\bttc\b")]
    private static partial Regex TaxIncluded();
}
