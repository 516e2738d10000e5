using CsCheck;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using NodaTime;
using NodaTime.Text;

namespace Guichet.Core.Tests.FollowUp;

public sealed class RemindersFacts
{
    private static readonly LocalDate Signed = new(2023, 10, 8);

    private static Dossier Taken(LocalDate on) => FollowUpSteps.TakeOver(
        Given.Campaign, Given.Id(1), Given.Agreement(Signed, new LocalDate(2025, 4, 8)), "bureau", on.At(new LocalTime(10, 0), Given.Campaign.Zone)).After;

    private static Instant Morning(LocalDate date) => date.At(new LocalTime(10, 0), Given.Campaign.Zone);

    private static IEnumerable<string> Letters(Step? step) => (step?.Messages ?? []).Where(message => message.Queue is QueueName.Mail).Select(message => message.Id.Split('/', 3)[2]);

    [Fact]
    public void Milestones_come_every_six_months_then_a_final_report_three_months_after_the_end() => Assert.Equal(
        [new(2024, 4, 8), new(2024, 10, 8), new(2025, 4, 8), new(2025, 7, 8)],
        Taken(Signed).Milestones.Select(milestone => milestone.Due));

    [Fact]
    public void Milestones_count_from_the_signature_and_never_drift_at_the_end_of_a_month() => Assert.Equal(
        [new(2024, 2, 29), new(2024, 8, 31), new(2025, 2, 28), new(2025, 5, 28)],
        Milestone.Of(Given.Agreement(new LocalDate(2023, 8, 31), new LocalDate(2025, 2, 28)), Given.Campaign.FollowUp).Select(milestone => milestone.Due));

    [Theory]
    [InlineData(200_000, 6, 1)]
    [InlineData(200_000.01, 6, 2)]
    [InlineData(100_000, 7, 2)]
    [InlineData(100_000, 20, 4)]
    public void A_small_and_short_project_has_a_final_report_alone(double requested, int months, int reports) => Assert.Equal(
        reports, Milestone.Of(Given.Agreement(Signed, Signed.PlusMonths(months)) with { Requested = Euros.From((decimal)requested) }, Given.Campaign.FollowUp).Length);

    [Fact]
    public void A_tranche_is_released_by_each_report_but_that_of_the_end_and_the_final_one() =>
        Assert.Equal([true, true, false, false], Taken(Signed).Milestones.Select(milestone => milestone.ReleasesTranche));

    [Fact]
    public void A_reminder_that_falls_on_a_saturday_leaves_on_monday() =>
        Assert.Equal(Morning(new LocalDate(2024, 3, 11)) - Duration.FromHours(1), Reminders.Next(Given.Campaign, Taken(Signed)));

    [Theory]
    [InlineData("2024-03-29", HolidayZone.Metropole, "2024-03-29")]
    [InlineData("2024-03-29", HolidayZone.AlsaceMoselle, "2024-04-02")] // Good Friday, the weekend, Easter Monday
    [InlineData("2024-12-26", HolidayZone.AlsaceMoselle, "2024-12-27")]
    [InlineData("2024-12-20", HolidayZone.Metropole, "2024-12-20")]
    [InlineData("2024-12-20", HolidayZone.Reunion, "2024-12-23")]
    [InlineData("2025-05-27", HolidayZone.Guadeloupe, "2025-05-28")]
    [InlineData("2025-06-10", HolidayZone.Guyane, "2025-06-11")]
    [InlineData("2025-05-22", HolidayZone.Martinique, "2025-05-23")]
    [InlineData("2026-04-27", HolidayZone.Mayotte, "2026-04-28")]
    public void Holidays_are_those_of_the_campaigns_zone(string due, HolidayZone zone, string leaves)
    {
        var campaign = Given.Campaign with { Holidays = zone };
        var milestone = new Milestone { Number = 1, Due = LocalDatePattern.Iso.Parse(due).Value.PlusDays(-1) };
        var dayAfter = campaign.FollowUp.Reminders.Single(rule => rule.Days == 1);
        Assert.Equal(LocalDatePattern.Iso.Parse(leaves).Value, campaign.DateOf(Reminders.LeavesAt(campaign, milestone, dayAfter)));
    }

