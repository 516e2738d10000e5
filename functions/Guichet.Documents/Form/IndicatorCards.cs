using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>A table that describes an indicator down its first column, one or several side by side or below one another.</summary>
internal sealed partial class IndicatorCards(Lexicon lexicon)
{
    private static readonly string[] Telling = ["baseline", "target", "definition", "unit", "baselineDate", "targetDate", "frequency", "method"];

    /// <summary>The row of names over indicators that stand side by side, where the corner over their parts is left blank.</summary>
    private static Row? UnlabelledNames(Table table, List<(Row Row, string? Target)> labelled)
    {
        var wide = labelled.Where(row => row.Target is not null && row.Row.Cells.Length > 2).ToList();
        return wide.Count * 2 > labelled.Count(row => row.Target is not null) && table.Rows.FirstOrDefault(row => row.Cells.Length > 0) is { Cells: [var first, ..] and { Length: > 1 } } top &&
            first.Column > wide[0].Row.Cells[0].Column
            ? top : null;
    }

    /// <summary>Whether a row is one of a card: it begins with a label of an indicator, or numbers those that stand side by side.</summary>
    public bool IsPart(Row row) => row.Cells is [{ Number: null } first, _, ..] &&
        (FrenchText.Fold(first.Text).StartsWith("indicateur", StringComparison.Ordinal) || IsCode(row) || Find(lexicon.List("impact.indicators").Columns, first) is not null) && lexicon.Fields.Find(first.Text, 0.95) is null;

    /// <summary>The indicators of the table, or null where it is no card.</summary>
    public RecordTable? Read(Table table, string? title)
    {
        var columns = lexicon.List("impact.indicators").Columns;
        var labelled = table.Rows.Where(row => row.Cells.Length > 1)
            .Select(row => (Row: row, Target: IsCode(row) ? "code" : Column(row.Cells[0])))
            .ToList();
        var targets = labelled.Select(row => row.Target).OfType<string>().ToHashSet();
        if (targets.Count < 3 || Telling.Count(targets.Contains) < 2 || !targets.Overlaps(["baseline", "target", "intermediate"]) ||
            labelled.Count(row => row.Target is not null) * 2 < labelled.Count)
        {
            return null;
        }

        var records = new RecordTable("impact.indicators", title, table.Sheet);
        var margin = labelled.Where(row => row.Target is not null).Min(row => row.Row.Cells[0].Column);
        if (labelled.FirstOrDefault(row => row.Target == "name" && row.Row.Cells[0].Column == margin).Row is { Cells: { Length: > 2 } across } && Column(across[2]) is null)
        {
            // « Indicateur A | Indicateur B » over the margin numbers them; their names stand beside « Intitulé ».
            labelled.RemoveAll(row => row.Row.Cells[0].Column != margin);
            foreach (var column in across.Skip(1).Select(cell => cell.Column))
            {
                records.Records.Add(new Record([.. labelled.Where(row => row.Target is not null && row.Row.At(column) is not null)
                    .SelectMany(row => JoinedColumns.Cells(row.Target!, row.Row.Cells[0].Text, Said.Of(row.Row.At(column)!)))]));
            }

            return records;
        }

        if (UnlabelledNames(table, labelled) is { } named)
        {
            foreach (var name in named.Cells)
            {
                var parts = labelled.Where(row => row.Target is not null && row.Row.At(name.Column) is not null)
                    .SelectMany(row => JoinedColumns.Cells(row.Target!, row.Row.Cells[0].Text, Said.Of(row.Row.At(name.Column)!)));
                records.Records.Add(new Record([new RecordCell("name", "", Said.Of(name)), .. parts]));
            }

            return records;
        }

        var card = new List<RecordCell>();
        var cardTitle = default(string);
        void Close()
        {
            if (card.Count > 1)
            {
                if (cardTitle is not null && card.All(cell => cell.Column != "name"))
                {
                    card.Add(new RecordCell("name", "", new Said(cardTitle, card[0].Value.Place)));
                }

                records.Records.Add(new Record([.. card]));
            }

            card = [];
        }

        foreach (var row in table.Rows)
        {
            if (row.Cells is [var only])
            {
                if (only.Text.Length < 160 && Column(only) is null)
                {
                    Close();
                    cardTitle = only.Text;
                }

                continue;
            }

            if (IsCode(row))
            {
                // « Référence | P1 » counts the indicator and measures nothing.
                card.Add(new RecordCell("code", row.Cells[0].Text, Said.Of(row.Cells[1])));
                continue;
            }

            if (Column(row.Cells[0]) is not { } target)
            {
                if (FrenchText.Fold(row.Cells[0].Text).StartsWith("indicateur", StringComparison.Ordinal) && !Numbered().IsMatch(row.Cells[0].Text))
                {
                    Close();
                    card.Add(new RecordCell("name", row.Cells[0].Text, Said.Of(row.Cells[1])));
                }

                continue;
            }

            if (target is "name" && card.Any(cell => cell.Column == "name") || target is not ("intermediate" or "intermediateDate" or "note") && card.Any(cell => cell.Column == target))
            {
                Close();
                cardTitle = null;
            }

            for (var i = 0; i < row.Cells.Length; i += 2)
            {
                // Two pairs on a line: label, value, label, value.
                if (i + 1 < row.Cells.Length && Column(row.Cells[i]) is { } each && (i == 0 || row.Cells.Length % 2 == 0))
                {
                    var end = i + 2 < row.Cells.Length && Column(row.Cells[i + 2]) is not null ? i + 2 : row.Cells.Length;
                    card.AddRange(JoinedColumns.Cells(each, row.Cells[i].Text, Join(row.Cells.AsSpan()[(i + 1)..end])));
                }
            }
        }

        Close();
        return records.Records.Count > 0 ? records : null;
        string? Column(Cell cell) => Find(columns, cell);
    }

