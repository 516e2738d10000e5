using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>From the rows of amounts tables to budget lines and other financing. A list with a line that is not understood is not given.</summary>
internal sealed partial class BudgetReading(Lexicon lexicon, Action<Said, Field, string> tell)
{
    /// <summary>The lines of a table, or null where one of them cannot be believed.</summary>
    public ImmutableArray<BudgetLine>? Lines(RecordTable table)
    {
        var lines = ImmutableArray.CreateBuilder<BudgetLine>();
        var areTurned = AreTurned(table);
        foreach (var read in table.Records)
        {
            var record = areTurned ? Turned(read) : read;
            if (Label(record) is not { } label)
            {
                continue;
            }

            var category = Category(record, label);
            var periods = record.Cells.Where(cell => cell.Column.StartsWith("period:", StringComparison.Ordinal) && IsSaid(cell)).ToList();
            var whole = record.Cells.Where(cell => cell.Column == "amount" && IsSaid(cell)).ToList();
            // A column a year and one that adds them up: the line is the whole, over the years that have a part of it.
            var byPeriod = whole.Count == 0 && periods.Count > 0;
            var amounts = byPeriod ? periods : whole;
            if (amounts.Count == 0 && record["amountHt"] is { } without && IsSaid(without))
            {
                tell(without.Value, Fields.BudgetLines, "le montant est donné hors taxes, il est attendu toutes taxes comprises");
                return null;
            }

            foreach (var cell in amounts)
            {
                if (table.IsWithoutTax)
                {
                    tell(cell.Value, Fields.BudgetLines, "les lignes sont données hors taxes, elles sont attendues toutes taxes comprises");
                    return null;
                }

                if (Amount(cell, table.Title) is not { Value: { } amount } understood)
                {
                    tell(cell.Value, Fields.BudgetLines, Amount(cell, table.Title).Problem!);
                    return null;
                }

                _ = understood;
                var period = byPeriod ? PeriodOf(cell)
                    : periods.Count > 0 ? Years([.. periods.Where(part => Amount(part, table.Title).Value is { Cents: > 0 }).Select(PeriodOf)])
                    : record.Text("period");
                if (!byPeriod || amount != Euros.Zero)
                {
                    lines.Add(new BudgetLine(category, label, amount, period));
                }
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>The other financing of a table; null where a row cannot be believed.</summary>
    public ImmutableArray<OtherFinancing>? Others(RecordTable table)
    {
        var others = ImmutableArray.CreateBuilder<OtherFinancing>();
        foreach (var record in table.Records)
        {
            if (record.Text("from") is not { } written || OtherFinancingText.Financer(written) is not { } from || record["amount"] is not { } cell || !IsSaid(cell))
            {
                continue;
            }

            var amount = Amount(cell, table.Title);
            if (amount.Value is not { } understood)
            {
                tell(cell.Value, Fields.BudgetOtherFinancing, amount.Problem!);
                return null;
            }

            if (understood != Euros.Zero)
            {
                others.Add(new OtherFinancing(from, understood));
            }
        }

        return others.ToImmutable();
    }

    /// <summary>Years that follow each other, as people write them: « 2024-2026 ».</summary>
    private static string Years(List<string> periods)
    {
        var years = periods.ConvertAll(period => Year().Match(period) is { Success: true } match ? int.Parse(match.Value, CultureInfo.InvariantCulture) : 0);
        return years.Count > 1 && years[0] > 0 && years.Select((year, i) => year - i).Distinct().Count() == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{years[0]}-{years[^1]}")
            : string.Join(", ", years.Count == 1 && years[0] > 0 ? [years[0].ToString(CultureInfo.InvariantCulture)] : periods);
    }

    [GeneratedRegex(@"(?<=^(?:\D{0,20}\s)?)20\d{2}$")]
    private static partial Regex Year();

    private static string PeriodOf(RecordCell cell) => cell.Column["period:".Length..];

    private static bool IsSaid(RecordCell cell) => cell.Value.Number is not null || !FrenchAnswer.IsEmpty(cell.Value.Text);

    private static Understood<Euros> Amount(RecordCell cell, string? title)
    {
        var unit = FrenchAmount.UnitOf(cell.Header) is var own and > 1 ? own : FrenchAmount.UnitOf(title ?? "");
        if (cell.Value.Number is not { } number)
        {
            return FrenchAmount.Parse(cell.Value.Text, unit) is { Value: { Cents: < 0 } } ? Understood<Euros>.No("le montant est négatif") : FrenchAmount.Parse(cell.Value.Text, unit);
        }

        return number < 0 ? Understood<Euros>.No("le montant est négatif")
            : Euros.TryFrom(Math.Round(number * unit, 2, MidpointRounding.AwayFromZero)) is { } amount ? amount
            : Understood<Euros>.No("le montant n’est pas lisible");
    }

    /// <summary>« Poste | Nature » over « Hébergement | Infrastructure »: headings that either may have, told apart by what stands under them.</summary>
    private bool AreTurned(RecordTable table) =>
        table.Records.Count > 1 && table.Records.All(record => Sure(record.Text("label"))) && table.Records.Count(record => !Sure(record.Text("category"))) * 2 > table.Records.Count;

    private bool Sure(string? text) => text is not null && lexicon.LineCategories.Find(text, 0.9) is not null;

    private static Record Turned(Record record) => record with
    {
        Cells = [.. record.Cells.Select(cell => cell.Column switch { "label" => cell with { Column = "category" }, "category" => cell with { Column = "label" }, _ => cell })],
    };

    private static string? Label(Record record) => record.Text("label") ?? record.Text("category") ?? (record.Group is { } group ? FrenchText.OneLine(group) : null);

    private string? Category(Record record, string label) =>
        Find(record.Text("category")) ?? Find(record.Group) ?? Find(label) ?? Inside(label);

    private string? Find(string? text) => text is null ? null : lexicon.LineCategories.Find(text, 0.7)?.Target;

    /// <summary>A label that speaks of one category only.</summary>
    private string? Inside(string label)
    {
        var found = label.Split([' ', '-', '–', ':', ',', '(', ')', '/', '’', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => lexicon.LineCategories.Find(word, 0.99)?.Target).OfType<string>().Distinct().ToList();
        return found is [var only and not "autre"] ? only : null;
    }
}
