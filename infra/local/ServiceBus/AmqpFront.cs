using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Sasl;
using Microsoft.Azure.Amqp.Transport;

namespace Guichet.Local.ServiceBus;

/// <summary>The AMQP side of the bus: listens on loopback, keeps the connections, and leads each link to what its address names.</summary>
internal sealed class AmqpFront : IRuntimeProvider
{
    private const string Management = "/$management";

    private readonly ServiceBusServer bus;
    private readonly ServiceBusOptions options;
    private readonly AmqpConnectionListener listener;
    private readonly HashSet<AmqpConnection> connections = [];
    private readonly RequestLinks requests = new();

    private AmqpFront(ServiceBusServer bus, ServiceBusOptions options, int port)
    {
        this.bus = bus;
        this.options = options;
        Port = port;
        var settings = new AmqpSettings { RuntimeProvider = this };
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(AmqpConstants.DefaultProtocolVersion);
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        settings.TransportProviders.Add(sasl);
        listener = new AmqpConnectionListener([$"amqp://127.0.0.1:{port}"], settings, new AmqpConnectionSettings { ContainerId = "guichet-local" });
    }

    public int Port { get; }

    public static AmqpFront Listen(ServiceBusServer bus, ServiceBusOptions options)
    {
        // The library would share a port that someone else listens on, and each would get some of the connections: look first.
        using var probe = new TcpListener(IPAddress.Loopback, options.Port);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var front = new AmqpFront(bus, options, port);
        front.listener.Open();
        return front;
    }

    public void Close()
    {
        listener.Close();
        DropConnections();
    }

    public void DropConnections()
    {
        AmqpConnection[] open;
        lock (connections)
        {
            open = [.. connections];
        }

        foreach (var connection in open)
        {
            connection.Abort();
        }
    }

    public AmqpConnection CreateConnection(
        TransportBase transport, ProtocolHeader protocolHeader, bool isInitiator, AmqpSettings amqpSettings, AmqpConnectionSettings connectionSettings)
    {
        var connection = new AmqpConnection(transport, protocolHeader, isInitiator, amqpSettings, connectionSettings);
        lock (connections)
        {
            connections.Add(connection);
        }

        connection.SafeAddClosed((_, _) =>
        {
            lock (connections)
            {
                connections.Remove(connection);
            }
        });
        return connection;
    }

    public AmqpSession CreateSession(AmqpConnection connection, AmqpSessionSettings settings) => new(connection, settings, this);

    /// <summary>Makes our end of a link that a client attaches. An exception refuses the link with its error.</summary>
    public AmqpLink CreateLink(AmqpSession session, AmqpLinkSettings settings)
    {
        // Senders and receivers put a slash before the name; requests do not.
        var address = Uri.UnescapeDataString(AddressOf(settings).TrimStart('/'));
        var answer = AnswerTo(address);
        var node = answer is null ? Find(address) : null;
        if (!settings.IsReceiver())
        {
            var outgoing = new SendingAmqpLink(session, settings);
            node?.AddReceiver(outgoing);
            if (node is null)
            {
                requests.AddReplies(outgoing);
            }

            return outgoing;
        }

        // Without a size of ours the client takes every message for too large.
        settings.MaxMessageSize = (ulong)options.MaxMessageBytes;
        var incoming = new ReceivingAmqpLink(session, settings);
        node?.AddSender(incoming);
        if (answer is not null)
        {
            requests.AddRequests(incoming, answer);
        }

        return incoming;
    }

    public IAsyncResult BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state)
    {
        var opened = new TaskCompletionSource(state);
        opened.SetResult();
        callback(opened.Task);
        return opened.Task;
    }

    public void EndOpenLink(IAsyncResult result)
    {
    }

    /// <summary>What the client sends to, or receives from.</summary>
    private static string AddressOf(AmqpLinkSettings settings) =>
        (settings.IsReceiver() ? (settings.Target as Target)?.Address : (settings.Source as Source)?.Address)?.ToString()
        ?? throw new AmqpException(AmqpErrorCode.InvalidField, "A link needs an address.");

    private Action<Request>? AnswerTo(string address) => address switch
    {
        "$cbs" => request => request.AcceptToken(),
        _ when address.EndsWith(Management, StringComparison.OrdinalIgnoreCase) => new ManagementNode(bus, Find(address[..^Management.Length])).Answer,
        _ => null,
    };

    private QueueNode Find(string path) =>
        bus.Find(path) ?? throw new AmqpException(AmqpErrorCode.NotFound, $"The messaging entity 'sb://127.0.0.1/{path}' could not be found.");
}
