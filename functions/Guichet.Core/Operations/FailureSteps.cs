using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Operations;

/// <summary>What failures leave in a dossier.</summary>
public static class FailureSteps
{
    /// <summary>The journal's word of a message that was kept for a person to look at; the dossier stays where it stands, and the office sees where.</summary>
    public static Step Record(Dossier dossier, string queue, string messageId, Instant now)
    {
        var step = Step.From(dossier, dossier, $"failure/{queue}/{messageId}", Actor.Guichet, now, ("queue", queue), ("message", messageId));
        return queue == "scoring" ? step.Telling(QueueName.Projection) : step; // Being found eligible was left to scoring to project.
    }

    /// <summary>The journal's word of a message that a person had tried again.</summary>
    public static Step Replay(Dossier dossier, string queue, string messageId, string actor, Instant now) =>
        Step.From(dossier, dossier, $"replay/{(dossier.Version + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}", actor, now, ("queue", queue), ("message", messageId));
}
