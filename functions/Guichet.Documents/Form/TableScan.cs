using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Reads tables: lists under a row of headings, cards of an indicator, labels beside or above their values.</summary>
internal sealed class TableScan(Lexicon lexicon, Harvest harvest, AnswerTaking answerTaking)
{
    private const double SureEnough = 0.85;

    private readonly RecordHeaders headers = new(lexicon);
    private readonly OptionBoxes options = new(lexicon, harvest);
    private readonly SmallForms smallForms = new(lexicon);
    private readonly NumberedRows numberedRows = new(lexicon);
    private readonly LyingLists lyingLists = new(lexicon);
    private readonly PeopleColumns peopleColumns = new(lexicon, answerTaking);
    private readonly RowShape shape = new(lexicon);
    private readonly StandingRecords standing = new(lexicon);
    private readonly RecordRows recordRows = new(lexicon, harvest, answerTaking);
    private RecordHeader? last;
    private RecordTable? lastTable;
    private RecordTable? lastCards;
    private string? lastSheet;
    private TaxIncludedHeadings? taxIncluded;
    private readonly Dictionary<int, string> over = []; // Whose the answers of the row before are, by the column of their labels.
    private UnitHeadings? units;
    private string? unitTitle;

    public void Scan(Table table, string? title, string? section)
    {
        var indicators = new IndicatorCards(lexicon);
        if (indicators.Read(table, title) is { } cards)
        {
            GoOn(cards);
            return;
        }

        if (lastCards is not null && indicators.Rest(table, lastCards.Records) is { } rest)
        {
            for (var i = 0; i < rest.Count; i++)
            {
                lastCards.Records[i] = lastCards.Records[i] with { Cells = [.. lastCards.Records[i].Cells, .. rest[i]] };
            }

            return;
        }

        if (WithoutCards(table) is { } withoutCards)
        {
            Scan(withoutCards, title, section);
            return;
        }

        if (headers.Halves(table) is [var left, var right])
        {
            Scan(left, title, section);
            Scan(right, "Ressources", section);
            return;
        }

        if (peopleColumns.Take(table))
        {
            return;
        }

        table = lyingLists.StoodUp(table);
        var (others, numbered) = numberedRows.Take(table);
        foreach (var list in numbered)
        {
            Scan(list, null, section);
        }

        (others, var stood) = standing.Take(others);
        foreach (var list in stood)
        {
            Scan(list, null, "data");
        }

        var rows = others.Rows;
        (taxIncluded, units, unitTitle) = (null, null, title);
        RecordHeader? header = null;
        RecordTable? records = null;
        string? group = null;
        (int Yes, int No)? answers = null;
        if (last is not null && lastTable is not null && lastSheet == table.Sheet && table.Sheet is null && headers.Continues(last, table))
        {
            // A table that goes on over the page has no headings of its own.
            (header, records) = (last, lastTable);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (header is null && row.Cells is [var whose, var part, var said] && PartOf(whose, part, said) is { } owner)
            {
                answerTaking.Take(part.Text.TrimEnd(' ', ':', '*'), Said.Of(said), SureEnough, owner);
                continue;
            }

            if (header is null && section is "contact" or "sponsor" or "applicant" && (IsLabelRow(rows, i, section) || IsOfPart(row, section)))
            {
                // « Nom | Qualité » over a person is no list of data sources.
                Pairs(rows, ref i, section, answers);
                continue;
            }

            if (headers.Find(rows, i, title, section) is { } found && (header is null || found.IsSure))
            {
                if (header is null || found.List != header.List || !found.SameColumns(header))
                {
                    records = new RecordTable(found.List, title, table.Sheet);
                    harvest.Tables.Add(records);
                    group = null;
                }

                header = found;
                i += found.ExtraRows;
                continue;
            }

            if (header is not null && (smallForms.EndsList(rows, i, section) || shape.EndsList(header, row, section)))
            {
                (header, records) = (null, null);
            }

            if (header is null && smallForms.IsOne(row, section))
            {
                row.Cells.ToList().ForEach(cell => ReadLines(cell, section));
                continue;
            }

            answers = YesNo(row) ?? answers;
            if (IsTitleRow(row) is { } text)
            {
                if (ReadLines(row.Cells[0], section))
                {
                    continue;
                }

                if (header is not null && records is not null && (IsGroup(header, text) || IsOverLines(header, rows, i)))
                {
                    group = text;
                    continue;
                }

                (title, section) = (text, lexicon.Part(text) ?? section);
                if (lexicon.Sections.Find(text, 0.9) is not null || lexicon.Fields.Find(text, 0.9) is not null)
                {
                    (header, records) = (null, null);
                }

                if (i + 1 < rows.Length && rows[i + 1].Cells is [var below] && below.Column == row.Cells[0].Column && lexicon.Field(below.Text, section, SureEnough) is null &&
                    answerTaking.Take(text, Said.Of(below), SureEnough, section))
                {
                    i++;
                }

                continue;
            }

            if (header is not null && records is not null)
            {
                if (!recordRows.Take(header, records, row, group, section))
                {
                    Pairs(rows, ref i, section, answers);
                }
            }
            else
            {
                Pairs(rows, ref i, section, answers);
            }
        }

        (last, lastTable, lastSheet) = (header, records, table.Sheet);
    }

