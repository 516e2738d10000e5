using System.Globalization;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;

namespace Guichet.Core.Operations;

/// <summary>What may become of a letter between being promised and leaving.</summary>
public static class Letters
{
    /// <summary>
    /// Whether what a letter would say is no longer so: the dossier was completed, the refusal was taken back, or the report came, while the mail
    /// server was away. Such a letter is better not sent.
    /// </summary>
    public static bool IsOvertaken(Letter letter, IReadOnlyList<Dossier> dossiers) => letter.Kind switch
    {
        LetterKind.CompletionRequest => dossiers is not [{ Status: DossierStatus.Incomplet } dossier] || letter.About != dossier.JudgedRound.ToString(CultureInfo.InvariantCulture),
        LetterKind.Refusal => dossiers is not [{ Status: DossierStatus.Irrecevable or DossierStatus.Refuse }],
        LetterKind.WaitingList => dossiers is not [{ Status: DossierStatus.ListeComplementaire }],
        LetterKind.Award => dossiers is not [{ Decision.Award: not null }],
        LetterKind.Reminder or LetterKind.Escalation => dossiers is not [{ Status: DossierStatus.Suivi } dossier] || dossier.Milestones.FirstOrDefault(milestone => milestone.Number == NumberOf(letter)) is not { ReportedAt: null },
        LetterKind.Digest => dossiers.All(dossier => dossier.TakesReviews() ? !dossier.Reviews.Any(sheet => sheet.IsAwaited) : dossier.Decision is null),
        _ => false,
    };

    /// <summary>Whether a kind goes to the porteur of a dossier, and may open it.</summary>
    public static bool IsToPorteur(this LetterKind kind) => kind is LetterKind.Acknowledgement or LetterKind.CompletionRequest or LetterKind.Refusal or LetterKind.Award or LetterKind.WaitingList or LetterKind.DossierLink
        or LetterKind.AgreementSigned or LetterKind.AgreementAmended or LetterKind.ReportReceived or LetterKind.TrancheReleased or LetterKind.ProjectClosed;

    /// <summary>The number that a letter of the follow-up is about: of a milestone, an amendment or a tranche.</summary>
    public static int NumberOf(Letter letter) =>
        int.Parse(letter.About![..letter.About!.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
}
