using NodaTime;

namespace Guichet.Pages;

/// <summary>Something that could not be handled.</summary>
/// <param name="Id">Names it to whoever has it tried again.</param>
/// <param name="Open">Whether it waits for a person: not tried again, or failed again since.</param>
/// <param name="Tried">How often it was tried before.</param>
public sealed record FailureLine(string Id, string Queue, string? Dossier, string Reason, int Tried, Instant FailedAt, bool Open, Instant? ReplayedAt, string? ReplayedBy);
