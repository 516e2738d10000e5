using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>
/// PORTEUR: the applicant is an administration or an operator of the State. Judged in this order: excluded SIREN, closed unit, the campaign's
/// list of operators (which accepts whatever the legal form: the State's list holds associations, foundations and EPICs), legal category.
/// </summary>
/// <remarks>Source: règlement du guichet, « administrations de l’État et opérateurs »; INSEE, nomenclature des catégories juridiques.</remarks>
internal sealed partial class Porteur() : EligibilityRule("PORTEUR")
{
    private static readonly FrozenSet<string> State =
        FrozenSet.Create("7111", "7112", "7113", "7120", "7150", "7160", "7171", "7172", "7179", "7190");

    private static readonly FrozenSet<string> OnlyByTheList =
        FrozenSet.Create("7382", "7383", "7384", "7385", "7389", "4110", "4120", "4130", "7410", "7490");

    protected override string Ask(Campaign campaign) => "Le porteur est une administration ou un opérateur de l’État. Dans l’ordre : les organismes exclus et ceux qui ont cessé ne sont pas pris ; ceux de la liste des opérateurs le sont, quelle que soit leur forme ; pour les autres, la catégorie juridique de l’INSEE le dit.";

    protected override Judgement Decide(Subject subject)
    {
        var rules = subject.Campaign.Applicants;
        var siretInput = Input(subject, Fields.ApplicantSiret);
        var siren = Siret.TryParse(subject.Application.Find(Fields.ApplicantSiret)?.Value, out var siret) ? siret.Siren : null;
        if (siren is not null && rules.Excluded.Contains(siren))
        {
            return Unsatisfied($"L’organisme de SIREN {siren} ne peut pas candidater à ce guichet.", siretInput);
        }

        if (siren is not null && rules.Closed.Contains(siren))
        {
            return Unsatisfied($"L’organisme de SIREN {siren} a cessé son activité : candidatez avec le SIRET de l’organisme qui lui succède.", siretInput);
        }

        if (siren is not null && rules.Operators.Contains(siren))
        {
            return Satisfied("Le porteur est sur la liste des opérateurs de l’État.", siretInput);
        }

        return ByCategory(subject, siren, siretInput);
    }

    private static Judgement ByCategory(Subject subject, string? siren, RuleInput? siretInput)
    {
        var categoryInput = Input(subject, Fields.ApplicantLegalCategory);
        var stated = subject.Application.Find(Fields.ApplicantLegalCategory)?.Value;
        var numbers = Category().Matches(stated ?? "").Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        if (numbers is not [var category])
        {
            return Unknown(
                "Indiquez la catégorie juridique de votre organisme (quatre chiffres, sur l’avis de situation INSEE) : sans elle on ne sait pas s’il s’agit d’une administration de l’État.",
                siretInput, categoryInput);
        }

        if (State.Contains(category))
        {
            return Satisfied("Le porteur est une administration de l’État.", siretInput, categoryInput);
        }

        if (OnlyByTheList.Contains(category) || category[0] == '9')
        {
            return siren is null
                ? Unknown("Indiquez un SIRET valable : un organisme de cette catégorie est accepté s’il est sur la liste des opérateurs de l’État.", siretInput, categoryInput)
                : Unsatisfied($"Un organisme de catégorie juridique {category} est accepté s’il est sur la liste des opérateurs de l’État, et le SIREN {siren} n’y est pas.", siretInput, categoryInput);
        }

        return LocalOrPrivate().IsMatch(category)
            ? Unsatisfied($"Le guichet est ouvert aux administrations et aux opérateurs de l’État ; un organisme de catégorie juridique {category} n’en est pas.", siretInput, categoryInput)
            : Unknown($"La catégorie juridique {category} ne permet pas de dire si le porteur est une administration de l’État : vérifiez-la sur l’avis de situation INSEE.", siretInput, categoryInput);
    }

    [GeneratedRegex(@"(?<!\d)\d{4}(?!\d)")]
    private static partial Regex Category();

    /// <remarks>72xx, 731x–734x and 735x–737x are local bodies and their groupings; 1, 2, 3, 5 and 6 natural persons and companies.</remarks>
    [GeneratedRegex(@"^(?:72\d\d|73[1-7]\d|[12356]\d{3})$")]
    private static partial Regex LocalOrPrivate();
}
