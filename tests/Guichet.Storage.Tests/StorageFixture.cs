using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Local;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

[assembly: AssemblyFixture(typeof(Guichet.Storage.Tests.StorageFixture))]

// One bus and one proxy for all: a test that breaks them must be alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Guichet.Storage.Tests;

/// <summary>The real storage emulator behind the proxy that can fail, the bus stand-in and the mail sink, once for all tests.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public static readonly Campaign Campaign = CampaignFile.Read(File.ReadAllBytes(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"))).Campaign!;

    public LocalEnvironment Local { get; private set; } = null!;

    public GuichetClock Clock { get; } = new(TimeSpan.Zero);

    public ServiceBusClient Bus { get; private set; } = null!;

    public DueTable Due => new(Table(StorageNames.Due), Clock);

    public DossierStore Dossiers => DossiersOn(Bus);

    public DossierStore DossiersOn(ServiceBusClient bus) => new(
        Table(StorageNames.Dossiers), new LongTexts(Container(StorageNames.Texts)), Due, new BusSender(bus), Clock, TimeSpan.FromMinutes(10), NullLogger<DossierStore>.Instance);

    public MailTable Mails => new(Table(StorageNames.Mails), Clock);

    public UploadFolder Folder => new(new BlobServiceClient(Local.ProxiedStorageConnection), Clock);

    public async ValueTask InitializeAsync()
    {
        Local = await LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Proxy | LocalParts.Bus | LocalParts.Mail });
        Bus = new ServiceBusClient(Local.BusConnection);
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await Local.DisposeAsync();
    }

    public TableClient Table(string name) => new(Local.ProxiedStorageConnection, name);

    public BlobContainerClient Container(string name) => new(Local.ProxiedStorageConnection, name);

    public static DossierId NewId() => DossierId.FromRandom(Guid.NewGuid().ToByteArray());

    /// <summary>A dossier with one slot, opened.</summary>
    public async Task<Dossier> Opened()
    {
        var step = DepositSteps.Open(Campaign, NewId(), "porteur@exemple.gouv.fr", "jeton", [new AnnouncedFile("a.docx", 10)], ["001-a"], Clock.Now());
        await Dossiers.Open(step, default);
        return await Dossiers.Load(step.After.Id, default);
    }

    /// <summary>The step that closes it.</summary>
    public Step Closing(Dossier dossier) => dossier.Close(Campaign, [new FoundFile("001-a", Clock.Now())], Actor.Porteur, Clock.Now())!;
}
