using Azure.Messaging.ServiceBus;
using Guichet.Core.Dossiers;
using Guichet.Local.Proxy;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class RecoveryFacts(GuichetFixture guichet)
{
    private static readonly string[] OfThreeKinds = ["aides-proactives", "api-operateur", "tri-courriers-ia"];
    private static readonly string[] QueuesOfAClosing = ["eligibility", "projection", "mail"];
    private static readonly string[] OneJudgement = ["open", "close/1", "eligibility/1", "score/1", "assign/0"];

    [Fact]
    public async Task A_worker_killed_in_the_middle_loses_nothing()
    {
        guichet.Local.Bus.Faults.HoldDeliveries("scoring");
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("recevable");
        await guichet.Local.KillWorker();
        guichet.Local.Bus.Faults.ReleaseDeliveries("scoring");
        await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "En instruction");
        Assert.Single(await guichet.Mails(porteur.Email));
    }

    [Fact]
    public async Task Every_message_delivered_twice_changes_nothing()
    {
        guichet.Local.Bus.Faults.DeliverTwice(times: 20);
        try
        {
            var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
            await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "En instruction");
            await guichet.Settled(porteur.Dossier);
            await guichet.Local.Bus.WhenDrained();
            Assert.Single(await guichet.Mails(porteur.Email));
            var journal = await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'");
            Assert.Equal(5, journal.Count); // opened, closed, judged, scored, assigned
        }
        finally
        {
            guichet.Local.Bus.Faults.Clear();
        }
    }

    [Fact]
    public async Task Messages_in_any_order_come_to_the_same_end()
    {
        guichet.Local.Bus.Faults.HoldDeliveries();
        guichet.Local.Bus.Faults.Shuffle(seed: 5);
        guichet.Local.Bus.Faults.DeliverTwice(times: 30);
        try
        {
            var porteurs = new List<Porteur>();
            foreach (var sample in OfThreeKinds)
            {
                porteurs.Add(await Porteur.New(guichet).Deposit(Samples.Of(sample)));
            }

            guichet.Local.Bus.Faults.ReleaseDeliveries();
            foreach (var porteur in porteurs)
            {
                await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "En instruction");
                await guichet.Settled(porteur.Dossier);
                Assert.Equal(OneJudgement, await Operations(porteur));
                Assert.Single(await guichet.Mails(porteur.Email));
            }
        }
        finally
        {
            guichet.Local.Bus.Faults.Clear();
        }
    }

    [Fact]
    public async Task Messages_that_wait_for_hours_are_not_sent_again_and_those_that_come_hours_after_they_were_change_nothing()
    {
        guichet.Local.Bus.Faults.Restart(); // What other tests put off does not come in between.
        guichet.Local.Bus.Faults.HoldDeliveries();
        try
        {
            var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
            async Task TickAfter(int hours)
            {
                await using var _ = await guichet.Later(TimeSpan.FromHours(hours));
                await guichet.Local.FireTimer("Tick");
            }

            await using var bus = new ServiceBusClient(guichet.Local.BusConnection);
            async Task AssertOneOfEachWaits()
            {
                foreach (var queue in QueuesOfAClosing)
                {
                    await using var receiver = bus.CreateReceiver(queue);
                    var waiting = await receiver.PeekMessagesAsync(100, 0, TestContext.Current.CancellationToken);
                    Assert.Single(waiting, message => message.State is ServiceBusMessageState.Active && message.Body.ToString().Contains(porteur.Dossier, StringComparison.Ordinal));
                }
            }

            await TickAfter(2);
            await TickAfter(4);
            await AssertOneOfEachWaits();

            // Where they do not wait they are lost, for all that anybody knows.
            foreach (var queue in QueuesOfAClosing)
            {
                guichet.Local.Bus.Bury(queue);
            }

            await TickAfter(6);
            await AssertOneOfEachWaits();
            guichet.Local.Bus.Faults.ReleaseDeliveries();
            await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "En instruction");
            await guichet.Settled(porteur.Dossier);

            var late = new DeadLetters(bus);
            foreach (var letter in await late.List(TestContext.Current.CancellationToken))
            {
                Assert.True(await late.PutBack(letter, "/late", TestContext.Current.CancellationToken));
            }

            await guichet.Local.Bus.WhenDrained();
            await guichet.Settled(porteur.Dossier);
            Assert.Equal(OneJudgement, await Operations(porteur));
            Assert.Single(await guichet.Mails(porteur.Email));
        }
        finally
        {
            guichet.Local.Bus.Faults.Clear();
        }
    }

    [Fact]
    public async Task Storage_that_the_app_cannot_reach_has_messages_put_off_and_none_burned()
    {
        guichet.Local.Bus.Faults.Restart(); // What other tests put off is none of this.
        guichet.Local.Bus.Faults.HoldDeliveries();
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        using (guichet.Local.Proxy.Doors.Open(call => call.Caller is StorageCaller.App, Fault.BeforeEffect, times: int.MaxValue))
        {
            guichet.Local.Bus.Faults.ReleaseDeliveries();
            await guichet.Local.Bus.WhenCounts("eligibility", counts => counts.Scheduled > 0);
        }

        await using var later = await guichet.Later(TimeSpan.FromHours(1)); // A file that was being read then is free again.
        await GuichetFixture.Until(
            async () =>
            {
                await guichet.Local.FireTimer("Tick");
                return (await porteur.Follow()).GetProperty("status").GetString();
            },
            status => status == "instruction");

        // What was put off comes after all, and changes nothing.
        using var enough = new CancellationTokenSource(GuichetFixture.Patience);
        foreach (var queue in QueuesOfAClosing)
        {
            await guichet.Local.Bus.WhenCounts(queue, counts => counts is { Active: 0, Locked: 0, Scheduled: 0 }, enough.Token);
            Assert.Equal(0, guichet.Local.Bus.Counts(queue).DeadLettered);
        }

        Assert.Equal(OneJudgement, await Operations(porteur));
        Assert.Single(await guichet.Mails(porteur.Email));
    }

    private async Task<IEnumerable<string>> Operations(Porteur porteur) =>
        (await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'"))
            .Select(row => System.Text.Json.JsonDocument.Parse(row.GetString("Json")).RootElement.GetProperty("operation").GetString()!);

    [Fact]
    public async Task A_bus_that_loses_everything_is_made_good_by_the_tick()
    {
        guichet.Local.Bus.Faults.HoldDeliveries();
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        guichet.Local.Bus.Faults.Restart();
        guichet.Local.Bus.Faults.ReleaseDeliveries();
        await GuichetFixture.Until(
            async () =>
            {
                await guichet.Local.FireTimer("Tick");
                return (await porteur.Follow()).GetProperty("status").GetString();
            },
            status => status == "instruction");
        Assert.Single(await guichet.Mails(porteur.Email));
    }

    [Fact]
    public async Task A_message_that_is_none_of_ours_is_kept_with_its_reason_and_stops_nobody()
    {
        await using var bus = new ServiceBusClient(guichet.Local.BusConnection);
        var id = $"{Guid.NewGuid():N}";
        await bus.CreateSender("eligibility").SendMessageAsync(new ServiceBusMessage("n’importe quoi") { MessageId = id });
        var kept = await GuichetFixture.Until(() => GuichetFixture.Row(guichet.Local.StorageConnection, "Failures", "eligibility", id), row => row is not null);
        Assert.Contains("guichet.eligibility", kept!.GetString("Reason"), StringComparison.Ordinal);
        await (await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"))).Until("instruction");
        Assert.Equal(0, guichet.Local.Bus.Counts("eligibility").DeadLettered);
    }

    [Fact]
    public async Task A_message_of_a_dossier_that_does_not_exist_is_kept_with_its_reason()
    {
        await using var bus = new ServiceBusClient(guichet.Local.BusConnection);
        var id = $"{Guid.NewGuid():N}";
        await bus.CreateSender("scoring").SendMessageAsync(new ServiceBusMessage("""{"dossier":"000000000000","version":1,"purpose":"scoring"}""")
        {
            MessageId = id,
            ApplicationProperties = { [BusSender.Schema] = "guichet.scoring", [BusSender.SchemaVersion] = OutgoingMessage.SchemaVersion },
        });
        var kept = await GuichetFixture.Until(() => GuichetFixture.Row(guichet.Local.StorageConnection, "Failures", "scoring", id), row => row is not null);
        Assert.Contains("Le dossier 000000000000 n’existe pas.", kept!.GetString("Reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_event_that_nobody_could_take_is_kept()
    {
        var queue = new Azure.Storage.Queues.QueueClient(guichet.Local.StorageConnection, "webjobs-blobtrigger-poison", new() { MessageEncoding = Azure.Storage.Queues.QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        var sent = (await queue.SendMessageAsync("""{"BlobName":"inconnu"}""")).Value;
        var kept = await GuichetFixture.Until(() => GuichetFixture.Row(guichet.Local.StorageConnection, "Failures", "deposits", sent.MessageId), row => row is not null);
        Assert.Contains("inconnu", kept!.GetString("Body"), StringComparison.Ordinal);
    }
}
