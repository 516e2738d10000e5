
namespace Guichet.Local.Proxy;

/// <summary>A service of the storage account that the proxy stands before.</summary>
public enum StorageService
{
    Blob,
    Table,
}

/// <summary>Who calls storage, as far as the request shows it.</summary>
public enum StorageCaller
{
    /// <summary>Signed with the account's key, by a client that says it is the app.</summary>
    App,

    /// <summary>Signed with the account's key, by another client: the host that runs the app, its blob trigger.</summary>
    Host,

    /// <summary>By a shared access signature: a porteur who uploads.</summary>
    Porteur,

    /// <summary>Neither.</summary>
    Nobody,
}

/// <summary>One call to storage.</summary>
/// <param name="Operation">What it asks for, in the words of the service's documentation: PutBlob, InsertEntity, Batch…</param>
/// <param name="Resource">The container or the table; empty for a batch, whose table is in its body.</param>
/// <param name="Name">The blob's name or the entity's keys; empty for the container or table itself.</param>
public sealed record StorageCall(StorageService Service, string Method, string Operation, string Resource, string Name, StorageCaller Caller)
{
    /// <summary>How the app's own clients name themselves, in Azure's storage logs as here.</summary>
    public const string ApplicationId = "guichet";

    /// <summary>Does it change what is stored?</summary>
    public bool Writes => Method is not ("GET" or "HEAD" or "OPTIONS");

    /// <summary>Does it make a blob's content be there, anew or again?</summary>
    public bool CreatesBlob => Operation is "PutBlob" or "PutBlockList" or "CopyBlob";

    internal static StorageCall Read(StorageService service, HttpRequest request)
    {
        // Path style: /account/resource/name.
        var parts = (request.Path.Value ?? "").TrimStart('/').Split('/', 3);
        var resource = parts.ElementAtOrDefault(1) ?? "";
        var name = parts.ElementAtOrDefault(2) ?? "";
        var caller = request.Headers.ContainsKey("Authorization") ? request.Headers.UserAgent.ToString().StartsWith($"{ApplicationId} ", StringComparison.Ordinal) ? StorageCaller.App : StorageCaller.Host
            : request.Query.ContainsKey("sig") ? StorageCaller.Porteur
            : StorageCaller.Nobody;
        if (service is StorageService.Blob)
        {
            return new StorageCall(service, request.Method, BlobOperation(request, resource, name), resource, name, caller);
        }

        var keys = resource.IndexOf('(', StringComparison.Ordinal);
        var table = resource == "$batch" ? "" : keys < 0 ? resource : resource[..keys];
        return new StorageCall(service, request.Method, TableOperation(request, resource), table, keys < 0 ? "" : resource[keys..], caller);
    }

    private static string BlobOperation(HttpRequest request, string container, string blob)
    {
        var part = request.Query["comp"].ToString();
        var copies = request.Headers.ContainsKey("x-ms-copy-source");
        return (request.Method, part, container, blob) switch
        {
            ("GET", "list", "", _) => "ListContainers",
            ("GET", "list", _, _) => "ListBlobs",
            ("PUT", "", _, "") => "CreateContainer",
            ("DELETE", "", _, "") => "DeleteContainer",
            ("PUT", "", _, _) when copies => "CopyBlob",
            ("PUT", "", _, _) => "PutBlob",
            ("PUT", "block", _, _) => "PutBlock",
            ("PUT", "blocklist", _, _) => "PutBlockList",
            ("GET", "", _, not "") => "GetBlob",
            ("HEAD", "", _, not "") => "GetBlobProperties",
            ("DELETE", "", _, _) => "DeleteBlob",
            ("POST", "userdelegationkey", _, _) => "GetUserDelegationKey",
            var (method, _, _, _) => $"{method} {(part.Length > 0 ? part : "container")}",
        };
    }

    private static string TableOperation(HttpRequest request, string resource) => (request.Method, resource) switch
    {
        ("POST", "$batch") => "Batch",
        ("POST", "Tables") => "CreateTable",
        ("GET", "Tables") => "ListTables",
        ("GET", _) => "QueryEntities",
        ("POST", _) => "InsertEntity",
        ("PUT", _) => "UpdateEntity",
        ("PATCH" or "MERGE", _) => "MergeEntity",
        ("DELETE", _) => "DeleteEntity",
        var (method, _) => method,
    };
}
