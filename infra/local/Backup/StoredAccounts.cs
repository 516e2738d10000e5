using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Guichet.Local.Backup;

/// <summary>The two accounts that hold everything: dossiers with their blobs, and the office's tables.</summary>
/// <param name="Tables">By the name of the account's folder in a backup: <c>guichet</c> and <c>office</c>.</param>
public sealed record StoredAccounts(BlobServiceClient Blobs, IReadOnlyDictionary<string, TableServiceClient> Tables)
{
    /// <summary>Opens both, each by a connection string, or by its name in Azure with the rights of whoever is signed in.</summary>
    public static StoredAccounts Open(string guichet, string office)
    {
        var credential = new Lazy<TokenCredential>(() => new DefaultAzureCredential());
        return new StoredAccounts(
            IsName(guichet) ? new BlobServiceClient(Address(guichet, "blob"), credential.Value) : new BlobServiceClient(guichet),
            new Dictionary<string, TableServiceClient>(StringComparer.Ordinal)
            {
                ["guichet"] = IsName(guichet) ? new TableServiceClient(Address(guichet, "table"), credential.Value) : new TableServiceClient(guichet),
                ["office"] = IsName(office) ? new TableServiceClient(Address(office, "table"), credential.Value) : new TableServiceClient(office),
            });
    }

    private static bool IsName(string text) => !text.Contains('=', StringComparison.Ordinal);

    private static Uri Address(string account, string service) => new($"https://{account}.{service}.core.windows.net/");
}
