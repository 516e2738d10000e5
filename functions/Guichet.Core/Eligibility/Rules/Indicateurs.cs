using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>INDICATEURS: for each project type chosen, each mandatory indicator is there with definition, baseline, target and their dates.</summary>
/// <remarks>Source: page du guichet, « indicateurs d’impact obligatoires » by type of project.</remarks>
internal sealed class Indicateurs() : EligibilityRule("INDICATEURS")
{
    protected override string Ask(Campaign campaign) => "Chaque indicateur demandé pour le type du projet est là, avec sa définition, sa valeur de départ et sa cible, chacune à une date.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Completion;

    protected override Judgement Decide(Subject subject)
    {
        var typesInput = Input(subject, Fields.ProjectTypes);
        var indicatorsInput = Input(subject, Fields.ImpactIndicators);
        var types = subject.Campaign.TypesOf(subject.Application);
        if (types.IsEmpty)
        {
            return Unknown("Les indicateurs demandés dépendent du type de projet, qui n’est pas indiqué.", indicatorsInput);
        }

        var given = subject.Application.Find(Fields.ImpactIndicators)?.Value ?? [];
        var lacking = types.SelectMany(type => type.Indicators).SelectMany(rule => Lacking(subject.Campaign, rule, given)).Distinct(StringComparer.Ordinal).ToList();
        return lacking.Count == 0
            ? Satisfied("Les indicateurs d’impact demandés sont là, avec définition, valeur de départ et cible datées.", typesInput, indicatorsInput)
            : Unsatisfied($"Complétez les indicateurs d’impact : {string.Join(" ; ", lacking)}.", typesInput, indicatorsInput);
    }

    private static IEnumerable<string> Lacking(Campaign campaign, IndicatorRule rule, ImmutableArray<Indicator> given) => rule.Kind switch
    {
        IndicatorRuleKind.AllOf => rule.Codes.SelectMany(code => LackingOf(campaign, code, given)),
        IndicatorRuleKind.AtLeastOneOf => rule.Codes.Any(code => !LackingOf(campaign, code, given).Any())
            ? []
            : given.Any(indicator => rule.Codes.Contains(indicator.Code ?? ""))
                ? rule.Codes.Where(code => given.Any(indicator => indicator.Code == code)).SelectMany(code => LackingOf(campaign, code, given))
                : [$"il faut l’un des indicateurs {string.Join(" ou ", rule.Codes.Select(code => Named(campaign, code)))}"],
        _ => given.Any(indicator => indicator.Code is null && Missing(indicator).Count == 0)
            ? []
            : given.Where(indicator => indicator.Code is null).Select(Incomplete).DefaultIfEmpty("il faut au moins un indicateur choisi par vous, en plus de ceux de la liste"),
    };

    private static IEnumerable<string> LackingOf(Campaign campaign, string code, ImmutableArray<Indicator> given)
    {
        var ofCode = given.Where(indicator => indicator.Code == code).ToList();
        return ofCode.Count == 0
            ? [$"il manque l’indicateur {Named(campaign, code)}"]
            : ofCode.Where(indicator => Missing(indicator).Count > 0).Select(Incomplete);
    }

    private static string Incomplete(Indicator indicator) => $"« {indicator.Name} » : précisez {string.Join(", ", Missing(indicator))}";

    private static List<string> Missing(Indicator indicator)
    {
        List<string> missing = [];
        void Want(bool there, string what)
        {
            if (!there)
            {
                missing.Add(what);
            }
        }

        Want(!string.IsNullOrWhiteSpace(indicator.Definition), "la définition");
        Want(indicator.Baseline is not null, "la valeur de départ");
        Want(indicator.BaselineDate is not null, "la date de la valeur de départ");
        Want(indicator.Target is not null, "la cible");
        Want(indicator.TargetDate is not null, "la date de la cible");
        return missing;
    }

    private static string Named(Campaign campaign, string code) =>
        campaign.Indicators.FirstOrDefault(indicator => indicator.Code == code) is { } known ? $"{code} ({known.Name})" : code;
}
