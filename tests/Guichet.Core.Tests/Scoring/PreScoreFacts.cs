using Guichet.Core.Deposit;
using Guichet.Core.Scoring;

namespace Guichet.Core.Tests.Scoring;

public sealed class PreScoreFacts
{
    private static PreScore Score(Given given) => PreScore.Compute(given.Rules, given.Build());

    private static int Level(Given given, string subcriterion) => Score(given).Criteria.SelectMany(criterion => criterion.Subcriteria).Single(sub => sub.Id == subcriterion).Level;

    [Fact]
    public void An_empty_application_scores_nothing_and_says_why()
    {
        var score = PreScore.Compute(Given.Campaign, new Core.Eligibility.GrantApplication());
        Assert.Equal((0m, 40m), (score.Total, score.OutOf));
        Assert.All(score.Criteria.SelectMany(criterion => criterion.Subcriteria), sub => Assert.NotEmpty(sub.Reason));
    }

    [Fact]
    public void Everything_stated_scores_everything() => Assert.Equal(40m, Score(Given.Application.With(
        Fields.ImpactEvaluation,
        "Comparaison avant/après sur deux territoires, avec un groupe témoin tiré au sort parmi les caisses volontaires ; les résultats sont relevés chaque mois par le bureau des études et publiés chaque semestre avec leurs limites et les biais connus.")).Total);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public void Indicators_count_by_their_share(int complete, int level) => Assert.Equal(level, Level(
        Given.Application.With(Fields.ImpactIndicators, [.. Enumerable.Range(0, 4).Select(i => i < complete ? Given.Indicator("P1") : Given.Indicator("P1") with { Baseline = null })]),
        "baseline"));

    [Theory]
    [InlineData("2024-12-01", 4)]
    [InlineData("2024-12-02", 3)]
    [InlineData("2025-03-01", 3)]
    [InlineData("2025-06-01", 2)]
    [InlineData("2025-12-01", 1)]
    [InlineData("2025-12-02", 0)]
    public void The_first_impact_counts_by_its_months(string date, int level) => Assert.Equal(level, Level(
        Given.Application.With(Fields.ProjectFirstImpact, NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value), "first-impact"));

    [Fact]
    public void Each_level_shows_the_place_it_rests_on() => Assert.All(
        Score(Given.Application).Criteria.SelectMany(criterion => criterion.Subcriteria).Where(sub => sub.Level > 0),
        sub => Assert.All(sub.Evidence, evidence => Assert.Equal("formulaire.docx", evidence.File)));

    [Fact]
    public void Points_grow_with_the_weight()
    {
        var doubled = Given.Campaign with { Criteria = [.. Given.Campaign.Criteria.Select(criterion => criterion with { Weight = criterion.Weight * 2 })] };
        var given = Given.Application.With(Fields.ImpactIndicators, [Given.Indicator("P1"), Given.Indicator("P2")]);
        var rounding = PreScore.Compute(doubled, given.Build()).Total - (PreScore.Compute(Given.Campaign, given.Build()).Total * 2);
        Assert.InRange(rounding, -0.1m, 0.1m);
    }
}
