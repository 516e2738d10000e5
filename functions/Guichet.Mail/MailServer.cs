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
    /// <summary>Sends a letter.</summary>
    /// <returns>The server's answer: taken, or refused for good.</returns>
    /// <exception cref="PassingFailure">The server is away or asks to come back later.</exception>
    public async Task<MailAnswer> Send(WrittenLetter letter, string senderName, CancellationToken cancellation)
    {
        try
        {
            using var message = Message(letter, senderName);
            using var smtp = new SmtpClient();
            await smtp.ConnectAsync(settings.Host, settings.Port, settings.StartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, cancellation);
            if (settings.User is not null)
            {
                await smtp.AuthenticateAsync(settings.User, settings.Password ?? "", cancellation);
            }

            var words = await smtp.SendAsync(message, cancellation);
            await smtp.DisconnectAsync(quit: true, CancellationToken.None);
            return new MailAnswer(true, words);
        }
        catch (SmtpCommandException refusal) when ((int)refusal.StatusCode >= 500)
        {
            return new MailAnswer(false, $"{(int)refusal.StatusCode} {refusal.Message}");
        }
        catch (ParseException unreadable)
        {
            return new MailAnswer(false, $"Adresse illisible : {unreadable.Message}");
        }
        catch (Exception failure) when (failure is SmtpCommandException or SmtpProtocolException or IOException or System.Net.Sockets.SocketException or TimeoutException or AuthenticationException or SslHandshakeException)
        {
            throw new PassingFailure($"Le serveur de courriel {settings.Host} ne prend pas le message : {failure.Message}", failure);
        }
    }

    private MimeMessage Message(WrittenLetter letter, string senderName)
    {
        var from = MailboxAddress.Parse(settings.From);
        return new MimeMessage
        {
            MessageId = $"{letter.MessageId}@{from.Domain}",
            Date = clock.GetUtcNow(),
            Subject = letter.Subject,
            From = { new MailboxAddress(senderName, from.Address) },
            ReplyTo = { MailboxAddress.Parse(letter.ReplyTo) },
            To = { MailboxAddress.Parse(letter.Recipient) },
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
            Body = new MultipartAlternative(
                new TextPart("plain") { Text = letter.Text },
                new TextPart("html") { Text = letter.Html }),
        };
    }
}
