using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>DEPLOIEMENT: a strategy of deployment, by which the indicators' milestones are to be reached, is stated.</summary>
/// <remarks>Source: page du guichet, « le porteur doit préciser sa stratégie de déploiement ».</remarks>
internal sealed class Deploiement() : EligibilityRule("DEPLOIEMENT")
{
    protected override string Ask(Campaign campaign) => campaign.AsksForDeployment
        ? "Le dossier dit par quelle stratégie de déploiement le projet atteindra les cibles de ses indicateurs."
        : "Le guichet ne demande pas de stratégie de déploiement.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Completion;

    protected override Judgement Decide(Subject subject) =>
        !subject.Campaign.AsksForDeployment ? Satisfied("Le guichet ne demande pas de stratégie de déploiement.") :
        Input(subject, Fields.ProjectDeployment) is { } input ? Satisfied("La stratégie de déploiement est décrite.", input) :
        Unknown("Précisez la stratégie de déploiement : comment et quand le projet atteindra les cibles de ses indicateurs.");
}
