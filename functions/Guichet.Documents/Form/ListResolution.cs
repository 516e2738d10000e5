using System.Collections.Immutable;
using System.Text;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Settles the lists: several tables may hold one list, or say the same thing twice.</summary>
internal sealed class ListResolution(Lexicon lexicon, Resolution resolution)
{
    public void Settle(Harvest harvest)
    {
        var reading = new ListReading(lexicon, resolution.Tell);
        SharedIndicators.PutTogether(harvest, lexicon);
        Join(harvest, Fields.ImpactIndicators, reading.Indicators);
        Join(harvest, Fields.GovernanceTeam, reading.Team);
        Join(harvest, Fields.GovernanceRisks, ListReading.Risks);
        Join(harvest, Fields.ProjectMilestones, reading.Milestones);
        Join(harvest, Fields.DataSources, reading.DataSources);

        var budget = new BudgetReading(lexicon, resolution.Tell);
        Lines(harvest, budget);
        Others(harvest, budget);
        foreach (var empty in harvest.Candidates.Where(candidate => candidate.Field.ValueType.IsGenericType && FrenchAnswer.IsEmpty(candidate.Value.Text)))
        {
            resolution.TellEmpty(empty);
        }
    }

    /// <summary>The tables of a list, one after the other; a record that comes twice is said once.</summary>
    private void Join<T>(Harvest harvest, Field<ImmutableArray<T>> field, Func<RecordTable, ImmutableArray<T>> read)
    {
        var tables = harvest.Tables.Where(table => table.List == field.Id).ToList();
        var all = tables.SelectMany(table => read(table)).ToImmutableArray();
        if (!all.IsEmpty)
        {
            resolution.Add(field, all.Distinct().ToImmutableArray(), Said(tables));
        }
    }

    private void Lines(Harvest harvest, BudgetReading budget)
    {
        var tables = harvest.Tables.Where(table => table.List == Fields.BudgetLines.Id && table.Records.Count > 0).ToList();
        var read = tables.Select(table => (Table: table, Lines: budget.Lines(table))).ToList();
        if (read.Any(one => one.Lines is null))
        {
            return;
        }

        var filled = read.Where(one => one.Lines is { Length: > 0 }).Select(one => (one.Table, Lines: one.Lines!.Value)).ToList();
        if (filled.Count == 0)
        {
            return;
        }

        if (filled.Count == 1)
        {
            resolution.Add(Fields.BudgetLines, filled[0].Lines, Said([filled[0].Table]));
            return;
        }

        // A recap and its detail add up to the same: the detail says more. Parts of a budget add up to its total.
        var sums = filled.Select(one => one.Lines.Select(line => line.Amount).Sum()).ToList();
        var total = resolution.Values.FirstOrDefault(value => value.Field == Fields.BudgetTotal)?.Value as Euros?;
        if (sums.Distinct().Count() == 1)
        {
            var detail = filled.MaxBy(one => one.Lines.Length);
            resolution.Add(Fields.BudgetLines, detail.Lines, Said([detail.Table]));
        }
        else if (total is null || sums.Sum() == total)
        {
            resolution.Add(Fields.BudgetLines, filled.SelectMany(one => one.Lines).ToImmutableArray(), Said(tables));
        }
        else if (sums.Count(sum => sum == total) == 1)
        {
            var (table, lines) = filled[sums.FindIndex(sum => sum == total)];
            resolution.Add(Fields.BudgetLines, lines, Said([table]));
        }
        else
        {
            resolution.Tell(Said(tables), Fields.BudgetLines, "plusieurs tableaux de budget se contredisent, aucun n’est retenu");
        }
    }

    private void Others(Harvest harvest, BudgetReading budget)
    {
        var tables = harvest.Tables.Where(table => table.List == Fields.BudgetOtherFinancing.Id).ToList();
        var read = tables.Select(table => budget.Others(table)).ToList();
        var beside = harvest.Candidates.Where(candidate => candidate.Field == Fields.BudgetOtherFinancing).SelectMany(Parts).Select(Beside).OfType<OtherFinancing>().ToList();
        if (read.Any(others => others is null))
        {
            return;
        }

        var all = read.SelectMany(others => others!.Value).Concat(beside).Distinct().ToImmutableArray();
        if (!all.IsEmpty)
        {
            resolution.Add(Fields.BudgetOtherFinancing, all, read.Any(others => others!.Value.Length > 0)
                ? Said(tables)
                : harvest.Candidates.First(candidate => candidate.Field == Fields.BudgetOtherFinancing && Parts(candidate).Any(part => Beside(part) is not null)).Value);
        }
    }

