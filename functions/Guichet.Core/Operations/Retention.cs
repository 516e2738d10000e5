using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Operations;

/// <summary>
/// How long a dossier's personal data is kept: the months that its rules publish, counted from the day on which nothing more may come of it. Refused, withdrawn or
/// closed, that is the day of that step. A deposit that its porteur abandoned is over once the campaign takes no more files, or when the porteur did something
/// last where that is later. A dossier that is reopened is no longer due.
/// </summary>
/// <remarks>
/// Sources: RGPD, article 5, 1, e (data is kept no longer than its purpose asks); the months are the campaign's, <see cref="RetentionRules"/>. What the day is counted
/// from is a default of ours.
/// </remarks>
public static class Retention
{
    /// <summary>How long before it is due the office is told, so that it can put a hold.</summary>
    public const int DaysAnnounced = 30;

    /// <summary>Whether months may be counted in a status: it is final, or the porteur may have left it.</summary>
    public static bool MayRunIn(DossierStatus status) => !status.IsLive() || status is DossierStatus.Depot or DossierStatus.Incomplet;

    /// <summary>The first day on which a dossier's personal data is no longer kept; null where something may still come of it.</summary>
    /// <param name="campaign">The version in force at the deposit: what its porteur was told. That of today where it was never deposited.</param>
    public static LocalDate? DueOn(Campaign campaign, Dossier dossier) =>
        OverSince(campaign, dossier) is { } since ? campaign.DateOf(since).PlusMonths(campaign.Retention.PersonalDataMonths) : null;

    /// <summary>The instant from which a dossier's personal data is no longer kept; null where something may still come of it.</summary>
    /// <param name="campaign">As for <see cref="DueOn"/>.</param>
    public static Instant? DueAt(Campaign campaign, Dossier dossier) => DueOn(campaign, dossier)?.AtStartOfDayInZone(campaign.Zone).ToInstant();

    /// <summary>Whether a dossier is to be erased now: it is due, not held, and not erased.</summary>
    /// <param name="campaign">As for <see cref="DueOn"/>.</param>
    public static bool IsDue(Campaign campaign, Dossier dossier, Instant now) => dossier is { Erasure: null, Hold: null } && DueAt(campaign, dossier) <= now;

    /// <summary>The hint to look whether a dossier is due.</summary>
    public static DueHint Hint(DossierId dossier, Instant at) => new(DueKind.Retention, at, dossier.ToString(), DueHint.Erasure);

    private static Instant? OverSince(Campaign campaign, Dossier dossier) =>
        !dossier.Status.IsLive() ? dossier.OverSince
        : MayRunIn(dossier.Status) ? Instant.Max(
            campaign.Periods.Max(period => period.Closes.InZoneLeniently(campaign.Zone).ToInstant()),
            dossier.Closing?.ClosedAt ?? dossier.OpenedAt)
        : null;
}