    /// <summary>A form on one sheet has its indicators among other rows, under a title of their own: takes them in and gives the rest; null where there are none.</summary>
    private Table? WithoutCards(Table table)
    {
        if (table.Sheet is null || table.Rows.Length < 20)
        {
            return null;
        }

        var cards = new IndicatorCards(lexicon);
        for (int start = 0, end; start < table.Rows.Length; start = end)
        {
            for (end = start + 1; end < table.Rows.Length && table.Rows[end].Cells.Length > 1; end++)
            {
            }

            var part = table with { Rows = [.. table.Rows[start..end].Where(cards.IsPart)] };
            if (part.Rows.Length >= 6 && cards.Read(part, null) is { } found)
            {
                GoOn(found);
                return table with { Rows = [.. table.Rows[..start], .. table.Rows[start..end].Where(row => !cards.IsPart(row)), .. table.Rows[end..]] };
            }
        }

        return null;
    }

    /// <summary>« Sponsor | Nom | … »: a title over several rows says whose the label beside it is; null where it is none.</summary>
    private string? PartOf(Cell whose, Cell part, Cell said)
    {
        var section = lexicon.Sections.Find(whose.Text, SureEnough)?.Target ?? lexicon.Field(whose.Text, null, 0.9)?.Target.Split('.')[0];
        return section is "contact" or "sponsor" or "applicant" && lexicon.Field(part.Text, section, SureEnough)?.Target.Split('.')[0] == section && lexicon.Field(said.Text, section, 0.95) is null
            ? section
            : null;
    }

    /// <summary>Text between two tables: the second is no continuation of the first.</summary>
    public void Break() => (last, lastTable, lastCards) = (null, null, null);

    /// <summary>A card that a page cut in two: the second half has no name and nothing that the first has.</summary>
    private void GoOn(RecordTable cards)
    {
        if (lastCards is { Records: [.., var open] } && cards.Records is [var rest, ..] && rest["name"] is null && rest.Cells.All(cell => open[cell.Column] is null))
        {
            lastCards.Records[^1] = open with { Cells = [.. open.Cells, .. rest.Cells] };
            lastCards.Records.AddRange(cards.Records.Skip(1));
            return;
        }

        harvest.Tables.Add(cards);
        lastCards = cards;
    }

    /// <summary>A cell may hold a small form of its own.</summary>
    private bool ReadLines(Cell cell, string? section)
    {
        var taken = false;
        foreach (var line in FrenchAnswer.Normalize(cell.Text).Split('\n'))
        {
            var at = line.IndexOf(':', StringComparison.Ordinal);
            if (at > 0 && at < 140 && line[(at + 1)..].Trim() is { Length: > 0 } value)
            {
                taken |= answerTaking.Take(line[..at].Trim(), new Said(value, cell.Place), SureEnough, section);
            }
            else if (line.AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) is var box and >= 0)
            {
                taken |= Boxes(line, box, cell.Place, section);
            }
        }

