using System.Text.Json;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Local.Backup;
using Guichet.Local.Commands;
using NodaTime;
using Xunit;

namespace Guichet.Storage.Tests;

/// <summary>What is taken away of an erased dossier, table by table.</summary>
public sealed class ErasureFacts(StorageFixture storage)
{
    private const string Person = "Claude Martin";

    private Instant Later => storage.Clock.Now() + Duration.FromDays(365 * 12);

    private FailureTable Failures => new(storage.Table(StorageNames.Failures), storage.Clock);

    private async Task<List<TableEntity>> Rows(DossierId id) => await storage.Table(StorageNames.Dossiers).QueryAsync<TableEntity>($"PartitionKey eq '{id}'").ToListAsync();

    private async Task<List<string>> Texts(string owner) => await storage.Container(StorageNames.Texts)
        .GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"{owner}/", default).Select(blob => blob.Name).ToListAsync();

    private static PieceExtract Long(char letter) => new()
    {
        Kind = PieceKind.Docx,
        Values = [FieldValue.Of(Fields.ProjectSummary, Person + new string(letter, 300_000), new Source("a.docx", "page 1", Person))],
    };

    private async Task<Dossier> Change(Dossier dossier, Func<Dossier, Step?> decide) => await storage.Dossiers.Change(dossier.Id, standing => Task.FromResult(decide(standing)), default);

    /// <summary>A dossier with long texts, two rounds, a piece that was written twice and letters that never left.</summary>
    private async Task<Dossier> Withdrawn()
    {
        var dossier = await storage.Opened();
        await Change(dossier, storage.Closing);
        foreach (var letter in "ab")
        {
            var piece = (await storage.Dossiers.Load(dossier.Id, default)).Pieces[0];
            await storage.Dossiers.SavePiece(dossier.Id, piece.Read(Long(letter)), default);
            await Change(dossier, standing => Judged(standing with { Closing = standing.Closing! with { Round = letter - 'a' + 1 } }, Long(letter)));
        }

        // Without the messages of a withdrawal: another test has the committee's queue to itself.
        return await Change(dossier, standing => Step.From(standing, standing with { Status = DossierStatus.Retire }, "withdraw", Actor.Porteur, storage.Clock.Now()));
    }

    private Step Judged(Dossier standing, PieceExtract extract)
    {
        var application = GrantApplication.Assemble([extract]);
        return (standing with { Status = DossierStatus.Depot }).Apply(StorageFixture.Campaign, application, EligibilityRules.Evaluate(StorageFixture.Campaign, application, standing.DepositFacts()), storage.Clock.Now());
    }

    [Fact]
    public async Task Of_an_erased_dossier_its_remains_and_its_journal_are_left_and_the_chain_holds()
    {
        var dossier = await Withdrawn();
        Assert.True((await Texts(dossier.Id.ToString())).Count > 3);
        Assert.Contains(await Rows(dossier.Id), row => row.RowKey.StartsWith("promise|", StringComparison.Ordinal) && row.GetString("Json")!.Contains("porteur@exemple.gouv.fr", StringComparison.Ordinal));
        await Change(dossier, standing => standing.Erase(StorageFixture.Campaign, Actor.Guichet, Later));
        for (var twice = 0; twice < 2; twice++)
        {
            await storage.Dossiers.Forget(dossier.Id, default);
            var rows = await Rows(dossier.Id);
            Assert.Equal(["findings|0002", "head"], rows.Select(row => row.RowKey).Where(key => !key.StartsWith("journal|", StringComparison.Ordinal) && !key.StartsWith("promise|", StringComparison.Ordinal)));
            Assert.All(rows, row => Assert.DoesNotContain("mail-", row.RowKey, StringComparison.Ordinal));
            Assert.All(rows, row => Assert.False(row.GetString("Json")!.Contains(Person, StringComparison.Ordinal) || row.GetString("Json")!.Contains("porteur@", StringComparison.Ordinal), row.RowKey));
            Assert.Empty(await Texts(dossier.Id.ToString()));
        }

        Assert.NotNull((await storage.Dossiers.Load(dossier.Id, default)).Erasure);
        Assert.DoesNotContain((await JournalCheck.Run(StoredAccounts.Open(storage.Local.StorageConnection, storage.Local.OfficeConnection))).Broken, one => one.Dossier == dossier.Id.ToString());
    }

    [Fact]
    public async Task Nothing_is_taken_away_of_a_dossier_that_is_not_erased()
    {
        var dossier = await Withdrawn();
        await Assert.ThrowsAsync<InvalidOperationException>(() => storage.Dossiers.Forget(dossier.Id, default));
        Assert.NotEmpty((await storage.Dossiers.Load(dossier.Id, default)).Pieces);
    }

    [Fact]
    public async Task Pieces_of_an_erased_dossier_are_not_read_though_they_lie_there_still()
    {
        var dossier = await Withdrawn();
        Assert.Empty((await Change(dossier, standing => standing.Erase(StorageFixture.Campaign, Actor.Guichet, Later))).Pieces);
        Assert.Empty((await storage.Dossiers.Load(dossier.Id, default)).Pieces);
    }

    [Fact]
    public async Task Mails_about_it_alone_go_and_of_those_about_more_what_they_say_of_it()
    {
        var (gone, stays) = (StorageFixture.NewId(), StorageFixture.NewId());
        var person = $"{Guid.NewGuid():N}@exemple.gouv.fr";
        Letter To(LetterKind kind, string recipient, params DossierId[] about) => new() { Kind = kind, Recipient = recipient, Date = new LocalDate(2024, 3, 13), Campaign = "ftap-data", Dossiers = [.. about] };
        var letters = new[]
        {
            To(LetterKind.Acknowledgement, person, gone),
            To(LetterKind.Acknowledgement, person, stays),
            To(LetterKind.OfficeDigest, $"bureau-{person}", stays) with { Says = [$"Le courriel à {person} (dossier {gone}) a été refusé.", "Autre chose."] },
        };
        foreach (var letter in letters)
        {
            await storage.Mails.Expect(letter, default);
        }

        await storage.Mails.Forget([gone], default);
        var left = await storage.Table(StorageNames.Mails).QueryAsync<TableEntity>().Where(row => row.PartitionKey.Contains(person.Replace("@", "%40", StringComparison.Ordinal), StringComparison.Ordinal)).ToListAsync();
        Assert.Equal(2, left.Count);
        Assert.DoesNotContain(left, row => row.GetString("Letter").Contains(gone.ToString(), StringComparison.Ordinal));
        var digest = JsonSerializer.Deserialize<Letter>(left.Single(row => row.PartitionKey.StartsWith("bureau", StringComparison.Ordinal)).GetString("Letter"), GuichetJson.Options)!;
        Assert.Equal("Autre chose.", Assert.Single(digest.Says));
        Assert.Equal(stays, Assert.Single(digest.Dossiers));
        Assert.False(await storage.Mails.Expect(letters[2], default)); // The digest of that day is still one a day.
    }

    [Fact]
    public async Task Failures_of_it_go_whatever_names_it()
    {
        var (gone, stays) = (StorageFixture.NewId(), StorageFixture.NewId());
        await Failures.Keep(new Failure("mail", $"{gone}/1/mail-0", "{}", gone.ToString(), Person, 1), default);
        await Failures.Keep(new Failure("deposits", $"{Guid.NewGuid()}", $"{{\"BlobName\":\"ftap-data/{gone}/001\"}}", null, Person, 1), default);
        await Failures.Keep(new Failure("mail", $"{stays}/1/mail-0", "{}", stays.ToString(), Person, 1), default);
        await Failures.Forget(gone, default);
        var left = (await Failures.List(default)).Select(one => $"{one.Failure.MessageId} {one.Failure.Body}").ToList();
        Assert.DoesNotContain(left, one => one.Contains(gone.ToString(), StringComparison.Ordinal));
        Assert.Contains(left, one => one.Contains(stays.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Long_texts_of_a_session_go_but_the_last()
    {
        var sessions = new SessionTable(storage.Table(StorageNames.Sessions), new LongTexts(storage.Container(StorageNames.Texts)));
        var id = $"{Guid.NewGuid():N}";
        var session = new CommitteeSession { Id = id, Campaign = "ftap-data", Date = new LocalDate(2024, 4, 15), Note = Person + new string('a', 300_000) };
        var first = (await sessions.Save(session, default))!;
        var last = (await sessions.Save(first with { Note = new string('b', 300_000) }, default))!;
        await sessions.ForgetEarlier(last, default);
        Assert.Single(await Texts(LongTexts.OfSession("ftap-data", id)));
        Assert.StartsWith("bbb", (await sessions.Find("ftap-data", id, default))!.Note, StringComparison.Ordinal);
        await sessions.ForgetEarlier((await sessions.Save(last with { Note = null }, default))!, default);
        Assert.Empty(await Texts(LongTexts.OfSession("ftap-data", id)));
    }

    [Fact]
    public async Task Answers_to_requests_with_a_key_are_forgotten_after_their_days()
    {
        var (requests, caller) = (new RequestTable(storage.Table(StorageNames.Requests), storage.Clock), $"{Guid.NewGuid():N}");
        var (begun, _) = await requests.Begin(caller, "answered", "hash", default);
        await requests.End(caller, "answered", begun, [1, 2, 3], default);
        await requests.Begin(caller, "under-way", "hash", default);
        await requests.ForgetBefore(storage.Clock.Now() - Duration.FromDays(1), default);
        Assert.False((await requests.Begin(caller, "answered", "hash", default)).IsOurs);
        await requests.ForgetBefore(storage.Clock.Now() + Duration.FromDays(1), default);
        Assert.True((await requests.Begin(caller, "answered", "hash", default)).IsOurs);
        Assert.True((await requests.Begin(caller, "under-way", "hash", default)).IsOurs);
    }
}
