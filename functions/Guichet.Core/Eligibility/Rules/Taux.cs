using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>TAUX: the co-financing requested is positive and at most the campaign's rate of the eligible base, rounded down to the cent.</summary>
/// <remarks>Source: page du guichet, « cofinancement jusqu’à 50 % du coût total »; the base leaves out the categories that the campaign excludes.</remarks>
internal sealed class Taux() : EligibilityRule("TAUX")
{
    protected override string Ask(Campaign campaign) => $"Le cofinancement demandé est supérieur à zéro et ne dépasse pas {(campaign.Amounts.Rate * 100).ToString("0.##", CultureInfo.GetCultureInfo("fr-FR"))}\u00A0% des dépenses éligibles, arrondi au centime inférieur. Les dépenses éligibles sont le coût total{(campaign.Amounts.ExcludedCategories.IsEmpty ? "." : $", moins les dépenses des catégories que le guichet exclut : {string.Join(", ", campaign.Amounts.ExcludedCategories.Select(BudgetCategories.InFrench))}.")}";

    protected override Judgement Decide(Subject subject)
    {
        var requestedInput = Input(subject, Fields.BudgetRequested);
        var totalInput = Input(subject, Fields.BudgetTotal);
        if (subject.Application.Find(Fields.BudgetRequested) is not { Value: var requested })
        {
            return Unknown("Indiquez le montant du cofinancement que vous demandez.", totalInput);
        }

        if (requested <= Euros.Zero)
        {
            return Unsatisfied($"Le cofinancement demandé ({requested}) doit être supérieur à zéro.", requestedInput);
        }

        if (EligibleBase.Of(subject) is not { } eligible)
        {
            return Unknown(
                subject.Campaign.Amounts.ExcludedCategories.IsEmpty
                    ? "Indiquez le coût total du projet : le cofinancement demandé s’apprécie par rapport à lui."
                    : "Indiquez le coût total et le détail du budget : le cofinancement s’apprécie par rapport aux dépenses éligibles.",
                requestedInput, totalInput);
        }

        var rate = subject.Campaign.Amounts.Rate;
        var most = eligible.Share(rate);
        var percent = (rate * 100).ToString("0.##", CultureInfo.GetCultureInfo("fr-FR"));
        var linesInput = subject.Campaign.Amounts.ExcludedCategories.IsEmpty ? null : Input(subject, Fields.BudgetLines);
        return requested > most
            ? Unsatisfied($"Le cofinancement demandé ({requested}) dépasse {percent}\u00A0% des dépenses éligibles ({eligible}), soit {most}.", requestedInput, totalInput, linesInput)
            : Satisfied($"Le cofinancement demandé ({requested}) ne dépasse pas {percent}\u00A0% des dépenses éligibles ({eligible}).", requestedInput, totalInput, linesInput);
    }
}
