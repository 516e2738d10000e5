using System.Globalization;
using System.Text.Json;
using System.Xml;
using Xunit;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>The times and counts of the bus agree with those of the host.</summary>
[Collection(nameof(Bicep))]
public sealed class TimesFacts(Bicep bicep)
{
    private static readonly JsonElement _bus = BuiltApp.HostJson.GetProperty("extensions").GetProperty("serviceBus");

    private static TimeSpan FunctionTimeout => Span(BuiltApp.HostJson, "functionTimeout");

    private IEnumerable<JsonElement> Queues => bicep.Production.OfType("Microsoft.ServiceBus/namespaces/queues").Select(one => one.Properties);

    [Fact]
    public void A_message_stays_locked_for_longer_than_a_function_may_run()
    {
        Assert.All(Queues, queue => Assert.True(XmlConvert.ToTimeSpan(queue.Text("lockDuration")) > FunctionTimeout));
        Assert.True(Span(_bus, "maxAutoLockRenewalDuration") >= FunctionTimeout);
    }

    [Fact]
    public void Nothing_waits_behind_what_is_being_handled() => Assert.Equal(0, _bus.GetProperty("prefetchCount").GetInt32());

    [Fact]
    public void A_message_that_crashes_its_handler_ends_among_the_dead_letters_as_one_that_grows_old_does() => Assert.All(Queues, queue =>
    {
        Assert.Equal(10, queue.GetProperty("maxDeliveryCount").GetInt32());
        Assert.True(queue.GetProperty("deadLetteringOnMessageExpiration").GetBoolean());
        // The longest delay of a next attempt is an hour.
        Assert.True(XmlConvert.ToTimeSpan(queue.Text("defaultMessageTimeToLive")) > TimeSpan.FromDays(1));
    });

    [Fact]
    public void What_is_sent_again_by_the_code_that_sent_it_is_known_for_a_repetition() => Assert.All(Queues, queue =>
    {
        Assert.True(queue.GetProperty("requiresDuplicateDetection").GetBoolean());
        Assert.True(XmlConvert.ToTimeSpan(queue.Text("duplicateDetectionHistoryTimeWindow")) >= FunctionTimeout);
    });

    [Fact]
    public void Promises_are_looked_at_again_once_the_function_that_made_them_must_have_ended() =>
        Assert.True(TimeSpan.Parse(bicep.Production.Settings["Guichet__Due__Allowance"], CultureInfo.InvariantCulture) > FunctionTimeout);

    private static TimeSpan Span(JsonElement element, string name) => TimeSpan.Parse(element.Text(name), CultureInfo.InvariantCulture);
}
