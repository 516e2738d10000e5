using System.Collections.Concurrent;
using System.Text.Json;
using Guichet.Functions;
using Guichet.Local;
using Guichet.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>The app's own code reads the settings that infra/azure gives it: all of them, and it misses none.</summary>
[Collection(nameof(Bicep))]
public sealed class SettingsFacts(Bicep bicep)
{
    // Read by Azure's host, by its extensions or by the libraries, each for a trigger or for traces.
    private static readonly string[] _ofTheHost =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "GuichetStorage__queueServiceUri",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AZURE_FUNCTIONS_ENVIRONMENT", "AZURE_TOKEN_CREDENTIALS", "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED",
    ];

    // Flex Consumption has its own property for the first and refuses the setting; the app refuses the second outside development.
    private static readonly string[] _ofOneMachine = ["FUNCTIONS_WORKER_RUNTIME", "Guichet__Clock__Offset"];

    [Fact]
    public void The_app_starts_on_the_settings_of_each_environment()
    {
        Assert.All([bicep.Dev, bicep.Production], environment =>
        {
            var settings = Start(environment.Settings).Settings;
            Assert.True(settings.Mail.StartTls);
            Assert.Null(settings.Mail.User);
            Assert.Equal(TimeSpan.Zero, settings.ClockOffset);
            Assert.Equal("https", settings.PublicUri.Scheme);
        });
        Assert.Equal("guichet", Start(bicep.Fullest.Settings).Settings.Mail.User);
    }

    [Fact]
    public void Nothing_is_set_that_nothing_reads()
    {
        var read = Start(bicep.Fullest.Settings).Read;
        Assert.All(bicep.Fullest.Settings.Keys.Except([.. _ofTheHost, "GUICHET_SIGN_IN_SECRET"]), name => Assert.Contains(name, read));
        Assert.All(_ofTheHost, name => Assert.Contains(name, bicep.Production.Settings.Keys));
    }

    [Fact]
    public void Every_connection_has_an_address_for_all_that_is_done_over_it_and_no_secret()
    {
        string[] wanted =
        [
            .. BuiltApp.Of("serviceBusTrigger").Select(one => $"{one.Text("connection")}__fullyQualifiedNamespace"),
            .. BuiltApp.Of("blobTrigger").SelectMany(one => new[] { $"{one.Text("connection")}__blobServiceUri", $"{one.Text("connection")}__queueServiceUri" }),
            .. BuiltApp.Of("queueTrigger").Select(one => $"{one.Text("connection")}__queueServiceUri"),
        ];
        Assert.All(wanted.Distinct(), name => Assert.Contains(name, bicep.Dev.Settings.Keys));
        Assert.All(["AzureWebJobsStorage", StorageClients.Storage, StorageClients.Office, StorageClients.Bus], name => Assert.DoesNotContain(name, bicep.Dev.Settings.Keys));
        Assert.Contains("@Microsoft.KeyVault(SecretUri=", bicep.Fullest.Settings["Guichet__Mail__Password"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_principals_header_is_believed_exactly_where_app_service_signs_people_in()
    {
        Assert.All([bicep.Dev, bicep.Production, bicep.Fullest], environment => Assert.Equal(
            environment.OfType("Microsoft.Web/sites/config").Any(one => one.Name == "authsettingsV2") ? "app-service" : "none", environment.Settings["Guichet__Staff__SignIn"]));
        Assert.Equal("app-service", bicep.Fullest.Settings["Guichet__Staff__SignIn"]);
        Assert.Contains("@Microsoft.KeyVault(SecretUri=", bicep.Fullest.Settings["GUICHET_SIGN_IN_SECRET"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_asks_to_sign_in_leads_to_the_provider_that_is_set()
    {
        Assert.Null(Start(bicep.Dev.Settings).Settings.Staff.SignInFor("/api/failures"));
        var providers = bicep.Fullest.OfType("Microsoft.Web/sites/config").Single(one => one.Name == "authsettingsV2").Properties.GetProperty("identityProviders");
        var provider = providers.GetProperty("customOpenIdConnectProviders").EnumerateObject().Single().Name;
        Assert.Equal($"/.auth/login/{provider}?post_login_redirect_uri=%2Fapi%2Ffailures", Start(bicep.Fullest.Settings).Settings.Staff.SignInFor("/api/failures"));
    }

    [Theory]
    [InlineData("https://ailleurs.exemple")]
    [InlineData("//ailleurs.exemple")]
    public void Nobody_is_sent_elsewhere_to_sign_in(string path)
    {
        var settings = new Dictionary<string, string>(bicep.Production.Settings) { ["Guichet__Staff__SignInPath"] = path };
        Assert.Contains("il faut un chemin du guichet", Assert.Throws<InvalidOperationException>(() => Start(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_principal_cannot_exist_in_azure()
    {
        var settings = new Dictionary<string, string>(bicep.Production.Settings) { ["Guichet__Staff__SignIn"] = "test" };
        Assert.Contains("qu’en développement", Assert.Throws<InvalidOperationException>(() => Start(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_on_a_file_is_awaited_where_uploads_are_scanned() => Assert.All([bicep.Dev, bicep.Production, bicep.Fullest], environment => Assert.Equal(
        environment.OfType("Microsoft.Security/defenderForStorageSettings").Any(),
        Start(environment.Settings).Settings.MalwareWait > TimeSpan.Zero));

    [Fact]
    public void What_a_machine_sets_is_set_in_azure_too()
    {
        var sample = JsonDocument.Parse(File.ReadAllText(RepositoryFolder.Path("local.settings.sample.json"))).RootElement.GetProperty("Values").EnumerateObject().Select(one => one.Name);
        Assert.All(sample.Except(_ofOneMachine), name => Assert.Contains(bicep.Fullest.Settings.Keys, set => set == name || set.StartsWith(name + "__", StringComparison.Ordinal)));
        Assert.All(_ofOneMachine, name => Assert.DoesNotContain(name, bicep.Fullest.Settings.Keys));
    }

    [Fact]
    public void A_clock_that_is_shifted_keeps_the_app_from_starting_in_azure()
    {
        var settings = new Dictionary<string, string>(bicep.Production.Settings) { ["Guichet__Clock__Offset"] = "1.00:00:00" };
        Assert.Contains("Guichet__Clock__Offset", Assert.Throws<InvalidOperationException>(() => Start(settings)).Message, StringComparison.Ordinal);
    }

    /// <summary>Reads the settings as Program.cs does; what only Azure knows is an address of the kind that it would be.</summary>
    private static (GuichetSettings Settings, ICollection<string> Read) Start(IReadOnlyDictionary<string, string> settings)
    {
        var provider = new Recording(settings.ToDictionary(one => one.Key, one => one.Value.StartsWith('[') ? "https://exemple.test/" : one.Value));
        var configuration = new ConfigurationRoot([provider]);
        var read = GuichetSettings.Of(configuration, isDevelopment: false);
        new ServiceCollection().AddGuichetStorage(configuration, read.Allowance, read.Patience, letterFaults: _ => []);
        return (read, provider.Names.Keys);
    }

    private sealed class Recording : ConfigurationProvider
    {
        public Recording(Dictionary<string, string> settings) => Data = settings.ToDictionary(one => one.Key.Replace("__", ":", StringComparison.Ordinal), one => (string?)one.Value, StringComparer.OrdinalIgnoreCase);

        public ConcurrentDictionary<string, bool> Names { get; } = new();

        public override bool TryGet(string key, out string? value)
        {
            Names[key.Replace(":", "__", StringComparison.Ordinal)] = true;
            return base.TryGet(key, out value);
        }
    }
}
