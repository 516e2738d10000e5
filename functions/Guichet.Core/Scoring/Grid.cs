using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Eligibility;

namespace Guichet.Core.Scoring;

/// <summary>
/// The criteria by which a dossier is scored: those for all projects and those of its types. A dossier of several types takes the mean of its types'
/// grids (default of the programme's office). The pre-score and people's reviews go by the same grid.
/// </summary>
/// <param name="Criteria">In the campaign's order.</param>
/// <param name="Most">The most points that it gives, to one decimal; a bonus can only add, and never beyond.</param>
public sealed record Grid(ImmutableArray<GridCriterion> Criteria, decimal Most)
{
    /// <summary>The grid of an application by a campaign's rules.</summary>
    public static Grid Of(Campaign campaign, GrantApplication application)
    {
        var types = campaign.TypesOf(application).Select(type => type.Id).ToList();
        ImmutableArray<GridCriterion> criteria =
        [
            .. campaign.Criteria
                .Select(criterion => new GridCriterion(criterion, criterion.Weight * Share(criterion, types)))
                .Where(one => one.Weight > 0),
        ];
        return new Grid(criteria, ToOneDecimal(criteria.Where(one => !one.Criterion.Bonus).Sum(one => one.Weight)));
    }

    /// <summary>The criterion of the largest weight, which breaks ties; null in a grid without one.</summary>
    public GridCriterion? Main => Criteria.MaxBy(one => one.Weight);

    /// <summary>The points of criteria together.</summary>
    public decimal Total(IEnumerable<decimal> points) => Math.Min(points.Sum(), Most);

    internal static decimal ToOneDecimal(decimal points) => decimal.Round(points, 1, MidpointRounding.AwayFromZero);

    /// <summary>In how much of the mean of the types' grids a criterion stands: 1 where it is for all, even of a dossier without a type.</summary>
    private static decimal Share(Criterion criterion, List<string> types) =>
        criterion.Types.IsEmpty ? 1 : types.Count == 0 ? 0 : (decimal)types.Count(criterion.IsFor) / types.Count;
}

/// <summary>A criterion in a dossier's grid.</summary>
/// <param name="Criterion">The campaign's.</param>
/// <param name="Weight">Points that the highest level gives, in the mean of the grids of the dossier's types.</param>
public sealed record GridCriterion(Criterion Criterion, decimal Weight)
{
    /// <summary>The points of a level, to one decimal.</summary>
    public decimal Points(decimal level) => Grid.ToOneDecimal(Weight * level / SubcriterionScore.Highest);
}