    /// <summary>« Région : 35 k€ ; Fondation : 15 k€ »: several who pay, where each of them has an amount.</summary>
    private static IEnumerable<Candidate> Parts(Candidate candidate)
    {
        var parts = candidate.Value.Text.Split(';', '\n').Select(part => part.Trim()).Where(part => part.Length > 0).ToList();
        return candidate.Value.Number is null && parts.Count > 1 && parts.TrueForAll(part => part.Any(char.IsLetter) && FrenchAmount.Parse(part).Value is { Cents: > 0 })
            ? parts.Select(part => candidate with { Value = candidate.Value with { Text = part } })
            : [candidate];
    }

    /// <summary>One financing beside its label: <c>Autre financement (région Bretagne) | 50 000 €</c>, <c>Autres financements : région Bretagne, 50 000 €</c>.</summary>
    private static OtherFinancing? Beside(Candidate candidate)
    {
        var amount = candidate.Value.Number is { } number ? Euros.TryFrom(Math.Round(number, 2)) : FrenchAmount.Parse(candidate.Value.Text).Value;
        if (amount is not { Cents: > 0 } given)
        {
            return null;
        }

        candidate = candidate with { Label = candidate.Label.Replace("(s)", "s", StringComparison.Ordinal) };
        var open = candidate.Label.IndexOf('(', StringComparison.Ordinal);
        var from = (open > 0 || candidate.Label.Contains(':', StringComparison.Ordinal)) && !OtherFinancingText.Asks(candidate.Label) ? OtherFinancingText.Financer(candidate.Label) ?? "" : OtherFinancingText.From(candidate.Value.Text);
        // A sentence names somebody too, but not alone.
        return from.Length is > 1 and <= 90 && !Answers.IsHeading(from) ? new OtherFinancing(FrenchText.OneLine(from), given) : null;
    }

    private static Said Said(List<RecordTable> tables)
    {
        var records = tables.SelectMany(table => table.Records).ToList();
        string first = records.First(record => record.Cells.Count > 0).Cells[0].Value.Place;
        string last = records.Last(record => record.Cells.Count > 0).Cells[^1].Value.Place;
        var common = first.LastIndexOf(", ", StringComparison.Ordinal);
        var place = first == last ? first
            : common > 0 && last.StartsWith(first[..common], StringComparison.Ordinal) ? $"{first} à {last[(common + 2)..].Replace("ligne ", "", StringComparison.Ordinal)}"
            : $"{first} à {last}";
        var text = new StringBuilder();
        for (var i = 0; i < records.Count && text.Length <= Resolution.MostShown; i++)
        {
            text.Append(i > 0 ? " ; " : "").AppendJoin(" | ", records[i].Cells.Select(cell => FrenchText.OneLine(cell.Value.Text)));
        }

        return new Said(text.ToString(), place);
    }
}

/// <summary>Who finances, where it is written with the amount.</summary>
internal static partial class OtherFinancingText
{
    /// <summary>The financer alone: <c>Autre financement : Inria</c> and <c>Autre financement (Inria)</c> name Inria; null where nobody is named.</summary>
    public static string? Financer(string text)
    {
        var bare = Values.FrenchText.OneLine(Prefix().Replace(text, ""));
        return bare.StartsWith('(') && bare.EndsWith(')') ? bare[1..^1].Trim() : bare.Length > 0 ? bare : null;
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^\s*autres?\s+(?:co)?financ(?:ements?|eurs?)\s*\d?\s*[:–—-]?\s*", System.Text.RegularExpressions.RegexOptions.IgnoreCase)]
    private static partial System.Text.RegularExpressions.Regex Prefix();

    /// <summary>Whether the bracket of a label says what is to be written and names nobody: <c>(origine et montant)</c>.</summary>
    public static bool Asks(string label) => Asking().IsMatch(Values.FrenchText.Fold(label));

    [System.Text.RegularExpressions.GeneratedRegex(@"\([^)]*\b(?:origine|montants?|preciser|precisez|indiquer|indiquez|financeurs?|organismes?|noms?)\b[^)]*\)")]
    private static partial System.Text.RegularExpressions.Regex Asking();

    public static string From(string text) => Joint().Replace(Amount().Replace(text, "").Trim(' ', ':', ',', '(', ')', '-', '–', ';', '.'), "");

    /// <summary>« ARS pour 40 000 € », « la région à hauteur de 20 000 € »: the words between who pays and how much.</summary>
    [System.Text.RegularExpressions.GeneratedRegex(@"\s+(?:pour|soit|de|à hauteur de|pour un montant de|d’un montant de|apporte|verse)$", System.Text.RegularExpressions.RegexOptions.IgnoreCase)]
    private static partial System.Text.RegularExpressions.Regex Joint();


    [System.Text.RegularExpressions.GeneratedRegex(@"[\d][\d\s.,\u00A0\u202F]*\s?(?:k€|M€|€|euros?)?(?:\s+TTC)?")]
    private static partial System.Text.RegularExpressions.Regex Amount();
}
