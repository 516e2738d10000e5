using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Guichet.Local;
using Guichet.Local.Proxy;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

/// <summary>The storage emulator behind its proxy, without the app.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public LocalEnvironment Local { get; private set; } = null!;

    public StorageProxy Proxy => Local.Proxy;

    public BlobContainerClient Deposits => new(Local.ProxiedStorageConnection, "deposits");

    /// <summary>A client as the app's, that shows each failure: it does not try again.</summary>
    public TableClient Impatient(string table = "Dossiers") => new(Local.ProxiedStorageConnection, table, Once(new TableClientOptions()));

    /// <summary>What is truly stored, past the proxy.</summary>
    public TableClient Direct(string table = "Dossiers") => new(Local.StorageConnection, table);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Unique() => Guid.NewGuid().ToString("N");

    public async ValueTask InitializeAsync() => Local = await LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Proxy });

    public async ValueTask DisposeAsync() => await (Local?.DisposeAsync() ?? ValueTask.CompletedTask);

    public static T Once<T>(T options)
        where T : ClientOptions
    {
        options.Diagnostics.ApplicationId = StorageCall.ApplicationId;
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(2);
        return options;
    }
}
