using Guichet.Core.Operations;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Guichet.Mail;

/// <summary>How to reach the mail server.</summary>
public sealed record MailSettings
{
    /// <summary>Its name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port; 587 as a rule.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Whether the connection is upgraded to TLS before anything is said. Off on one machine only.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>Null where the server asks for none.</summary>
    public string? User { get; init; }

    /// <summary>Null where the server asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>The address that letters come from.</summary>
    public required string From { get; init; }
}

/// <summary>What the mail server answered.</summary>
/// <param name="Accepted">Whether it has taken the letter.</param>
/// <param name="Words">Its own words.</param>
public sealed record MailAnswer(bool Accepted, string Words);

/// <summary>Hands letters to a mail server.</summary>
public sealed class MailServer(MailSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestConversation = TimeSpan.FromSeconds(90);

    /// <summary>Sends a letter.</summary>
    /// <returns>The server's answer: taken, or refused for good.</returns>
    /// <exception cref="PassingFailure">The server is away or asks to come back later.</exception>
    public async Task<MailAnswer> Send(WrittenLetter letter, string senderName, CancellationToken cancellation)
    {
        if (!MailboxAddress.TryParse(letter.Recipient, out var recipient))
        {
            return new MailAnswer(false, $"« {letter.Recipient} » n’est pas une adresse de courriel.");
        }

        using var message = Message(letter, recipient, senderName);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        inTime.CancelAfter(LongestConversation);
        try
        {
            return await Send(message, inTime.Token);
        }
        catch (SmtpCommandException refusal) when ((int)refusal.StatusCode >= 500 && refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted)
        {
            return new MailAnswer(false, $"{(int)refusal.StatusCode} {refusal.Message}");
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // A server's other refusals are of us, not of the recipient (a relay being changed, a certificate): they pass or are mended.
            // Its words may repeat the address, and this sentence is logged: the exception itself goes no further.
            var words = failure.Message.Replace(recipient.Address, "(adresse)", StringComparison.OrdinalIgnoreCase);
            throw new PassingFailure($"Le serveur de courriel {settings.Host} ne prend pas le message : {failure.GetType().Name}, {words}");
        }
    }

    private async Task<MailAnswer> Send(MimeMessage message, CancellationToken cancellation)
    {
        using var smtp = new SmtpClient { Timeout = (int)LongestSilence.TotalMilliseconds };
        await smtp.ConnectAsync(settings.Host, settings.Port, settings.StartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, cancellation);
        if (settings.User is not null)
        {
            await smtp.AuthenticateAsync(settings.User, settings.Password ?? "", cancellation);
        }

        var words = await smtp.SendAsync(message, cancellation);
        await smtp.DisconnectAsync(quit: true, CancellationToken.None);
        return new MailAnswer(true, words);
    }

    private MimeMessage Message(WrittenLetter letter, MailboxAddress recipient, string senderName)
    {
        var from = MailboxAddress.Parse(settings.From);
        var message = new MimeMessage
        {
            MessageId = $"{letter.MessageId}@{from.Domain}",
            Date = clock.GetUtcNow(),
            Subject = letter.Subject,
            From = { new MailboxAddress(senderName, from.Address) },
            ReplyTo = { MailboxAddress.Parse(letter.ReplyTo) },
            To = { recipient },
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
            Body = Body(letter),
        };
        if (letter.Unsubscribe is { } address)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{address}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click"); // RFC 8058
        }

        return message;
    }

    private static Multipart Body(WrittenLetter letter)
    {
        var text = new MultipartAlternative(new TextPart("plain") { Text = letter.Text }, new TextPart("html") { Text = letter.Html });
        if (letter.Attachments.IsEmpty)
        {
            return text;
        }

        var whole = new Multipart("mixed") { text };
        foreach (var attachment in letter.Attachments)
        {
            whole.Add(new MimePart(attachment.ContentType)
            {
                FileName = attachment.Name,
                Content = new MimeContent(new MemoryStream(attachment.Content.ToArray(), writable: false)),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = attachment.Name },
                ContentTransferEncoding = ContentEncoding.Base64,
            });
        }

        return whole;
    }
}
