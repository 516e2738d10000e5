using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>BUDGET: the lines add up to the total, and requested + own share + other financing = total, both to the cent.</summary>
internal sealed class Budget() : EligibilityRule("BUDGET")
{
    protected override string Ask(Campaign campaign) => "Les lignes du budget font le coût total, et le cofinancement demandé, la part du porteur et les autres financements le font aussi, au centime.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Completion;

    protected override Judgement Decide(Subject subject)
    {
        var application = subject.Application;
        var total = application.Find(Fields.BudgetTotal)?.Value;
        var lines = application.Find(Fields.BudgetLines)?.Value;
        var requested = application.Find(Fields.BudgetRequested)?.Value;
        var own = application.Find(Fields.BudgetOwnShare)?.Value;
        RuleInput?[] inputs =
        [
            Input(subject, Fields.BudgetTotal), Input(subject, Fields.BudgetLines), Input(subject, Fields.BudgetRequested),
            Input(subject, Fields.BudgetOwnShare), Input(subject, Fields.BudgetOtherFinancing),
        ];
        var absent = new[]
        {
            (total is null, "le coût total"), (lines is null, "le détail des dépenses"),
            (requested is null, "le cofinancement demandé"), (own is null, "la part que vous financez"),
        }.Where(pair => pair.Item1).Select(pair => pair.Item2).ToList();
        if (absent.Count > 0)
        {
            return Unknown($"Complétez le budget : {string.Join(", ", absent)}.", inputs);
        }

        var other = (application.Find(Fields.BudgetOtherFinancing)?.Value ?? []).Select(part => part.Amount).Sum();
        var sumOfLines = lines!.Value.Select(line => line.Amount).Sum();
        var resources = requested!.Value + own!.Value + other;
        var faults = new List<string>();
        if (sumOfLines != total)
        {
            faults.Add($"les dépenses détaillées font {sumOfLines} et le coût total indiqué est {total} (écart de {Difference(sumOfLines, total!.Value)})");
        }

        if (resources != total)
        {
            faults.Add($"cofinancement demandé, part du porteur et autres financements font {resources} et le coût total est {total} (écart de {Difference(resources, total!.Value)})");
        }

        return faults.Count == 0
            ? Satisfied("Le budget est équilibré au centime.", inputs)
            : Unsatisfied($"Corrigez le budget : {string.Join(" ; ", faults)}.", inputs);
    }

    private static Euros Difference(Euros left, Euros right) => left > right ? left - right : right - left;
}
