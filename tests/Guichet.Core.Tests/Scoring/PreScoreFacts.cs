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
        // Without a type, only what all projects are judged on.
        Assert.Equal((0m, 46m), (score.Total, score.OutOf));
        Assert.All(score.Criteria.SelectMany(criterion => criterion.Subcriteria), sub => Assert.NotEmpty(sub.Reason));
    }

    [Fact]
    public void The_main_criterion_gives_all_its_points_where_everything_is_stated() => Assert.Equal(40m, Score(Given.Application.With(
        Fields.ImpactEvaluation,
        "Comparaison avant/après sur deux territoires, avec un groupe témoin tiré au sort parmi les caisses volontaires ; les résultats sont relevés chaque mois par le bureau des études et publiés chaque semestre avec leurs limites et les biais connus."))
        .Criteria.Single(criterion => criterion.Id == "impact-model").Points);

    [Theory]
    [InlineData("proactivite")]
    [InlineData("mise-a-disposition")]
    [InlineData("amelioration")]
    [InlineData("proactivite", "amelioration")]
    [InlineData("proactivite", "mise-a-disposition", "amelioration")]
    public void Whatever_the_types_a_score_is_out_of_a_hundred(params string[] types)
    {
        var score = Score(Given.Application.With(Fields.ProjectTypes, [.. types]));
        Assert.Equal(100m, score.OutOf);
        Assert.InRange(score.Criteria.Where(criterion => !criterion.Bonus).Sum(criterion => criterion.Weight), 99.9m, 100.1m);
        Assert.InRange(score.Total, 0, score.OutOf);
    }

    [Fact]
    public void A_dossier_of_several_types_takes_the_mean_of_their_grids()
    {
        // Two criteria of this type's own and none of the other's are satisfied.
        var given = Given.Application.With(Fields.TechnicalReusedBlocks, "FranceConnect, API Particulier, data.gouv.fr et le SSP Cloud servent de socle au service.");
        decimal Of(params string[] types) => Score(given.With(Fields.ProjectTypes, [.. types])).Total;
        var (one, other, both) = (Of("proactivite"), Of("amelioration"), Of("proactivite", "amelioration"));
        Assert.True(one > other);
        Assert.InRange(both - ((one + other) / 2), -0.3m, 0.3m);
    }

    [Fact]
    public void A_bonus_can_only_add()
    {
        var given = Given.Application.With(Fields.ProjectTypes, ["mise-a-disposition"]);
        var none = given.With(Fields.CommitmentsOpenSource, false);
        var without = PreScore.Compute(Given.Campaign with { Criteria = [.. Given.Campaign.Criteria.Where(criterion => !criterion.Bonus)] }, none.Build());
        Assert.True(Score(none).Total >= without.Total);
        Assert.Equal(2.5m, Score(given).Total - Score(none).Total);
    }

    [Fact]
    public void Points_never_exceed_what_the_grid_gives()
    {
        var generous = Given.Campaign with { Criteria = [.. Given.Campaign.Criteria.Select(criterion => criterion.Bonus ? criterion with { Weight = 1000 } : criterion)] };
        Assert.Equal(100m, PreScore.Compute(generous, Given.Application.With(Fields.ProjectTypes, ["mise-a-disposition"]).Build()).Total);
    }

    private static int LevelBy(EvidenceRule rule, Given given) => Level(
        given with { Rules = Given.Campaign with { Criteria = [new Criterion("essai", "Essai", 100, [new Subcriterion("essai", "Essai", 1, rule)])] } }, "essai");

    [Theory]
    [InlineData("un deux", 1)]
    [InlineData("un deux trois", 2)]
    [InlineData("  un\u00A0deux\ntrois  ", 2)]
    public void A_text_is_long_enough_from_as_many_words(string text, int level) =>
        Assert.Equal(level, LevelBy(new TextSays(["project.summary"], 3, []), Given.Application.With(Fields.ProjectSummary, text)));

    [Fact]
    public void Texts_are_taken_together() => Assert.Equal(4, LevelBy(
        new TextSays(["project.summary", "technical.solution"], 4, [["usager"], ["api"]]),
        Given.Application.With(Fields.ProjectSummary, "Pour les usagers").With(Fields.TechnicalSolution, "Une API")));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    [InlineData(9, 4)]
    public void Lines_count_by_their_number(int lines, int level) => Assert.Equal(level, LevelBy(
        new ListCount("governance.team", [1, 2, 3, 5]), Given.Application.With(Fields.GovernanceTeam, [.. Enumerable.Repeat(new TeamMember("Développeuse"), lines)])));

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 0)]
    [InlineData(null, 0)]
    public void A_source_that_is_not_available_is_no_evidence(bool? available, int level) => Assert.Equal(level, LevelBy(
        new ListShare("data.sources", ["available"]), Given.Application.With(Fields.DataSources, [new DataSource("Fichier", Available: available)])));

    public static TheoryData<Risk, int> Risks => new()
    {
        { new Risk("Retard", "forte", "Un jalon de plus"), 4 }, { new Risk("Retard", "forte"), 0 }, { new Risk("Retard", null, "Un jalon de plus"), 0 }, { new Risk("Retard", " ", "Un jalon"), 0 },
    };

    [Theory]
    [MemberData(nameof(Risks))]
    public void A_line_counts_that_has_all_that_is_wanted(Risk risk, int level) => Assert.Equal(level, LevelBy(
        new ListShare("governance.risks", ["severity", "answer"]), Given.Application.With(Fields.GovernanceRisks, [risk])));

    [Fact]
    public void Of_equal_points_the_main_criterion_decides()
    {
        PreScore Of(decimal main) => new(60, 100, [new CriterionScore("main", 40, main, 4, 10 * main, []), new CriterionScore("other", 6, 4 - main, 4, 6, [])]);
        Assert.True(PreScore.ByMerit.Compare(Of(3), Of(2)) < 0);
    }

    [Theory]
    [InlineData("Un modèle fiable", 1)]
    [InlineData("Un modèle d’IA", 2)]
    [InlineData("Un iade", 1)]
    [InlineData("Un modèle d’IA, dont les biais sont mesurés", 3)]
    public void A_short_word_is_found_alone_and_a_long_one_with_its_endings(string text, int level)
    {
        var rule = new TextSays(["project.summary"], 50, [["IA"], ["biai"]]);
        var campaign = Given.Campaign with { Criteria = [new Criterion("ia", "IA", 100, [new Subcriterion("ia", "IA", 1, rule)])] };
        Assert.Equal(level, Level(Given.Application.With(Fields.ProjectSummary, text) with { Rules = campaign }, "ia"));
    }

    [Fact]
    public void A_guichet_for_one_kind_of_project_need_not_ask_for_it()
    {
        var cloud = Given.Application.Without(Fields.ProjectTypes) with { Rules = Given.CampaignOf("cloud-de-confiance/2024-01.json") };
        Assert.Equal(100m, Score(cloud).OutOf);
        Assert.Equal(Core.Eligibility.RuleVerdict.Satisfied, cloud.Judge("TYPE").Verdict);
        Assert.Equal(Core.Eligibility.RuleVerdict.Unsatisfied, cloud.Judge("INDICATEURS").Verdict);
    }

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
        var rounding = PreScore.Compute(doubled, Given.Application.Build()).Total - (Score(Given.Application).Total * 2);
        Assert.InRange(rounding, -0.5m, 0.5m);
    }
}
