using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Operations;

/// <summary>What failures leave in a dossier.</summary>
public static class FailureSteps
{
    /// <summary>The journal's word of a message that was kept for a person to look at; the dossier stays where it stands.</summary>
    public static Step Record(Dossier dossier, string queue, string messageId, Instant now) =>
        Step.From(dossier, dossier, $"failure/{queue}/{messageId}", Actor.Guichet, now, ("queue", queue), ("message", messageId));
}
