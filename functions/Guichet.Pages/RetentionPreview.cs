using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Pages;

/// <summary>What will be erased by a day, and what is held.</summary>
/// <param name="By">The day, included.</param>
/// <param name="Dossiers">The first due first.</param>
/// <param name="Files">How many files go with those that are not held.</param>
/// <param name="Bytes">How large these are together.</param>
/// <param name="HasMore">Whether there are more than are listed: ask for an earlier day.</param>
/// <param name="Copies">Where copies stay for how long, in French.</param>
public sealed record RetentionPreview(LocalDate By, IReadOnlyList<RetentionLine> Dossiers, int Files, long Bytes, bool HasMore, string Copies)
{
    /// <summary>What no run can take away.</summary>
    public const string CopiesKept =
        "Dans Azure, un fichier effacé se retrouve encore pendant le délai de récupération de l’environnement (keepDays : 7 jours en essai, 90 en production), et une sauvegarde le contient jusqu’à ce qu’elle soit détruite.";
}

/// <summary>A dossier whose personal data will be erased.</summary>
/// <param name="DueOn">The first day on which it is no longer kept.</param>
/// <param name="Files">How many files it keeps.</param>
/// <param name="Bytes">How large they are together.</param>
/// <param name="Hold">What keeps it from being erased; null where nothing does.</param>
/// <param name="IsUnderWay">Whether its erasure was begun and waits to be completed.</param>
public sealed record RetentionLine(string Dossier, string Campaign, string StatusLabel, string Title, LocalDate DueOn, int Files, long Bytes, LegalHold? Hold, bool IsUnderWay);
