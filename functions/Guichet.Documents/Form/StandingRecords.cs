using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>
/// Records that stand on end, one after another down the page: « Source de données | Images », « Détenteur | ESA », « Qualité | Bonne ». Taken out of their table
/// and laid down as rows; indicators that stand so are cards, and read as such.
/// </summary>
internal sealed class StandingRecords(Lexicon lexicon)
{
    /// <summary>« Bonne » is no misspelt « donnée ».</summary>
    private const double Certain = 0.995;

    private const int FewestParts = 3;

    private static readonly string[] Lists = ["data.sources", "governance.risks"];

    /// <summary>A table without its standing records, and those as tables.</summary>
    public (Table Others, IReadOnlyList<Table> Found) Take(Table table)
    {
        foreach (var list in Lists.Select(lexicon.List))
        {
            table = Unfolded(table, list);
            var runs = Runs(table, list);
            if (runs.Count > 0)
            {
                var taken = runs.SelectMany(run => run.Select(part => part.Stands)).ToHashSet(ReferenceEqualityComparer.Instance);
                return (table with { Rows = [.. table.Rows.Where(row => !taken.Contains(row))] }, [LaidDown(table, runs)]);
            }
        }

        return (table, []);
    }

    /// <summary>« Permis de construire / Détenteur : Communes – Données personnelles : oui » within one cell, spread over rows.</summary>
    private static Table Unfolded(Table table, ListWords list)
    {
        if (!table.Rows.Any(row => row.Cells.All(cell => cell.Text.Contains(':', StringComparison.Ordinal))))
        {
            return table; // As nearly every table is.
        }

        var rows = new List<Row>();
        foreach (var row in table.Rows)
        {
            var told = row.Cells.Select(cell => WrittenRecord.Rows(cell.Text, cell.Place, list, null)).ToList();
            rows.AddRange(told.Count > 0 && told.TrueForAll(record => record is not null) ? told.SelectMany(record => record!) : [row]);
        }

        return rows.Count == table.Rows.Length ? table : table with { Rows = [.. rows] };
    }

    private static List<List<Part>> Runs(Table table, ListWords list)
    {
        var runs = new List<List<Part>>();
        var open = new List<Part>();
        Row? title = null;
        foreach (var row in table.Rows)
        {
            var column = row.Cells is [{ Number: null } label, var value] && WrittenRecord.Column(label.Text, list) is { } match && list.Columns.Find(value.Text, Certain) is null ? match : null;
            if (column is null || open.Exists(part => part.Column == column))
            {
                Close();
            }

            if (column is not null && (open.Count > 0 || column == list.Required[0]))
            {
                open.Add(new Part(row, column, row));
            }
            else if (column is not null && title is { Cells: [var name] })
            {
                // « Images Sentinel-2 » over « Détenteur | … »: what the record is called has no label.
                open.Add(new Part(WrittenRecord.Named(name.Text, name.Place, list), list.Required[0], title));
                open.Add(new Part(row, column, row));
            }

            title = row.Cells is [{ Number: null, Date: null, Text.Length: < 120 }] ? row : null;
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

    /// <summary>A part of a record.</summary>
    /// <param name="Row">Its label and its value.</param>
    /// <param name="Stands">The row of the table that it was.</param>
    private sealed record Part(Row Row, string Column, Row Stands);

    private static Table LaidDown(Table table, List<List<Part>> runs)
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
