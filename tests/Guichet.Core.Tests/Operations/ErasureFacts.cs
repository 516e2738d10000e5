using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using Guichet.Core.Tests.FollowUp;
using NodaTime;

namespace Guichet.Core.Tests.Operations;

/// <summary>What is left of a dossier once its personal data is erased.</summary>
public sealed class ErasureFacts
{
    /// <summary>Stands in every text of the dossier that is not one of those that stay.</summary>
    private const string Person = "Claude Martin";

    private static readonly Campaign Rules = Given.Campaign;
    private static readonly Instant Later = Projects.Morning(new LocalDate(2040, 1, 8));

    /// <summary>A project that has been through everything, with a person's name wherever somebody may write.</summary>
    private static Dossier Full()
    {
        var given = Given.Application
            .With(Fields.ContactName, Person).With(Fields.ContactEmail, Person).With(Fields.ContactPhone, Person).With(Fields.SponsorName, Person)
            .With(Fields.ProjectSummary, Person).With(Fields.ProjectDeployment, Person).With(Fields.ProjectEnd, Projects.Ends)
            .With(Fields.GovernanceTeam, [new TeamMember(Person)])
            .With(Fields.ImpactIndicators, [Given.Indicator("P1") with { Owner = Person, Definition = Person, Source = Person, Method = Person, Frequency = Person }]);
        var source = new Source(Person, Person, Person);
        var awarded = Projects.Laureate() with
        {
            Email = Person,
            TokenHash = Person,
            Application = given.Build() with { Values = [.. given.Build().Values.Select(value => value with { Source = source })], Findings = [new PieceFinding("X", PieceSeverity.Info, Person, Person, Person)] },
            Verdict = new([.. given.Judge().Findings.Select(finding => finding with { Message = Person })]),
            PreScore = PreScore.Compute(Rules, given.Build()) is var score ? score with { Criteria = [.. score.Criteria.Select(one => one with { Subcriteria = [.. one.Subcriteria.Select(sub => sub with { Reason = Person, Evidence = [new Evidence("f", Person, Person)] })] })] } : null,
            Pieces = [new Piece { Slot = "001", FileName = Person, AnnouncedBytes = 10, Received = new Reception(Given.Deposited, 10, "ab"), Extract = given.Extract }],
            Reviews = [new ReviewSheet { Reviewer = "ir1", AssignedAt = Given.Deposited, DueOn = Projects.Decided, Why = Person, Conflict = new(false, Person, Given.Deposited), Marks = [new Mark("impact", 3, Person)], Comment = Person, Question = Person, WithdrawnBecause = Person }],
        };
        awarded = awarded with
        {
            Decision = awarded.Decision! with
            {
                Reason = Person,
                Award = awarded.Decision.Award! with { Support = [new Support(SupportKind.Rh, Person, Person, SupportState.Rendu)] },
                Previous = new Decision { Outcome = DecisionOutcome.Rouvert, Reason = Person, DecidedOn = Projects.Decided, By = "bureau" },
            },
        };
        var drawn = awarded.Draw(awarded.Draft(Rules, new AgreementTerms(new Person(Person, Person), new Person(Person, Person)))!, "bureau", Projects.Morning(Projects.Decided))!.After;
        var followed = drawn
            .Sign(Rules, new Signature(SigningParty.Administration, Projects.Signed), "bureau", Projects.Morning(Projects.Signed)).After
            .Sign(Rules, new Signature(SigningParty.Programme, Projects.Signed), "bureau", Projects.Morning(Projects.Signed)).After;
        var amended = followed.Amend(Rules, new AmendmentTerms(Person, Projects.Ends.PlusMonths(1)), "bureau", Projects.Morning(Projects.Signed)).After;
        var reported = amended.Receive(
            Rules, 1, new ReportFile("r1", Person, new Reception(Given.Deposited, 1000, "cd"), null),
            new ReportReading { Done = Person, Strategy = Person, Savings = Euros.From(10), Values = [new ReadValue("Indicateur P1", 150, "usagers", null, source)] }, Projects.Morning(new LocalDate(2024, 11, 6)))!.After;
        return reported.Close(Rules, ClosureOutcome.Arrete, Person, "bureau", Projects.Morning(new LocalDate(2025, 1, 8))).After;
    }

    private static string Json(Dossier dossier) => JsonSerializer.Serialize(dossier, GuichetJson.Options);

