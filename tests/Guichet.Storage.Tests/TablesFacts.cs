using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class DueTableFacts(StorageFixture storage)
{
    private async Task<List<Due>> Read(GuichetClock clock, string purpose) =>
        await new DueTable(storage.Table(StorageNames.Due), clock).Read(DueKind.Reminder, default).Where(due => due.Hint.Purpose == purpose).ToListAsync();

    [Fact]
    public async Task What_is_due_is_read_in_order_of_time_and_what_is_not_yet_is_not()
    {
        var purpose = $"{Guid.NewGuid():N}";
        var now = storage.Clock.Now();
        foreach (var days in new[] { -1, -400, 1 })
        {
            await storage.Due.Write(new DueHint(DueKind.Reminder, now + Duration.FromDays(days), $"{days}", purpose), default);
        }

        Assert.Equal(["-400", "-1"], (await Read(storage.Clock, purpose)).Select(due => due.Hint.Subject));
    }

    [Fact]
    public async Task A_hint_that_the_state_does_not_confirm_is_kept_while_its_step_may_still_come()
    {
        var purpose = $"{Guid.NewGuid():N}";
        await storage.Due.Write(new DueHint(DueKind.Reminder, storage.Clock.Now(), "x", purpose), default);
        await storage.Due.DropUnconfirmed(Assert.Single(await Read(storage.Clock, purpose)), default);
        var later = new GuichetClock(TimeSpan.FromMinutes(6));
        var old = Assert.Single(await Read(later, purpose));
        await storage.Due.DropUnconfirmed(old, default);
        Assert.Empty(await Read(later, purpose));
    }

    [Fact]
    public async Task Hints_are_moved_together_and_one_that_somebody_has_dropped_stops_none()
    {
        var (purpose, now) = ($"{Guid.NewGuid():N}", storage.Clock.Now());
        for (var number = 0; number < 130; number++)
        {
            await storage.Due.Write(new DueHint(DueKind.Reminder, now - Duration.FromDays(1), $"{number}", purpose), default);
        }

        var due = await Read(storage.Clock, purpose);
        await storage.Due.Drop(due[60], default);
        var later = now + Duration.FromHours(1);
        await storage.Due.Move(due.Select(one => (one, one.Hint with { At = later })), default);
        Assert.Empty(await Read(storage.Clock, purpose));
        var moved = await storage.Due.Read(DueKind.Reminder, later, default).Where(one => one.Hint.Purpose == purpose).ToListAsync();
        Assert.Equal(due.Select(one => one.Hint.Subject).Order(StringComparer.Ordinal), moved.Select(one => one.Hint.Subject).Order(StringComparer.Ordinal));
        await storage.Due.Move(moved.Select(one => (one, one.Hint)), default); // To where they are: they stay.
        Assert.Equal(130, (await storage.Due.Read(DueKind.Reminder, later, default).Where(one => one.Hint.Purpose == purpose).ToListAsync()).Count);
    }
}

public sealed class MailTableFacts(StorageFixture storage)
{
    private static Letter Letter(string recipient) => new()
    {
        Kind = LetterKind.Acknowledgement,
        Recipient = recipient,
        Date = new LocalDate(2024, 3, 13),
        Campaign = "ftap-data",
        Dossiers = [StorageFixture.NewId()],
    };

    [Fact]
    public async Task A_letter_that_was_sent_is_not_claimed_again()
    {
        var letter = Letter("a#b/c?d@exemple.gouv.fr");
        var claim = await storage.Mails.Claim(letter, default);
        await storage.Mails.Settle(claim!, MailState.Sent, "objet", "250 OK", default);
        Assert.Null(await storage.Mails.Claim(letter, default));
        TableEntity row = await storage.Table(StorageNames.Mails).GetEntityAsync<TableEntity>(MailTable.SubjectOf(letter).Split('|')[0], MailTable.SubjectOf(letter).Split('|', 2)[1]);
        Assert.Equal(("Sent", "objet", "250 OK"), (row.GetString("State"), row.GetString("Objet"), row.GetString("Reponse")));
    }

    [Fact]
    public async Task A_letter_that_is_being_sent_is_left_to_whoever_sends_it()
    {
        var letter = Letter("a@exemple.gouv.fr");
        Assert.NotNull(await storage.Mails.Claim(letter, default));
        await Assert.ThrowsAsync<PassingFailure>(() => storage.Mails.Claim(letter, default));
    }

