using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;

namespace Guichet.Core.Review;

/// <summary>The scores that people gave a dossier, side by side. The pre-score is not among them and counts in none.</summary>
/// <param name="OutOf">The most that the grid gives.</param>
/// <param name="Reviewers">One a submitted review, in the order of assignment.</param>
public sealed record ReviewScores(decimal OutOf, ImmutableArray<ReviewerScore> Reviewers)
{
    /// <summary>The dossier's score: the mean over reviewers of the weighted points, to one decimal; null before any review.</summary>
    public decimal? Mean => Reviewers.IsEmpty ? null : Grid.ToOneDecimal(Reviewers.Average(one => one.Points));

    /// <summary>The mean level on the main criterion, which breaks ties; null before any review.</summary>
    public decimal? MainLevel => Reviewers.IsEmpty ? null : Reviewers.Average(one => (decimal)one.MainLevel);

    /// <summary>The scores of a dossier by the rules in force at its deposit.</summary>
    public static ReviewScores Of(Campaign campaign, Dossier dossier)
    {
        var grid = Grid.Of(campaign, dossier.Application ?? new GrantApplication());
        return new ReviewScores(grid.Most, [.. dossier.Reviews.Where(sheet => sheet.Counts).Select(sheet => Score(grid, sheet))]);
    }

    /// <summary>
    /// Whether reviewers are so far apart that a third is asked for: by more than the campaign's threshold on the main criterion, or in points.
    /// </summary>
    public bool AreApart(ReviewRules rules) => Reviewers.Length > 1
        && (Spread(one => one.MainLevel) > rules.MainCriterionSpread || Spread(one => one.Points) > rules.TotalSpread);

    /// <summary>Best first: by score, then by the main criterion, then by who deposited first.</summary>
    public static IOrderedEnumerable<(Dossier Dossier, ReviewScores Scores)> ByMerit(IEnumerable<(Dossier Dossier, ReviewScores Scores)> scored) => scored
        .OrderByDescending(one => one.Scores.Mean ?? -1)
        .ThenByDescending(one => one.Scores.MainLevel ?? -1)
        .ThenBy(one => one.Dossier.Closing?.Deposited)
        .ThenBy(one => one.Dossier.Id.ToString(), StringComparer.Ordinal);

    private decimal Spread(Func<ReviewerScore, decimal> of) => Reviewers.Max(of) - Reviewers.Min(of);

    private static ReviewerScore Score(Grid grid, ReviewSheet sheet)
    {
        int Level(GridCriterion one) => sheet.Marks.FirstOrDefault(mark => mark.Criterion == one.Criterion.Id)?.Level ?? 0;
        ImmutableArray<ReviewedCriterion> criteria = [.. grid.Criteria.Select(one => new ReviewedCriterion(one.Criterion.Id, Level(one), one.Points(Level(one))))];
        return new ReviewerScore(sheet.Reviewer, sheet.Arbitration, grid.Total(criteria.Select(one => one.Points)), grid.Main is { } main ? Level(main) : 0, criteria);
    }
}

/// <summary>One reviewer's score.</summary>
/// <param name="Reviewer">The reviewer's id.</param>
/// <param name="Arbitration">Whether it is the third reviewer's.</param>
/// <param name="Points">To one decimal.</param>
/// <param name="MainLevel">The level on the criterion of the largest weight.</param>
/// <param name="Criteria">In the campaign's order.</param>
public sealed record ReviewerScore(string Reviewer, bool Arbitration, decimal Points, int MainLevel, ImmutableArray<ReviewedCriterion> Criteria);

/// <summary>A criterion in a reviewer's score.</summary>
/// <param name="Criterion">The criterion's id.</param>
/// <param name="Level">0 to 4.</param>
/// <param name="Points">To one decimal.</param>
public sealed record ReviewedCriterion(string Criterion, int Level, decimal Points);
