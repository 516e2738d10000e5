using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>Lists that lie on their side: « Rôle | Chef de projet | Juriste » over « ETP | 0,5 | 0,1 ».</summary>
internal sealed class LyingLists(Lexicon lexicon)
{
    private const double Sure = 0.85;
    private const int MostRows = 5;

    /// <summary>Indicators that lie on their side are cards, and read as such.</summary>
    private static readonly string[] Lists = ["project.milestones", "governance.team", "governance.risks", "data.sources"];

    /// <summary>The table stood up; the table itself where it does not lie.</summary>
    public Table StoodUp(Table table)
    {
        var rows = table.Rows;
        if (rows.Length is < 2 or > MostRows || rows.Any(row => row.Cells.Length < 3 || row.Cells[0].Column != rows[0].Cells[0].Column))
        {
            return table;
        }

        foreach (var list in Lists.Select(lexicon.List))
        {
            string? Target(Cell cell) => cell.Number is null ? list.Columns.Find(cell.Text, Sure)?.Target : null;
            var margin = rows.Select(row => Target(row.Cells[0])).ToList();
            if (margin.TrueForAll(target => target is not null) && margin.Distinct().Count() == rows.Length && list.Required.All(margin.Contains) && rows[0].Cells.Skip(1).All(cell => Target(cell) is null))
            {
                var columns = rows.SelectMany(row => row.Cells).Select(cell => cell.Column).Distinct().Order();
                return table with { Rows = [.. columns.Select(column => new Row([.. rows.Select((row, place) => row.At(column) is { } cell ? cell with { Column = place } : null).OfType<Cell>()]))] };
            }
        }

        return table;
    }
}
