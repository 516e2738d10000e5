using System.Collections.Immutable;
using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Core.Dossiers;

/// <summary>Who did something. People other than the porteur are named by the id under which they signed in.</summary>
public static class Actor
{
    /// <summary>The guichet itself, by its rules.</summary>
    public const string Guichet = "guichet";

    /// <summary>Whoever holds the dossier's token.</summary>
    public const string Porteur = "porteur";

    /// <summary>The programme office.</summary>
    public const string Office = "bureau";
}

/// <summary>
/// One change of a dossier with all that it entails. Storage commits it whole or not at all: the rows that changed, the journal's entry, and the
/// messages, each a promise that stands in the dossier's own partition until its handler has kept it.
/// </summary>
public sealed record Step
{
    private Step()
    {
    }

    /// <summary>What the step was decided on; null for a dossier that it opens.</summary>
    public required Dossier? Before { get; init; }

    /// <summary>What the dossier is afterwards.</summary>
    public required Dossier After { get; init; }

    /// <summary>What the journal will say.</summary>
    public required JournalEntry Entry { get; init; }

    /// <summary>What is to happen next.</summary>
    public ImmutableArray<OutgoingMessage> Messages { get; init; } = [];

    /// <summary>What is to be looked at later; written before the step, because it is in another partition.</summary>
    public ImmutableArray<DueHint> Hints { get; init; } = [];

    /// <summary>
    /// A step from one state to the next. One that ends a dossier, or gives it back to a porteur who may never come again, is looked at by whoever erases: at once, to
    /// find out when it will be due. A dossier that is opened is not, because nearly all are closed within the day: see <see cref="DueHint.LateFiles"/>.
    /// </summary>
    /// <param name="before">Null for a dossier that the step opens.</param>
    /// <param name="after">The state wanted; version, journal and since when it is over are filled in here.</param>
    /// <param name="operation">Names this step among all that the dossier can make: a write whose answer was lost is recognised by it.</param>
    /// <param name="actor">Who did it; see <see cref="Actor"/>.</param>
    /// <param name="at">When.</param>
    /// <param name="details">Ids, numbers and names of fields; never personal data, because the journal outlives it.</param>
    /// <exception cref="InvalidOperationException">The table of transitions does not allow the move.</exception>
    public static Step From(Dossier? before, Dossier after, string operation, string actor, Instant at, params ReadOnlySpan<(string Name, string Value)> details)
    {
        if (before is not null && before.Status != after.Status && !before.Status.MayBecome(after.Status))
        {
            throw new InvalidOperationException($"A dossier in {before.Status} cannot become {after.Status}.");
        }

        var end = before?.Journal ?? JournalEnd.Empty;
        var entry = JournalEntry.After(end, operation, actor, at, before?.Status, after.Status, details);
        return new Step
        {
            Before = before,
            After = after with
            {
                Version = (before?.Version ?? 0) + 1,
                Journal = new JournalEnd(entry.Sequence, entry.Hash),
                OverSince = after.Status.IsLive() ? null : before is null || before.Status.IsLive() ? at : before.OverSince,
            },
            Entry = entry,
            Hints = before is not null && before.Status != after.Status && Retention.MayRunIn(after.Status) ? [Retention.Hint(after.Id, at)] : [],
        };
    }

    /// <summary>The same step with a message that concerns the dossier, to the queue of its stage.</summary>
    public Step Telling(params ReadOnlySpan<QueueName> queues) => this with
    {
        Messages = [.. Messages, .. queues.ToArray().Select(queue => OutgoingMessage.About(After, queue))],
    };

    /// <summary>The same step with a letter to be sent.</summary>
    public Step Writing(params ReadOnlySpan<Letter> letters) => this with
    {
        Messages = [.. Messages, .. letters.ToArray().Select((letter, index) => OutgoingMessage.For(After, letter, Messages.Length + index))],
    };

    /// <summary>The same step with something to look at later.</summary>
    public Step LookingAgain(params ReadOnlySpan<DueHint> hints) => this with { Hints = [.. Hints, .. hints] };
}

/// <summary>Something to look at once an instant has come. A hint and no more: what is done is decided on the dossier as it stands by then.</summary>
/// <param name="Kind">Which timer looks.</param>
/// <param name="At">From when.</param>
/// <param name="Subject">What is to be looked at: a dossier's id, or the key of a mail.</param>
/// <param name="Purpose">What for.</param>
public sealed record DueHint(DueKind Kind, Instant At, string Subject, string Purpose)
{
    /// <summary>The purpose of the hint that promises of a step may not have been kept.</summary>
    public const string Promises = "promises";

    /// <summary>The purpose of the hint that a deposit may have gone quiet.</summary>
    public const string Quiet = "quiet";

    /// <summary>The purpose of the hint that files may have come while the last addresses given still worked, or that a deposit was abandoned.</summary>
    public const string LateFiles = "late-files";

    /// <summary>The purpose of the hint that a mail that no dossier promised may not have left.</summary>
    public const string Mail = "mail";

    /// <summary>The purpose of the hint that the closing of a committee session may have been cut short.</summary>
    public const string Session = "session";

    /// <summary>The purpose of the hint that a dossier waits for its reviewers.</summary>
    public const string Review = "review";

    /// <summary>The purpose of the hint that files of an impact report may have come unannounced; its subject is <c>{dossier}/{milestone}</c>.</summary>
    public const string Report = "report";

    /// <summary>The purpose of the hint that reminders may be due.</summary>
    public const string Reminders = "reminders";

    /// <summary>The purpose of the hint that a dossier's personal data may be due to be erased.</summary>
    public const string Erasure = "erasure";
}

/// <summary>The timers that look at what is due.</summary>
public enum DueKind
{
    /// <summary>What a step promised and has not happened; deposits that went quiet.</summary>
    Tick,

    /// <summary>Dossiers that reviewers are to be told of.</summary>
    Digest,

    /// <summary>Impact reports that are to be reminded of.</summary>
    Reminder,

    /// <summary>Dossiers whose personal data is no longer to be kept.</summary>
    Retention,
}
