using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;

namespace Guichet.Pages;

/// <summary>What pages call things.</summary>
internal static class French
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");

    public static string Number(decimal number) => number.ToString("#,0.##", Culture);

    /// <summary>In French, one and a half is still one.</summary>
    public static string Points(decimal points) => $"{Number(points)} point{(Math.Abs(points) >= 2 ? "s" : "")}";

    public static string And(IEnumerable<string> items) => Joined([.. items], " et ");

    public static string Joined(ImmutableArray<string> items, string last) =>
        items.Length < 2 ? string.Concat(items) : string.Join(", ", items[..^1]) + last + items[^1];

    /// <summary>What follows where a rule does not hold.</summary>
    public static string Consequence(RuleSeverity severity, Campaign campaign) => severity switch
    {
        RuleSeverity.Blocking => Refusal(campaign),
        RuleSeverity.Completion => "complément demandé",
        _ => "réserve pour les instructeurs",
    };

    /// <summary>What followed from a rule; a rule that blocks asks for what is missing before it blocks.</summary>
    public static string? Consequence(Finding finding, Campaign campaign) => finding switch
    {
        { Verdict: RuleVerdict.Satisfied } => null,
        { ProposesRefusal: true } => Refusal(campaign),
        { AsksForCompletion: true } => "complément demandé",
        _ => "réserve pour les instructeurs",
    };

    public static string Verdict(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Satisfied => "satisfaite",
        RuleVerdict.Unsatisfied => "non satisfaite",
        _ => "ne peut pas être jugée",
    };

    public static string Outcome(Outcome outcome, Campaign campaign) => outcome switch
    {
        Core.Eligibility.Outcome.Recevable => "dossier recevable",
        Core.Eligibility.Outcome.Incomplet => "dossier à compléter",
        _ => Refusal(campaign),
    };

    public static string Wanted(IndicatorRule rule) => rule.Kind switch
    {
        IndicatorRuleKind.AllOf => rule.Codes.Length == 1 ? "Cet indicateur :" : "Tous ces indicateurs :",
        IndicatorRuleKind.AtLeastOneOf => "Au moins un de ces indicateurs :",
        _ => "Au moins un indicateur choisi par le porteur.",
    };

    public static string For(Criterion criterion, Campaign campaign) => criterion.Types.IsEmpty
        ? "pour tous les projets"
        : $"pour le type « {string.Join(" », « ", campaign.Types.Where(type => criterion.IsFor(type.Id)).Select(type => type.Label))} »";

    private static string Refusal(Campaign campaign) => campaign.RefusesByItself ? "irrecevabilité" : "irrecevabilité proposée";
}