    /// <summary>What a table goes on to say of cards that a page cut: labels of theirs that they lack, a value for each of them.</summary>
    /// <returns>What each card is to have besides, by its place; null where the table is no such rest.</returns>
    public IReadOnlyList<List<RecordCell>>? Rest(Table table, IReadOnlyList<Record> cards)
    {
        var columns = lexicon.List("impact.indicators").Columns;
        var rows = table.Rows.Where(row => row.Cells.Length > 1).ToList();
        if (rows.Count < 2 || cards.Count == 0 || rows[0].Cells.Length is var width && rows.Exists(row => row.Cells.Length != width) || width != 2 && width != cards.Count + 1)
        {
            return null;
        }

        var of = width == 2 ? [cards[^1]] : cards.ToList();
        var more = of.ConvertAll(_ => new List<RecordCell>());
        foreach (var row in rows)
        {
            if (Find(columns, row.Cells[0]) is not { } target || target is "name" or "note" || target != "intermediate" && of.Exists(card => card[target] is not null))
            {
                return null;
            }

            for (var i = 0; i < of.Count; i++)
            {
                more[i].AddRange(JoinedColumns.Cells(target, row.Cells[0].Text, Said.Of(row.Cells[i + 1])));
            }
        }

        return width == 2 ? [.. cards.Skip(1).Select(_ => new List<RecordCell>()), .. more] : more;
    }

    private string? Find(LabelIndex columns, Cell cell)
    {
        return cell.Number is null && IndicatorLabel.Target(columns, cell.Text) is { } told ? told
            : RecordHeaders.IsIntermediate(cell.Text) && columns.Find(cell.Text, 0.9)?.Target is not "intermediateDate" ? "intermediate"
            : RecordHeaders.IsMeasuredOn(cell.Text) ? "baselineDate"
            : Named();
        string? Named() => cell.Number is not null || OfAnotherList().IsMatch(FrenchText.Fold(cell.Text)) || lexicon.Fields.Find(cell.Text, 0.95)?.Target == "impact.evaluation"
            ? null
            : WithDate().Replace(Numbered().Replace(cell.Text, ""), "").TrimEnd(' ', ':') is var label && JoinedColumns.Find(columns, label) is { } joined ? joined : columns.Find(label, 0.7) is { } found && (found.Words > 1 || found.Score >= 0.85) ? found.Target : null;
    }

    private static bool IsCode(Row row) => row.Cells is [var label, var value] && FrenchText.HasKey(label.Text, "reference") && Code().IsMatch(value.Text.Trim());

    [GeneratedRegex(@"^[A-Z]{1,2}\s?\d{1,2}$")]
    private static partial Regex Code();

    /// <summary>« Jalon 1 (intitulé) »: counted as the records of another list are.</summary>
    [GeneratedRegex(@"^\W*(?:jalon|etape|risque|membre|profil|source|financeur|cofinanceur|depense|ligne|equipe)s?\b[^:]{0,12}\d")]
    private static partial Regex OfAnotherList();

    /// <summary>« Valeur de départ (date) »: the value has its date beside it.</summary>
    [GeneratedRegex(@"\s*\((?:et )?(?:sa |la )?date\)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex WithDate();

    /// <summary>Which indicator a label is about, before what it asks of it: « Indicateur 1 : unité ».</summary>
    [GeneratedRegex(@"^\s*indicateur\s*(?:n\s*[°o])?\s*\d+\s*[:,–—-]\s*(?=\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    private static Said Join(ReadOnlySpan<Cell> cells) => cells.Length == 1
        ? Said.Of(cells[0])
        : new Said(string.Join(" ; ", cells.ToArray().Select(cell => cell.Text)), cells[0].Place);
}
