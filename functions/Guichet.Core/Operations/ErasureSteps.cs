using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Operations;

/// <summary>The steps of erasure and of what stops it.</summary>
public static class ErasureSteps
{
    /// <summary>A person of the office keeps a dossier from being erased. Its reason stands in the dossier, the journal says who and when.</summary>
    public static Step PutHold(this Dossier dossier, string reason, string actor, Instant now) =>
        Step.From(dossier, dossier with { Hold = new LegalHold(reason.Trim(), actor, now) }, $"hold/{Next(dossier)}", actor, now);

    /// <summary>A person of the office lifts a hold: a dossier that is due by then is erased by the next run.</summary>
    public static Step LiftHold(this Dossier dossier, string actor, Instant now) =>
        Step.From(dossier, dossier with { Hold = null }, $"lift-hold/{Next(dossier)}", actor, now, ("held-since", dossier.Hold!.At.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>
    /// Erases a dossier's personal data: what <see cref="Remains"/> leaves is all that is read of it from now on, its token and its links open it no more, and what
    /// lies in other places is taken away after. Null where it is erased already, or not due.
    /// </summary>
    /// <param name="campaign">The version in force at the deposit.</param>
    public static Step? Erase(this Dossier dossier, Campaign campaign, string actor, Instant now)
    {
        if (!Retention.IsDue(campaign, dossier, now))
        {
            return null;
        }

        var receptions = Receptions(dossier).ToList();
        var erasure = new Erasure(now, campaign.DateOf(now), actor, receptions.Count, receptions.Sum(one => one.Bytes));
        return Step.From(
                dossier, Remains.Of(dossier) with { Erasure = erasure }, "erase", actor, now,
                ("due", Retention.DueOn(campaign, dossier)!.Value.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)),
                ("rules", campaign.Version),
                ("files", erasure.Files.ToString(CultureInfo.InvariantCulture)),
                ("bytes", erasure.Bytes.ToString(CultureInfo.InvariantCulture)),
                ("fields", string.Join(' ', (dossier.Application?.Values ?? []).Select(value => value.Field.Id).Where(id => !Remains.Keeps(id)))))
            .Telling(QueueName.Projection);
    }

    /// <summary>
    /// Nothing of it is left in storage. It is looked at once more when no address that was given for a file works any longer: what came by one meanwhile goes too. Null
    /// where that was said already.
    /// </summary>
    /// <param name="campaign">The version in force today.</param>
    public static Step? CompleteErasure(this Dossier dossier, Campaign campaign, Instant now) => dossier.Erasure is { CompletedAt: null } erasure
        ? Step.From(dossier, dossier with { Erasure = erasure with { CompletedAt = now } }, "erased", Actor.Guichet, now)
            .LookingAgain(Retention.Hint(dossier.Id, now + Duration.FromHours(campaign.Delays.SlotHours + 1)))
        : null;

    /// <summary>What people are told who ask for something that was erased; null where nothing was.</summary>
    public static string? ErasedSentence(this Dossier dossier) => dossier.Erasure is { } erasure
        ? $"Les données du dossier {dossier.Id} ont été effacées le {erasure.On.InFrench()}, au terme de leur durée de conservation. Restent son statut, sa décision, ses montants et ses dates."
        : null;

    /// <summary>The files that a dossier keeps: those of its deposit and of its reports.</summary>
    public static IEnumerable<Reception> Receptions(this Dossier dossier) =>
        dossier.Pieces.Select(piece => piece.Received).OfType<Reception>().Concat(dossier.Milestones.SelectMany(milestone => milestone.Report?.Files ?? []).Select(file => file.Received));

    private static string Next(Dossier dossier) => (dossier.Version + 1).ToString(CultureInfo.InvariantCulture);
}
