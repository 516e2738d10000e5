using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Tests.Review;

public sealed class ExplanationFacts
{
    private static readonly Instant Now = Given.Deposited + Duration.FromHours(1);

    private static readonly Dossier Closed = AllClosed();

    private static readonly Dossier Scored = Score(Judge(Closed));

    private static Dossier AllClosed()
    {
        var opened = DepositSteps.Open(
            Given.Campaign, Given.Id(1), "porteur@exemple.gouv.fr", "jeton",
            [new AnnouncedFile("formulaire.docx", 10), new AnnouncedFile("lettre d’engagement.pdf", 10)], ["001-a", "002-b"], Given.Deposited).After;
        var read = opened with
        {
            Pieces =
            [
                Received(opened.Pieces[0]).Read(Given.Application.Extract),
                Received(opened.Pieces[1]).Read(new PieceExtract { Kind = PieceKind.Pdf }),
            ],
        };
        return read.Close(Given.Campaign, [new FoundFile("001-a", Given.Deposited), new FoundFile("002-b", Given.Deposited)], Actor.Porteur, Given.Deposited)!.After;
    }

    private static Piece Received(Piece piece) => piece with { Received = new Reception(Given.Deposited, 10, new string('0', 64)) };

    private static Dossier Judge(Dossier dossier)
    {
        var application = GrantApplication.Assemble(dossier.PiecesTaken.Select(piece => piece.Extract!));
        return dossier.Apply(Given.Campaign, application, EligibilityRules.Evaluate(Given.Campaign, application, dossier.DepositFacts()), Now).After;
    }

    private static Dossier Score(Dossier dossier) => dossier.Apply(Given.Campaign, PreScore.Compute(Given.Campaign, dossier.Application!), Now).After;

    [Fact]
    public void What_is_computed_again_is_what_was_recorded()
    {
        var explained = Explanation.Of(Given.Campaign, Scored)!;
        Assert.Empty(explained.Differences);
        Assert.Equal(Scored.Verdict!.Findings, explained.Findings);
        Assert.Equal(Scored.PreScore, explained.PreScore);
        Assert.Equal(Given.Campaign.Criteria, explained.Criteria);
        Assert.Equal(["formulaire.docx", "lettre d’engagement.pdf"], explained.Files.Select(file => file.Name));
    }

    [Fact]
    public void A_piece_that_says_something_else_than_when_it_was_judged_is_told()
    {
        var tampered = Scored with { Pieces = Scored.Pieces.SetItem(0, Scored.Pieces[0].Read(Given.Application.With(Fields.BudgetTotal, Euros.From(2_000_000)).Extract)) };
        Assert.Contains(Explanation.Of(Given.Campaign, tampered)!.Differences, sentence => sentence.StartsWith("La règle MONTANT", StringComparison.Ordinal));
    }

    [Fact]
    public void A_score_that_is_not_what_the_rules_give_is_told()
    {
        var tampered = Scored with { PreScore = Scored.PreScore! with { Total = Scored.PreScore.Total + 1 } };
        Assert.Contains("pré-notation", Assert.Single(Explanation.Of(Given.Campaign, tampered)!.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_other_than_those_of_the_deposit_are_told()
    {
        Campaign other = Given.Campaign with { Amounts = Given.Campaign.Amounts with { Rate = 0.4m } };
        Assert.Contains(Explanation.Of(other, Scored)!.Differences, sentence => sentence.StartsWith("La règle TAUX", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_explained_before_it_is_judged() => Assert.Null(Explanation.Of(Given.Campaign, Closed));

    [Fact]
    public void The_porteur_is_told_its_pre_score_once_it_is_told_the_decision()
    {
        var explained = Explanation.Of(Given.Campaign, Scored)!;
        Dossier Decided(DecisionOutcome outcome) => Scored with { Decision = new Decision { Outcome = outcome, DecidedOn = new LocalDate(2024, 6, 1), By = Actor.Office } };
        Assert.Null(explained.ForPorteur(Scored).PreScore);
        Assert.Empty(explained.ForPorteur(Scored).Criteria);
        Assert.Equal(Scored.Verdict!.Findings, explained.ForPorteur(Scored).Findings);
        Assert.Null(explained.ForPorteur(Decided(DecisionOutcome.Recevable)).PreScore);
        Assert.NotNull(explained.ForPorteur(Decided(DecisionOutcome.Refuse)).PreScore);
    }
}
