using System.Net.Mail;
using System.Net.Mime;
using Guichet.Local.Mail;
using Guichet.Pipeline.Tests.Pipeline;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

public sealed class MailSinkFixture : IAsyncLifetime
{
    public MailSink Sink { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sink = await MailSink.Start(null);

    public async ValueTask DisposeAsync() => await (Sink?.DisposeAsync() ?? ValueTask.CompletedTask);
}

public sealed class MailSinkFacts(MailSinkFixture mail) : IClassFixture<MailSinkFixture>, IDisposable
{
    private readonly string subject = $"Dossier {Guid.NewGuid():N} : reçu, à compléter";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => mail.Sink.Doors.ShutAll();

    [Fact]
    public async Task Keeps_a_mail_as_it_was_sent()
    {
        await Send("ligne\r\n.point devant\r\nfin");

        var sunk = Assert.Single(await Sunk(1));
        Assert.Equal(["porteur@exemple.gouv.fr"], sunk.To);
        Assert.EndsWith("\r\n\r\nligne\r\n.point devant\r\nfin\r\n", await mail.Sink.Source(sunk, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_a_page_to_read_them_on()
    {
        using var client = new HttpClient();
        Assert.Contains("<html", await client.GetStringAsync(mail.Sink.Page, Cancellation), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Takes_nothing_where_the_connection_is_cut_before()
    {
        mail.Sink.Doors.Open(MailFault.BeforeEffect);
        await Assert.ThrowsAsync<SmtpException>(() => Send("texte"));
        var later = $"{subject} (suivant)";
        await Send("texte", later);
        Assert.Single(await Sunk(1, later));
        Assert.Empty(await Sunk(0));
    }

    [Fact]
    public async Task Has_taken_the_mail_whose_answer_is_lost()
    {
        var happened = false;
        mail.Sink.Doors.Open(MailFault.AnswerLost.And(() => Task.FromResult(happened = true)));
        await Assert.ThrowsAsync<SmtpException>(() => Send("texte"));
        Assert.Single(await Sunk(1));
        Assert.True(happened);
    }

    [Fact]
    public async Task Answers_as_a_test_wishes_to_the_nth_mail()
    {
        mail.Sink.Doors.Open(MailFault.Answer(451, "Revenez plus tard"), nth: 2);
        await Send("un");
        var refused = await Assert.ThrowsAsync<SmtpException>(() => Send("deux"));
        await Send("trois");

        Assert.Equal(SmtpStatusCode.LocalErrorInProcessing, refused.StatusCode);
        Assert.Equal(2, (await Sunk(2)).Count);
    }

    private async Task Send(string text, string? about = null)
    {
        using var client = new SmtpClient("127.0.0.1", mail.Sink.SmtpPort);
        using var message = new MailMessage("guichet@exemple.gouv.fr", "porteur@exemple.gouv.fr", about ?? subject, text) { BodyTransferEncoding = TransferEncoding.SevenBit };
        await client.SendMailAsync(message, Cancellation);
    }

    // The server says OK before its page knows of the mail.
    private Task<List<SunkMail>> Sunk(int count, string? about = null) => GuichetFixture.Until(
        async () => (await mail.Sink.Messages(Cancellation)).Where(one => one.Subject == (about ?? subject)).ToList(), sunk => sunk.Count >= count);
}
