using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Guichet.Core.Campaigns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guichet.Storage;

/// <summary>How storage is waited for.</summary>
/// <param name="Delay">Before the first of three more tries; it doubles.</param>
/// <param name="Timeout">Of one try. All four must fit into the time that a function has, or storage that is silent costs the worker.</param>
public sealed record StoragePatience(TimeSpan Delay, TimeSpan Timeout)
{
    /// <summary>A client's options with it.</summary>
    public T Of<T>(T options)
        where T : ClientOptions
    {
        options.Diagnostics.ApplicationId = "guichet"; // In the logs of storage, the app's calls are told from its host's.
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = Delay;
        options.Retry.NetworkTimeout = Timeout;
        return options;
    }
}

/// <summary>
/// The clients of storage and bus, by the settings that the triggers name as well: a connection string on one machine; in Azure
/// <c>GuichetStorage__blobServiceUri</c>, <c>GuichetStorage__tableServiceUri</c>, <c>GuichetOffice__tableServiceUri</c> and
/// <c>GuichetBus__fullyQualifiedNamespace</c>, with the app's identity.
/// </summary>
public static class StorageClients
{
    /// <summary>Setting that names the first account.</summary>
    public const string Storage = "GuichetStorage";

    /// <summary>Setting that names the office's account.</summary>
    public const string Office = "GuichetOffice";

    /// <summary>Setting that names the bus.</summary>
    public const string Bus = "GuichetBus";

    /// <summary>Registers everything in this project.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">The app's settings.</param>
    /// <param name="allowance">How long a step's promises may take before they are looked at again.</param>
    /// <param name="patience">How storage is waited for.</param>
    /// <param name="letterFaults">What would keep a campaign's letters from being written; such a campaign is refused at load.</param>
    public static IServiceCollection AddGuichetStorage(this IServiceCollection services, IConfiguration settings, TimeSpan allowance, StoragePatience patience, Func<Campaign, IReadOnlyList<string>> letterFaults)
    {
        var credential = new Lazy<TokenCredential>(() => new DefaultAzureCredential());
        services.AddSingleton(BlobService(settings, credential, patience));
        services.AddSingleton(ServiceBus(settings, credential));
        services.AddSingleton(provider => new BusSender(provider.GetRequiredService<ServiceBusClient>()));
        services.AddSingleton(provider => new DeadLetters(provider.GetRequiredService<ServiceBusClient>()));
        var tables = TableService(settings, Storage, credential, patience);
        services.AddSingleton(new DigestTable(tables.GetTableClient(StorageNames.Digests)));
        services.AddSingleton(provider => new DueTable(tables.GetTableClient(StorageNames.Due), provider.GetRequiredService<GuichetClock>()));
        services.AddSingleton(provider => new MailTable(tables.GetTableClient(StorageNames.Mails), provider.GetRequiredService<GuichetClock>()));
        services.AddSingleton(provider => new FailureTable(tables.GetTableClient(StorageNames.Failures), provider.GetRequiredService<GuichetClock>()));
        services.AddSingleton(new LedgerTable(tables.GetTableClient(StorageNames.Ledgers)));
        services.AddSingleton(provider => new ProjectTable(tables.GetTableClient(StorageNames.Projects), provider.GetRequiredService<DossierStore>()));
        services.AddSingleton(provider => new RequestTable(tables.GetTableClient(StorageNames.Requests), provider.GetRequiredService<GuichetClock>()));
        services.AddSingleton(provider => new SessionTable(tables.GetTableClient(StorageNames.Sessions), provider.GetRequiredService<LongTexts>()));
        services.AddSingleton(provider => new LongTexts(Container(provider, StorageNames.Texts)));
        services.AddSingleton(provider => new CampaignStore(Container(provider, StorageNames.Campaigns), letterFaults, provider.GetRequiredService<ILogger<CampaignStore>>()));
        services.AddSingleton(provider => new UploadFolder(provider.GetRequiredService<BlobServiceClient>(), provider.GetRequiredService<GuichetClock>()));
        services.AddSingleton(provider => new DossierStore(
            tables.GetTableClient(StorageNames.Dossiers),
            provider.GetRequiredService<LongTexts>(),
            provider.GetRequiredService<DueTable>(),
            provider.GetRequiredService<BusSender>(),
            provider.GetRequiredService<GuichetClock>(),
            allowance,
            provider.GetRequiredService<ILogger<DossierStore>>()));
        var office = TableService(settings, Office, credential, patience);
        services.AddSingleton(new OfficeTable(office.GetTableClient(StorageNames.TableauDossiers), office.GetTableClient(StorageNames.TableauSuivi), office.GetTableClient(StorageNames.TableauIndicateurs)));
        services.AddSingleton(provider => new RulesTable(office.GetTableClient(StorageNames.TableauRegles), provider.GetRequiredService<GuichetClock>()));
        return services;
    }

    private static BlobContainerClient Container(IServiceProvider provider, string name) =>
        provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(name);

    private static BlobServiceClient BlobService(IConfiguration settings, Lazy<TokenCredential> credential, StoragePatience patience) =>
        settings[Storage] is { Length: > 0 } connection
            ? new BlobServiceClient(connection, patience.Of(new BlobClientOptions()))
            : new BlobServiceClient(new Uri(Required(settings, $"{Storage}:blobServiceUri")), credential.Value, patience.Of(new BlobClientOptions()));

    private static TableServiceClient TableService(IConfiguration settings, string name, Lazy<TokenCredential> credential, StoragePatience patience) =>
        settings[name] is { Length: > 0 } connection
            ? new TableServiceClient(connection, patience.Of(new TableClientOptions()))
            : new TableServiceClient(new Uri(Required(settings, $"{name}:tableServiceUri")), credential.Value, patience.Of(new TableClientOptions()));

    private static ServiceBusClient ServiceBus(IConfiguration settings, Lazy<TokenCredential> credential) =>
        settings[Bus] is { Length: > 0 } connection
            ? new ServiceBusClient(connection)
            : new ServiceBusClient(Required(settings, $"{Bus}:fullyQualifiedNamespace"), credential.Value);

    private static string Required(IConfiguration settings, string name) => settings[name] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"Le réglage {name.Replace(":", "__", StringComparison.Ordinal)} manque.");
}
