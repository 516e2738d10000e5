using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>
/// QUALITE: each commitment that the campaign names is answered. Yes is satisfied, no is a reserve for the reviewers, and no answer asks for
/// completion.
/// </summary>
/// <remarks>Source: page du guichet, « les projets devront respecter : code source ouvert, référencement, accessibilité, écoresponsabilité ».</remarks>
internal sealed class Qualite() : EligibilityRule("QUALITE")
{
    protected override string Ask(Campaign campaign) => campaign.Commitments.IsEmpty
        ? "Le guichet ne demande aucun engagement."
        : $"Le dossier répond par oui ou par non à chaque engagement : {string.Join(" ; ", campaign.Commitments.Select(id => Fields.Find(id)!.Label))}. Un non est une réserve ; une absence de réponse est à compléter.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Completion;

    protected override Judgement Decide(Subject subject)
    {
        var asked = subject.Campaign.Commitments.Select(id => Fields.Find(id)!).ToList();
        RuleInput?[] inputs = [.. asked.Select(field => Input(subject, field))];
        var silent = asked.Where(field => subject.Application.Find(field.Id) is null).Select(field => field.Label).ToList();
        if (silent.Count > 0)
        {
            return Unknown($"Répondez par oui ou par non : {string.Join(" ; ", silent)}.", inputs);
        }

        var refused = asked.Where(field => subject.Application.Find(field.Id)?.Value is false).Select(field => field.Label).ToList();
        return refused.Count == 0
            ? Satisfied("Les engagements de qualité sont pris.", inputs)
            : Unsatisfied($"Le porteur ne prend pas : {string.Join(" ; ", refused)}.", inputs) with { Severity = RuleSeverity.Reserve };
    }
}
