using Azure.Messaging.ServiceBus;
using Guichet.Local;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class DeadLettersFacts(StorageFixture storage)
{
    [Fact]
    public async Task What_the_bus_gave_up_is_told_with_its_reason_and_goes_back_to_its_queue_once()
    {
        // A queue of which nobody receives here.
        const string Queue = "committee";
        var ids = new[] { $"{Guid.NewGuid():N}", $"{Guid.NewGuid():N}" };
        await using (var receiver = storage.Bus.CreateReceiver(Queue))
        {
            foreach (var id in ids)
            {
                await storage.Bus.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage($"corps {id}") { MessageId = id, ApplicationProperties = { ["schema"] = "essai" } });
                await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync(), "MaxDeliveryCountExceeded", "dix essais");
            }
        }

        var letters = new DeadLetters(storage.Bus);
        var buried = (await letters.List(default)).Where(letter => ids.Contains(letter.MessageId)).ToList();
        Assert.Equal(2, buried.Count);
        var second = buried.Single(letter => letter.MessageId == ids[1]);
        Assert.Equal((Queue, $"corps {ids[1]}", "MaxDeliveryCountExceeded, dix essais"), (second.Queue, second.Body, second.Reason));

        Assert.True(await letters.PutBack(second, "/replay-1", default));
        Assert.False(await letters.PutBack(second, "/replay-2", default));
        Assert.Equal([ids[0]], (await letters.List(default)).Select(letter => letter.MessageId).Where(ids.Contains));
        await using var again = storage.Bus.CreateReceiver(Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        var back = await again.ReceiveMessageAsync();
        Assert.Equal(($"{ids[1]}/replay-1", "essai"), (back.MessageId, back.ApplicationProperties["schema"]));
    }

    [Fact]
    public async Task What_names_a_dossier_is_taken_away_wherever_it_stands_and_nothing_else()
    {
        const string Queue = "assignment";
        const int Last = 101; // On the second page of a hundred.
        await using var local = await LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Bus }); // Others' dead letters are none of this.
        await using var bus = new ServiceBusClient(local.BusConnection);
        var (erased, other) = (StorageFixture.NewId(), StorageFixture.NewId());
        await using (var receiver = bus.CreateReceiver(Queue))
        {
            for (var number = 0; number <= Last; number++)
            {
                await bus.CreateSender(Queue).SendMessageAsync(new ServiceBusMessage($"{(number is 0 or Last ? erased : other)} {number}") { MessageId = $"{other}/{number}" });
                await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync(), "MaxDeliveryCountExceeded");
            }
        }

        var letters = new DeadLetters(bus);
        await letters.Forget([erased], default);
        await letters.Forget([erased], default); // What crashes in between begins again.
        Assert.Equal(
            Enumerable.Range(1, Last - 1).Select(number => $"{other} {number}"),
            (await letters.List(default)).OrderBy(letter => letter.Sequence).Select(letter => letter.Body));
    }
}
