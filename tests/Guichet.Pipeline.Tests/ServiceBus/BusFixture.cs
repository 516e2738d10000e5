using Azure.Messaging.ServiceBus;
using Guichet.Local.ServiceBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Guichet.Pipeline.Tests.ServiceBus;

/// <summary>A bus with one queue and the real client on it. A clock of its own moves only when a test moves it.</summary>
internal sealed class BusFixture : IAsyncDisposable
{
    public const string Queue = "eligibility";
    public const string DeadLetters = Queue + "/$DeadLetterQueue";

    /// <summary>How long a test waits for what must happen, on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a test waits for what must not happen.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private BusFixture(ServiceBusServer bus, FakeTimeProvider clock)
    {
        Bus = bus;
        Clock = clock;
        Client = Connect();
        Sender = Client.CreateSender(Queue);
        Receiver = Client.CreateReceiver(Queue);
    }

    public ServiceBusServer Bus { get; }

    public FakeTimeProvider Clock { get; }

    public ServiceBusClient Client { get; }

    public ServiceBusSender Sender { get; }

    public ServiceBusReceiver Receiver { get; }

    public QueueCounts Counts => Bus.Counts(Queue);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<BusFixture> Start(Func<QueueOptions, QueueOptions>? with = null)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var queue = new QueueOptions(Queue) { LockDuration = TimeSpan.FromMinutes(5) };
        var bus = await ServiceBusServer.Start(new ServiceBusOptions { Queues = [with?.Invoke(queue) ?? queue, new QueueOptions("scoring")] }, clock);
        return new BusFixture(bus, clock);
    }

    /// <summary>Another client. Without tries of its own, it shows each failure to its caller.</summary>
    public ServiceBusClient Connect(int retries = 3) => new(
        Bus.ConnectionString,
        new ServiceBusClientOptions
        {
            RetryOptions = new ServiceBusRetryOptions { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(50), TryTimeout = TimeSpan.FromSeconds(10) },
        });

    public Task Send(params IEnumerable<string> ids) => Sender.SendMessagesAsync(ids.Select(Message), Cancellation);

    public static ServiceBusMessage Message(string id) => new($"corps de {id}") { MessageId = id };

    public async Task<ServiceBusReceivedMessage> Receive(ServiceBusReceiver? receiver = null) =>
        await (receiver ?? Receiver).ReceiveMessageAsync(Patience, Cancellation) ?? throw new TimeoutException("No message came.");

    public async Task<ServiceBusReceivedMessage?> ReceiveAtOnce(ServiceBusReceiver? receiver = null) =>
        await (receiver ?? Receiver).ReceiveMessageAsync(Moment, Cancellation);

    public ServiceBusReceiver DeadLetterReceiver() => Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
