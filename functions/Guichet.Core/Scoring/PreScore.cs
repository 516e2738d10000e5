using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;

namespace Guichet.Core.Scoring;

/// <summary>The pre-score: computed from evidence by published rules. It helps a reviewer; it decides nothing.</summary>
/// <param name="Total">Points, to one decimal.</param>
/// <param name="OutOf">The most that the criteria of this campaign give.</param>
/// <param name="Criteria">In the campaign's order.</param>
public sealed record PreScore(decimal Total, decimal OutOf, ImmutableArray<CriterionScore> Criteria)
{
    /// <summary>Scores an application by the campaign's grid for it.</summary>
    public static PreScore Compute(Campaign campaign, GrantApplication application)
    {
        var grid = Grid.Of(campaign, application);
        var levels = new EvidenceLevels(application);
        var criteria = grid.Criteria.Select(one => Score(one, application, levels)).ToImmutableArray();
        return new PreScore(grid.Total(criteria.Select(score => score.Points)), grid.Most, criteria);
    }

    /// <summary>Best first: by points, and of equal points by the level of the criterion of the largest weight.</summary>
    public static readonly IComparer<PreScore> ByMerit = Comparer<PreScore>.Create((left, right) =>
        (right.Total, MainLevel(right)).CompareTo((left.Total, MainLevel(left))));

    private static decimal MainLevel(PreScore score) => score.Criteria.MaxBy(criterion => criterion.Weight)?.Level ?? 0;

    private static CriterionScore Score(GridCriterion one, GrantApplication application, EvidenceLevels levels)
    {
        var parts = one.Criterion.Subcriteria.Select(sub => (sub.Weight, Score: Score(sub, application, levels))).ToList();
        var level = parts.Count == 0 ? 0 : parts.Sum(part => part.Weight * part.Score.Level) / parts.Sum(part => part.Weight);
        return new CriterionScore(
            one.Criterion.Id,
            decimal.Round(one.Weight, 2, MidpointRounding.AwayFromZero),
            decimal.Round(level, 2, MidpointRounding.AwayFromZero),
            SubcriterionScore.Highest,
            one.Points(level),
            [.. parts.Select(part => part.Score)])
        {
            Bonus = one.Criterion.Bonus,
        };
    }

    private static SubcriterionScore Score(Subcriterion sub, GrantApplication application, EvidenceLevels levels)
    {
        var (level, reason) = levels.Of(sub.Evidence);
        var evidence = sub.Evidence.Looked().Select(application.Find).OfType<FieldValue>()
            .Select(value => new Evidence(value.Field.Id, value.Source.File, value.Source.Place)).ToImmutableArray();
        return new SubcriterionScore(sub.Id, level, $"{sub.Label} : {reason}.", evidence);
    }
}

/// <summary>What a criterion gives.</summary>
/// <param name="Id">The criterion's.</param>
/// <param name="Weight">Points that the highest level gives, in the mean of the grids of the dossier's types.</param>
/// <param name="Level">Weighted mean of the parts' levels, to two decimals.</param>
/// <param name="OutOf">The highest level.</param>
/// <param name="Points">To one decimal.</param>
/// <param name="Subcriteria">Its parts.</param>
public sealed record CriterionScore(string Id, decimal Weight, decimal Level, int OutOf, decimal Points, ImmutableArray<SubcriterionScore> Subcriteria)
{
    /// <summary>Whether its points come on top.</summary>
    public bool Bonus { get; init; }
}

/// <summary>What a part of a criterion gives.</summary>
/// <param name="Id">The part's.</param>
/// <param name="Level">0 to 4.</param>
/// <param name="Reason">One sentence in French.</param>
/// <param name="Evidence">What it rests on; empty where the dossier is silent.</param>
public sealed record SubcriterionScore(string Id, int Level, string Reason, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The highest level.</summary>
    public const int Highest = 4;
}

/// <summary>Where something that a score rests on was written.</summary>
public sealed record Evidence(string Field, string File, string Place);
