using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using NodaTime;

namespace Guichet.Core.Tests.FollowUp;

public sealed class AgreementFacts
{
    private static readonly LocalDate Later = new(2025, 3, 3);

    private static AmendmentTerms EndOn(LocalDate end) => new("Recrutement plus long que prévu.", end);

    [Fact]
    public void An_agreement_is_drawn_from_the_award_and_the_application()
    {
        var agreement = Projects.Drawn().Agreement!;
        Assert.Equal(Euros.From(180_000), agreement.Award);
        Assert.Equal(Projects.Ends, agreement.EndsOn);
        Assert.Equal(["Indicateur P1", "Indicateur P2"], agreement.Indicators.Select(indicator => indicator.Name));
        Assert.Equal("claude.martin@exemple.gouv.fr", agreement.Contact.Email);
        Assert.Null(agreement.SignedOn);
    }

    [Fact]
    public void An_agreement_that_says_the_same_is_not_drawn_again()
    {
        var drawn = Projects.Drawn();
        Assert.Null(drawn.Draw(drawn.Draft(Given.Campaign, new AgreementTerms(Projects.Sponsor))!, "bureau", Projects.Morning(Later)));
        Assert.NotNull(drawn.Draw(drawn.Draft(Given.Campaign, new AgreementTerms(Projects.Sponsor, EndsOn: Later))!, "bureau", Projects.Morning(Later)));
    }

    [Fact]
    public void Without_the_address_of_a_sponsor_none_is_drawn()
    {
        var dossier = Projects.Laureate();
        Assert.Contains("sponsor", dossier.DrawRefusal(dossier.Draft(Given.Campaign, new AgreementTerms(new Person("Dominique Petit", ""))), Projects.Decided), StringComparison.Ordinal);
        Assert.Null(dossier.DrawRefusal(dossier.Draft(Given.Campaign, new AgreementTerms(Projects.Sponsor)), Projects.Decided));
    }

