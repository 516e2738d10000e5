using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>TYPE: the project is of at least one type of the campaign; several may be combined.</summary>
internal sealed class TypeDeProjet() : EligibilityRule("TYPE")
{
    protected override Judgement Decide(Subject subject)
    {
        var offered = subject.Campaign.Types;
        var choice = string.Join(" ; ", offered.Select(type => type.Label));
        if (subject.Application.Find(Fields.ProjectTypes) is not { Value: { IsEmpty: false } stated })
        {
            return Unknown($"Cochez au moins un type de projet : {choice}.");
        }

        var input = Input(subject, Fields.ProjectTypes);
        var chosen = offered.Where(type => stated.Contains(type.Id)).Select(type => type.Label).ToList();
        return chosen.Count == 0
            ? Unsatisfied($"Le type de projet indiqué n’est pas de ce guichet, qui finance : {choice}.", input)
            : Satisfied($"Type de projet : {string.Join(" ; ", chosen)}.", input);
    }
}
