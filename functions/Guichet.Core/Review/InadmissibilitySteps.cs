using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>The steps by which a refusal that the rules proposed is confirmed or overruled, and a refusal that was decided is taken back.</summary>
public static class InadmissibilitySteps
{
    /// <summary>Characters of a reason: a letter is read, not filed.</summary>
    public const int LongestReason = 5_000;

    /// <summary>Why a proposed inadmissibility cannot be decided so; null where it can, or already is.</summary>
    /// <param name="confirm">False to overrule it.</param>
    /// <param name="reason">Required to overrule; the findings give the reason of a confirmation that has none.</param>
    public static string? Refusal(this Dossier dossier, bool confirm, string? reason) => (dossier.Status, reason) switch
    {
        (_, { Length: > LongestReason }) => $"La raison compte {reason.Length} caractères ; elle en a au plus {LongestReason}, car elle est lue dans un courriel.",
        _ when dossier.IsDecided(confirm) => null,
        (DossierStatus.IrrecevablePropose, _) when !confirm && string.IsNullOrWhiteSpace(reason) =>
            "Donnez dans « reason » la raison pour laquelle le projet est recevable malgré les constats : elle reste au dossier.",
        (DossierStatus.IrrecevablePropose, _) => null,
        _ => $"Le dossier est au statut « {dossier.Status.InFrench()} » : seule une irrecevabilité proposée se confirme ou s’écarte.",
    };

    /// <summary>Whether it was decided so already: to ask for it again changes nothing.</summary>
    public static bool IsDecided(this Dossier dossier, bool confirm) =>
        dossier.Decision?.Outcome == (confirm ? DecisionOutcome.Irrecevable : DecisionOutcome.Recevable);

    /// <summary>The findings that a decision rests on; none where it rests on the reason of whoever decided.</summary>
    public static IEnumerable<Finding> FindingsDecidedOn(this Dossier dossier) =>
        dossier.Decision?.Outcome is DecisionOutcome.Irrecevable ? (dossier.Verdict?.Findings ?? []).Where(finding => finding.ProposesRefusal) : [];

    /// <summary>
    /// Confirms the refusal that the rules proposed: the porteur is told why. By a person, or where the campaign refuses by itself by the guichet.
    /// </summary>
    public static Step ConfirmInadmissibility(this Dossier dossier, Campaign campaign, string? reason, string actor, Instant now)
    {
        var after = dossier with
        {
            Status = DossierStatus.Irrecevable,
            Decision = dossier.Decide(campaign, DecisionOutcome.Irrecevable, reason, actor, now),
        };
        return Decided(dossier, after, actor, now).Telling(QueueName.Projection).Writing(new Letter
        {
            Kind = LetterKind.Refusal,
            Recipient = dossier.Email,
            Date = campaign.DateOf(now),
            Campaign = campaign.Id,
            Dossiers = [dossier.Id],
            About = (dossier.Version + 1).ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Overrules it: the dossier goes on to its pre-score as one that the rules admitted.</summary>
    public static Step OverruleInadmissibility(this Dossier dossier, Campaign campaign, string reason, string actor, Instant now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var after = dossier with
        {
            Status = DossierStatus.Recevable,
            Decision = dossier.Decide(campaign, DecisionOutcome.Recevable, reason, actor, now),
        };
        return Decided(dossier, after, actor, now).Telling(QueueName.Scoring, QueueName.Projection);
    }

    /// <summary>Takes back a refusal, for a reason that stays in the dossier: it is examined again, and a new decision will be written to the porteur.</summary>
    public static Step Reopen(this Dossier dossier, Campaign campaign, string reason, string actor, Instant now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var after = dossier with
        {
            Status = DossierStatus.Instruction,
            PreScore = dossier.PreScore ?? (dossier.Application is { } application ? PreScore.Compute(campaign, application) : null), // One that was never scored is now.
            Decision = dossier.Decide(campaign, DecisionOutcome.Rouvert, reason, actor, now),
        };
        return Step.From(dossier, after, $"reopen/{dossier.Version.ToString(CultureInfo.InvariantCulture)}", actor, now).Telling(QueueName.Assignment, QueueName.Projection);
    }

    private static Decision Decide(this Dossier dossier, Campaign campaign, DecisionOutcome outcome, string? reason, string actor, Instant now) => new()
    {
        Outcome = outcome,
        Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
        DecidedOn = campaign.DateOf(now),
        At = now,
        By = actor,
        Previous = dossier.Decision,
    };

    private static Step Decided(Dossier dossier, Dossier after, string actor, Instant now)
    {
        var broken = string.Join(' ', (dossier.Verdict?.Findings ?? []).Where(finding => finding.ProposesRefusal).Select(finding => finding.Rule));
        return Step.From(
            dossier, after, $"inadmissibility/{dossier.JudgedRound.ToString(CultureInfo.InvariantCulture)}", actor, now,
            ("outcome", after.Status.ToString()), ("not-satisfied", broken));
    }
}