    [Fact]
    public void An_indicator_without_a_baseline_keeps_an_agreement_from_being_drawn()
    {
        var dossier = Projects.Laureate();
        var draft = dossier.Draft(Given.Campaign, new AgreementTerms(Projects.Sponsor, Indicators: [Given.Indicator("P1") with { Baseline = null }]));
        Assert.Contains("valeur de départ", dossier.DrawRefusal(draft, Projects.Decided), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_signature_engages_and_the_last_begins_the_follow_up()
    {
        var first = Projects.Drawn().Sign(Given.Campaign, new Signature(SigningParty.Administration, new LocalDate(2024, 5, 2)), "bureau", Projects.Morning(Projects.Signed)).After;
        Assert.Equal(DossierStatus.Conventionne, first.Status);
        Assert.Empty(first.Milestones);
        var last = first.Sign(Given.Campaign, new Signature(SigningParty.Programme, Projects.Signed), "bureau", Projects.Morning(Projects.Signed));
        Assert.Equal(DossierStatus.Suivi, last.After.Status);
        Assert.Equal(Projects.Signed, last.After.Agreement!.SignedOn);
        Assert.Equal(["2024-11-06", "2025-05-06", "2025-11-06", "2026-04-30"], last.After.Milestones.Select(milestone => milestone.Due.ToString("uuuu-MM-dd", null)));
        Assert.Contains(Projects.Mails(last), mail => mail.Contains("agreement-signed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2024, 4, 1, "antérieure à la décision")]
    [InlineData(2024, 6, 1, "à venir")]
    public void A_signature_of_another_time_is_refused(int year, int month, int day, string why) => Assert.Contains(
        why, Projects.Drawn().SignatureRefusal(new Signature(SigningParty.Programme, new LocalDate(year, month, day)), Projects.Signed), StringComparison.Ordinal);

    [Fact]
    public void A_signature_that_is_recorded_is_no_longer_changed_and_no_agreement_drawn_over_it()
    {
        var signed = Projects.Drawn().Sign(Given.Campaign, new Signature(SigningParty.Programme, Projects.Signed), "bureau", Projects.Morning(Projects.Signed)).After;
        Assert.Null(signed.SignatureRefusal(new Signature(SigningParty.Programme, Projects.Signed), Projects.Signed));
        Assert.Contains("déjà signé", signed.SignatureRefusal(new Signature(SigningParty.Programme, Projects.Decided), Projects.Signed), StringComparison.Ordinal);
        Assert.NotNull(signed.DrawRefusal(signed.Agreement, Projects.Signed));
    }

    [Fact]
    public void A_later_end_adds_reports_and_moves_the_final_one_and_no_other()
    {
        var after = Projects.Followed().Amend(Given.Campaign, EndOn(new LocalDate(2026, 7, 31)), "bureau", Projects.Morning(Later)).After;
        Assert.Equal(["2024-11-06", "2025-05-06", "2025-11-06", "2026-05-06", "2026-10-31"], after.Milestones.Select(milestone => milestone.Due.ToString("uuuu-MM-dd", null)));
        var amendment = Assert.Single(after.Agreement!.Amendments);
        Assert.Equal(new EndMoved(Projects.Ends, new LocalDate(2026, 7, 31)), amendment.End);
        Assert.Equal(Projects.Followed().Tranches.Select(tranche => (tranche.Amount, tranche.Milestone)), after.Tranches.Select(tranche => (tranche.Amount, tranche.Milestone)));
        Assert.False(after.Milestones[3].ReleasesTranche);
    }

    [Fact]
    public void What_was_reported_and_reminded_stands_through_an_amendment()
    {
        var reported = Projects.Followed().Reported(1, new LocalDate(2024, 11, 4));
        var after = reported.Amend(Given.Campaign, EndOn(new LocalDate(2026, 7, 31)), "bureau", Projects.Morning(Later)).After;
        Assert.Equal(reported.Milestones[0], after.Milestones[0]);
    }

    [Fact]
    public void A_tranche_whose_report_is_no_longer_to_come_is_paid_with_the_last_that_is()
    {
        var after = Projects.Followed().Amend(Given.Campaign, EndOn(new LocalDate(2025, 8, 31)), "bureau", Projects.Morning(Later)).After;
        Assert.Equal([1, 2, 3], after.Tranches.Select(tranche => tranche.Number));
        Assert.Equal(Euros.From(180_000), after.Tranches.Select(tranche => tranche.Amount).Sum());
        Assert.Equal(after.Tranches.Where(tranche => tranche.Milestone is not null).Select(tranche => tranche.Milestone!.Value), after.Milestones.Where(milestone => milestone.ReleasesTranche).Select(milestone => milestone.Number));
    }

    [Fact]
    public void An_end_before_a_report_that_is_due_already_is_refused() => Assert.Contains(
        "disparaîtrait", Projects.Followed().AmendmentRefusal(Given.Campaign, EndOn(new LocalDate(2024, 10, 1)), Later), StringComparison.Ordinal);

    [Fact]
    public void A_target_moves_with_a_reason_and_the_old_one_is_kept()
    {
        var terms = new AmendmentTerms("Moins de territoires.", Targets: [new NewTarget("P1", 400)]);
        Assert.Null(Projects.Followed().AmendmentRefusal(Given.Campaign, terms, Later));
        var after = Projects.Followed().Amend(Given.Campaign, terms, "bureau", Projects.Morning(Later)).After;
        Assert.Equal(400, after.Agreement!.Find("P1")!.Target);
        Assert.Equal(new TargetMoved("Indicateur P1", 500, new LocalDate(2025, 6, 30), 400, new LocalDate(2025, 6, 30)), Assert.Single(after.Agreement.Amendments[0].Targets));
        Assert.Contains("ne change rien", after.AmendmentRefusal(Given.Campaign, terms, Later), StringComparison.Ordinal);
    }
}
