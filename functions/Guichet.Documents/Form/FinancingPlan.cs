using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// A plan of financing without headings: what is asked for, the own share, and rows that name whoever else pays. Names that nobody knows are believed where
/// the request and the own share are known and the amounts add up to the plan's own total, and only then.
/// </summary>
internal sealed partial class FinancingPlan(Lexicon lexicon, Harvest harvest)
{
    /// <summary>A plan, or the small budget that it stands under; in longer tables nobody writes one.</summary>
    private const int MostRows = 80;

    /// <summary>As many lines one after the other may be a plan.</summary>
    private const int FewestLines = 4;

    private enum Kind
    {
        Requested,
        OwnShare,
        Total,
        Other,

        /// <summary>« Autres financeurs | Région : 50 000 € »: who it is stands in the answer, and is read there.</summary>
        Named,
    }

    /// <summary>Looks for a plan in each table; takes in what it adds to what was found.</summary>
    public void Take(DocumentModel document)
    {
        if (harvest.Tables.Any(table => table.List == "budget.otherFinancing" && table.Records.Count > 0))
        {
            return;
        }

        foreach (var (table, title) in Tables(document))
        {
            var units = new UnitHeadings(table.Rows, title);
            if (table.Rows is [var labels, var amounts])
            {
                Settle([.. labels.Cells.Where(label => amounts.At(label.Column) is not null).Select(label => Line(new Row([label with { Column = 0 }, amounts.At(label.Column)! with { Column = 1 }]), _ => units.Above(label.Column, 1))).OfType<(Cell, Cell, Euros, Kind)>()], table);
            }

            var open = new List<(Cell Label, Cell Amount, Euros Euros, Kind Kind)>();
            foreach (var (at, row) in table.Rows.Index())
            {
                if (Line(row, column => units.Above(column, at)) is { } line)
                {
                    open.Add(line);
                    continue;
                }

                Settle(open, table);
                open.Clear();
            }

            Settle(open, table);
        }
    }

    private static IEnumerable<(Table Table, string? Title)> Tables(DocumentModel document)
    {
        string? title = null;
        foreach (var block in document.Blocks)
        {
            title = block switch
            {
                Heading { Text: [_, ..] text } => text,
                Paragraph { IsHint: false, Text: { Length: < 100 } text } => text,
                _ => title,
            };
            if (block is Table { Rows.Length: <= MostRows } table)
            {
                yield return (table, table.Title ?? title);
            }
        }

        foreach (var table in Written(document))
        {
            yield return (table, null);
        }
    }

    /// <summary>« Cofinancement demandé : 145 000 € », « Région : 15 000 € », line after line: a plan as well as one in a table.</summary>
    private static IEnumerable<Table> Written(DocumentModel document)
    {
        var rows = new List<Row>();
        foreach (var block in document.Blocks.Append(new Heading(1, "", "")))
        {
            if (block is Paragraph { IsHint: false } paragraph && LabelledLine.Split(paragraph.Text) is { Value.Length: > 0 and < 40 } line && FrenchAmount.Parse(line.Value).Value is not null && line.Value.Contains('€', StringComparison.Ordinal))
            {
                rows.Add(new Row([new Cell(0, line.Label, paragraph.Place), new Cell(1, line.Value, paragraph.Place)]));
                continue;
            }

            if (rows.Count >= FewestLines)
            {
                yield return new Table("", [.. rows]);
            }

            rows.Clear();
        }
    }

    private void Settle(List<(Cell Label, Cell Amount, Euros Euros, Kind Kind)> lines, Table table)
    {
        Euros Sum(Kind kind) => lines.Where(line => line.Kind == kind).Select(line => line.Euros).Sum();
        var others = lines.Where(line => line.Kind is Kind.Other).ToList();
        if (others.Count is 0 or > 6 || lines.Count(line => line.Kind is Kind.Requested) != 1 || lines.Count(line => line.Kind is Kind.OwnShare) != 1
            || lines.Where(line => line.Kind is Kind.Total).Select(line => line.Euros).Distinct().ToList() is not [var total]
            || Sum(Kind.Requested) + Sum(Kind.OwnShare) + Sum(Kind.Other) + Sum(Kind.Named) != total)
        {
            return;
        }

        var records = new RecordTable("budget.otherFinancing", null, table.Sheet);
        records.Records.AddRange(others.Select(line => new Record(
        [
            new RecordCell("from", "Financeur", new Said(Another().Replace(line.Label.Text, ""), line.Label.Place)),
            new RecordCell("amount", "Montant", Said.Of(line.Amount)),
        ])));
        harvest.Tables.Add(records);
        foreach (var own in lines.Where(line => line.Kind is Kind.OwnShare && lexicon.Field(line.Label.Text, "budget", Sure) is null))
        {
            harvest.Add(Fields.BudgetOwnShare, FrenchAmount.UnitOf(own.Label.Text) > 1 ? "Part propre" : own.Label.Text, Sure, Said.Of(own.Amount)); // Its unit is in the amount by now.
        }
    }

    private const double Sure = 0.85;

    private (Cell, Cell, Euros, Kind)? Line(Row row, Func<int, decimal> unitOf)
    {
        var cells = row.Cells.Where(cell => !cell.IsSpread).ToList();
        if (cells.Count < 2 || cells.FirstOrDefault(cell => cell.Number is null && cell.Text.Any(char.IsLetter)) is not { } label || cells[^1] == label || label.Text.Length > 120 || Part().IsMatch(FrenchText.Fold(label.Text)))
        {
            return null;
        }

        var written = cells[^1];
        var unit = FrenchAmount.UnitOf(label.Text) is var own and > 1 ? own : unitOf(written.Column);
        var amount = written.Number is { } number ? Euros.TryFrom(Math.Round(number * unit, 2)) : FrenchAmount.Parse(written.Text, unit).Value;
        return amount is { } euros && euros > Euros.Zero ? (label, written with { Number = euros.Amount }, euros, KindOf(label.Text)) : null;
    }

    private Kind KindOf(string label) => lexicon.Field(label, "budget", Sure)?.Target switch
    {
        "budget.requested" => Kind.Requested,
        "budget.ownShare" => Kind.OwnShare,
        "budget.total" => Kind.Total,
        "budget.otherFinancing" => Kind.Named,
        _ when Whole().IsMatch(FrenchText.Fold(label)) => Kind.Total,
        _ when Own().IsMatch(FrenchText.Fold(label)) => Kind.OwnShare,
        _ => Kind.Other,
    };

    /// <summary>What is a part of another row, or its amount without taxes.</summary>
    [GeneratedRegex(@"^dont\b|\bht\b|hors tax|sous-total")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?:total|ensemble|somme)\b")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(?:part (?:a la charge|de la|du|de l.|restante)|apport\b|autofinancement|auto-financement|fonds propres|apport propre|financement (?:propre|interne)|reste a charge|credits? (?:propre|de la|de l|du)|contribution (?:propre|de la|de l|du)|participation (?:propre|de la|de l|du)|budget propre|ressources propres|quote-part)")]
    private static partial Regex Own();

    [GeneratedRegex(@"^\s*(?:autres?|autre financeur|autres financeurs|autre financement|cofinanceur)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Another();
}
