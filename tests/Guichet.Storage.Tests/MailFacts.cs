using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Mail;
using NodaTime;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class MailFacts(StorageFixture storage)
{
    private static Dossier Dossier(string fileName = "formulaire.docx")
    {
        var now = Instant.FromUtc(2024, 3, 13, 9, 0);
        var opened = DepositSteps.Open(StorageFixture.Campaign, StorageFixture.NewId(), "porteur@exemple.gouv.fr", "jeton", [new AnnouncedFile(fileName, 2048)], ["001-a"], now).After;
        return opened.Close(StorageFixture.Campaign, [new FoundFile("001-a", now)], Actor.Porteur, now)!.After;
    }

    private static Letter Letter(LetterKind kind, Dossier dossier, string? recipient = null) => new()
    {
        Kind = kind,
        Recipient = recipient ?? $"{Guid.NewGuid():N}@exemple.gouv.fr",
        Date = new LocalDate(2024, 3, 13),
        Campaign = "ftap-data",
        Dossiers = [dossier.Id],
    };

    private MailServer Server(int? port = null) =>
        new(new MailSettings { Host = "127.0.0.1", Port = port ?? storage.Local.Mail.SmtpPort, StartTls = false, From = "guichet@exemple.gouv.fr" }, storage.Clock);

    [Fact]
    public void An_acknowledgement_gives_number_date_pieces_next_steps_and_contact()
    {
        var dossier = Dossier();
        var written = new LetterWriter(new Uri("https://guichet.exemple.gouv.fr/")).Write(Letter(LetterKind.Acknowledgement, dossier), StorageFixture.Campaign, [dossier], LetterExample.Links);
        Assert.Contains(dossier.Id.ToString(), written.Subject, StringComparison.Ordinal);
        Assert.All(
            new[] { dossier.Id.ToString(), "13 mars 2024 à 10\u00A0h\u00A000", "formulaire.docx", "La suite", StorageFixture.Campaign.Office.Email },
            said =>
            {
                Assert.Contains(said, written.Text, StringComparison.Ordinal);
                Assert.Contains(said, written.Html.Replace("&#xA0;", "\u00A0", StringComparison.Ordinal), StringComparison.Ordinal);
            });
        Assert.Contains("<html lang=\"fr\">", written.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", written.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_porteur_wrote_is_never_markup_and_a_subject_is_one_line()
    {
        var dossier = Dossier("<script>alert(1)</script>.docx");
        var written = new LetterWriter(new Uri("https://guichet.exemple.gouv.fr/")).Write(Letter(LetterKind.Acknowledgement, dossier), StorageFixture.Campaign, [dossier], LetterExample.Links);
        Assert.DoesNotContain("<script>", written.Html, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', written.Subject);
    }

    [Fact]
    public async Task A_letter_is_taken_by_the_server_under_the_same_id_however_often_it_leaves()
    {
        var dossier = Dossier();
        var letter = Letter(LetterKind.Acknowledgement, dossier);
        for (var i = 0; i < 2; i++)
        {
            var written = new LetterWriter(new Uri("https://guichet.exemple.gouv.fr/")).Write(letter, StorageFixture.Campaign, [dossier], LetterExample.Links);
            Assert.True((await Server().Send(written, "Bureau", default)).Accepted);
        }

        var sent = (await storage.Local.Mail.Messages()).Where(mail => mail.To.Any(to => to.Contains(letter.Recipient, StringComparison.Ordinal))).ToList();
        var ids = await Task.WhenAll(sent.Select(async mail => (await storage.Local.Mail.Source(mail)).Split('\n').Single(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))));
        Assert.Equal(2, ids.Length);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_passing_failure()
    {
        var dossier = Dossier();
        var written = new LetterWriter(new Uri("https://guichet.exemple.gouv.fr/")).Write(Letter(LetterKind.Acknowledgement, dossier), StorageFixture.Campaign, [dossier], LetterExample.Links);
        await Assert.ThrowsAsync<PassingFailure>(() => Server(port: 1).Send(written, "Bureau", default));
    }
}
