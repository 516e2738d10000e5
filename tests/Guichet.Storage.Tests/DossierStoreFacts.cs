using System.Text.Json;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Local;
using Guichet.Local.Proxy;
using NodaTime;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class DossierStoreFacts(StorageFixture storage)
{
    /// <summary>Says of every message that it does not wait any more.</summary>
    private static Task<bool> Lost(QueueName queue, DateTimeOffset promised) => Task.FromResult(false);

    private static bool IsTransaction(StorageCall call) => call.Operation == "Batch";

    private async Task<List<TableEntity>> Rows(DossierId id, string prefix)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in storage.Table(StorageNames.Dossiers).QueryAsync<TableEntity>($"PartitionKey eq '{id}' and RowKey ge '{prefix}|' and RowKey lt '{prefix}~'"))
        {
            rows.Add(row);
        }

        return rows;
    }

    [Fact]
    public async Task A_dossier_is_loaded_as_it_was_committed()
    {
        var opened = await storage.Opened();
        var closed = await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        var loaded = await storage.Dossiers.Load(opened.Id, default);
        Assert.Equal((closed.Version, closed.Closing!.ClosedAt, closed.Journal), (loaded.Version, loaded.Closing!.ClosedAt, loaded.Journal));
        Assert.Equal(closed.Pieces.Select(piece => piece.FileName), loaded.Pieces.Select(piece => piece.FileName));
    }

    [Fact]
    public async Task A_number_that_is_none_is_a_final_failure() =>
        await Assert.ThrowsAsync<FinalFailure>(() => storage.Dossiers.Load(StorageFixture.NewId(), default));

    [Fact]
    public async Task Of_fifty_writers_each_step_is_done_once_and_none_is_lost()
    {
        var opened = await storage.Opened();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async writer =>
        {
            while (true)
            {
                try
                {
                    await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(Step.From(dossier, dossier, $"writer/{writer}", Actor.Guichet, storage.Clock.Now())), default);
                    return;
                }
                catch (PassingFailure)
                {
                    // As a message would be: tried again.
                }
            }
        }));
        var operations = (await storage.Dossiers.Journal(opened.Id, default).ToListAsync()).Select(entry => entry.Operation).ToList();
        Assert.Equal(51, operations.Count);
        Assert.Equal(51, operations.Distinct().Count());
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_recognised_and_not_done_again()
    {
        var opened = await storage.Opened();
        using var door = storage.Local.Proxy.Doors.Open(IsTransaction, Fault.AnswerLost);
        var decided = 0;
        await storage.Dossiers.Change(opened.Id, dossier =>
        {
            decided++;
            return Task.FromResult<Step?>(storage.Closing(dossier));
        }, default);
        await door.Struck;
        Assert.Equal(1, decided);
        Assert.Equal(["open", "close/1"], (await storage.Dossiers.Journal(opened.Id, default).ToListAsync()).Select(entry => entry.Operation));
    }

    [Fact]
    public async Task A_write_that_never_arrived_is_written_by_its_retry()
    {
        var opened = await storage.Opened();
        using var door = storage.Local.Proxy.Doors.Open(IsTransaction, Fault.BeforeEffect);
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        await door.Struck;
        Assert.Equal(1, (await storage.Dossiers.Load(opened.Id, default)).Closing!.Round);
    }

    [Fact]
    public async Task What_a_step_promises_stands_until_its_handler_has_kept_it()
    {
        var opened = await storage.Opened();
        var step = storage.Closing(opened);
        await storage.Dossiers.Change(opened.Id, _ => Task.FromResult<Step?>(step), default);
        Assert.Equal(3, (await Rows(opened.Id, "promise")).Count);
        foreach (var message in step.Messages.Where(message => message.Queue is not QueueName.Mail))
        {
            await storage.Dossiers.Handle(DossierMessage.Parse(message.Body), _ => Task.FromResult<Step?>(null), default);
        }

        Assert.Single(await Rows(opened.Id, "promise"));
        Assert.True((await storage.Dossiers.Redrive(opened.Id, "/redrive-test", Lost, default)).Stands);
    }

    [Fact]
    public async Task A_message_that_is_handled_twice_strikes_out_its_promise_with_the_step_and_changes_nothing_after()
    {
        var opened = await storage.Opened();
        var closing = storage.Closing(opened);
        await storage.Dossiers.Change(opened.Id, _ => Task.FromResult<Step?>(closing), default);
        var message = DossierMessage.Parse(closing.Messages.Single(message => message.Queue is QueueName.Eligibility).Body);
        Task<Step?> Once(Dossier dossier) => Task.FromResult(dossier.JudgedRound == 0 ? Step.From(dossier, dossier with { JudgedRound = 1 }, "once", Actor.Guichet, storage.Clock.Now()) : null);
        await storage.Dossiers.Handle(message, Once, default);
        var twice = await storage.Dossiers.Handle(message, Once, default);
        Assert.Equal(3, twice.Version);
    }

    [Fact]
    public async Task A_step_whose_promise_is_gone_is_done_all_the_same()
    {
        var opened = await storage.Opened();
        var closing = storage.Closing(opened);
        await storage.Dossiers.Change(opened.Id, _ => Task.FromResult<Step?>(closing), default);
        var message = DossierMessage.Parse(closing.Messages.Single(message => message.Queue is QueueName.Eligibility).Body);
        await storage.Dossiers.StrikeOut(message, default);
        var handled = await storage.Dossiers.Handle(message, dossier => Task.FromResult<Step?>(Step.From(dossier, dossier with { JudgedRound = 1 }, "late", Actor.Guichet, storage.Clock.Now())), default);
        Assert.Equal(1, (await storage.Dossiers.Load(opened.Id, default)).JudgedRound);
        Assert.Equal(3, handled.Version);
    }

    /// <summary>Of this dossier alone: what other tests sent still stands on the same bus.</summary>
    private int SentToEligibility(DossierId dossier) =>
        storage.Local.Bus.Peek("eligibility").Count(message => message.Body.ToString().Contains(dossier.ToString(), StringComparison.Ordinal));

    [Fact]
    public async Task A_promise_that_was_given_up_stands_and_is_not_sent_again()
    {
        var opened = await storage.Opened();
        var closing = storage.Closing(opened);
        await storage.Dossiers.Change(opened.Id, _ => Task.FromResult<Step?>(closing), default);
        await storage.Dossiers.GiveUp(DossierMessage.Parse(closing.Messages.Single(message => message.Queue is QueueName.Eligibility).Body), default);
        Assert.Equal(1, SentToEligibility(opened.Id));
        await storage.Dossiers.Redrive(opened.Id, "/redrive-given-up", Lost, default);
        Assert.Equal(1, SentToEligibility(opened.Id));
        Assert.Equal(3, (await Rows(opened.Id, "promise")).Count);
    }

    [Fact]
    public async Task A_message_that_waits_behind_others_is_not_sent_again_and_one_that_is_lost_is()
    {
        // A bus of its own, on which nobody else's messages wait.
        await using var local = await LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Bus });
        await using var bus = new ServiceBusClient(local.BusConnection);
        var dossiers = storage.DossiersOn(bus);
        var opened = await storage.Opened();
        var step = storage.Closing(opened);
        await dossiers.Change(opened.Id, _ => Task.FromResult<Step?>(step), default);
        async Task<int> Redriven()
        {
            var backlog = new Backlog(bus);
            await dossiers.Redrive(opened.Id, $"/redrive-{Guid.NewGuid():N}", (queue, promised) => backlog.MayHold(queue, promised, default), default);
            return (await Rows(opened.Id, "promise")).Sum(row => row.GetInt32("Redriven") ?? 0);
        }

        Assert.Equal(0, await Redriven());
        foreach (var queue in Enum.GetNames<QueueName>())
        {
            local.Bus.Bury(queue.ToLowerInvariant());
        }

        Assert.Equal(3, await Redriven());
        Assert.Equal(3, await Redriven()); // Sent again, they wait again.
    }

    [Fact]
    public async Task A_message_that_is_sent_again_and_again_in_vain_is_named_until_it_is_given_up()
    {
        var opened = await storage.Opened();
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        var times = 0;
        while ((await storage.Dossiers.Redrive(opened.Id, $"/redrive-{times}", Lost, default)).Exhausted.Count == 0)
        {
            Assert.InRange(++times, 1, 20);
        }

        // Whoever was told of them may have died before it kept them for a person.
        var (stands, exhausted) = await storage.Dossiers.Redrive(opened.Id, "/redrive-again", Lost, default);
        Assert.Equal((false, 3), (stands, exhausted.Count));
        foreach (var message in exhausted)
        {
            await storage.Dossiers.GiveUp(message.Queue is QueueName.Mail ? JsonSerializer.Deserialize<Letter>(message.Body, GuichetJson.Options)!.Promise! : DossierMessage.Parse(message.Body), default);
        }

        Assert.Empty((await storage.Dossiers.Redrive(opened.Id, "/redrive-given-up", Lost, default)).Exhausted);
        Assert.False((await storage.Dossiers.Redrive(opened.Id, "/redrive-last", Lost, default)).Stands);
    }

    [Fact]
    public async Task A_bus_that_stays_away_has_no_promise_given_up()
    {
        var opened = await storage.Opened();
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        storage.Local.Bus.Faults.FailBefore(Guichet.Local.ServiceBus.BusOperation.Send, times: 100);
        try
        {
            for (var run = 0; run < 12; run++)
            {
                await Assert.ThrowsAnyAsync<Azure.Messaging.ServiceBus.ServiceBusException>(() => storage.Dossiers.Redrive(opened.Id, $"/redrive-away-{run}", Lost, default));
            }
        }
        finally
        {
            storage.Local.Bus.Faults.Clear();
        }

        var (stands, exhausted) = await storage.Dossiers.Redrive(opened.Id, "/redrive-back", Lost, default);
        Assert.True(stands);
        Assert.Empty(exhausted);
    }

    [Fact]
    public async Task An_escalation_commits_a_letter_for_each_of_its_recipients()
    {
        var signed = new NodaTime.LocalDate(2023, 10, 8);
        var agreement = new Core.FollowUp.Agreement
        {
            Title = "Données ouvertes",
            Applicant = new Core.FollowUp.FundedApplicant("13002526500013", "DINUM"),
            Contact = new Core.FollowUp.Person("C", "c@exemple.gouv.fr"),
            Sponsor = new Core.FollowUp.Person("S", "s@exemple.gouv.fr"),
            Total = Euros.From(300_000),
            Requested = Euros.From(150_000),
            Award = Euros.From(140_000),
            SignedOn = signed,
            EndsOn = signed.PlusMonths(18),
        };
        NodaTime.Instant Day(int days) => signed.PlusDays(days).At(new NodaTime.LocalTime(10, 0), StorageFixture.Campaign.Zone);
        var taken = Core.FollowUp.FollowUpSteps.TakeOver(StorageFixture.Campaign, StorageFixture.NewId(), agreement, "bureau", Day(0));
        await storage.Dossiers.Open(taken, default);
        await storage.Dossiers.Change(taken.After.Id, dossier => Task.FromResult(Core.FollowUp.Reminders.Remind(dossier, StorageFixture.Campaign, Day(240))), default);
        Assert.Equal(3, (await Rows(taken.After.Id, "promise")).Count(row => row.RowKey.Contains("mail", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Milestones_and_tranches_that_an_amendment_ends_are_gone_when_it_is_read_again()
    {
        var opened = await storage.Opened();
        var (milestone, tranche) = (new Core.FollowUp.Milestone { Number = 1, Due = new(2024, 5, 1) }, new Core.FollowUp.Tranche { Number = 1, Amount = Euros.From(10) });
        Step With(Dossier dossier, int count) => Step.From(
            dossier,
            dossier with { Milestones = [.. Enumerable.Range(1, count).Select(number => milestone with { Number = number })], Tranches = [.. Enumerable.Range(1, count).Select(number => tranche with { Number = number })] },
            $"essai/{count}", Actor.Office, storage.Clock.Now());
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(With(dossier, 3)), default);
        Assert.Equal(3, (await storage.Dossiers.Load(opened.Id, default)).Tranches.Length);
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(With(dossier, 2)), default);
        var read = await storage.Dossiers.Load(opened.Id, default);
        Assert.Equal([1, 2], read.Milestones.Select(one => one.Number));
        Assert.Equal([1, 2], read.Tranches.Select(one => one.Number));
    }

    [Fact]
    public async Task A_promise_that_was_put_off_is_left_alone_until_then()
    {
        var opened = await storage.Opened();
        var closing = storage.Closing(opened);
        await storage.Dossiers.Change(opened.Id, _ => Task.FromResult<Step?>(closing), default);
        foreach (var message in closing.Messages.Where(message => message.Queue is not QueueName.Mail))
        {
            await storage.Dossiers.PutOff(DossierMessage.Parse(message.Body), storage.Clock.Now() + NodaTime.Duration.FromHours(1), default);
        }

        Assert.Equal(1, SentToEligibility(opened.Id));
        await storage.Dossiers.Redrive(opened.Id, "/redrive-later", Lost, default);
        Assert.Equal(1, SentToEligibility(opened.Id));
    }

    [Fact]
    public async Task A_bus_that_is_away_does_not_undo_a_step()
    {
        var opened = await storage.Opened();
        storage.Local.Bus.Faults.FailBefore(Guichet.Local.ServiceBus.BusOperation.Send, queue: "eligibility", times: 10);
        try
        {
            var closed = await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
            Assert.Equal(1, closed.Closing!.Round);
            Assert.NotEmpty(await Rows(opened.Id, "promise"));
        }
        finally
        {
            storage.Local.Bus.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_piece_that_somebody_else_has_written_is_not_overwritten()
    {
        var opened = await storage.Opened();
        var piece = (await storage.Dossiers.Load(opened.Id, default)).Pieces.Single(piece => piece.Slot == "001-a");
        Assert.NotNull(await storage.Dossiers.SavePiece(opened.Id, piece with { Attempts = 1 }, default));
        Assert.Null(await storage.Dossiers.SavePiece(opened.Id, piece with { Attempts = 1 }, default));
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(60_000, 0)]
    [InlineData(300_000, 1)]
    public async Task An_extract_too_long_for_a_property_is_kept_and_read_back(int length, int blobs)
    {
        var opened = await storage.Opened();
        var piece = (await storage.Dossiers.Load(opened.Id, default)).Pieces.Single(piece => piece.Slot == "001-a");
        var summary = "1" + string.Concat(Enumerable.Repeat("é🏛️", length / 4));
        await storage.Dossiers.SavePiece(opened.Id, piece with
        {
            Extract = new PieceExtract { Kind = PieceKind.Docx, Values = [FieldValue.Of(Fields.ProjectSummary, summary, new Source("a.docx", "page 1", "…"))] },
        }, default);
        Assert.Equal(summary, Assert.Single((await storage.Dossiers.Load(opened.Id, default)).Pieces[0].Extract!.Values).Value);
        Assert.Equal(blobs, await storage.Container(StorageNames.Texts).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{opened.Id}/", default).CountAsync());
    }

    [Fact]
    public async Task Steps_that_follow_each_other_share_the_hint_that_looks_after_their_promises()
    {
        var dossiers = storage.Dossiers;
        var opened = await storage.Opened();
        var before = storage.Clock.Now();
        foreach (var name in new[] { "one", "two", "three" })
        {
            await dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(Step.From(dossier, dossier, name, Actor.Guichet, storage.Clock.Now()).Telling(QueueName.Projection)), default);
        }

        var hints = await storage.Due.Read(DueKind.Tick, before + Duration.FromDays(1), default).Where(due => due.Hint.Subject == opened.Id.ToString() && due.Hint.Purpose == DueHint.Promises).ToListAsync();
        Assert.InRange(hints.Count, 1, 2); // Two where the instant that they share went by between them.
        Assert.All(hints, due => Assert.InRange(due.Hint.At, before + Duration.FromMinutes(10), storage.Clock.Now() + Duration.FromMinutes(15)));
    }

    [Fact]
    public async Task The_journal_chains_and_an_altered_row_is_found()
    {
        var opened = await storage.Opened();
        var closed = await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        Assert.Null(JournalEntry.FirstBroken(await storage.Dossiers.Journal(opened.Id, default).ToListAsync(), closed.Journal));
        var row = (await Rows(opened.Id, "journal"))[0];
        row["Json"] = row.GetString("Json").Replace("porteur", "bureau", StringComparison.Ordinal);
        await storage.Table(StorageNames.Dossiers).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        Assert.Equal(2, JournalEntry.FirstBroken(await storage.Dossiers.Journal(opened.Id, default).ToListAsync(), closed.Journal));
    }
}
