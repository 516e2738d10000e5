using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>IMPACT-6-MOIS: a first real impact, be it experimental, within six months of the start. A reserve: it is weighed, not demanded.</summary>
/// <remarks>Source: page du guichet, « un premier impact réel, même expérimental, dans les six mois ».</remarks>
internal sealed class Impact6Mois() : EligibilityRule("IMPACT-6-MOIS")
{
    protected override string Ask(Campaign campaign) => campaign.FirstImpactMonths is { } months
        ? $"Un premier impact, même expérimental, est prévu dans les {months.ToString(CultureInfo.InvariantCulture)} mois qui suivent le début du projet."
        : "Le guichet n’attend pas de premier impact à une date donnée.";

    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Reserve;

    protected override Judgement Decide(Subject subject)
    {
        if (subject.Campaign.FirstImpactMonths is not { } months)
        {
            return Satisfied("Le guichet n’attend pas de premier impact à une date donnée.");
        }

        var (startInput, impactInput) = (Input(subject, Fields.ProjectStart), Input(subject, Fields.ProjectFirstImpact));
        if (subject.Application.Find(Fields.ProjectStart) is not { Value: var start } || subject.Application.Find(Fields.ProjectFirstImpact) is not { Value: var impact })
        {
            return Unknown("Le dossier ne dit pas quand le projet commence ou quand viendra son premier impact.", startInput, impactInput);
        }

        var within = months.ToString(CultureInfo.InvariantCulture);
        return impact <= start.PlusMonths(months)
            ? Satisfied($"Un premier impact est prévu le {impact.InFrench()}, dans les {within} mois.", startInput, impactInput)
            : Unsatisfied($"Le premier impact est prévu le {impact.InFrench()}, plus de {within} mois après le début du projet ({start.InFrench()}).", startInput, impactInput);
    }
}
