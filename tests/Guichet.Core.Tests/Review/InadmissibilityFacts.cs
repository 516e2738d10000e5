using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Tests.Review;

public sealed class InadmissibilityFacts
{
    private const string Reason = "Le dépassement de Claude Martin vient d’une saisie en milliers.";

    private static readonly Instant Now = Given.Deposited + Duration.FromHours(1);

    private static readonly Given TooLarge = Given.Application.With(Fields.BudgetTotal, Euros.From(2_000_000));

    private static Step Judged(Campaign? campaign = null)
    {
        var opened = DepositSteps.Open(Given.Campaign, Given.Id(1), "porteur@exemple.gouv.fr", "jeton", [new AnnouncedFile("a.docx", 10)], ["001-a"], Given.Deposited).After;
        var closed = opened.Close(Given.Campaign, [new FoundFile("001-a", Given.Deposited)], Actor.Porteur, Given.Deposited)!.After;
        return closed.Apply(campaign ?? Given.Campaign, TooLarge.Build(), TooLarge.Judge(), Now);
    }

    private static Step Confirmed(string? reason = null) => Judged().After.ConfirmInadmissibility(Given.Campaign, reason, Actor.Office, Now);

    private static Step Overruled() => Judged().After.OverruleInadmissibility(Given.Campaign, Reason, Actor.Office, Now);

    private static Letter Mail(Step step) => JsonSerializer.Deserialize<Letter>(Assert.Single(step.Messages, message => message.Queue is QueueName.Mail).Body, GuichetJson.Options)!;

    [Fact]
    public void Confirming_refuses_and_writes_to_the_porteur()
    {
        var step = Confirmed();
        Assert.Equal((DossierStatus.Irrecevable, DecisionOutcome.Irrecevable, Actor.Office), (step.After.Status, step.After.Decision!.Outcome, step.After.Decision.By));
        Assert.Equal((LetterKind.Refusal, "porteur@exemple.gouv.fr"), (Mail(step).Kind, Mail(step).Recipient));
        Assert.Contains(step.Messages, message => message.Queue is QueueName.Projection);
    }

    [Fact]
    public void A_confirmation_rests_on_the_findings_that_block_and_needs_no_other_reason()
    {
        Assert.Null(Judged().After.Refusal(confirm: true, " "));
        Assert.Equal(["MONTANT"], Confirmed(" ").After.FindingsDecidedOn().Select(finding => finding.Rule));
        Assert.Null(Confirmed(" ").After.Decision!.Reason);
    }

    [Fact]
    public void Overruling_goes_on_to_scoring_and_writes_to_nobody()
    {
        var step = Overruled();
        Assert.Equal((DossierStatus.Recevable, true, Reason), (step.After.Status, step.After.AwaitsScoring, step.After.Decision!.Reason));
        Assert.Equal([QueueName.Scoring, QueueName.Projection], step.Messages.Select(message => message.Queue));
        Assert.Empty(step.After.FindingsDecidedOn());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Overruling_asks_for_a_reason(string? reason) =>
        Assert.Contains("reason", Judged().After.Refusal(confirm: false, reason), StringComparison.Ordinal);

    [Fact]
    public void A_reason_is_short_enough_for_a_mail() =>
        Assert.Contains("5001 caractères", Judged().After.Refusal(confirm: true, new string('x', 5001)), StringComparison.Ordinal);

    [Fact]
    public void What_was_decided_is_decided_once_and_not_otherwise()
    {
        Assert.True(Confirmed().After.IsDecided(confirm: true));
        Assert.Null(Confirmed().After.Refusal(confirm: true, null));
        Assert.Contains("« Irrecevable »", Confirmed().After.Refusal(confirm: false, Reason), StringComparison.Ordinal);
        Assert.Null(Overruled().After.Refusal(confirm: false, null));
        Assert.Contains("« Recevable »", Overruled().After.Refusal(confirm: true, null), StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_says_what_was_decided_and_no_words_of_anybody()
    {
        var entry = Confirmed(Reason).Entry;
        Assert.Equal(("inadmissibility/1", Actor.Office, "Irrecevable", "MONTANT"), (entry.Operation, entry.Actor, entry.Details["outcome"], entry.Details["not-satisfied"]));
        Assert.All([Confirmed(Reason), Overruled(), Confirmed().After.Reopen(Given.Campaign, Reason, Actor.Office, Now)], step =>
            Assert.DoesNotContain("Martin", JsonSerializer.Serialize(step.Entry, GuichetJson.Options), StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_is_taken_back_for_a_reason_and_what_was_decided_before_stays()
    {
        var reopened = Confirmed().After.Reopen(Given.Campaign, Reason, Actor.Office, Now).After;
        Assert.Equal((DossierStatus.Instruction, DecisionOutcome.Rouvert, Reason), (reopened.Status, reopened.Decision!.Outcome, reopened.Decision.Reason));
        Assert.Equal(DecisionOutcome.Irrecevable, reopened.Decision.Previous!.Outcome);
        Assert.Throws<ArgumentException>(() => Confirmed().After.Reopen(Given.Campaign, " ", Actor.Office, Now));
        Assert.Throws<InvalidOperationException>(() => Overruled().After.Reopen(Given.Campaign, Reason, Actor.Office, Now));
    }

    [Fact]
    public void A_refusal_that_was_taken_back_before_it_left_does_not_leave()
    {
        var confirmed = Confirmed();
        Assert.False(Letters.IsOvertaken(Mail(confirmed), [confirmed.After]));
        Assert.True(Letters.IsOvertaken(Mail(confirmed), [confirmed.After.Reopen(Given.Campaign, Reason, Actor.Office, Now).After]));
    }

    [Fact]
    public void A_campaign_that_refuses_by_itself_tells_eligibility_again()
    {
        var judged = Judged(Given.Campaign with { RefusesByItself = true });
        Assert.Equal(DossierStatus.IrrecevablePropose, judged.After.Status);
        Assert.Contains(judged.Messages, message => message.Queue is QueueName.Eligibility);
        Assert.DoesNotContain(Judged().Messages, message => message.Queue is QueueName.Eligibility);
    }
}
