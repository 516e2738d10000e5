using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>
/// REFERENCEMENT: a project that shares data commits itself to list what it shares where others look: an API on api.gouv.fr, open data on
/// data.gouv.fr. The way of sharing is told from the indicators; where they do not tell, one of the commitments is enough.
/// </summary>
/// <remarks>Source: page du guichet, « référencer les API sur api.gouv.fr et les données sur data.gouv.fr ».</remarks>
internal sealed class Referencement() : EligibilityRule("REFERENCEMENT")
{
    protected override string Ask(Campaign campaign) => campaign.Types.SelectMany(type => type.Listing).Select(listing => listing.Label).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } listed
        ? $"Un projet qui met des données à disposition s’engage à référencer {string.Join(" et ", listed)}, selon son mode de partage."
        : "Le guichet ne demande aucun référencement.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Completion;

    protected override Judgement Decide(Subject subject)
    {
        var types = subject.Campaign.TypesOf(subject.Application);
        if (types.IsEmpty)
        {
            return Unknown("Ce qui est à référencer dépend du type de projet, qui n’est pas indiqué.");
        }

        var rules = types.SelectMany(type => type.Listing).ToImmutableArray();
        if (rules.IsEmpty)
        {
            return Satisfied("Le projet ne met pas de données à disposition : rien n’est à référencer.", Input(subject, Fields.ProjectTypes));
        }

        var codes = (subject.Application.Find(Fields.ImpactIndicators)?.Value ?? []).Select(indicator => indicator.Code).ToHashSet(StringComparer.Ordinal);
        var ofItsMode = rules.Where(rule => codes.Contains(rule.Indicator)).ToImmutableArray();
        RuleInput?[] inputs = [.. rules.Select(rule => Input(subject, Fields.Find(rule.Commitment)!))];
        var lacking = ofItsMode.IsEmpty && rules.Any(rule => IsCommitted(subject, rule)) ? [] : (ofItsMode.IsEmpty ? rules : ofItsMode).Where(rule => !IsCommitted(subject, rule)).ToImmutableArray();
        return lacking.IsEmpty
            ? Satisfied("L’engagement de référencement est pris.", inputs)
            : Unsatisfied($"Engagez-vous à référencer {string.Join(ofItsMode.IsEmpty ? " ou " : " et ", lacking.Select(rule => rule.Label))}.", inputs);
    }

    private static bool IsCommitted(Subject subject, ListingRule rule) => subject.Application.Find(rule.Commitment)?.Value is true;
}
