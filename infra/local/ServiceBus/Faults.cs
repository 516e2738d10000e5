namespace Guichet.Local.ServiceBus;

/// <summary>What clients ask of the bus, and what the bus does for them.</summary>
public enum BusOperation
{
    /// <summary>A message or a batch sent, with or without a scheduled time among its properties.</summary>
    Send,

    /// <summary>Messages scheduled for a number in return.</summary>
    Schedule,

    /// <summary>A scheduled message withdrawn.</summary>
    Cancel,

    /// <summary>A message on its way to a receiver.</summary>
    Deliver,

    /// <summary>A message completed, abandoned or dead-lettered.</summary>
    Settle,

    /// <summary>A lock renewed.</summary>
    Renew,

    /// <summary>Messages looked at.</summary>
    Peek,
}

/// <summary>How an operation fails, as the client sees it.</summary>
public enum BusFailure
{
    /// <summary>An error that the client does not try again by itself: its caller gets a <c>ServiceBusException</c> with reason QuotaExceeded.</summary>
    Refused,

    /// <summary>"Server busy", which the client tries again by itself, after ten seconds.</summary>
    Busy,

    /// <summary>The connection drops, and the client opens another and tries again as its retry options say.</summary>
    ConnectionLost,
}

/// <summary>The doors through which a test makes the bus misbehave. Each counts operations from the moment when it is opened.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];
    private readonly Dictionary<(BusOperation Operation, string Queue), int> seen = [];
    private readonly HashSet<string> held = new(StringComparer.OrdinalIgnoreCase);
    private readonly ServiceBusServer bus;
    private bool allHeld;

    internal Faults(ServiceBusServer bus) => this.bus = bus;

    /// <summary>How many faults have struck.</summary>
    public int Struck { get; private set; }

    /// <summary>How many operations were asked for since the start, those that failed included. A run without faults so tells how many places there are to fail.</summary>
    public int Seen(BusOperation? operation = null, string? queue = null)
    {
        lock (gate)
        {
            return seen.Where(one => (operation ?? one.Key.Operation) == one.Key.Operation && Names(queue, one.Key.Queue)).Sum(one => one.Value);
        }
    }

    /// <summary>The n-th operation from now fails before it has any effect.</summary>
    /// <param name="operation">The kind of operation, or null for any.</param>
    /// <param name="nth">Which one, from 1.</param>
    /// <param name="queue">The queue, or null for any.</param>
    /// <param name="times">How many in a row fail, for a client that tries again.</param>
    /// <param name="happening">What happens at that instant, before the client can notice: the worker is killed, say.</param>
    public void FailBefore(
        BusOperation? operation, int nth = 1, string? queue = null, BusFailure failure = BusFailure.Refused, int times = 1, Action? happening = null) =>
        Add(new Rule(operation, queue, new Fault(false, failure, happening), nth, times));

    /// <summary>The n-th operation from now takes effect, and its answer is lost.</summary>
    /// <inheritdoc cref="FailBefore"/>
    public void LoseAnswer(
        BusOperation? operation, int nth = 1, string? queue = null, BusFailure failure = BusFailure.ConnectionLost, int times = 1, Action? happening = null) =>
        Add(new Rule(operation, queue, new Fault(true, failure, happening), nth, times));

    /// <summary>The next messages that receivers complete are each delivered once more all the same.</summary>
    public void DeliverTwice(string? queue = null, int times = 1) => Add(new Rule(null, queue, null, 1, times));

    /// <summary>Delivers nothing until released: what is sent stays in the queue.</summary>
    /// <param name="queue">The queue, or null for all.</param>
    public void HoldDeliveries(string? queue = null) => Hold(queue, true);

    /// <summary>Delivers again what was held.</summary>
    public void ReleaseDeliveries(string? queue = null) => Hold(queue, false);

    /// <summary>Delivers in a random order from now on, the same for the same seed and the same arrivals.</summary>
    public void Shuffle(int seed, string? queue = null) => bus.Shuffle(path => Names(queue, path) ? new Random(seed) : null);

    /// <summary>Loses every message, lock and remembered id, and drops every connection: a bus that keeps nothing was started again.</summary>
    public void Restart()
    {
        bus.ForgetEverything();
        bus.DropConnections();
    }

    /// <summary>Drops every connection; clients come back by themselves.</summary>
    public void DropConnections() => bus.DropConnections();

    /// <summary>Closes every door.</summary>
    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
        }

        bus.Shuffle(_ => null);
        ReleaseDeliveries();
    }

    internal bool IsHeld(string queue)
    {
        lock (gate)
        {
            return allHeld || held.Contains(queue);
        }
    }

    /// <summary>Counts an operation and says how it fails, if it does.</summary>
    internal Fault? Meet(BusOperation operation, string queue)
    {
        lock (gate)
        {
            seen[(operation, queue)] = seen.GetValueOrDefault((operation, queue)) + 1;

            // Every rule counts every operation that it is about; the first that strikes decides.
            var fault = rules.FindAll(rule => rule.Fault is not null && (rule.Operation ?? operation) == operation && Strikes(rule, queue)).FirstOrDefault()?.Fault;
            fault?.Happening?.Invoke();
            return fault;
        }
    }

    internal bool ComesBack(string queue)
    {
        lock (gate)
        {
            return rules.FindAll(rule => rule.Fault is null && Strikes(rule, queue)).Count > 0;
        }
    }

    private static bool Names(string? wanted, string queue) => wanted is null || string.Equals(wanted, queue, StringComparison.OrdinalIgnoreCase);

    private bool Strikes(Rule rule, string queue)
    {
        if (!Names(rule.Queue, queue) || --rule.Wait > 0 || rule.Wait <= -rule.Times)
        {
            return false;
        }

        Struck++;
        return true;
    }

    private void Add(Rule rule)
    {
        lock (gate)
        {
            rules.Add(rule);
        }
    }

    private void Hold(string? queue, bool hold)
    {
        lock (gate)
        {
            if (queue is null)
            {
                allHeld = hold;
                held.Clear();
            }
            else if (hold)
            {
                held.Add(queue);
            }
            else
            {
                held.Remove(queue);
            }
        }

        bus.DeliverAll();
    }

    private sealed class Rule(BusOperation? operation, string? queue, Fault? fault, int nth, int times)
    {
        public BusOperation? Operation => operation;

        public string? Queue => queue;

        /// <summary>What happens; null for a message that comes back.</summary>
        public Fault? Fault => fault;

        public int Wait { get; set; } = nth;

        public int Times => times;
    }
}

/// <summary>An operation's failure.</summary>
internal sealed record Fault(bool AfterEffect, BusFailure Failure, Action? Happening);