    [Fact]
    public async Task A_letter_whose_sender_has_died_is_claimed_by_the_next()
    {
        var letter = Letter("a@exemple.gouv.fr");
        await storage.Mails.Claim(letter, default);
        var later = new MailTable(storage.Table(StorageNames.Mails), new GuichetClock(TimeSpan.FromMinutes(3)));
        Assert.Equal(2, (await later.Claim(letter, default))!.Attempt);
    }

    [Fact]
    public async Task Another_purpose_or_another_date_is_another_letter()
    {
        var letter = Letter("a@exemple.gouv.fr");
        Assert.True(await storage.Mails.Expect(letter, default));
        Assert.False(await storage.Mails.Expect(letter, default));
        Assert.True(await storage.Mails.Expect(letter with { Date = new LocalDate(2024, 3, 14) }, default));
        Assert.True(await storage.Mails.Expect(letter with { Kind = LetterKind.CompletionRequest, About = "1" }, default));
    }

    [Fact]
    public async Task A_letter_that_waits_is_found_by_its_hint()
    {
        var letter = Letter("a@exemple.gouv.fr");
        await storage.Mails.Expect(letter, default);
        Assert.Equal(letter.Key, (await storage.Mails.FindWaiting(MailTable.SubjectOf(letter), default))!.Key);
    }
}

public sealed class OfficeTableFacts(StorageFixture storage)
{
    private TableClient Table => Of(StorageNames.TableauDossiers);

    private OfficeTable Office => new(Table, Of(StorageNames.TableauSuivi), Of(StorageNames.TableauIndicateurs));

    private TableClient Of(string name) => new(storage.Local.OfficeConnection, name);

    private async Task<List<TableEntity>> Rows(string table, Core.DossierId dossier)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Of(table).QueryAsync<TableEntity>($"RowKey gt '{dossier}|' and RowKey lt '{dossier}~'"))
        {
            rows.Add(row);
        }

        return rows;
    }

    [Fact]
    public async Task A_row_never_goes_back()
    {
        var first = await storage.Opened();
        var second = storage.Closing(first).After;
        var office = Office;
        await office.Project(StorageFixture.Campaign, StorageFixture.Campaign, second, default);
        await office.Project(StorageFixture.Campaign, StorageFixture.Campaign, first, default);
        var row = (await Table.GetEntityAsync<TableEntity>("ftap-data", first.Id.ToString())).Value;
        Assert.Equal(2, row.GetInt64("Version"));
        Assert.NotNull(row.GetDateTimeOffset("DeposeLe"));
    }

    [Fact]
    public async Task Many_deliveries_at_once_give_the_newest()
    {
        var dossier = await storage.Opened();
        await Task.WhenAll(Enumerable.Range(1, 20).Select(version => Office.Project(StorageFixture.Campaign, StorageFixture.Campaign, dossier with { Version = version }, default)));
        Assert.Equal(20, (await Table.GetEntityAsync<TableEntity>("ftap-data", dossier.Id.ToString())).Value.GetInt64("Version"));
    }

    [Fact]
    public async Task The_rows_of_a_project_follow_its_newest_version_and_those_that_an_amendment_ends_go()
    {
        var signed = new NodaTime.LocalDate(2023, 10, 8);
        var agreement = new Core.FollowUp.Agreement
        {
            Title = "Données ouvertes",
            Applicant = new Core.FollowUp.FundedApplicant("13002526500013", "DINUM"),
            Contact = new Core.FollowUp.Person("C", "c@exemple.gouv.fr"),
            Sponsor = new Core.FollowUp.Person("S", "s@exemple.gouv.fr"),
            Total = Core.Euros.From(300_000),
            Requested = Core.Euros.From(150_000),
            Award = Core.Euros.From(140_000),
            SignedOn = signed,
            EndsOn = signed.PlusMonths(18),
            Indicators = [new Core.Deposit.Indicator("M1", "Réutilisations") { Baseline = 0, Target = 10 }],
        };
        var now = signed.At(new NodaTime.LocalTime(10, 0), StorageFixture.Campaign.Zone);
        var taken = Core.FollowUp.FollowUpSteps.TakeOver(StorageFixture.Campaign, StorageFixture.NewId(), agreement, "bureau", now).After;
        var amended = taken with { Version = 2, Milestones = taken.Milestones[..2] };
        await Office.Project(StorageFixture.Campaign, StorageFixture.Campaign, taken, default);
        Assert.Equal(5, (await Rows(StorageNames.TableauSuivi, taken.Id)).Count);
        await Office.Project(StorageFixture.Campaign, StorageFixture.Campaign, amended, default);
        await Office.Project(StorageFixture.Campaign, StorageFixture.Campaign, taken, default);
        var rows = await Rows(StorageNames.TableauSuivi, taken.Id);
        Assert.Equal([2, 2, 2], rows.Select(row => row.GetInt64("Version")));
        Assert.Equal("Réutilisations", Assert.Single(await Rows(StorageNames.TableauIndicateurs, taken.Id)).GetString("Indicateur"));
    }
}

