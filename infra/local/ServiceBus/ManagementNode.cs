using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;

namespace Guichet.Local.ServiceBus;

/// <summary>What a client asks of a queue by request instead of by link.</summary>
internal sealed class ManagementNode(ServiceBusServer bus, QueueNode node)
{
    private const int Ok = 200;
    private const int NoContent = 204;

    public void Answer(Request request)
    {
        switch (request.Operation)
        {
            case "com.microsoft:renew-lock":
                Renew(request);
                break;
            case "com.microsoft:peek-message":
                Peek(request);
                break;
            case "com.microsoft:schedule-message":
                Schedule(request);
                break;
            case "com.microsoft:cancel-scheduled-message":
                Cancel(request);
                break;
            case "com.microsoft:update-disposition":
                Settle(request);
                break;
            default:
                request.Refuse(501, AmqpErrorCode.NotImplemented, $"'{request.Operation}' is not offered.");
                break;
        }
    }

    private void Renew(Request request) => Perform(
        BusOperation.Renew,
        request,
        q => request.Get<Guid[]>("lock-tokens").Select(q.Renew).ToList(),
        ends =>
        {
            if (ends.Contains(null))
            {
                RefuseLock(request);
            }
            else
            {
                request.Reply(Ok, ("expirations", ends.Select(end => end!.Value.UtcDateTime).ToArray()));
            }
        });

    private void Peek(Request request) => Perform(
        BusOperation.Peek,
        request,
        q => q.Peek(request.Get<long>("from-sequence-number"), request.Get<int>("message-count")).Select(message => message.Encode()).ToList(),
        found => request.Reply(
            found.Count == 0 ? NoContent : Ok,
            ("messages", found.ConvertAll(encoded => new AmqpMap { [new MapKey("message")] = new ArraySegment<byte>(encoded) }))));

    private void Schedule(Request request)
    {
        var messages = request.Get<IEnumerable<object>>("messages")
            .Select(one => BusMessage.Read(((ArraySegment<byte>)((AmqpMap)one)[new MapKey("message")]).ToArray()))
            .ToList();
        Perform(
            BusOperation.Schedule,
            request,
            q => messages.Select(q.Accept).ToArray(),
            numbers => request.Reply(Ok, ("sequence-numbers", numbers)));
    }

    private void Cancel(Request request) => Perform(
        BusOperation.Cancel,
        request,
        q => Array.TrueForAll(request.Get<long[]>("sequence-numbers"), q.Cancel),
        done =>
        {
            if (done)
            {
                request.Reply(Ok);
            }
            else
            {
                request.Refuse(404, "com.microsoft:message-not-found", "There is no such scheduled message.");
            }
        });

    /// <summary>A message settled by its token alone: the client does so when the link of the delivery is gone.</summary>
    private void Settle(Request request)
    {
        var tokens = request.Get<Guid[]>("lock-tokens");
        Func<MessageQueue, Guid, bool>? settlement = request.Get<string>("disposition-status") switch
        {
            "completed" => node.Complete,
            "abandoned" => (q, token) => q.Abandon(token),
            "suspended" => (q, token) =>
                q.DeadLetter(token, request.GetOrDefault<string>("deadletter-reason"), request.GetOrDefault<string>("deadletter-description")),
            _ => null,
        };
        if (settlement is null || request.GetOrDefault<AmqpMap>("properties-to-modify") is not null)
        {
            request.Refuse(501, AmqpErrorCode.NotImplemented, "Deferral and changes of properties are not offered.");
            return;
        }

        bus.Perform(
            BusOperation.Settle,
            node.Path,
            request.Link,
            () => Array.TrueForAll(tokens, token => node.Settle(token, q => settlement(q, token))),
            done =>
            {
                if (done)
                {
                    request.Reply(Ok);
                }
                else
                {
                    RefuseLock(request);
                }
            },
            request.Refuse);
    }

    private static void RefuseLock(Request request) =>
        request.Refuse(410, "com.microsoft:message-lock-lost", "The lock supplied is invalid or has expired.");

    private void Perform<T>(BusOperation operation, Request request, Func<MessageQueue, T> effect, Action<T> answer) =>
        bus.Perform(operation, node.Path, request.Link, () => node.Change(effect), answer, request.Refuse);
}
