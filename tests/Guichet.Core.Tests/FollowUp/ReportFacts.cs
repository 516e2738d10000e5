using Guichet.Core.Deposit;
using Guichet.Core.FollowUp;
using NodaTime;

namespace Guichet.Core.Tests.FollowUp;

public sealed class ReportFacts
{
    private static readonly LocalDate Came = new(2024, 11, 4);

    private static IEnumerable<string> Questions(params (string, string, decimal?, string?)[] values) => Projects.Followed().Reported(1, Came, values).Milestones[0].Report!.Questions;

    [Fact]
    public void A_report_that_could_be_read_is_received_and_stops_its_reminders()
    {
        var after = Projects.Followed().Reported(1, Came, ("Indicateur P1", "180", 180, null), ("Indicateur P2", "120", 120, null));
        Assert.Equal(Projects.Morning(Came), after.Milestones[0].ReportedAt);
        Assert.Empty(after.Milestones[0].Report!.Questions);
        Assert.Equal(new LocalDate(2025, 4, 7), Given.Campaign.DateOf(Reminders.Next(Given.Campaign, after)!.Value));
    }

    [Fact]
    public void A_file_that_could_not_be_read_is_kept_and_stops_nothing()
    {
        var step = Projects.Followed().Receive(Given.Campaign, 1, Projects.File("a", Came, "Ce fichier est protégé par un mot de passe."), new ReportReading(), Projects.Morning(Came))!;
        Assert.Null(step.After.Milestones[0].ReportedAt);
        Assert.Single(step.After.Milestones[0].Report!.Files);
        Assert.Contains(Projects.Mails(step), mail => mail.Contains("report-received", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_announced_twice_is_taken_in_once()
    {
        var first = Projects.Followed().Receive(Given.Campaign, 1, Projects.File("a", Came), Projects.Reading(), Projects.Morning(Came))!.After;
        Assert.Null(first.Receive(Given.Campaign, 1, Projects.File("a", Came), Projects.Reading(), Projects.Morning(Came)));
    }

    [Fact]
    public void A_later_file_corrects_an_earlier_one_and_the_day_of_receipt_stays()
    {
        var first = Projects.Followed().Reported(1, Came, ("Indicateur P1", "180", 180, null), ("Indicateur P2", "120", 120, null));
        var second = first.Reported(1, Came.PlusDays(9), ("Indicateur P1", "190", 190, null)).Milestones[0];
        Assert.Equal(Projects.Morning(Came), second.ReportedAt);
        Assert.Equal([("Indicateur P1", 190m), ("Indicateur P2", 120m)], second.Report!.Values.Select(value => (value.Indicator, value.Value)));
    }

    [Fact]
    public void A_value_that_is_lacking_is_asked_for_and_the_report_received_all_the_same()
    {
        var question = Assert.Single(Questions(("Indicateur P1", "180", 180, null)));
        Assert.Contains("Indicateur P2", question, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("beaucoup", null, null, "n’est pas un nombre")]
    [InlineData("45 %", 45, "%", "attendue en « usagers »")]
    [InlineData("-12", -12, null, "négative")]
    [InlineData("180000", 180000, null, "bien plus que le chemin prévu")]
    public void What_surprises_is_asked(string text, int? value, string? unit, string asked) =>
        Assert.Contains(Questions(("Indicateur P1", text, value, unit), ("Indicateur P2", "120", 120, null)), question => question.Contains(asked, StringComparison.Ordinal));

    [Fact]
    public void A_jump_is_judged_from_the_value_before()
    {
        var first = Projects.Followed().Reported(1, Came, ("Indicateur P1", "480", 480, null), ("Indicateur P2", "120", 120, null));
        Assert.Empty(first.Reported(2, new LocalDate(2025, 5, 2), ("Indicateur P1", "1000", 1000, null), ("Indicateur P2", "130", 130, null)).Milestones[1].Report!.Questions);
        Assert.Single(Questions(("Indicateur P1", "1000", 1000, null), ("Indicateur P2", "120", 120, null)));
    }

    [Fact]
    public void Two_values_for_one_indicator_are_asked_about_and_neither_is_believed()
    {
        var report = Projects.Followed().Reported(1, Came, ("Indicateur P1", "180", 180, null), ("Indicateur P1", "190", 190, null), ("Indicateur P2", "120", 120, null)).Milestones[0].Report!;
        Assert.Contains("plusieurs valeurs", Assert.Single(report.Questions), StringComparison.Ordinal);
        Assert.Equal("Indicateur P2", Assert.Single(report.Values).Indicator);
    }

    [Theory]
    [InlineData(100, 0, Trend.EnRetard)]
    [InlineData(300, 0.5, Trend.Conforme)]
    [InlineData(400, 0.75, Trend.EnAvance)]
    public void Progress_is_measured_against_the_straight_line(int value, double share, Trend trend)
    {
        // Half of the way from 1 January 2024 to 31 December 2025 in time.
        var indicator = Given.Indicator("P1") with { TargetDate = new LocalDate(2025, 12, 31) };
        var progress = Progress.Of(Projects.Followed().Agreement!, indicator, value, new LocalDate(2024, 12, 31), Given.Campaign.FollowUp)!;
        Assert.Equal(((decimal)share, trend), (progress.Share, progress.Trend));
        Assert.InRange(progress.Expected, 0.49m, 0.51m);
    }

    [Fact]
    public void An_indicator_that_is_to_fall_progresses_by_falling()
    {
        var indicator = new Indicator(null, "Délai") { Baseline = 40, Target = 10, BaselineDate = new LocalDate(2024, 1, 1), TargetDate = new LocalDate(2026, 1, 1) };
        Assert.Equal((0.5m, Trend.Conforme), Progress.Of(Projects.Followed().Agreement!, indicator, 25, new LocalDate(2025, 1, 1), Given.Campaign.FollowUp) is { } progress ? (progress.Share, progress.Trend) : default);
    }

    [Fact]
    public void An_indicator_that_has_no_way_to_go_has_no_progress() =>
        Assert.Null(Progress.Of(Projects.Followed().Agreement!, Given.Indicator(null) with { Target = 100 }, 100, Came, Given.Campaign.FollowUp));
}
