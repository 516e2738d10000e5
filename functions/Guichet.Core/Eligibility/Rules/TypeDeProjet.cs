using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>TYPE: the project is of at least one type of the campaign; several may be combined.</summary>
internal sealed class TypeDeProjet() : EligibilityRule("TYPE")
{
    protected override string Ask(Campaign campaign) => campaign.Types is [var only]
        ? $"Le guichet finance un seul type de projet : {only.Label}."
        : $"Le projet est d’au moins un de ces types, qui peuvent se combiner : {string.Join(" ; ", campaign.Types.Select(type => type.Label))}.";

    protected override Judgement Decide(Subject subject)
    {
        var offered = subject.Campaign.Types;
        var choice = string.Join(" ; ", offered.Select(type => type.Label));
        var input = Input(subject, Fields.ProjectTypes);
        var chosen = subject.Campaign.TypesOf(subject.Application);
        return (chosen.IsEmpty, Stated: subject.Application.Find(Fields.ProjectTypes) is { Value.IsEmpty: false }) switch
        {
            (false, _) => Satisfied($"Type de projet : {string.Join(" ; ", chosen.Select(type => type.Label))}.", input),
            (true, true) => Unsatisfied($"Le type de projet indiqué n’est pas de ce guichet, qui finance : {choice}.", input),
            (true, false) => Unknown($"Cochez au moins un type de projet : {choice}."),
        };
    }
}
