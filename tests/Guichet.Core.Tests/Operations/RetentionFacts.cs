using CsCheck;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Core.Tests.Operations;

/// <summary>When a dossier's personal data is no longer kept.</summary>
public sealed class RetentionFacts
{
    private static readonly Campaign Rules = Given.Campaign with
    {
        Retention = new RetentionRules(60),
        Periods = [new Core.Campaigns.Period(new LocalDateTime(2023, 1, 16, 0, 0), new LocalDateTime(2023, 12, 31, 23, 59)), new Core.Campaigns.Period(new LocalDateTime(2024, 2, 1, 0, 0), new LocalDateTime(2025, 6, 30, 23, 59))],
    };

    private static Instant Noon(int year, int month, int day) => new LocalDate(year, month, day).At(new LocalTime(12, 0)).InZoneStrictly(Rules.Zone).ToInstant();

    private static Dossier In(DossierStatus status, Instant opened, Instant? over = null) => new()
    {
        Id = Given.Id(1),
        Campaign = Rules.Id,
        Status = status,
        OpenedAt = opened,
        OverSince = over,
        Email = "porteur@exemple.gouv.fr",
    };

    [Theory]
    [InlineData(DossierStatus.Refuse)]
    [InlineData(DossierStatus.Irrecevable)]
    [InlineData(DossierStatus.Retire)]
    [InlineData(DossierStatus.Clos)]
    public void Counts_from_the_day_on_which_a_dossier_is_over(DossierStatus status) =>
        Assert.Equal(new LocalDate(2029, 4, 15), Retention.DueOn(Rules, In(status, Noon(2024, 3, 13), Noon(2024, 4, 15))));

    [Fact]
    public void A_day_that_the_last_month_has_not_is_its_last() =>
        Assert.Equal(new LocalDate(2025, 2, 28), Retention.DueOn(Rules with { Retention = new RetentionRules(12) }, In(DossierStatus.Retire, Noon(2024, 2, 1), Noon(2024, 2, 29))));

    [Fact]
    public void The_day_is_that_of_the_campaigns_zone()
    {
        var lateInParis = Instant.FromUtc(2024, 4, 15, 22, 30);
        Assert.Equal(new LocalDate(2029, 4, 16), Retention.DueOn(Rules, In(DossierStatus.Retire, Noon(2024, 3, 13), lateInParis)));
        Assert.Equal(Instant.FromUtc(2029, 4, 15, 22, 0), Retention.DueAt(Rules, In(DossierStatus.Retire, Noon(2024, 3, 13), lateInParis)));
    }

    [Theory]
    [InlineData(DossierStatus.Depot)]
    [InlineData(DossierStatus.Incomplet)]
    public void An_abandoned_deposit_is_over_when_the_campaign_takes_no_more(DossierStatus status) =>
        Assert.Equal(new LocalDate(2030, 6, 30), Retention.DueOn(Rules, In(status, Noon(2024, 3, 13))));

    [Fact]
    public void A_deposit_that_was_closed_after_the_campaign_counts_from_its_closing() => Assert.Equal(
        new LocalDate(2030, 7, 12),
        Retention.DueOn(Rules, In(DossierStatus.Incomplet, Noon(2025, 6, 29)) with { Closing = new Closing(2, Noon(2025, 6, 29), Noon(2025, 7, 12), "2023-01", []) }));

    [Fact]
    public void Nothing_of_which_something_may_still_come_is_ever_due() => Assert.All(
        Enum.GetValues<DossierStatus>().Where(status => !Retention.MayRunIn(status)),
        status => Assert.Null(Retention.DueOn(Rules, In(status, Noon(2024, 3, 13)))));

    [Fact]
    public void Is_due_from_the_first_minute_of_its_day_unless_held_or_erased()
    {
        var dossier = In(DossierStatus.Retire, Noon(2024, 3, 13), Noon(2024, 4, 15));
        var due = Retention.DueAt(Rules, dossier)!.Value;
        Assert.True(Retention.IsDue(Rules, dossier, due));
        Assert.False(Retention.IsDue(Rules, dossier, due - Duration.FromMinutes(1)));
        Assert.False(Retention.IsDue(Rules, dossier with { Hold = new LegalHold("Recours.", Actor.Office, due) }, due));
        Assert.False(Retention.IsDue(Rules, dossier with { Erasure = new Erasure(due, new LocalDate(2029, 4, 15), Actor.Guichet, 0, 0) }, due));
    }

    [Fact]
    public void A_dossier_is_over_since_its_last_move_to_an_end_and_looked_at_then() => Gen.Enum<DossierStatus>().List[1, 12].Sample(wanted =>
    {
        var (dossier, over) = (In(DossierStatus.Depot, Noon(2024, 3, 13)), (Instant?)null);
        foreach (var (status, day) in wanted.Select((status, day) => (status, day)))
        {
            if (!dossier.Status.MayBecome(status))
            {
                continue;
            }

            var at = Noon(2024, 3, 14) + Duration.FromDays(day);
            over = status.IsLive() ? null : at;
            var step = Step.From(dossier, dossier with { Status = status }, "x", Actor.Guichet, at);
            dossier = Step.From(step.After, step.After, "y", Actor.Guichet, at + Duration.FromHours(1)).After; // A step that moves nothing changes nothing of it.
            if (Retention.MayRunIn(status) != step.Hints.Contains(Retention.Hint(dossier.Id, at)))
            {
                return false;
            }
        }

        return dossier.OverSince == over;
    }, iter: 2000);
}