    [Fact]
    public void A_reminder_that_falls_on_a_public_holiday_leaves_the_next_working_day()
    {
        // Due on 15 August 2024, a Thursday and a holiday.
        var milestone = new Milestone { Number = 1, Due = new LocalDate(2024, 8, 14) };
        var dayAfter = Given.Campaign.FollowUp.Reminders.Single(rule => rule.Days == 1);
        Assert.Equal(new LocalDate(2024, 8, 16), Given.Campaign.DateOf(Reminders.LeavesAt(Given.Campaign, milestone, dayAfter)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void A_reminder_leaves_at_its_hour_and_not_before(int seconds, bool leaves) => Assert.Equal(
        leaves, Taken(Signed).Remind(Given.Campaign, new LocalDate(2024, 3, 11).At(new LocalTime(9, 0), Given.Campaign.Zone) + Duration.FromSeconds(seconds)) is not null);

    [Fact]
    public void An_escalation_is_not_skipped_for_a_later_reminder()
    {
        var campaign = Given.Campaign with { FollowUp = Given.Campaign.FollowUp with { Reminders = [new("alerte", 1, Escalation: true), new("relance", 15)] } };
        var step = Taken(Signed).Remind(campaign, Morning(new LocalDate(2024, 5, 2)));
        Assert.Equal(["alerte", "relance"], step!.After.Milestones[0].Reminders.Where(pair => pair.Value is ReminderFate.Sent).Select(pair => pair.Key));
    }

    [Fact]
    public void Of_several_due_at_once_the_latest_leaves_and_the_others_are_overtaken()
    {
        var step = Taken(Signed).Remind(Given.Campaign, Morning(new LocalDate(2024, 4, 10)));
        Assert.Equal(["mail-0-reminder-1.j+1|2024-04-10|" + Given.Id(1)], Letters(step));
        Assert.Equal(
            [("j+1", ReminderFate.Sent), ("j-30", ReminderFate.Depasse), ("j-7", ReminderFate.Depasse)],
            step!.After.Milestones[0].Reminders.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void An_escalation_goes_to_the_sponsor_and_the_office_as_well()
    {
        var step = Taken(Signed).Remind(Given.Campaign, Morning(new LocalDate(2024, 5, 31)));
        Assert.Equal(3, step!.Messages.Select(message => message.Id).Distinct().Count());
        Assert.Equal(2, step.Messages.Count(message => message.Body.Contains("\"escalation\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_report_stops_what_was_to_come()
    {
        var dossier = Taken(Signed);
        var reported = dossier with { Milestones = [.. dossier.Milestones.Select(milestone => milestone with { ReportedAt = Morning(Signed) })] };
        Assert.Null(Reminders.Next(Given.Campaign, reported));
    }

    [Fact]
    public void Reports_due_before_a_project_is_taken_over_are_not_asked_for() =>
        Assert.Equal([true, true, false, false], Taken(new LocalDate(2024, 12, 1)).Milestones.Select(milestone => milestone.ReportedAt is not null));

    [Fact]
    public void Whatever_days_are_missed_each_reminder_leaves_once_at_most_and_the_escalations_always() =>
        Gen.Int[0, 900].Array[1, 60].Sample(days =>
        {
            var dossier = Taken(Signed);
            var sent = new List<string>();
            foreach (var day in days.Order().Append(900))
            {
                var step = dossier.Remind(Given.Campaign, Morning(Signed.PlusDays(day)));
                sent.AddRange(Letters(step).Where(id => id.Contains("-reminder-", StringComparison.Ordinal)).Select(id => id[(id.IndexOf("reminder-", StringComparison.Ordinal))..].Split('|')[0]));
                dossier = step?.After ?? dossier;
            }

            var escalations = sent.Count(id => id.EndsWith(".j+30", StringComparison.Ordinal));
            return sent.Distinct().Count() == sent.Count && escalations == 4 &&
                dossier.Milestones.All(milestone => milestone.Reminders.Count == Given.Campaign.FollowUp.Reminders.Length);
        }, iter: 200);

    [Fact]
    public void Whatever_ticks_are_missed_and_whenever_reports_come_what_leaves_is_once_the_latest_and_nothing_after_a_report() =>
        Gen.Select(Gen.Int[0, 900].Array[1, 60], Gen.Int[0, 1200].Array[4]).Sample((ticks, reports) =>
        {
            var dossier = Taken(Signed);
            var sent = new HashSet<string>();
            foreach (var (day, report) in ticks.Append(900).Select(tick => (tick, -1)).Concat(reports.Select((day, index) => (day, index))).OrderBy(one => one.Item1).ThenBy(one => one.Item2))
            {
                var now = Morning(Signed.PlusDays(day));
                if (report >= 0)
                {
                    dossier = dossier.Receive(Given.Campaign, report + 1, new ReportFile("a", "bilan.xlsx", new Core.Deposit.Reception(now, 1, "ab"), null), new ReportReading(), now)!.After;
                    continue;
                }

                // A tick that is run twice, or again after a crash that lost its answer, finds its work done.
                var step = dossier.Remind(Given.Campaign, now);
                dossier = step?.After ?? dossier;
                if (dossier.Remind(Given.Campaign, now) is not null)
                {
                    return false;
                }

                foreach (var (milestone, rule) in Letters(step).Select(id => id[(id.IndexOf("-r", StringComparison.Ordinal) + 1)..].Split('|')[0]).Where(id => id.StartsWith("reminder-", StringComparison.Ordinal)).Select(id => id["reminder-".Length..].Split('.')).Select(parts => (int.Parse(parts[0], null), parts[1])))
                {
                    var ofMilestone = dossier.Milestones[milestone - 1];
                    var latest = Given.Campaign.FollowUp.Reminders.Where(one => Reminders.LeavesAt(Given.Campaign, ofMilestone, one) <= now).MaxBy(one => one.Days)!;
                    if (!sent.Add($"{milestone}.{rule}") || ofMilestone.ReportedAt is not null || (rule != latest.Id && rule != "j+30"))
                    {
                        return false;
                    }
                }
            }

            // Whoever reported after its escalation was due and a tick had seen it was escalated; due dates are where they were.
            return dossier.Milestones.Select(milestone => milestone.Due).SequenceEqual(Taken(Signed).Milestones.Select(milestone => milestone.Due))
                && dossier.Milestones.All(milestone =>
                {
                    var escalates = Reminders.LeavesAt(Given.Campaign, milestone, Given.Campaign.FollowUp.Reminders.Single(rule => rule.Escalation));
                    var seen = ticks.Append(900).Any(tick => Morning(Signed.PlusDays(tick)) >= escalates && !(milestone.ReportedAt < Morning(Signed.PlusDays(tick))) && milestone.ReportedAt != Morning(Signed.PlusDays(tick)));
                    return !seen || sent.Contains($"{milestone.Number}.j+30");
                });
        }, iter: 300);
}
