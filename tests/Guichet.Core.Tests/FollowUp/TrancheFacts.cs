using System.Collections.Immutable;
using CsCheck;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using NodaTime;

namespace Guichet.Core.Tests.FollowUp;

public sealed class TrancheFacts
{
    private static ImmutableArray<Tranche> Of(decimal award, LocalDate ends, params (string? Period, int Amount)[] budget) => Tranche.Of(
        Given.Agreement(new LocalDate(2024, 1, 1), ends) with { Award = Euros.From(award), Requested = Euros.From(award) },
        Given.Campaign.FollowUp,
        [.. budget.Select(line => new BudgetLine("prestation", "Développement", Euros.From(line.Amount), line.Period))]);

    [Fact]
    public void Equal_tranches_differ_by_a_cent_at_most_and_add_up()
    {
        var tranches = Of(100_000.01m, new LocalDate(2025, 7, 1));
        Assert.Equal([33_333.33m, 33_333.34m, 33_333.34m], tranches.Select(tranche => tranche.Amount.Amount));
        Assert.Equal([null, 1, 2], tranches.Select(tranche => tranche.Milestone));
    }

    [Fact]
    public void A_small_and_short_project_is_paid_once_at_signature()
    {
        var only = Assert.Single(Of(200_000, new LocalDate(2024, 7, 1)));
        Assert.Equal((Euros.From(200_000), null), (only.Amount, only.Milestone));
    }

    [Theory]
    [InlineData(2024, 7, 1, 1)] // ceil(6 / 6)
    [InlineData(2024, 7, 2, 2)]
    [InlineData(2025, 9, 1, 4)] // ceil(20 / 6)
    public void There_are_as_many_as_half_years_begun(int year, int month, int day, int count) =>
        Assert.Equal(count, Of(250_000, new LocalDate(year, month, day)).Length);

    [Fact]
    public void Where_every_line_says_when_it_is_spent_the_shares_follow_the_budget() => Assert.Equal(
        [60_000m, 20_000m, 20_000m],
        Of(100_000, new LocalDate(2025, 6, 30), ("S1 2024", 60_000), ("2e semestre 2024", 20_000), ("janvier à juin 2025", 20_000)).Select(tranche => tranche.Amount.Amount));

    [Theory]
    [InlineData("quand ce sera prêt")]
    [InlineData(null)]
    public void Where_one_does_not_they_are_equal(string? period) => Assert.Equal(
        [50_000m, 50_000m], Of(100_000, new LocalDate(2024, 12, 31), ("S1 2024", 90_000), (period, 10_000)).Select(tranche => tranche.Amount.Amount));

    [Theory]
    [InlineData("2024", 25, 25, 10)]
    [InlineData("T3 2024", 10, 40, 10)]
    [InlineData("2024-S2", 10, 40, 10)]
    [InlineData("1er trimestre 2025", 10, 10, 40)]
    [InlineData("févr. 2025", 10, 10, 40)]
    [InlineData("2025 - 2026", 10, 10, 40)]
    [InlineData("octobre 2024 à mars 2025", 10, 25, 25)]
    [InlineData("5e trimestre 2025", 20, 20, 20)]
    [InlineData("jui. 2024", 20, 20, 20)] // June or July
    [InlineData("mars 2025 à janvier 2025", 20, 20, 20)]
    public void A_period_is_read_as_people_write_it_and_not_where_there_is_a_doubt(string written, int first, int second, int third)
    {
        var tranches = Of(60_000, new LocalDate(2025, 6, 30), ("S1 2024", 10_000), ("S2 2024", 10_000), ("S1 2025", 10_000), (written, 30_000));
        Assert.All(new[] { first, second, third }.Zip(tranches), pair => Assert.InRange(pair.Second.Amount.Amount, pair.First * 1000 - 200, pair.First * 1000 + 200)); // Half-years differ by days.
    }

