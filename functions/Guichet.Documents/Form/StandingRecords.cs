using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>
/// Records that stand on end, one after another down the page: « Source de données | Images », « Détenteur | ESA », « Qualité | Bonne ». Taken out of their table
/// and laid down as rows; indicators that stand so are cards, and read as such.
/// </summary>
internal sealed class StandingRecords(Lexicon lexicon)
{
    private const double Sure = 0.85;
    private const int FewestParts = 3;

    private static readonly string[] Lists = ["data.sources", "governance.risks"];

    /// <summary>A table without its standing records, and those as tables.</summary>
    public (Table Others, IReadOnlyList<Table> Found) Take(Table table)
    {
        foreach (var list in Lists.Select(lexicon.List))
        {
            var runs = Runs(table, list);
            if (runs.Count > 0)
            {
                var taken = runs.SelectMany(run => run.Select(part => part.Row)).ToHashSet(ReferenceEqualityComparer.Instance);
                return (table with { Rows = [.. table.Rows.Where(row => !taken.Contains(row))] }, [LaidDown(table, runs)]);
            }
        }

        return (table, []);
    }

    private static List<List<(Row Row, string Column)>> Runs(Table table, ListWords list)
    {
        var runs = new List<List<(Row Row, string Column)>>();
        var open = new List<(Row Row, string Column)>();
        foreach (var row in table.Rows)
        {
            var column = row.Cells is [{ Number: null } label, var value] && list.Columns.Find(label.Text.TrimEnd(' ', ':', '*'), Sure) is { Target: not "note" } match &&
                list.Columns.Find(value.Text, Sure) is null ? match.Target : null;
            if (column is null || open.Exists(part => part.Column == column))
            {
                Close();
            }

            if (column is not null && (open.Count > 0 || column == list.Required[0]))
            {
                open.Add((row, column));
            }
        }

        Close();
        return runs;

        void Close()
        {
            if (open.Count >= FewestParts)
            {
                runs.Add([.. open]);
            }

            open.Clear();
        }
    }

    private static Table LaidDown(Table table, List<List<(Row Row, string Column)>> runs)
    {
        var columns = runs.SelectMany(run => run).DistinctBy(part => part.Column).ToList();
        int At(string column) => columns.FindIndex(part => part.Column == column);
        return table with
        {
            Rows =
            [
                new Row([.. columns.Select((part, at) => part.Row.Cells[0] with { Column = at })]),
                .. runs.Select(run => new Row([.. run.Select(part => part.Row.Cells[1] with { Column = At(part.Column) }).OrderBy(cell => cell.Column)])),
            ],
        };
    }
}
