using System.Net;
using System.Net.Sockets;

namespace Guichet.Local.Mail;

/// <summary>Stands before the mail sink and fails the mails that a test asks it to fail.</summary>
public sealed class MailDoors : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly int target;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();
    private readonly List<Door> doors = [];
    private readonly Task accepting;
    private int seen;

    private MailDoors(TcpListener listener, int target)
    {
        (this.listener, this.target) = (listener, target);
        accepting = Task.Run(Accept);
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many mails were begun so far.</summary>
    public int Seen => Volatile.Read(ref seen);

    /// <summary>The <paramref name="nth"/> mail from now meets <paramref name="fault"/>, and so do the following until there were <paramref name="times"/>.</summary>
    public void Open(MailFault fault, int nth = 1, int times = 1)
    {
        lock (sync)
        {
            doors.Add(new Door(fault, nth, times));
        }
    }

    /// <summary>Shuts every door.</summary>
    public void ShutAll()
    {
        lock (sync)
        {
            doors.Clear();
        }
    }

    internal static MailDoors Start(int port, int target)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new MailDoors(listener, target);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            _ = Pass(await listener.AcceptTcpClientAsync(stopping.Token));
        }
    }

    private async Task Pass(TcpClient sender)
    {
        using (sender)
        {
            try
            {
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, target, stopping.Token);
                using var fromSender = new MailLines(sender.GetStream());
                using var fromServer = new MailLines(server.GetStream());
                await new MailConversation(fromSender, fromServer, Next).Run(stopping.Token);
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone: so is the other, by the disposal.
            }
        }
    }

    private MailFault? Next()
    {
        Interlocked.Increment(ref seen);
        lock (sync)
        {
            MailFault? due = null;
            foreach (var door in doors)
            {
                due = door.Sees() ? due ?? door.Fault : due;
            }

            return due;
        }
    }

    private sealed class Door(MailFault fault, int nth, int times)
    {
        private int passed;

        public MailFault Fault => fault;

        public bool Sees() => ++passed >= nth && passed < (long)nth + times;
    }
}
