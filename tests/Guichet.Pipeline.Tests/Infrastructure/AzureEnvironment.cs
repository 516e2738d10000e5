using System.Text.Json;
using System.Text.RegularExpressions;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>One resource that Azure would be asked for.</summary>
/// <param name="Path">Its name after its parents': <c>account/default/container</c>.</param>
public sealed record AzureResource(string Id, string Type, string Path, JsonElement Properties)
{
    /// <summary>Its own name.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The name of what it is in.</summary>
    public string Parent => Path.Split('/')[0];

    public override string ToString() => $"{Type} {Path}";
}

/// <summary>One right: who may do what is the app's identity everywhere; this is on which resource, and which built-in role.</summary>
/// <param name="Scope">The end of the resource's path, as <c>stdossiers/deposits</c> or <c>sthost</c>: account or bus without its mark, then the part.</param>
public sealed record AzureRole(string Scope, string Role, string PrincipalType);

/// <summary>The resources that Azure would be asked for, loops and modules unrolled; what only Azure knows stays an expression.</summary>
public sealed partial class AzureEnvironment(JsonElement snapshot)
{
    public JsonElement Snapshot { get; } = snapshot;

    public IReadOnlyList<AzureResource> Resources { get; } =
    [
        .. snapshot.GetProperty("predictedResources").EnumerateArray().Select(one => new AzureResource(
            one.GetProperty("id").GetString()!,
            one.GetProperty("type").GetString()!,
            one.GetProperty("name").GetString()!,
            one.TryGetProperty("properties", out var properties) ? properties : default)),
    ];

    public IEnumerable<AzureResource> OfType(string type) => Resources.Where(one => one.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    /// <summary>The account whose name begins so.</summary>
    public AzureResource Account(string prefix) => OfType("Microsoft.Storage/storageAccounts").Single(one => one.Path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The names of what an account holds: <c>blobServices/containers</c>, <c>tableServices/tables</c>, <c>queueServices/queues</c>.</summary>
    public IEnumerable<string> In(string account, string kind) => OfType($"Microsoft.Storage/storageAccounts/{kind}").Where(one => one.Parent == Account(account).Path).Select(one => one.Name);

    public AzureResource App => OfType("Microsoft.Web/sites").Single();

    public IReadOnlyDictionary<string, string> Settings => OfType("Microsoft.Web/sites/config").Single(one => one.Name == "appsettings")
        .Properties.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal);

    public IEnumerable<AzureRole> Roles => OfType("Microsoft.Authorization/roleAssignments").Select(one =>
    {
        var scope = ScopeOfRole().Match(one.Id);
        return new AzureRole(
            scope.Groups["owner"].Value + (scope.Groups["part"].Success ? "/" + scope.Groups["part"].Value : ""),
            BuiltInRoles.Name(one.Properties.GetProperty("roleDefinitionId").GetString()!),
            one.Properties.GetProperty("principalType").GetString()!);
    });

    // The mark that makes an account's name unique is left out.
    [GeneratedRegex(@"/resourceGroups/[^/]+/providers/[\w.]+/\w+/(?<owner>(stdossiers|stoffice|sthost|sb-guichet|appi-guichet|kv-guichet))[\w-]*(/(?!providers)[^']*?/(?<part>[^'/]+))?('|/providers/Microsoft.Authorization/)")]
    private static partial Regex ScopeOfRole();
}

/// <summary>Built-in roles by id: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles.</summary>
internal static class BuiltInRoles
{
    private static readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["1e7ca9b1-60d1-4db8-a914-f2ca1ff27c40"] = "Defender for Storage Data Scanner",
        ["db58b8e5-c6ad-4a2a-8342-4190687cbf4a"] = "Storage Blob Delegator",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = "Storage Table Data Reader",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Azure Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Azure Service Bus Data Sender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
    };

    public static string Name(string definitionId) => _names[definitionId[(definitionId.LastIndexOf('/') + 1)..]];
}
