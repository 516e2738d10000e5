using NodaTime;

namespace Guichet.Core.Operations;

/// <summary>That a dossier's personal data was erased.</summary>
/// <param name="At">When: from then nobody reads it any more.</param>
/// <param name="On">The day, in the campaign's zone.</param>
/// <param name="By">Who had it done; see <see cref="Dossiers.Actor"/>.</param>
/// <param name="Files">How many files were kept until then.</param>
/// <param name="Bytes">How large they were together.</param>
/// <param name="CompletedAt">When the last of it was gone from storage; null while that is being done.</param>
public sealed record Erasure(Instant At, LocalDate On, string By, int Files, long Bytes, Instant? CompletedAt = null);

/// <summary>A legal hold: nothing of the dossier is erased while it stands.</summary>
/// <param name="Reason">Why, in the office's words.</param>
/// <param name="By">Who put it; see <see cref="Dossiers.Actor"/>.</param>
/// <param name="At">When.</param>
public sealed record LegalHold(string Reason, string By, Instant At);
