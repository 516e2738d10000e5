using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guichet.Local.Azurite;

/// <summary>The containers and tables that exist before the app starts: on Azure, Bicep makes them.</summary>
public static class StorageLayout
{
    public static IReadOnlyList<string> Containers { get; } = ["deposits", "reports", "pieces", "texts", "campaigns", "keys"];

    public static IReadOnlyList<string> Tables { get; } = ["Digests", "Dossiers", "Due", "Failures", "Ledgers", "Mails", "Projects", "Requests", "Sessions"];

    public static IReadOnlyList<string> OfficeTables { get; } = ["TableauDossiers", "TableauIndicateurs", "TableauRegles", "TableauSuivi"];

    /// <summary>Tables of the office that a backup holds. What became of each file of rules is written again as the files are given back.</summary>
    public static IEnumerable<string> OfficeTablesKept => OfficeTables.Where(table => table != "TableauRegles");

    /// <summary>The queues of the Service Bus.</summary>
    public static IReadOnlyList<string> BusQueues { get; } = ["eligibility", "scoring", "assignment", "committee", "projection", "mail"];

    /// <summary>Creates what is not there yet, and puts the repository's campaigns where the app reads them.</summary>
    public static async Task Create(string guichetConnection, string officeConnection, CancellationToken cancellation)
    {
        var blobs = new BlobServiceClient(guichetConnection);
        foreach (var container in Containers)
        {
            await blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellation);
        }

        // A porteur's browser writes straight to storage from a page of the app, whose port is not known yet.
        BlobServiceProperties properties = await blobs.GetPropertiesAsync(cancellation);
        properties.Cors = [new BlobCorsRule { AllowedOrigins = "*", AllowedMethods = "PUT", AllowedHeaders = "x-ms-*,content-type", ExposedHeaders = "", MaxAgeInSeconds = 3600 }];
        await blobs.SetPropertiesAsync(properties, cancellation);
        await CreateTables(guichetConnection, Tables, cancellation);
        await CreateTables(officeConnection, OfficeTables, cancellation);
        await UploadCampaigns(blobs.GetBlobContainerClient("campaigns"), cancellation);
    }

    private static async Task CreateTables(string connection, IEnumerable<string> names, CancellationToken cancellation)
    {
        var tables = new TableServiceClient(connection);
        foreach (var name in names)
        {
            await tables.CreateTableIfNotExistsAsync(name, cancellation);
        }
    }

    // A campaign's rules are in its own folder; what lies beside the folders (a schema, a page to read) is not for the app.
    private static async Task UploadCampaigns(BlobContainerClient container, CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(RepositoryFolder.Path("infra", "campaigns"));
        foreach (var campaign in folder.Exists ? folder.EnumerateDirectories() : [])
        {
            foreach (var file in campaign.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/');
                await container.GetBlobClient(name).UploadAsync(file.FullName, overwrite: true, cancellation);
            }
        }
    }
}
