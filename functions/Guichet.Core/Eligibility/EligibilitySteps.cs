using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Eligibility;

/// <summary>The step that eligibility is.</summary>
public static class EligibilitySteps
{
    /// <summary>What the deposit itself states to the rules.</summary>
    public static DepositFacts DepositFacts(this Dossier dossier) => new(
        dossier.Closing?.Deposited ?? throw new InvalidOperationException($"Dossier {dossier.Id} was never closed."),
        [.. dossier.PiecesTaken.Where(piece => piece.Extract is not null).Select(piece => new ReadPiece(piece.FileName, piece.Extract!))])
    {
        Twins = dossier.Twins,
    };

    /// <summary>
    /// What the judgement of the last closing entails. Complete: on to scoring. Lacking: the porteur is told what, where and by when. Refused:
    /// proposed to the office, and the porteur hears of it once a person has confirmed; where the campaign refuses by itself, eligibility is told
    /// again, to confirm.
    /// </summary>
    public static Step Apply(this Dossier dossier, Campaign campaign, GrantApplication application, EligibilityVerdict verdict, Instant now)
    {
        var round = dossier.Closing?.Round ?? throw new InvalidOperationException($"Dossier {dossier.Id} was never closed.");
        var name = round.ToString(CultureInfo.InvariantCulture);
        var after = dossier with
        {
            JudgedRound = round,
            Application = application,
            Verdict = verdict,
            CompleteBefore = verdict.Outcome is Outcome.Incomplet ? campaign.DateOf(now).PlusDays(campaign.Delays.CompletionDays) : null,
            Status = verdict.Outcome switch
            {
                Outcome.Recevable => DossierStatus.Recevable,
                Outcome.Incomplet => DossierStatus.Incomplet,
                _ => DossierStatus.IrrecevablePropose,
            },
        };
        var broken = string.Join(' ', verdict.Findings.Where(finding => finding.Verdict is not RuleVerdict.Satisfied).Select(finding => finding.Rule));
        var step = Step.From(dossier, after, $"eligibility/{name}", Actor.Guichet, now, ("round", name), ("rules", campaign.Version), ("not-satisfied", broken));
        return verdict.Outcome switch
        {
            Outcome.Recevable => step.Telling(QueueName.Scoring), // Which projects it a moment later.
            Outcome.Incomplet => step.Telling(QueueName.Projection).LookingAgain(Digest.Hint(dossier.Id, after.CompleteBefore!.Value.PlusDays(1).AtStartOfDayInZone(campaign.Zone).ToInstant())).Writing(new Letter
            {
                Kind = LetterKind.CompletionRequest,
                Recipient = dossier.Email,
                Date = campaign.DateOf(now),
                Campaign = campaign.Id,
                Dossiers = [dossier.Id],
                About = name,
            }),
            _ when campaign.RefusesByItself => step.Telling(QueueName.Eligibility, QueueName.Projection),
            _ => step.Telling(QueueName.Projection).LookingAgain(Digest.Hint(dossier.Id, now)),
        };
    }
}