        return taken;
    }

    private bool Boxes(string line, int box, string place, string? section)
    {
        if (line[..box].Trim(' ', ':') is { Length: > 0 } before)
        {
            return answerTaking.Take(before, new Said(line[box..], place), SureEnough, section);
        }

        return options.TakeAll(line, place, section);
    }

    private void Pairs(System.Collections.Immutable.ImmutableArray<Row> rows, ref int i, string? section, (int Yes, int No)? answers)
    {
        var cells = rows[i].Cells;
        if (IsLabelRow(rows, i, section))
        {
            foreach (var cell in cells)
            {
                // A blank below is an answer left empty.
                answerTaking.Take(cell.Text, rows[i + 1].At(cell.Column) is { } below ? Said.Of(below) : new Said("", cell.Place), SureEnough, section);
            }

            i++;
            return;
        }

        if (smallForms.AreLabelsOverValues(rows[i], section))
        {
            foreach (var cell in cells)
            {
                var end = cell.Text.IndexOf('\n', StringComparison.Ordinal);
                answerTaking.Take(cell.Text[..end].TrimEnd(' ', ':', '*'), new Said(cell.Text[(end + 1)..], cell.Place), SureEnough, section);
            }

            return;
        }

        // Label, value, label, value: a label that is not known must not become a part of the value before it.
        var inPairs = cells.Length >= 4 && cells.Length % 2 == 0 && cells.All(cell => !cell.IsSpread) && !cells.Any(cell => FrenchAmount.Parse(cell.Text).Value is not null && cell != cells[1] && cell != cells[3]);
        var within = section; // « Sponsor | … | Fonction | … »: the second is of the person in the first.
        var isUnder = false;
        if (i == 0 || rows[i - 1].Cells.Length != cells.Length)
        {
            over.Clear();
        }

        for (var c = 0; c < cells.Length; c += inPairs ? 2 : 1)
        {
            var cell = cells[c];
            if (cell.IsSpread && cells.Length > 2 || cell.Number is not null)
            {
                continue;
            }

            if (c + 1 == cells.Length)
            {
                ReadLines(cell, section);
                continue;
            }

            if (inPairs && (isUnder || within == section) && over.TryGetValue(cell.Column, out var above) && lexicon.Field(cell.Text.TrimEnd(' ', ':', '*'), above, SureEnough)?.Target.Split('.')[0] == above)
            {
                isUnder = true;
                within = above; // « Correspondant | … | Signataire | … » over « Qualité | … | Qualité | … ».
                answerTaking.Forget();
            }

            var match = answerTaking.Known(cell.Text.TrimEnd(' ', ':', '*'), within, SureEnough);
            if (match is null)
            {
                if (Mark(cells, c) is { } mark)
                {
                    options.Take(mark.Option, mark.Ticked, Said.Of(cell), section);
                    return;
                }

                if (answerTaking.TakePerson(cell.Text, Said.Of(cells[c + 1])))
                {
                    return;
                }

                ReadLines(cell, section);
                continue;
            }

            var next = inPairs ? c + 2
                : Enumerable.Range(c + 1, cells.Length - c - 1).FirstOrDefault(n => n > c + 1 && lexicon.Field(cells[n].Text, section, 0.95) is not null && n + 1 < cells.Length, cells.Length);
            var value = Value(rows, i, match, cells.AsSpan()[(c + 1)..next], answers);
            if (value is not null && Fields.Find(match.Target)?.ValueType == typeof(Guichet.Core.Euros) && FrenchAmount.UnitOf(cell.Text) == 1)
            {
                value = InUnit(value, (units ??= new UnitHeadings(rows, unitTitle)).Above(cells[c + 1].Column, i));
            }

            if (value is not null)
            {
                answerTaking.Take(cell.Text.TrimEnd(' ', ':', '*'), value, SureEnough, within);
            }

            within = match.Target.Split('.')[0] is ("contact" or "sponsor") and var person ? person : within;
            if (inPairs && match.Target.Split('.') is [var whose and ("contact" or "sponsor"), _])
            {
                over[cell.Column] = whose;
            }

            c = inPairs ? c : next - 1;
        }
    }

    /// <summary>« 310 » under « k€ » is 310 k€.</summary>
    private static Said InUnit(Said said, decimal unit) => unit == 1 || said.Number is null && FrenchAmount.Parse(said.Text).Value is null || said.Text.AsSpan().IndexOfAny("€kKM") >= 0 ? said
        : said.Number is { } number ? said with { Number = number * unit }
        : said with { Text = $"{said.Text} {(unit == 1_000 ? "k€" : "M€")}" };

    /// <summary>The value among the cells after a label: the one under TTC, the one that a cross stands in, or all of them.</summary>
    private Said? Value(System.Collections.Immutable.ImmutableArray<Row> rows, int i, LabelMatch match, ReadOnlySpan<Cell> cells, (int Yes, int No)? answers)
    {
        if (answers is { } columns && Fields.Find(match.Target)?.ValueType == typeof(bool))
        {
            foreach (var cell in cells)
            {
                if ((cell.Column == columns.Yes || cell.Column == columns.No) && FrenchAnswer.ParseBoolean(cell.Text).Value == true)
                {
                    // « X | | Licence MIT, dépôt https://… »: what is said beside the cross is of the same answer.
                    var beside = match.Target == "commitments.openSource" ? string.Join(", ", cells.ToArray().Where(other => other.Column != columns.Yes && other.Column != columns.No).Select(other => other.Text)) : "";
                    return new Said($"{(cell.Column == columns.Yes ? "oui" : "non")}{(beside.Length > 0 ? $", {beside}" : "")}", cell.Place);
                }
            }
        }

        if (cells.Length > 1 && Fields.Find(match.Target)?.ValueType == typeof(Guichet.Core.Euros))
        {
            taxIncluded ??= new TaxIncludedHeadings(rows);
            if (taxIncluded.Nearest(cells, i) is { } under)
            {
                return Said.Of(under);
            }

            var amounts = cells.ToArray().Where(cell => FrenchAmount.Parse(cell.Text).Value is not null).ToList();
            return amounts.Count == 1 ? Said.Of(amounts[0]) : new Said(string.Join(" ; ", cells.ToArray().Select(cell => cell.Text)), cells[0].Place);
        }

        // What stands further on is a comment, or belongs to a label that is not known.
        return Said.Of(cells[0]);
    }

    /// <summary>Labels side by side, their values in the row below; one of them may be unknown.</summary>
    private bool IsLabelRow(System.Collections.Immutable.ImmutableArray<Row> rows, int i, string? section)
    {
        var cells = rows[i].Cells;
        if (i + 1 >= rows.Length || cells.Length < 2 || cells.Any(cell => cell.Number is not null || cell.Date is not null) || cells.Length < rows[i + 1].Cells.Length || smallForms.IsOne(rows[i + 1], section))
        {
            return false;
        }

        var known = cells.Where(cell => lexicon.Field(cell.Text, section, SureEnough) is not null).ToList();
        return known.Count >= 2 && known.Count * 5 > cells.Length * 3 && known.Any(cell => rows[i + 1].At(cell.Column) is not null) &&
            lexicon.Field(rows[i + 1].Cells[0].Text, section, 0.9) is null && rows[i + 1].Cells.Count(cell => lexicon.Field(cell.Text, section, 0.9) is not null) * 3 <= rows[i + 1].Cells.Length;
    }

    /// <summary>« Nom | … | Fonction | … » where the form asks for a person: labels and their values, and no headings of a list.</summary>
    private bool IsOfPart(Row row, string section) =>
        row.Cells is [{ Number: null } label, var value, ..] && lexicon.Field(label.Text.TrimEnd(' ', ':', '*'), section, 0.9)?.Target.Split('.')[0] == section && lexicon.Field(value.Text, section, 0.9) is null;

    private static (bool Ticked, string Option)? Mark(System.Collections.Immutable.ImmutableArray<Cell> cells, int c)
    {
        if (cells.Length != 2 || c != 0)
        {
            return null;
        }

        var (first, second) = (FrenchAnswer.Normalize(cells[0].Text).Trim(), FrenchAnswer.Normalize(cells[1].Text).Trim());
        return IsMark(first) ? (Ticks(first), second) : IsMark(second) ? (Ticks(second), first) : null;
        static bool IsMark(string text) => text is "☒" or "☐" || FrenchText.Key(text) is "x" or "oui" or "non";
        static bool Ticks(string text) => text != "☐" && FrenchText.Key(text) != "non";
    }

    private static (int Yes, int No)? YesNo(Row row)
    {
        var yes = row.Cells.FirstOrDefault(cell => FrenchText.HasKey(cell.Text, "oui"));
        var no = yes is null ? null : row.Cells.FirstOrDefault(cell => FrenchText.HasKey(cell.Text, "non"));
        // Side by side: « Open source | Oui | RGAA | Non » answers two questions and heads nothing.
        return yes is not null && no is not null && no.Column == yes.Column + 1 ? (yes.Column, no.Column) : null;
    }

    private static string? IsTitleRow(Row row) => row.Cells is [{ Number: null, Date: null } only] ? only.Text : null;

    /// <summary>« TECHNIQUE » between the lines of a budget is a part of it, whatever else it may be the title of.</summary>
    private static bool IsOverLines(RecordHeader header, System.Collections.Immutable.ImmutableArray<Row> rows, int at) =>
        header.List == "budget.lines" && at > 0 && at + 1 < rows.Length && rows[at].Cells[0].Column == rows[at + 1].Cells[0].Column && rows[at + 1].Cells.Length > 2 &&
        header.Columns.Any(column => column.Value.Column is "amount" && rows[at + 1].At(column.Key) is { } cell && (cell.Number is not null || FrenchAmount.Parse(cell.Text).Value is not null));

    private bool IsGroup(RecordHeader header, string text) => header.List == "budget.lines" && text.Length < 100 && lexicon.LineCategories.Find(text, 0.7) is not null;
}
