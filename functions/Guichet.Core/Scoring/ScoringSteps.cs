using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Scoring;

/// <summary>The step that scoring is.</summary>
public static class ScoringSteps
{
    /// <summary>What the pre-score of an eligible dossier entails: reviewers are given it, and told in their next digest.</summary>
    public static Step Apply(this Dossier dossier, Campaign campaign, PreScore preScore, Instant now)
    {
        var after = dossier with { PreScore = preScore, Status = DossierStatus.Note };
        return Step.From(
                dossier, after, $"score/{dossier.JudgedRound.ToString(CultureInfo.InvariantCulture)}", Actor.Guichet, now,
                ("rules", campaign.Version), ("points", preScore.Total.ToString(CultureInfo.InvariantCulture)))
            .Telling(QueueName.Assignment, QueueName.Projection)
            .LookingAgain(Digest.Hint(dossier.Id, now));
    }
}
