using Xunit;
using static Guichet.Pipeline.Tests.ServiceBus.BusFixture;

namespace Guichet.Pipeline.Tests.ServiceBus;

public sealed class SendAndReceiveFacts
{
    [Fact]
    public async Task A_message_arrives_as_it_was_sent_and_is_gone_once_completed()
    {
        await using var fixture = await Start();
        var sent = Message("a");
        sent.Subject = "sujet";
        sent.ContentType = "application/json";
        sent.CorrelationId = "corrélation";
        sent.ApplicationProperties["Schema"] = "EvaluateEligibility";
        sent.ApplicationProperties["Version"] = 2;
        await fixture.Sender.SendMessageAsync(sent, Cancellation);

        var received = await fixture.Receive();
        await fixture.Receiver.CompleteMessageAsync(received, Cancellation);

        Assert.Equal("a", received.MessageId);
        Assert.Equal("corps de a", received.Body.ToString());
        Assert.Equal("sujet", received.Subject);
        Assert.Equal("application/json", received.ContentType);
        Assert.Equal("corrélation", received.CorrelationId);
        Assert.Equal("EvaluateEligibility", received.ApplicationProperties["Schema"]);
        Assert.Equal(2, received.ApplicationProperties["Version"]);
        Assert.Equal(1, received.DeliveryCount);
        Assert.Equal(1, received.SequenceNumber);
        Assert.Equal(fixture.Clock.GetUtcNow(), received.EnqueuedTime, TimeSpan.FromMilliseconds(1));
        Assert.Equal(fixture.Clock.GetUtcNow() + TimeSpan.FromMinutes(5), received.LockedUntil, TimeSpan.FromMilliseconds(1));
        Assert.Equal(default, fixture.Counts);
    }
}
