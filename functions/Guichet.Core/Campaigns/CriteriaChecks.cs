using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core.Deposit;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Campaigns;

/// <summary>What is wrong in a campaign's criteria.</summary>
internal static class CriteriaChecks
{
    /// <summary>What the criteria of each project type add up to, bonuses aside, so that scores are out of a hundred.</summary>
    public const decimal OutOf = 100;

    /// <summary>Each fault with the path of the value at fault.</summary>
    public static IEnumerable<(string Path, string Message)> Of(Campaign campaign)
    {
        var criteria = CampaignChecks.At("criteria", campaign.Criteria).ToList();
        return WeightFaults(campaign)
            .Concat(CampaignChecks.Duplicates("criteria", campaign.Criteria, "id", criterion => criterion.Id))
            .Concat(criteria.SelectMany(one => Faults(one.Path, one.Item, campaign)));
    }

    private static IEnumerable<(string Path, string Message)> WeightFaults(Campaign campaign)
    {
        var counted = campaign.Criteria.Where(criterion => !criterion.Bonus).ToList();
        foreach (var type in campaign.Types)
        {
            var sum = counted.Where(criterion => criterion.IsFor(type.Id)).Sum(criterion => criterion.Weight);
            if (sum != OutOf)
            {
                yield return ("criteria", $"les poids du type « {type.Id} », bonus exclus, font {sum.ToString(CultureInfo.InvariantCulture)} ; il faut {OutOf.ToString(CultureInfo.InvariantCulture)}.");
            }
        }

        var main = counted.Where(criterion => criterion.Weight == counted.Max(other => other.Weight)).ToList();
        if (main is not [{ Types.IsEmpty: true }])
        {
            yield return ("criteria", "un seul critère, commun à tous les types, a le plus grand poids : c’est lui qui départage les dossiers de même note.");
        }
    }

    private static IEnumerable<(string Path, string Message)> Faults(string path, Criterion criterion, Campaign campaign)
    {
        if (criterion.Weight <= 0)
        {
            yield return ($"{path}.weight", "un critère a un poids supérieur à 0.");
        }

        if (criterion.Subcriteria.IsEmpty && !criterion.Bonus)
        {
            yield return ($"{path}.subcriteria", $"le critère « {criterion.Id} » n’a aucun sous-critère ; seul un bonus peut n’en avoir aucun.");
        }

        foreach (var (typePath, type) in CampaignChecks.At($"{path}.types", criterion.Types).Where(one => campaign.Types.All(known => known.Id != one.Item)))
        {
            yield return (typePath, $"« {type} » n’est pas un type de projet de ce guichet ; ses types sont {string.Join(", ", campaign.Types.Select(known => known.Id))}.");
        }

        foreach (var (subPath, sub) in CampaignChecks.At($"{path}.subcriteria", criterion.Subcriteria))
        {
            if (sub.Weight <= 0)
            {
                yield return ($"{subPath}.weight", "un sous-critère a un poids supérieur à 0.");
            }

            foreach (var fault in Faults($"{subPath}.evidence", sub.Evidence))
            {
                yield return fault;
            }
        }

        foreach (var fault in CampaignChecks.Duplicates($"{path}.subcriteria", criterion.Subcriteria, "id", sub => sub.Id))
        {
            yield return fault;
        }
    }

    private static IEnumerable<(string Path, string Message)> Faults(string path, EvidenceRule evidence) => evidence switch
    {
        ListShare share => ListFaults($"{path}.field", share.Field).Concat(CampaignChecks.At($"{path}.having", share.Having)
            .Where(one => ListParts.Of(share.Field).Any() && !ListParts.Of(share.Field).Contains(one.Item))
            .Select(one => (one.Path, $"« {one.Item} » n’est pas une partie de « {share.Field} » ; ses parties sont {string.Join(", ", ListParts.Of(share.Field).Order(StringComparer.Ordinal))}."))),
        ListCount count => ListFaults($"{path}.field", count.Field).Concat(BoundFaults($"{path}.atLeast", count.AtLeast)),
        TextSays text => CampaignChecks.At($"{path}.fields", text.Fields).SelectMany(one => CampaignChecks.FieldFaults(one.Path, one.Item, typeof(string))),
        AnsweredYes { Fields.IsEmpty: true } => [($"{path}.fields", "il faut au moins un engagement.")],
        AnsweredYes answers => CampaignChecks.At($"{path}.fields", answers.Fields).SelectMany(one => CampaignChecks.FieldFaults(one.Path, one.Item, typeof(bool))),
        MonthsUntil months => CampaignChecks.FieldFaults($"{path}.from", months.From, typeof(LocalDate))
            .Concat(CampaignChecks.FieldFaults($"{path}.to", months.To, typeof(LocalDate)))
            .Concat(BoundFaults($"{path}.atMost", months.AtMost)),
        _ => [],
    };

    private static IEnumerable<(string Path, string Message)> ListFaults(string path, string id) =>
        Fields.Find(id) is null ? CampaignChecks.FieldFaults(path, id) : ListParts.Of(id).Any() ? [] : [(path, $"« {id} » n’est pas une liste qu’une règle sait compter.")];

    private static IEnumerable<(string Path, string Message)> BoundFaults(string path, ImmutableArray<int> bounds)
    {
        if (bounds.Length is 0 or > SubcriterionScore.Highest || !bounds.SequenceEqual(bounds.Order().Distinct()))
        {
            yield return (path, $"« {string.Join(", ", bounds)} » ; il faut un à quatre nombres croissants.");
        }
    }
}
