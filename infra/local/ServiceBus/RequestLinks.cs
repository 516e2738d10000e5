using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Guichet.Local.ServiceBus;

/// <summary>Pairs of links over which clients ask and are answered: tokens at <c>$cbs</c>, management at <c>queue/$management</c>.</summary>
internal sealed class RequestLinks
{
    private readonly ConcurrentDictionary<string, SendingAmqpLink> replies = new();

    /// <summary>The link that a client's replies go out on is known by the address that the client gives as its reply-to.</summary>
    public void AddReplies(SendingAmqpLink link)
    {
        var replyTo = $"{((Target)link.Settings.Target).Address}";
        replies[replyTo] = link;
        link.Closed += (_, _) => replies.TryRemove(KeyValuePair.Create(replyTo, link));
    }

    public void AddRequests(ReceivingAmqpLink link, Action<Request> answer) => link.RegisterMessageListener(message =>
    {
        link.AcceptMessage(message, settled: true, batchable: false);
        if (replies.TryGetValue($"{message.Properties.ReplyTo}", out var reply))
        {
            answer(new Request(link, reply, message));
        }

        message.Dispose();
    });
}

/// <summary>One question of a client.</summary>
internal sealed class Request(AmqpLink link, SendingAmqpLink replies, AmqpMessage message)
{
    public AmqpLink Link => link;

    public string? Operation => message.ApplicationProperties.Map["operation"] as string;

    public T Get<T>(string name) => (T)((AmqpMap)message.ValueBody.Value)[new MapKey(name)];

    public T? GetOrDefault<T>(string name) => message.ValueBody.Value is AmqpMap map && map.TryGetValue(new MapKey(name), out T value) ? value : default;

    /// <summary>The client accepts a token only with names of its own for the status.</summary>
    public void AcceptToken() => Reply(new AmqpMap(), [("status-code", 202), ("status-description", "Accepted")]);

    public void Reply(int status, params IEnumerable<(string Name, object Value)> body)
    {
        var map = new AmqpMap();
        foreach (var (name, value) in body)
        {
            map[new MapKey(name)] = value;
        }

        Reply(map, [("statusCode", status), ("statusDescription", status == 200 ? "OK" : "No content")]);
    }

    public void Refuse(int status, AmqpSymbol condition, string description) =>
        Reply(new AmqpMap(), [("statusCode", status), ("statusDescription", description), ("errorCondition", condition)]);

    /// <summary>Passes an error on. The client goes by the condition; the status only has to be none of success.</summary>
    public void Refuse(Error error) => Refuse(500, error.Condition, error.Description);

    private void Reply(AmqpMap body, IEnumerable<(string Name, object Value)> properties)
    {
        var reply = AmqpMessage.Create(new AmqpValue { Value = body });
        reply.Properties.CorrelationId = message.Properties.MessageId;
        reply.ApplicationProperties = new ApplicationProperties();
        foreach (var (name, value) in properties)
        {
            reply.ApplicationProperties.Map[name] = value;
        }

        replies.SendMessageNoWait(reply, new ArraySegment<byte>(Guid.NewGuid().ToByteArray()), AmqpConstants.NullBinary);
    }
}
