using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// Indicators that a form tells in two tables, or again in a summary: « Indicateur | Unité | Cible » over the same names as « Indicateur | Source | Méthode ». Records of one
/// name are one indicator where neither says anything that the other says otherwise.
/// </summary>
internal static class SharedIndicators
{
    /// <summary>Moves what later tables say of an indicator to where it is told first.</summary>
    public static void PutTogether(Harvest harvest, Lexicon lexicon)
    {
        var tables = harvest.Tables.Where(table => table.List == "impact.indicators").ToList();
        var first = new Dictionary<string, (RecordTable Table, int At)>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var moved = new HashSet<Record>(ReferenceEqualityComparer.Instance);
            foreach (var (at, record) in table.Records.Index())
            {
                if (KeyOf(record, lexicon) is not { } key)
                {
                    continue;
                }

                if (first.TryGetValue(key, out var known) && known.Table != table && Together(known.Table.Records[known.At], record) is { } together)
                {
                    known.Table.Records[known.At] = together;
                    moved.Add(record);
                }
                else
                {
                    first.TryAdd(key, (table, at));
                }
            }

            if (moved.Count > 0 && moved.Count == table.Records.Count)
            {
                table.Records.Clear();
            }
        }

        harvest.Tables.RemoveAll(table => table.List == "impact.indicators" && table.Records.Count == 0);
    }

    private static string? KeyOf(Record record, Lexicon lexicon) =>
        record.Text("name") is { } name && RowShape.CanName(name) ? FrenchText.Key(IndicatorName.Read(name, lexicon).Name) : null;

    /// <summary>Both records in one; null where they disagree.</summary>
    private static Record? Together(Record one, Record other)
    {
        var more = new List<RecordCell>();
        foreach (var cell in other.Cells.Where(cell => cell.Column is not ("name" or "note") && !FrenchAnswer.IsEmpty(cell.Value.Text)))
        {
            var same = one.Cells.Where(standing => standing.Column == cell.Column && (cell.Column != "intermediate" || FrenchText.Key(standing.Header) == FrenchText.Key(cell.Header))).ToList();
            if (same.Count == 0)
            {
                more.Add(cell);
            }
            else if (!same.Exists(standing => FrenchText.Key(standing.Value.Text) == FrenchText.Key(cell.Value.Text)))
            {
                return null;
            }
        }

        return one with { Cells = [.. one.Cells, .. more] };
    }
}
