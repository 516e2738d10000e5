using Azure;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Local;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Guichet.Storage.Tests;

/// <summary>The storage emulator itself is stopped in the middle of the work and started again, in an environment of its own.</summary>
public sealed class OutageFacts
{
    private const int Writers = 20;

    /// <summary>As handlers do, who see by the dossier whether there is anything left to do.</summary>
    private static async Task<bool> IsDone(DossierStore dossiers, Dossier dossier, int writer) =>
        await dossiers.Journal(dossier.Id, default).AnyAsync(entry => entry.Operation == $"writer/{writer}");

    [Fact]
    public async Task Storage_that_goes_away_and_comes_back_has_every_step_done_once()
    {
        var folder = Directory.CreateTempSubdirectory("guichet-outage-");
        try
        {
            await using var local = await LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Proxy | LocalParts.Bus, DataFolder = folder.FullName });
            await using var bus = new ServiceBusClient(local.BusConnection);
            var clock = new GuichetClock(TimeSpan.Zero);
            var patience = new StoragePatience(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));
            TableClient Table(string name) => new(local.ProxiedStorageConnection, name, patience.Of(new TableClientOptions()));
            var dossiers = new DossierStore(
                Table(StorageNames.Dossiers), new LongTexts(new BlobContainerClient(local.ProxiedStorageConnection, StorageNames.Texts)), new DueTable(Table(StorageNames.Due), clock),
                new BusSender(bus), clock, TimeSpan.FromMinutes(10), NullLogger<DossierStore>.Instance);
            var opened = DepositSteps.Open(StorageFixture.Campaign, StorageFixture.NewId(), "porteur@exemple.gouv.fr", "jeton", [new AnnouncedFile("a.docx", 10)], ["001-a"], clock.Now());
            await dossiers.Open(opened, default);

            var away = new TaskCompletionSource();
            var failed = 0;
            var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
            {
                while (true)
                {
                    try
                    {
                        await dossiers.Change(opened.After.Id, async dossier => await IsDone(dossiers, dossier, writer) ? null : Step.From(dossier, dossier, $"writer/{writer}", Actor.Guichet, clock.Now()), default);
                        return;
                    }
                    catch (PassingFailure)
                    {
                        // Another writer was faster again and again.
                    }
                    catch (Exception gone) when (gone is RequestFailedException or AggregateException)
                    {
                        Interlocked.Increment(ref failed);
                        away.TrySetResult();
                    }
                }
            }));
            await local.StopStorage();
            await away.Task;
            await local.StartStorage();
            await writing;

            var operations = (await dossiers.Journal(opened.After.Id, default).ToListAsync()).Select(entry => entry.Operation).ToList();
            Assert.NotEqual(0, failed);
            Assert.Equal(["open", .. Enumerable.Range(0, Writers).Select(writer => $"writer/{writer}").Order(StringComparer.Ordinal)], operations.Order(StringComparer.Ordinal));
            Assert.Null(JournalEntry.FirstBroken(await dossiers.Journal(opened.After.Id, default).ToListAsync(), (await dossiers.Load(opened.After.Id, default)).Journal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
