using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>How a project's follow-up ended.</summary>
/// <param name="Outcome">Carried through, or stopped.</param>
/// <param name="Reason">Why, in the office's words; its porteur reads it.</param>
/// <param name="On">The day, in the campaign's zone.</param>
/// <param name="By">Who closed it; see <see cref="Dossiers.Actor"/>.</param>
public sealed record Closure(ClosureOutcome Outcome, string Reason, LocalDate On, string By);

/// <summary>How a project ends. The names are those that the programme uses.</summary>
public enum ClosureOutcome
{
    /// <summary>Carried through: its final report is there.</summary>
    Acheve,

    /// <summary>Stopped: its impact is not shown, or it was given up.</summary>
    Arrete,
}
