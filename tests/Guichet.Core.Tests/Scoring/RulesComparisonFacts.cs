using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;

namespace Guichet.Core.Tests.Scoring;

public sealed class RulesComparisonFacts
{
    private static Judged Of(decimal total, decimal main = 2, Outcome outcome = Outcome.Recevable) => new(
        outcome,
        new PreScore(total, 100, [new CriterionScore("small", 6, 4, 4, 6, []), new CriterionScore("main", 40, main, 4, main * 10, [])]));

    private static IEnumerable<int?> Ranks(params Judged[] dossiers) =>
        RulesComparison.Of([.. dossiers.Select((judged, number) => ($"{number}", judged, judged))]).Select(compared => compared.Before.Rank);

    [Fact]
    public void The_most_points_come_first() => Assert.Equal([2, 1, 3], Ranks(Of(50), Of(60), Of(40)));

    [Fact]
    public void Of_equal_points_the_main_criterion_decides() => Assert.Equal([2, 1], Ranks(Of(50, main: 2), Of(50, main: 3)));

    [Fact]
    public void Those_that_merit_the_same_share_a_rank() => Assert.Equal([1, 1, 3], Ranks(Of(50), Of(50), Of(40)));

    [Fact]
    public void Only_the_eligible_are_ranked() => Assert.Equal([null, 1], Ranks(Of(90, outcome: Outcome.Irrecevable), Of(40)));

    [Fact]
    public void A_dossier_for_which_nothing_changes_is_said_to_be_one()
    {
        var compared = RulesComparison.Of([("a", Of(50), Of(50)), ("b", Of(40), Of(60)), ("c", Of(30), Of(30, outcome: Outcome.Irrecevable))]);
        Assert.Equal([true, true, true], compared.Select(dossier => dossier.Changes)); // « a » loses its rank to « b ».
        Assert.False(RulesComparison.Of([("a", Of(50), Of(50))])[0].Changes);
        Assert.Equal((new Placed(Outcome.Recevable, 30, 3), new Placed(Outcome.Irrecevable, 30, null)), (compared[2].Before, compared[2].After));
    }
}
