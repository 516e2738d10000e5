using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Scoring;

/// <summary>The step that scoring is.</summary>
public static class ScoringSteps
{
    /// <summary>What the pre-score of an eligible dossier entails: reviewers are told of it in their next digest.</summary>
    public static Step Apply(this Dossier dossier, Campaign campaign, PreScore preScore, Instant now)
    {
        var after = dossier with { PreScore = preScore, Status = DossierStatus.Note };
        return Step.From(
                dossier, after, $"score/{dossier.JudgedRound.ToString(CultureInfo.InvariantCulture)}", Actor.Guichet, now,
                ("rules", campaign.Version), ("points", preScore.Total.ToString(CultureInfo.InvariantCulture)))
            .Telling(QueueName.Projection)
            .LookingAgain(new DueHint(DueKind.Digest, dossier.Closing?.Deposited ?? now, dossier.Id.ToString(), DueHint.Review));
    }
}
