using Guichet.Core.Dossiers;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>Everything that the code works on is provisioned, and nothing else is.</summary>
[Collection(nameof(Bicep))]
public sealed class LayoutFacts(Bicep bicep)
{
    [Fact]
    public void The_first_account_holds_what_the_code_names_and_nothing_else()
    {
        Assert.Equal(StorageNames.Containers, bicep.Dev.In("stdossiers", "blobServices/containers"));
        Assert.Equal(StorageNames.Tables, bicep.Dev.In("stdossiers", "tableServices/tables"));
        Assert.Equal(BuiltApp.Of("queueTrigger").Select(one => one.Text("queueName")), bicep.Dev.In("stdossiers", "queueServices/queues"));
        Assert.All(BuiltApp.Of("blobTrigger"), one => Assert.Contains(one.Text("path").Split('/')[0], StorageNames.Containers));
    }

    [Fact]
    public void Triggers_by_blobs_and_queues_look_at_the_first_account() =>
        Assert.All([.. BuiltApp.Of("blobTrigger"), .. BuiltApp.Of("queueTrigger")], one => Assert.Equal(StorageClients.Storage, one.Text("connection")));

    [Fact]
    public void The_account_that_a_key_opens_holds_the_offices_tables_alone()
    {
        Assert.Equal(StorageNames.OfficeTables, bicep.Dev.In("stoffice", "tableServices/tables"));
        Assert.Empty(bicep.Dev.In("stoffice", "blobServices/containers"));
        Assert.Empty(bicep.Dev.In("stoffice", "queueServices/queues"));
    }

    [Fact]
    public void The_bus_has_the_queues_that_steps_send_to_and_functions_take_from()
    {
        var queues = bicep.Dev.OfType("Microsoft.ServiceBus/namespaces/queues").Select(one => one.Name).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(BuiltApp.Of("serviceBusTrigger").Select(one => one.Text("queueName")).Order(StringComparer.Ordinal), queues);
        Assert.Equal(Enum.GetNames<QueueName>().Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal), queues);
    }

    [Fact]
    public void The_hosts_account_holds_the_package_and_the_events_that_were_lost()
    {
        Assert.Equal(["app-package", "lost-events"], bicep.Dev.In("sthost", "blobServices/containers"));
        Assert.Contains("app-package", bicep.Dev.App.Properties.GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage").Text("value"), StringComparison.Ordinal);
        Assert.Contains("'lost-events'", bicep.Events.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Blob_events_reach_the_function_that_they_trigger_and_no_other()
    {
        var triggers = BuiltApp.Triggers.Where(one => one.Value.Text("type") == "blobTrigger").ToList();
        Assert.All(triggers, trigger => Assert.Equal("EventGrid", trigger.Value.Text("source")));
        Assert.Equal(
            triggers.Select(trigger => (trigger.Key, trigger.Value.Text("path").Split('/')[0])).Order(),
            bicep.Events.GetProperty("variables").GetProperty("triggers").EnumerateArray().Select(one => (one.Text("function"), one.Text("container"))).Order());
        var events = bicep.Events.ToString();
        Assert.Contains("/runtime/webhooks/blobs?functionName=Host.Functions.{1}&code=", events, StringComparison.Ordinal);
        Assert.Contains("/blobServices/default/containers/{0}/blobs/", events, StringComparison.Ordinal);
    }

    [Fact]
    public void The_compiler_and_its_linter_have_nothing_to_say() => Assert.Equal("", bicep.Warnings);
}
