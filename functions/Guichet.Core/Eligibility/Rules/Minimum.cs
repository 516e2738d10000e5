using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>MINIMUM: the eligible base and the request reach the campaign's minimums, where it has them.</summary>
/// <remarks>Source: page du guichet Cloud de confiance, « dépenses éligibles d’au moins 50 000 € TTC ».</remarks>
internal sealed class Minimum() : EligibilityRule("MINIMUM")
{
    protected override string Ask(Campaign campaign) => (campaign.Amounts.MinimumBase, campaign.Amounts.MinimumRequest) switch
    {
        ({ } least, { } request) => $"Les dépenses éligibles atteignent {least}, et la demande {request}.",
        ({ } least, null) => $"Les dépenses éligibles atteignent {least}.",
        (null, { } request) => $"La demande atteint {request}.",
        _ => "Le guichet ne fixe ni assiette ni demande minimale.",
    };

    protected override Judgement Decide(Subject subject)
    {
        var rules = subject.Campaign.Amounts;
        if (rules is { MinimumBase: null, MinimumRequest: null })
        {
            return Satisfied("Le guichet ne fixe ni assiette ni demande minimale.");
        }

        var total = Input(subject, Fields.BudgetTotal);
        var request = Input(subject, Fields.BudgetRequested);
        if (rules.MinimumBase is { } minimumBase)
        {
            if (EligibleBase.Of(subject) is not { } eligible)
            {
                return Unknown("Indiquez le coût total et le détail du budget : les dépenses éligibles s’apprécient à partir d’eux.", total);
            }

            if (eligible < minimumBase)
            {
                return Unsatisfied($"Les dépenses éligibles ({eligible}) sont inférieures au minimum du guichet ({minimumBase}).", total, Input(subject, Fields.BudgetLines));
            }
        }

        if (rules.MinimumRequest is { } minimumRequest)
        {
            if (subject.Application.Find(Fields.BudgetRequested) is not { Value: var requested })
            {
                return Unknown("Indiquez le montant du cofinancement que vous demandez.", request);
            }

            if (requested < minimumRequest)
            {
                return Unsatisfied($"Le cofinancement demandé ({requested}) est inférieur au minimum du guichet ({minimumRequest}).", request);
            }
        }

        return Satisfied("Les dépenses éligibles et la demande atteignent les minimums du guichet.", total, request);
    }
}
