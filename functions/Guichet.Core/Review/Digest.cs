using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>What reviewers are told, once a day at most.</summary>
public static class Digest
{
    /// <summary>Whether a dossier is still to be told of.</summary>
    public static bool Concerns(Dossier dossier) => dossier.Status is DossierStatus.Note;

    /// <summary>Whether the hour of a day's digest has come.</summary>
    public static bool IsTime(Campaign campaign, Instant now) => now.InZone(campaign.Zone).TimeOfDay >= campaign.Digests.At;

    /// <summary>
    /// One letter a reviewer, only where there is something to say. Until reviewers are assigned, each that the campaign names is told of every
    /// dossier that waits.
    /// </summary>
    public static IEnumerable<Letter> Letters(Campaign campaign, IEnumerable<Dossier> dossiers, Instant now)
    {
        ImmutableArray<DossierId> waiting =
        [
            .. dossiers.Where(Concerns).OrderBy(dossier => dossier.Closing?.Deposited).ThenBy(dossier => dossier.Id.ToString(), StringComparer.Ordinal).Select(dossier => dossier.Id),
        ];
        return waiting.IsEmpty ? [] : campaign.Reviewers.Select(reviewer => new Letter
        {
            Kind = LetterKind.Digest,
            Recipient = reviewer.Email,
            Date = campaign.DateOf(now),
            Campaign = campaign.Id,
            Dossiers = waiting,
        });
    }
}