public sealed class CampaignStoreFacts(StorageFixture storage)
{
    private CampaignStore Campaigns => new(storage.Container(StorageNames.Campaigns), LetterWriter.Faults, NullLogger<CampaignStore>.Instance);

    private Task Upload(string name, string content) => storage.Container(StorageNames.Campaigns).GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true);

    [Fact]
    public async Task The_version_in_force_is_that_of_the_day()
    {
        var id = $"essai-{Guid.NewGuid():N}"[..20];
        var file = await File.ReadAllTextAsync(Local.RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"));
        await Upload($"{id}/2023-01.json", file.Replace("\"ftap-data\"", $"\"{id}\"", StringComparison.Ordinal));
        await Upload($"{id}/2024-01.json", file.Replace("\"ftap-data\"", $"\"{id}\"", StringComparison.Ordinal)
            .Replace("\"2023-01\"", "\"2024-01\"", StringComparison.Ordinal).Replace("\"effect\": \"2023-01-16\"", "\"effect\": \"2024-01-01\"", StringComparison.Ordinal));
        Assert.Null(await Campaigns.FindInForce(id, Instant.FromUtc(2023, 1, 15, 12, 0), default));
        Assert.Equal("2023-01", (await Campaigns.InForce(id, Instant.FromUtc(2023, 12, 31, 22, 59), default)).Version);
        Assert.Equal("2024-01", (await Campaigns.InForce(id, Instant.FromUtc(2023, 12, 31, 23, 0), default)).Version);
    }

    [Fact]
    public async Task A_file_that_cannot_run_changes_nothing_and_its_dossiers_wait_for_a_better_one()
    {
        var id = $"faux-{Guid.NewGuid():N}"[..20];
        var file = await File.ReadAllTextAsync(Local.RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"));
        await Upload($"{id}/2024-01.json", "{ \"id\": 3 }");
        await Assert.ThrowsAsync<PassingFailure>(() => Campaigns.InForce(id, Instant.FromUtc(2024, 6, 1, 0, 0), default));
        await Upload($"{id}/2023-01.json", file.Replace("\"ftap-data\"", $"\"{id}\"", StringComparison.Ordinal));
        Assert.Equal("2023-01", (await Campaigns.InForce(id, Instant.FromUtc(2024, 6, 1, 0, 0), default)).Version);
    }

    [Fact]
    public async Task Rules_whose_letters_cannot_be_written_cannot_run()
    {
        var id = $"lettre-{Guid.NewGuid():N}"[..20];
        var file = (await File.ReadAllTextAsync(Local.RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"))).Replace("\"ftap-data\"", $"\"{id}\"", StringComparison.Ordinal);
        string Wording(string line) => file.Replace("\"version\":", $$"""
            "letters": { "completion-request": { "subject": "À compléter", "lines": ["# À compléter", "", "{{line}}"] } },
            "version":
            """, StringComparison.Ordinal);
        await Upload($"{id}/2023-01.json", Wording("{{ dossier.titel }}"));
        await Assert.ThrowsAsync<PassingFailure>(() => Campaigns.InForce(id, Instant.FromUtc(2024, 6, 1, 0, 0), default));
        await Upload($"{id}/2023-01.json", Wording("{{ dossier.title }}"));
        Assert.Equal("À compléter", (await Campaigns.InForce(id, Instant.FromUtc(2024, 6, 1, 0, 0), default)).Letters[LetterKind.CompletionRequest].Subject);
    }
}
