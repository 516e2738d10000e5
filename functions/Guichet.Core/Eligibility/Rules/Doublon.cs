using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>DOUBLON: no other live dossier of the same SIREN presents the same project. A reserve: the reviewers are told.</summary>
/// <remarks>
/// Source: ours, for the office that would fund a project twice. The other dossiers are a fact of the deposit, kept with it, so that the answer can be computed again.
/// </remarks>
internal sealed class Doublon() : EligibilityRule("DOUBLON")
{
    protected override string Ask(Campaign campaign) => "Aucun autre dossier en cours du même porteur ne présente le même projet, reconnu à son titre.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Reserve;

    protected override Judgement Decide(Subject subject)
    {
        if (subject.Deposit.Twins is not { } twins)
        {
            return Unknown("Les autres dossiers du porteur seront regardés au dépôt.");
        }

        RuleInput?[] inputs = [Input(subject, Fields.ApplicantSiret), Input(subject, Fields.ProjectTitle), Fact("deposit.twins", twins.Select(twin => twin.ToString()).ToArray())];
        return twins.IsEmpty
            ? Satisfied("Aucun autre dossier en cours du porteur ne présente ce projet.", inputs)
            : Unsatisfied($"Le porteur présente déjà ce projet ({string.Join(", ", twins)}) : si c’est le même, retirez l’un des dossiers ; sinon, donnez-leur des titres différents.", inputs);
    }
}