    [Fact]
    public void Whatever_the_award_the_length_and_the_budget_the_tranches_add_up_to_it() =>
        Gen.Select(Gen.Long[1, 500_000_000], Gen.Int[1, 1500], Gen.Select(Gen.Int[0, 9], Gen.Long[0, 90_000_000]).Array[0, 12]).Sample((award, days, lines) =>
        {
            string?[] periods = ["2024", "2025", "2026", "S1 2024", "S2 2024", "T1 2025", "mars 2026", "2024-2026", "2025-2026", "juin 2024 à mai 2025"];
            var agreement = Given.Agreement(new LocalDate(2024, 1, 31), new LocalDate(2024, 1, 31).PlusDays(days)) with { Award = new Euros(award), Requested = new Euros(award) };
            var tranches = Tranche.Of(agreement, Given.Campaign.FollowUp, [.. lines.Select(line => new BudgetLine(null, "", new Euros(line.Item2), periods[line.Item1]))]);
            return tranches.Select(tranche => tranche.Amount).Sum() == agreement.Award
                && tranches.All(tranche => tranche.Amount >= Euros.Zero)
                && tranches.Skip(1).Select(tranche => tranche.Milestone!.Value).SequenceEqual(Milestone.Of(agreement, Given.Campaign.FollowUp).Where(milestone => milestone.ReleasesTranche).Select(milestone => milestone.Number));
        });

    [Fact]
    public void The_first_is_proposed_at_signature_and_the_next_once_report_meeting_and_agreement_are_there()
    {
        var dossier = Projects.Followed();
        Assert.Equal([TrancheState.Proposee, TrancheState.AVenir, TrancheState.AVenir, TrancheState.AVenir], dossier.Tranches.Select(dossier.StateOf));
        Assert.Contains("attend encore", dossier.ReleaseRefusal(dossier.Tranches[1], "bureau"), StringComparison.Ordinal);
        var reported = dossier.Reported(1, new LocalDate(2024, 11, 4));
        Assert.Equal(TrancheState.AVenir, reported.StateOf(reported.Tranches[1]));
        var complete = reported.Complete(1, new LocalDate(2024, 11, 20));
        Assert.Equal(TrancheState.Proposee, complete.StateOf(complete.Tranches[1]));
    }

    [Fact]
    public void One_person_releases_a_small_tranche_and_the_porteur_is_told()
    {
        var step = Projects.Followed().Release(Given.Campaign, 1, "bureau", Projects.Morning(Projects.Signed))!;
        Assert.Equal(TrancheState.Liberee, step.After.StateOf(step.After.Tranches[0]));
        Assert.Contains(Projects.Mails(step), mail => mail.Contains("tranche-released", StringComparison.Ordinal));
        Assert.Null(step.After.Release(Given.Campaign, 1, "autre", Projects.Morning(Projects.Signed)));
    }

    [Fact]
    public void Two_people_release_one_above_the_campaigns_amount_and_never_the_same_twice()
    {
        var rules = Given.Campaign with { FollowUp = Given.Campaign.FollowUp with { TwoPeopleAbove = Euros.From(44_999.99m) } };
        var first = Projects.Followed().Release(rules, 1, "bureau-a", Projects.Morning(Projects.Signed))!;
        Assert.Equal(TrancheState.AConfirmer, first.After.StateOf(first.After.Tranches[0]));
        Assert.Empty(Projects.Mails(first));
        Assert.NotNull(first.After.ReleaseRefusal(first.After.Tranches[0], "bureau-a"));
        Assert.Null(first.After.ReleaseRefusal(first.After.Tranches[0], "bureau-b"));
        Assert.Equal(TrancheState.Liberee, first.After.Release(rules, 1, "bureau-b", Projects.Morning(Projects.Signed))!.After is var after ? after.StateOf(after.Tranches[0]) : default);
    }

    [Fact]
    public void A_project_is_carried_through_with_its_final_report_and_all_paid_and_stopped_at_any_time()
    {
        var dossier = Projects.Followed();
        Assert.Contains("bilan final", dossier.ClosureRefusal(ClosureOutcome.Acheve), StringComparison.Ordinal);
        Assert.Null(dossier.ClosureRefusal(ClosureOutcome.Arrete));
        var stopped = dossier.Release(Given.Campaign, 1, "bureau", Projects.Morning(Projects.Signed))!.After.Close(Given.Campaign, ClosureOutcome.Arrete, "L’impact n’est pas montré.", "bureau", Projects.Morning(Projects.Ends)).After;
        Assert.Equal(DossierStatus.Clos, stopped.Status);
        Assert.Equal([false, true, true, true], stopped.Tranches.Select(tranche => tranche.Lapsed));
        Assert.Equal(Euros.From(45_000), stopped.Committed());
        Assert.Null(Reminders.Next(Given.Campaign, stopped));
    }
}
