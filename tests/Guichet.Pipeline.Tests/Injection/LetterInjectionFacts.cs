using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Local;
using Guichet.Mail;
using Guichet.Pipeline.Tests.Pipeline;
using MimeKit;
using Xunit;

namespace Guichet.Pipeline.Tests.Injection;

/// <summary>Every letter as it arrives, with every text of its dossiers written by somebody hostile.</summary>
public sealed class LetterInjectionFacts(GuichetFixture guichet)
{
    private static readonly Campaign Rules = CampaignFile.Read(File.ReadAllBytes(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2024-07.json"))).Campaign!;

    [Fact]
    public async Task Nothing_that_anybody_wrote_becomes_a_header_or_markup()
    {
        foreach (var kind in Enum.GetValues<LetterKind>())
        {
            var (letter, dossiers) = LetterExample.Of(kind, Rules);
            var plain = await Arrived(letter, dossiers, "Guichet");
            var hostile = await Arrived(letter with { Says = [.. letter.Says.Select(_ => Hostile.Text)] }, [.. dossiers.Select(Hostile.Everywhere)], Hostile.Text);
            Assert.Equal(Headers(plain), Headers(hostile));
            Assert.Equal((1, 0, 0), (hostile.To.Count, hostile.Cc.Count, hostile.Bcc.Count));
            Assert.DoesNotContain(hostile.Subject!, char.IsControl);
            Hostile.IsText(plain.HtmlBody!, hostile.HtmlBody!);
            Assert.Contains(Hostile.Script, hostile.TextBody, StringComparison.Ordinal);
            Assert.Contains(Hostile.Script, Hostile.Parse(hostile.HtmlBody!).Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("{{ office.email }}", hostile.TextBody, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Headers(MimeMessage message) => message.Headers.Select(header => header.Field).Order(StringComparer.Ordinal);

    private async Task<MimeMessage> Arrived(Letter letter, IReadOnlyList<Dossier> dossiers, string sender)
    {
        var to = $"{Guid.NewGuid():N}@exemple.gouv.fr";
        var written = new LetterWriter(LetterExample.PublicUri).Write(letter, Rules, dossiers, LetterExample.Links) with { Recipient = to };
        var server = new MailServer(new MailSettings { Host = "127.0.0.1", Port = guichet.Local.Mail.SmtpPort, StartTls = false, From = "guichet@exemple.gouv.fr" }, TimeProvider.System);
        Assert.True((await server.Send(written, sender, CancellationToken.None)).Accepted);
        await using var source = new MemoryStream(Encoding.UTF8.GetBytes(await guichet.Local.Mail.Source((await guichet.Mails(to))[0])));
        return await MimeMessage.LoadAsync(source);
    }
}
