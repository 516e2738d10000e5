using System.Collections.Immutable;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Reads tables: lists under a row of headings, cards of an indicator, labels beside or above their values.</summary>
internal sealed class TableScan(Lexicon lexicon, Harvest harvest, AnswerTaking answerTaking)
{
    private const double SureEnough = 0.85;

    private readonly RecordHeaders headers = new(lexicon);
    private readonly SmallForms smallForms = new(lexicon);
    private readonly PairRows pairs = new(lexicon, answerTaking, new OptionBoxes(lexicon, harvest), new SmallForms(lexicon));
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
        pairs.Begin(title);
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

            if (header is null && section is "contact" or "sponsor" or "applicant" && (pairs.IsLabelRow(rows, i, section) || pairs.IsOfPart(row, section)))
            {
                // « Nom | Qualité » over a person is no list of data sources.
                pairs.Read(rows, ref i, section, answers);
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
                row.Cells.ToList().ForEach(cell => pairs.ReadLines(cell, section));
                continue;
            }

            answers = PairRows.YesNo(row) ?? answers;
            if (IsTitleRow(row) is { } text)
            {
                if (pairs.ReadLines(row.Cells[0], section))
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
                    pairs.Read(rows, ref i, section, answers);
                }
            }
            else
            {
                pairs.Read(rows, ref i, section, answers);
            }
        }

        (last, lastTable, lastSheet) = (header, records, table.Sheet);
    }

    /// <summary>A form on one sheet has its indicators among other rows, under a title of their own: takes them in and gives the rest; null where there are none.</summary>
    private Table? WithoutCards(Table table)
    {
        const int MostRows = 60; // In longer parts nobody describes indicators, and a sheet may have as many rows as a file holds.
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

            if (end - start is < 6 or > MostRows)
            {
                continue;
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

    private static string? IsTitleRow(Row row) => row.Cells is [{ Number: null, Date: null } only] ? only.Text : null;

    /// <summary>« TECHNIQUE » between the lines of a budget is a part of it, whatever else it may be the title of.</summary>
    private static bool IsOverLines(RecordHeader header, ImmutableArray<Row> rows, int at) =>
        header.List == "budget.lines" && at > 0 && at + 1 < rows.Length && rows[at].Cells[0].Column == rows[at + 1].Cells[0].Column && rows[at + 1].Cells.Length > 2 &&
        header.Columns.Any(column => column.Value.Column is "amount" && rows[at + 1].At(column.Key) is { } cell && (cell.Number is not null || FrenchAmount.Parse(cell.Text).Value is not null));

    private bool IsGroup(RecordHeader header, string text) => header.List == "budget.lines" && text.Length < 100 && lexicon.LineCategories.Find(text, 0.7) is not null;
}
