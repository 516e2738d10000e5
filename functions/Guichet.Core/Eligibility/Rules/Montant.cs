using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>MONTANT: the total cost, all taxes included, is within the campaign's bounds, both ends included.</summary>
/// <remarks>Source: page du guichet, « projets de 100 000 € à 1 M€ »; whether a cost out of bounds blocks is the campaign's choice.</remarks>
internal sealed class Montant() : EligibilityRule("MONTANT")
{
    protected override string Ask(Campaign campaign) => (campaign.Amounts.MinimumTotal, campaign.Amounts.MaximumTotal) switch
    {
        ({ } least, { } most) => $"Le coût total du projet, toutes taxes comprises, va de {least} à {most}, bornes comprises.",
        ({ } least, null) => $"Le coût total du projet, toutes taxes comprises, est d’au moins {least}.",
        (null, { } most) => $"Le coût total du projet, toutes taxes comprises, est d’au plus {most}.",
        _ => "Le coût total du projet est indiqué ; le guichet ne le borne pas.",
    };

    protected override RuleSeverity SeverityFor(Campaign campaign) =>
        campaign.Amounts.OutOfBounds is OutOfBounds.Blocking ? RuleSeverity.Blocking : RuleSeverity.Reserve;

    protected override Judgement Decide(Subject subject)
    {
        var bounds = subject.Campaign.Amounts;
        if (subject.Application.Find(Fields.BudgetTotal) is not { Value: var total })
        {
            return Unknown("Indiquez le coût total du projet, toutes taxes comprises.");
        }

        var input = Input(subject, Fields.BudgetTotal);
        if (total < bounds.MinimumTotal)
        {
            return Unsatisfied($"Le coût total ({total}) est inférieur au minimum du guichet ({bounds.MinimumTotal}).", input);
        }

        return total > bounds.MaximumTotal
            ? Unsatisfied($"Le coût total ({total}) dépasse le maximum du guichet ({bounds.MaximumTotal}).", input)
            : Satisfied($"Le coût total ({total}) est dans les limites du guichet.", input);
    }
}
