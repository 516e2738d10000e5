using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Rows of a table that hold labels and their values: beside each other, one above the other, or both within a cell.</summary>
internal sealed class PairRows(Lexicon lexicon, AnswerTaking answerTaking, OptionBoxes options, SmallForms smallForms)
{
    private const double SureEnough = 0.85;

    /// <summary>Whose the answers of the row before are, by the column of their labels.</summary>
    private readonly Dictionary<int, string> over = [];

    private TaxIncludedHeadings? taxIncluded;
    private UnitHeadings? units;
    private string? title;

    /// <summary>Another table begins.</summary>
    /// <param name="of">Its title, where it has one.</param>
    public void Begin(string? of) => (taxIncluded, units, title) = (null, null, of);

    /// <summary>A cell may hold a small form of its own.</summary>
    public bool ReadLines(Cell cell, string? section)
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

    /// <summary>Reads a row, or two where the second holds the answers to the first.</summary>
    /// <param name="i">The row; moved on where the next was read with it.</param>
    /// <param name="answers">The columns of « oui » and « non », where headings name them.</param>
    public void Read(ImmutableArray<Row> rows, ref int i, string? section, (int Yes, int No)? answers)
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
            if (value is not null && Fields.Find(match.Target)?.ValueType == typeof(Euros) && FrenchAmount.UnitOf(cell.Text) == 1)
            {
                value = InUnit(value, (units ??= new UnitHeadings(rows, title)).Above(cells[c + 1].Column, i));
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
    private Said? Value(ImmutableArray<Row> rows, int i, LabelMatch match, ReadOnlySpan<Cell> cells, (int Yes, int No)? answers)
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

        if (cells.Length > 1 && Fields.Find(match.Target)?.ValueType == typeof(Euros))
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
    public bool IsLabelRow(ImmutableArray<Row> rows, int i, string? section)
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
    public bool IsOfPart(Row row, string section) =>
        row.Cells is [{ Number: null } label, var value, ..] && lexicon.Field(label.Text.TrimEnd(' ', ':', '*'), section, 0.9)?.Target.Split('.')[0] == section && lexicon.Field(value.Text, section, 0.9) is null;

    private static (bool Ticked, string Option)? Mark(ImmutableArray<Cell> cells, int c)
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

    /// <summary>The columns that a row of headings gives to yes and no; null where it names none.</summary>
    public static (int Yes, int No)? YesNo(Row row)
    {
        var yes = row.Cells.FirstOrDefault(cell => FrenchText.HasKey(cell.Text, "oui"));
        var no = yes is null ? null : row.Cells.FirstOrDefault(cell => FrenchText.HasKey(cell.Text, "non"));
        // Side by side: « Open source | Oui | RGAA | Non » answers two questions and heads nothing.
        return yes is not null && no is not null && no.Column == yes.Column + 1 ? (yes.Column, no.Column) : null;
    }
}
