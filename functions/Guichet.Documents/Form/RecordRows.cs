using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Takes the rows of a list in; totals, subtotals and the plan's own rows are told from its records.</summary>
internal sealed partial class RecordRows(Lexicon lexicon, Harvest harvest, AnswerTaking answers)
{
    /// <summary>A severity is a word or two; what is longer answers another question.</summary>
    private const int LongestSeverity = 45;

    /// <summary>False where the row belongs to no list.</summary>
    public bool Take(RecordHeader header, RecordTable records, Row row, string? group, string? section)
    {
        var cells = new List<RecordCell>(row.Cells.Length);
        foreach (var cell in row.Cells)
        {
            if (header.Columns.TryGetValue(cell.Column, out var column))
            {
                cells.AddRange(JoinedColumns.Cells(column.Column, column.Header, Said.Of(cell)));
            }
        }

        if (cells.Count == 0)
        {
            return false;
        }

        if (header.List == "budget.lines" && row.Cells[0] is { Number: null } named && !header.Columns.ContainsKey(named.Column) && header.Columns.Values.All(column => column.Column != "label"))
        {
            cells.Add(new RecordCell("label", "", Said.Of(named))); // The column of what is paid for needs no heading.
        }

        var first = row.Cells.FirstOrDefault(cell => cell is { IsSpread: false, Number: null } && FrenchText.Key(cell.Text).Length > 1) ?? row.Cells[0];
        if (Lexicon.IsInstruction(first.Text))
        {
            return true;
        }

        if (header.List is "budget.lines" or "budget.otherFinancing" && Special(header, records, row, cells, first, section))
        {
            return true;
        }

        if (header.List is not ("budget.lines" or "budget.otherFinancing") && FrenchText.Key(first.Text) is "total" or "totaletp" or "totalgeneral" or "ensemble")
        {
            return true;
        }

        if (header.Columns.Count >= 3 && row.Cells.Length == 2 && lexicon.Field(first.Text, section, 0.85) is { IsLoose: false })
        {
            return false; // A question and its answer below the list.
        }

        if (header.List == "governance.risks" && cells.FirstOrDefault(cell => cell.Column == "severity")?.Value.Text.Length > LongestSeverity)
        {
            return false;
        }

        var record = new Record(cells) { Group = group };
        if (header.List == "budget.lines" || RowShape.CanName(record.Text(lexicon.List(header.List).Required[0])) || record.Cells.Any(cell => cell.Column == "note" && RowShape.CanName(cell.Value.Text)) && RowShape.Fits(header, row))
        {
            records.Records.Add(record);
        }

        return true;
    }

    /// <summary>Rows of an amounts table that are no record: totals, taxes, the parts of the financing plan.</summary>
    private bool Special(RecordHeader header, RecordTable records, Row row, List<RecordCell> cells, Cell first, string? section)
    {
        var label = FrenchText.OneLine(first.Text);
        var folded = FrenchText.Fold(label);
        var amount = cells.FirstOrDefault(cell => cell.Column == "amount")
            ?? cells.LastOrDefault(cell => cell.Column.StartsWith("period:", StringComparison.Ordinal) is false && FrenchAmount.Parse(cell.Value.Text).Value is not null && cell.Column is not ("amountHt" or "vat" or "quantity" or "unitPrice" or "share"));
        if (Tax().IsMatch(folded))
        {
            records.IsWithoutTax |= amount is not null && !header.Columns.Values.Any(column => column.Column is "amountHt" or "vat");
            return true;
        }

        if (lexicon.Totals.Find(label, 0.9)?.Target is { } kind || TotalRow().IsMatch(folded))
        {
            kind = lexicon.Totals.Find(label, 0.9)?.Target ?? "subtotal";
            if (kind == "total" && amount is not null)
            {
                records.HasTotal = true;
                if (WithoutTaxTotal().IsMatch(folded))
                {
                    records.IsWithoutTax |= !header.Columns.Values.Any(column => column.Column == "amountHt");
                }
                else
                {
                    AddTotal(amount, header);
                }
            }

            return true;
        }

        var match = lexicon.Field(label, section, 0.88);
        if (match?.Target is "budget.total" or "budget.requested" or "budget.ownShare" && amount is not null && (header.List == "budget.otherFinancing" || match.Words > 1))
        {
            records.IsOver |= records.HasTotal && match.Target is not "budget.total";
            return answers.Take(label, amount.Value with { Text = WithUnit(amount) }, 0.88, section);
        }

        if (records.IsOver && header.List == "budget.lines")
        {
            return true; // Whoever else pays: the plan tells, by its sum.
        }

        if (header.List == "budget.otherFinancing" && amount is not null && lexicon.Field(label, "budget", 0.88)?.Target is "budget.requested" or "budget.ownShare")
        {
            return answers.Take(label, amount.Value with { Text = WithUnit(amount) }, 0.88, "budget");
        }

        // Nearly the words of the applicant's own share, or of its request: no financing by somebody else.
        if (header.List == "budget.otherFinancing" && (NotAFinancer().IsMatch(folded) || lexicon.Field(label, "budget", 0.55)?.Target is "budget.total" or "budget.requested" or "budget.ownShare"))
        {
            return true;
        }

        return row.Cells.Length == 1;
    }

    private void AddTotal(RecordCell amount, RecordHeader header)
    {
        // The total of a financing plan is what it finances; a mere recopy is harmless.
        var label = $"Total {amount.Header} {(header.Columns.Values.Any(column => column.Column == "amountHt") ? "TTC" : "")}";
        harvest.Candidates.Add(new Candidate(Fields.BudgetTotal, amount.Value, label, 0.95));
    }

    private static string WithUnit(RecordCell amount) => amount.Value.Text;

    [GeneratedRegex(@"^(?:dont\s+)?(?:montant (?:de la )?)?tva\b|^taxes?\b")]
    private static partial Regex Tax();

    [GeneratedRegex(@"^(?:sous[- ]?)?tota(?:l|ux)\b|^s/?[- ]?total|^dont\b")]
    private static partial Regex TotalRow();

    [GeneratedRegex(@"^(?:montant|part|apport|cout|depenses?|reste)\b|\b(?:demande|sollicite|autofinance\w*|fonds propres|porteur|guichet|ftap|pris en charge)\b")]
    private static partial Regex NotAFinancer();

    [GeneratedRegex(@"\bht\b|hors[ -]taxe")]
    private static partial Regex WithoutTaxTotal();
}
