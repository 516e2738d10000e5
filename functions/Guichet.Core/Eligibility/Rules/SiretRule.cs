using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>SIRET: 14 digits and a valid key (see <see cref="Siret"/>).</summary>
internal sealed class SiretRule() : EligibilityRule("SIRET")
{
    protected override string Ask(Campaign campaign) => "Le SIRET du porteur compte 14 chiffres et sa clé est juste.";

    protected override Judgement Decide(Subject subject)
    {
        if (subject.Application.Find(Fields.ApplicantSiret) is not { Value: var stated })
        {
            return Unknown("Indiquez le SIRET de votre administration (14 chiffres).");
        }

        var input = Input(subject, Fields.ApplicantSiret);
        if (Siret.TryParse(stated, out _))
        {
            return Satisfied("Le SIRET est valable.", input);
        }

        return Siret.Digits(stated) is { Length: 14 }
            ? Unsatisfied($"Le SIRET « {stated} » comporte une erreur de frappe : sa clé de contrôle n’est pas la bonne.", input)
            : Unsatisfied($"Le SIRET « {stated} » n’a pas 14 chiffres.", input);
    }
}