    [Fact]
    public void No_text_of_a_person_is_left_anywhere()
    {
        Assert.True(Json(Full()).Split(Person).Length > 60);
        Assert.DoesNotContain(Person, Json(Full().Erase(Rules, Actor.Guichet, Later)!.After), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_published_and_counted_stays()
    {
        var (before, after) = (Full(), Full().Erase(Rules, Actor.Guichet, Later)!.After);
        Assert.Equal((before.Title, before.Applicant, before.Status, before.OverSince), (after.Title, after.Applicant, after.Status, after.OverSince));
        Assert.Equal((before.Decision!.Outcome, before.Decision.Award!.Amount, before.Decision.DecidedOn), (after.Decision!.Outcome, after.Decision.Award!.Amount, after.Decision.DecidedOn));
        Assert.Equal((before.Committed(), before.Paid(), before.Agreement!.SignedOn), (after.Committed(), after.Paid(), after.Agreement!.SignedOn));
        Assert.Equal(before.Verdict!.Findings.Select(finding => (finding.Rule, finding.Verdict)), after.Verdict!.Findings.Select(finding => (finding.Rule, finding.Verdict)));
        Assert.Equal((before.PreScore!.Total, before.Verdict.Outcome), (after.PreScore!.Total, after.Verdict.Outcome));
        Assert.Equal(ReviewScores.Of(Rules, before).Mean, ReviewScores.Of(Rules, after).Mean);
        Assert.Equal((150m, Euros.From(10)), (after.Milestones[0].Report!.Values[0].Value, after.Milestones[0].Report!.Savings));
        Assert.Equal(before.Application!.Find(Fields.ApplicantSiret)!.Value, after.Application!.Find(Fields.ApplicantSiret)!.Value);
    }

    [Fact]
    public void The_journal_says_how_much_and_of_which_fields_and_no_value()
    {
        var step = Full().Erase(Rules, Actor.Guichet, Later)!;
        Assert.Equal(("erase", "2", "1010"), (step.Entry.Operation, step.Entry.Details["files"], step.Entry.Details["bytes"]));
        Assert.Contains("contact.email", step.Entry.Details["fields"].Split(' '));
        Assert.DoesNotContain("project.title", step.Entry.Details["fields"].Split(' '));
        Assert.Equal((2, 1010L), (step.After.Erasure!.Files, step.After.Erasure.Bytes));
        Assert.Contains(step.Messages, message => message.Queue is QueueName.Projection);
    }

    [Fact]
    public void Nobody_gets_in_by_token_or_link_any_more()
    {
        var after = Full().Erase(Rules, Actor.Guichet, Later)!.After;
        Assert.False(after.IsOpenedBy("jeton"));
        Assert.Null(after.TokenHash);
        Assert.NotEqual(Full().LinkGeneration, after.LinkGeneration);
        Assert.Null(after.MilestoneOf(1));
    }

    [Fact]
    public void Erasing_twice_or_too_early_or_under_a_hold_erases_nothing()
    {
        var erased = Full().Erase(Rules, Actor.Guichet, Later)!.After;
        Assert.Null(erased.Erase(Rules, Actor.Guichet, Later));
        Assert.Null(Full().Erase(Rules, Actor.Guichet, Projects.Morning(new LocalDate(2030, 1, 7))));
        var held = Full().PutHold("Un recours.", Actor.Office, Later).After;
        Assert.Null(held.Erase(Rules, Actor.Guichet, Later));
        Assert.NotNull(held.LiftHold(Actor.Office, Later).After.Erase(Rules, Actor.Guichet, Later));
    }

    [Fact]
    public void A_hold_leaves_its_reason_in_the_dossier_and_who_and_when_in_the_journal()
    {
        var step = Full().PutHold($" Un recours de {Person}. ", "bureau", Later);
        Assert.Equal(new LegalHold($"Un recours de {Person}.", "bureau", Later), step.After.Hold);
        Assert.DoesNotContain(Person, JsonSerializer.Serialize(step.Entry, GuichetJson.Options), StringComparison.Ordinal);
        Assert.Equal(("bureau", Later), (step.Entry.Actor, step.Entry.At));
    }

    [Fact]
    public void That_it_is_complete_is_said_once_and_looked_at_once_more_when_no_address_works_any_longer()
    {
        var step = Full().Erase(Rules, Actor.Guichet, Later)!.After.CompleteErasure(Rules, Later)!;
        Assert.Equal(Later + Duration.FromHours(25), Assert.Single(step.Hints).At);
        Assert.Null(step.After.CompleteErasure(Rules, Later));
    }

    [Fact]
    public void A_session_keeps_its_decisions_and_its_members_until_its_last_dossier_is_erased()
    {
        var (one, other) = (new SessionItem { Dossier = Given.Id(1), Outcome = DecisionOutcome.Refuse, Reason = Person }, new SessionItem { Dossier = Given.Id(2), Outcome = DecisionOutcome.Laureat, Reason = "Bon.", Amount = Euros.From(1) });
        var session = new CommitteeSession { Id = "2024-04-15", Campaign = Rules.Id, Date = Projects.Decided, Members = [new CommitteeMember("m1", Person, Person)], Note = Person, Items = [one, other] };
        var first = Remains.Of(session, one.Dossier, isLast: false);
        Assert.Equal((DecisionOutcome.Refuse, Remains.Erased, "Bon.", Person), (first.Items[0].Outcome, first.Items[0].Reason, first.Items[1].Reason, first.Members[0].Name));
        var last = Remains.Of(first, other.Dossier, isLast: true);
        Assert.DoesNotContain(Person, JsonSerializer.Serialize(last, GuichetJson.Options), StringComparison.Ordinal);
        Assert.Equal(Euros.From(1), last.Awarded);
    }
}
