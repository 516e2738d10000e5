using System.Text.Json;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>Nothing opens but by an identity, nothing travels in the clear, and what is lost by mistake is found again.</summary>
[Collection(nameof(Bicep))]
public sealed class SafetyFacts(Bicep bicep)
{
    private IEnumerable<AzureEnvironment> All => [bicep.Dev, bicep.Production, bicep.Fullest];

    [Fact]
    public void Accounts_take_https_alone_and_show_nothing_to_the_public() => Assert.All(All, environment =>
    {
        Assert.All(environment.OfType("Microsoft.Storage/storageAccounts"), account =>
        {
            Assert.True(account.Properties.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
            Assert.Equal("TLS1_2", account.Properties.Text("minimumTlsVersion"));
            Assert.False(account.Properties.GetProperty("allowBlobPublicAccess").GetBoolean());
            Assert.False(account.Properties.GetProperty("allowCrossTenantReplication").GetBoolean());
        });
        Assert.All(environment.OfType("Microsoft.Storage/storageAccounts/blobServices/containers"), one => Assert.Equal("None", one.Properties.Text("publicAccess")));
    });

    [Fact]
    public void A_key_opens_the_offices_account_alone() => Assert.All(All, environment => Assert.All(
        environment.OfType("Microsoft.Storage/storageAccounts"),
        account => Assert.Equal(account == environment.Account("stoffice"), account.Properties.GetProperty("allowSharedKeyAccess").GetBoolean())));

    [Fact]
    public void The_bus_the_traces_and_the_app_know_no_key_and_no_password() => Assert.All(All, environment =>
    {
        var bus = environment.OfType("Microsoft.ServiceBus/namespaces").Single().Properties;
        Assert.True(bus.GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal("1.2", bus.Text("minimumTlsVersion"));
        Assert.True(environment.OfType("Microsoft.Insights/components").Single().Properties.GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(environment.OfType("Microsoft.OperationalInsights/workspaces").Single().Properties.GetProperty("features").GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal(["ftp", "scm"], environment.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Where(one => !one.Properties.GetProperty("allow").GetBoolean()).Select(one => one.Name).Order(StringComparer.Ordinal));
    });

    [Fact]
    public void The_app_takes_https_alone() => Assert.All(All, environment =>
    {
        var app = environment.App.Properties;
        Assert.True(app.GetProperty("httpsOnly").GetBoolean());
        Assert.Equal("1.2", app.GetProperty("siteConfig").Text("minTlsVersion"));
        Assert.Equal("1.2", app.GetProperty("siteConfig").Text("scmMinTlsVersion"));
        Assert.Equal("SystemAssignedIdentity", app.GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage").GetProperty("authentication").Text("type"));
    });

    [Fact]
    public void No_key_is_read_but_the_webhooks_and_no_output_holds_one()
    {
        Assert.All(All, environment =>
        {
            Assert.DoesNotContain("listKeys", environment.Snapshot.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("AccountKey", environment.Snapshot.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.Equal(
                ["apiUri", "appName", "dossiersAccount", "officeAccount", "vaultName"],
                environment.Snapshot.GetProperty("outputs").EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
        });
        var subscription = bicep.Events.GetProperty("resources").EnumerateObject().Select(one => one.Value).Single(one => one.Text("type").EndsWith("/eventSubscriptions", StringComparison.Ordinal));
        var endpoint = subscription.GetProperty("properties").GetProperty("destination").GetProperty("properties").Text("endpointUrl");
        Assert.Equal(1, bicep.Events.ToString().Split("listKeys").Length - 1);
        Assert.Contains("systemKeys.blobs_extension", endpoint, StringComparison.Ordinal);
        Assert.False(bicep.Events.TryGetProperty("outputs", out _));
    }

    [Fact]
    public void What_is_erased_or_replaced_among_the_dossiers_is_found_again() => Assert.All(All, environment =>
    {
        var blobs = environment.OfType("Microsoft.Storage/storageAccounts/blobServices").Single(one => one.Parent == environment.Account("stdossiers").Path).Properties;
        Assert.True(blobs.GetProperty("isVersioningEnabled").GetBoolean());
        Assert.All(["deleteRetentionPolicy", "containerDeleteRetentionPolicy", "restorePolicy"], policy => Assert.True(blobs.GetProperty(policy).GetProperty("enabled").GetBoolean()));
        Assert.True(blobs.GetProperty("restorePolicy").GetProperty("days").GetInt32() < blobs.GetProperty("deleteRetentionPolicy").GetProperty("days").GetInt32());
    });

    [Fact]
    public void No_rule_of_lifecycle_erases_what_a_dossier_is_made_of()
    {
        var rules = bicep.Production.OfType("Microsoft.Storage/storageAccounts/managementPolicies").Single().Properties.GetProperty("policy").GetProperty("rules");
        Assert.All(rules.EnumerateArray(), rule => Assert.False(
            rule.GetProperty("definition").GetProperty("actions").TryGetProperty("baseBlob", out var blob) && blob.TryGetProperty("delete", out _)));
    }

    [Fact]
    public void What_is_uploaded_is_scanned() => Assert.All(All, environment =>
    {
        var defender = environment.OfType("Microsoft.Security/defenderForStorageSettings").Single();
        Assert.Contains(environment.Account("stdossiers").Path, defender.Id, StringComparison.Ordinal);
        Assert.True(defender.Properties.GetProperty("malwareScanning").GetProperty("onUpload").GetProperty("isEnabled").GetBoolean());
    });

    [Fact]
    public void Who_reads_and_writes_what_is_taken_down() => Assert.All(All, environment =>
    {
        var traced = environment.OfType("Microsoft.Insights/diagnosticSettings").Select(one => one.Id).ToList();
        Assert.Contains(traced, id => id.Contains("/stdossiers", StringComparison.Ordinal) && id.Contains("/blobServices/", StringComparison.Ordinal));
        Assert.Contains(traced, id => id.Contains("/stdossiers", StringComparison.Ordinal) && id.Contains("/tableServices/", StringComparison.Ordinal));
        Assert.Contains(traced, id => id.Contains("/stoffice", StringComparison.Ordinal));
        Assert.Contains(traced, id => id.Contains("/sb-guichet", StringComparison.Ordinal));
    });

    [Fact]
    public void Production_meets_every_service_at_a_private_address()
    {
        string[] endpoints = [.. bicep.Production.OfType("Microsoft.Network/privateEndpoints").Select(one => one.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["pe-bus", "pe-dossiers-blob", "pe-dossiers-queue", "pe-dossiers-table", "pe-host-blob", "pe-host-queue", "pe-host-table", "pe-office-table"], endpoints);
        Assert.Equal("Disabled", bicep.Production.Account("sthost").Properties.Text("publicNetworkAccess"));
        Assert.Equal("Disabled", bicep.Production.OfType("Microsoft.ServiceBus/namespaces").Single().Properties.Text("publicNetworkAccess"));
        Assert.EndsWith("/subnets/app", bicep.Production.App.Properties.Text("virtualNetworkSubnetId"), StringComparison.Ordinal);
        Assert.Equal(2, bicep.Production.OfType("Microsoft.Authorization/locks").Count());
        Assert.Empty(bicep.Dev.OfType("Microsoft.Network/privateEndpoints"));
        Assert.Equal(JsonValueKind.Null, bicep.Dev.App.Properties.GetProperty("virtualNetworkSubnetId").ValueKind);
    }
}
