using System.Text.Json;
using System.Text.RegularExpressions;
using Guichet.Local;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>Every alert can fire, reaches somebody, and tells them what to do.</summary>
[Collection(nameof(Bicep))]
public sealed partial class AlertFacts(Bicep bicep)
{
    // https://learn.microsoft.com/azure/azure-monitor/reference/metrics-index, each type's own page.
    private static readonly Dictionary<string, string[]> _metrics = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.ServiceBus/namespaces"] =
        [
            "AbandonMessage", "ActiveConnections", "ActiveMessages", "CompleteMessage", "ConnectionsClosed", "ConnectionsOpened", "DeadletteredMessages", "IncomingBytes", "IncomingMessages",
            "IncomingRequests", "Messages", "NamespaceCpuUsage", "NamespaceMemoryUsage", "OutgoingBytes", "OutgoingMessages", "PendingCheckpointOperationCount", "ScheduledMessages",
            "ServerErrors", "ServerSendLatency", "Size", "SuccessfulRequests", "ThrottledRequests", "UserErrors",
        ],
        ["Microsoft.EventGrid/systemTopics"] =
        [
            "AdvancedFilterEvaluationCount", "DeadLetteredCount", "DeliveryAttemptFailCount", "DeliverySuccessCount", "DestinationProcessingDurationInMs", "DroppedEventCount", "MatchedEventCount",
            "PublishFailCount", "PublishSuccessCount", "PublishSuccessLatencyInMs", "ServerDeliverySuccessRate", "UnmatchedEventCount",
        ],
    };

    // Azure Monitor's tables, each with what fills it here.
    private static readonly Dictionary<string, string> _filledBy = new(StringComparer.Ordinal)
    {
        ["AppRequests"] = "Microsoft.Insights/components",
        ["StorageTableLogs"] = "Microsoft.Insights/diagnosticSettings",
        ["StorageMalwareScanningResults"] = "Microsoft.Security/defenderForStorageSettings",
        ["_LogOperation"] = "Microsoft.OperationalInsights/workspaces",
    };

    private IEnumerable<(string Name, JsonElement Properties)> MetricAlerts =>
    [
        .. bicep.Production.OfType("Microsoft.Insights/metricAlerts").Select(one => (one.Name, one.Properties)),
        .. bicep.Events.GetProperty("resources").EnumerateObject().Select(one => one.Value).Where(one => one.Text("type") == "Microsoft.Insights/metricAlerts").Select(one => (one.Text("name"), one.GetProperty("properties"))),
    ];

    private IEnumerable<(string Name, JsonElement Properties)> LogAlerts => bicep.Production.OfType("Microsoft.Insights/scheduledQueryRules").Select(one => (one.Name, one.Properties));

    [Fact]
    public void Every_metric_that_an_alert_watches_exists()
    {
        var watched = MetricAlerts.Where(one => one.Properties.GetProperty("criteria").TryGetProperty("allOf", out _))
            .SelectMany(one => one.Properties.GetProperty("criteria").GetProperty("allOf").EnumerateArray()).ToList();
        Assert.NotEmpty(watched);
        Assert.All(watched, one => Assert.Contains(one.Text("metricName"), _metrics[one.Text("metricNamespace")]));
    }

    [Fact]
    public void One_dead_letter_and_one_failure_are_enough_to_be_told()
    {
        var dead = MetricAlerts.Single(one => one.Name == "lettres-mortes").Properties.GetProperty("criteria").GetProperty("allOf")[0];
        Assert.Equal(("GreaterThan", 0), (dead.Text("operator"), dead.GetProperty("threshold").GetInt32()));
        var failed = LogAlerts.Single(one => one.Name == "echecs").Properties.GetProperty("criteria").GetProperty("allOf")[0];
        Assert.Equal(("GreaterThan", 0), (failed.Text("operator"), failed.GetProperty("threshold").GetInt32()));
    }

    [Fact]
    public void Every_table_of_the_logs_that_an_alert_asks_is_filled() => Assert.All(LogAlerts, one =>
        Assert.NotEmpty(bicep.Production.OfType(_filledBy[Query(one.Properties).Split(' ')[0]])));

    [Fact]
    public void Every_function_and_table_that_an_alert_names_exists()
    {
        var queries = string.Join('\n', LogAlerts.Where(one => one.Name is not "fichier-malveillant").Select(one => Query(one.Properties)));
        var functions = FunctionNames().Matches(queries).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(functions);
        Assert.All(functions, name => Assert.Contains(name, BuiltApp.Triggers.Keys));
        Assert.Contains($"\"/{StorageNames.Failures}\"", queries, StringComparison.Ordinal);
        Assert.Contains(bicep.Production.Account("stdossiers").Path, queries, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_that_health_is_asked_at_answers_to_anybody()
    {
        var asked = bicep.Production.OfType("Microsoft.Insights/webtests").Single().Properties.GetProperty("Request").Text("RequestUrl");
        var health = BuiltApp.Triggers["Health"];
        Assert.Equal($"{bicep.Production.Settings["Guichet__PublicUri"]}{health.Text("route")}", asked);
        Assert.Equal("Anonymous", health.Text("authLevel"));
    }

    [Fact]
    public void Every_alert_is_on_and_reaches_the_group_of_recipients()
    {
        Assert.NotEmpty(bicep.Production.OfType("Microsoft.Insights/actionGroups").Single().Properties.GetProperty("emailReceivers").EnumerateArray());
        Assert.All([.. MetricAlerts, .. LogAlerts], one =>
        {
            Assert.True(one.Properties.GetProperty("enabled").GetBoolean());
            Assert.Contains("actionGroups", one.Properties.GetProperty("actions").ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_runbook_has_a_section_for_every_alert_and_for_no_other() => Assert.Equal(
        MetricAlerts.Concat(LogAlerts).Select(one => one.Name).Order(StringComparer.Ordinal),
        Section().Matches(File.ReadAllText(Bicep.Source("README.md"))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_threat_model_and_the_read_me_name_tests_alerts_and_files_that_exist()
    {
        var text = File.ReadAllText(Bicep.Source("menaces.md")) + File.ReadAllText(Bicep.Source("README.md"));
        var tests = Directory.EnumerateFiles(RepositoryFolder.Path("tests"), "*Facts.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();
        Assert.All(TestName().Matches(text).Select(match => match.Groups[1].Value), name => Assert.Contains(name, tests));
        var alerts = MetricAlerts.Concat(LogAlerts).Select(one => one.Name).ToHashSet();
        Assert.All(AlertName().Matches(text).Select(match => match.Groups[1].Value), name => Assert.Contains(name, alerts));
        Assert.All(FileName().Matches(text).Select(match => match.Groups[1].Value), name => Assert.True(File.Exists(Bicep.Source(name)) || File.Exists(Bicep.Source("modules", name)), name));
    }

    private static string Query(JsonElement properties) => properties.GetProperty("criteria").GetProperty("allOf")[0].Text("query");

    [GeneratedRegex(@"\bName (==|in) [^|]+")]
    private static partial Regex FunctionNames();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^### Alerte `([a-z-]+)`", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("`(\\w+Facts)`")]
    private static partial Regex TestName();

    [GeneratedRegex("[Aa]lerte `([a-z-]+)`")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"`([\w./-]+\.(bicep|bicepparam|sh|md))`")]
    private static partial Regex FileName();
}
