using System.Text.RegularExpressions;
using Guichet.Core.Dossiers;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>What the app's identity may do, whole: a right more or less fails here.</summary>
[Collection(nameof(Bicep))]
public sealed partial class RolesFacts(Bicep bicep)
{
    private const string App = "ServicePrincipal";

    private static readonly (string Scope, string Role)[] _needed =
    [
        ("stdossiers/deposits", "Storage Blob Data Contributor"),
        ("stdossiers/reports", "Storage Blob Data Contributor"),
        ("stdossiers/deposits", "Defender for Storage Data Scanner"),
        ("stdossiers/reports", "Defender for Storage Data Scanner"),
        ("stdossiers/pieces", "Storage Blob Data Contributor"),
        ("stdossiers/texts", "Storage Blob Data Contributor"),
        ("stdossiers/campaigns", "Storage Blob Data Reader"),
        ("stdossiers/keys", "Storage Blob Data Contributor"),
        ("stdossiers", "Storage Blob Delegator"),
        ("stdossiers", "Storage Queue Data Contributor"),
        .. StorageNames.Tables.Select(table => ($"stdossiers/{table}", "Storage Table Data Contributor")),
        .. StorageNames.OfficeTables.Select(table => ($"stoffice/{table}", "Storage Table Data Contributor")),
        .. Enum.GetNames<QueueName>().Select(queue => ($"sb-guichet/{queue.ToLowerInvariant()}", "Azure Service Bus Data Sender")),
        .. BuiltApp.Of("serviceBusTrigger").Select(trigger => ($"sb-guichet/{trigger.Text("queueName")}", "Azure Service Bus Data Receiver")),
        ("sthost", "Storage Blob Data Owner"),
        ("sthost", "Storage Queue Data Contributor"),
        ("sthost", "Storage Table Data Contributor"),
        ("appi-guichet", "Monitoring Metrics Publisher"),
    ];

    [Fact]
    public void The_app_has_the_rights_that_it_needs_and_no_other() => Assert.Equal(Sorted(_needed), Sorted(Of(bicep.Production, App)));

    [Fact]
    public void A_mail_server_that_wants_a_password_adds_the_right_to_read_it_and_no_other() =>
        Assert.Equal(Sorted([.. _needed, ("kv-guichet", "Key Vault Secrets User")]), Sorted(Of(bicep.Fullest, App)));

    [Fact]
    public void Every_container_has_its_own_right() =>
        Assert.Equal(StorageNames.Containers.Order(StringComparer.Ordinal), _needed.Where(one => one.Role.Contains("Blob Data", StringComparison.Ordinal) && one.Scope.StartsWith("stdossiers/", StringComparison.Ordinal)).Select(one => one.Scope["stdossiers/".Length..]).Order(StringComparer.Ordinal));

    [Fact]
    public void Operators_read_rows_and_publish_rules_and_change_no_dossier()
    {
        Assert.Empty(Of(bicep.Production, "Group"));
        Assert.Equal(
            Sorted([("stdossiers", "Storage Table Data Reader"), ("stoffice", "Storage Table Data Reader"), ("stdossiers/campaigns", "Storage Blob Data Contributor"), ("kv-guichet", "Key Vault Secrets Officer")]),
            Sorted(Of(bicep.Fullest, "Group")));
    }

    [Fact]
    public void Whoever_deploys_may_give_the_roles_of_this_environment_and_no_other()
    {
        var given = bicep.Fullest.OfType("Microsoft.Authorization/roleAssignments").Select(one => one.Properties.Text("roleDefinitionId")).Select(id => id[(id.LastIndexOf('/') + 1)..]);
        Assert.Equal(given.Distinct().Order(StringComparer.Ordinal), RoleIds().Matches(File.ReadAllText(Bicep.Source("README.md"))).Select(match => match.Value).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Scope, string Role)> Of(AzureEnvironment environment, string principalType) =>
        environment.Roles.Where(role => role.PrincipalType == principalType).Select(role => (role.Scope, role.Role));

    private static IEnumerable<string> Sorted(IEnumerable<(string Scope, string Role)> roles) => roles.Select(role => $"{role.Scope}: {role.Role}").Order(StringComparer.Ordinal);

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex RoleIds();
}
