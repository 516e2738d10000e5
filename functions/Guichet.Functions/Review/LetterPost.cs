using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Mail;
using Guichet.Storage;
using NodaTime;

namespace Guichet.Functions.Review;

/// <summary>
/// Posts letters that no single dossier promises: recorded first, so that one a recipient and date leaves whatever is run twice, and looked at
/// again by the tick, so that one leaves whatever the bus loses.
/// </summary>
public sealed class LetterPost(MailTable mails, DueTable due, BusSender bus, GuichetSettings settings, TimeProvider clock)
{
    /// <summary>Posts a letter at once; posting it again changes nothing.</summary>
    public Task Send(Letter letter, CancellationToken cancellation) => Send(letter, clock.Now(), cancellation);

    /// <summary>Posts a letter from an instant on, at once where it is past; posting it again changes nothing.</summary>
    public async Task Send(Letter letter, Instant from, CancellationToken cancellation)
    {
        var isNow = from <= clock.Now();
        var subject = MailTable.SubjectOf(letter);
        await due.Write(isNow ? Hint(subject) : new DueHint(DueKind.Tick, from, subject, DueHint.Mail), cancellation);
        if (await mails.Expect(letter, cancellation) && isNow)
        {
            await bus.Send(Message(letter), cancellation: cancellation);
        }
    }

    /// <summary>Posts again a letter that has not left, on its own day: a digest of yesterday is worth nothing beside today's.</summary>
    /// <param name="subject">As the hint names it.</param>
    /// <param name="suffix">Unlike that of any posting before.</param>
    /// <returns>Whether it was.</returns>
    public async Task<bool> SendAgain(string subject, string suffix, CancellationToken cancellation)
    {
        if (await mails.FindWaiting(subject, cancellation) is not { } letter || letter.Date.PlusDays(1) < clock.Now().InUtc().Date)
        {
            return false;
        }

        await due.Write(Hint(subject), cancellation);
        await bus.Send(Message(letter), suffix, cancellation);
        return true;
    }

    private DueHint Hint(string subject) => new(DueKind.Tick, clock.Now() + Duration.FromTimeSpan(settings.Allowance), subject, DueHint.Mail);

    private static OutgoingMessage Message(Letter letter) =>
        new(QueueName.Mail, $"{LetterWriter.IdOf(letter)}/digest", JsonSerializer.Serialize(letter, GuichetJson.Options));
}
