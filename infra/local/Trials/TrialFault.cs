using Guichet.Local.Mail;
using Guichet.Local.Proxy;
using Guichet.Local.ServiceBus;

namespace Guichet.Local.Trials;

/// <summary>Where a fault strikes.</summary>
internal enum TrialDoor
{
    Storage,
    Bus,
    Mail,
}

/// <summary>A way in which a call can fail.</summary>
/// <param name="Name">In French.</param>
/// <param name="Open">Opens a door for the n-th call from now; says afterwards what it struck; null where it did not.</param>
/// <param name="MailsTwice">Whether it may strike between a mail server's OK and its record.</param>
/// <param name="IsOfAct">Whether it is of the whole act and not of one call.</param>
internal sealed record TrialFault(string Name, TrialDoor Door, Func<LocalEnvironment, int, Func<string?>> Open, bool MailsTwice = false, bool IsOfAct = false)
{
    /// <summary>A call and the client's own tries after it: what outlasts them reaches the app.</summary>
    private const int Lasting = 4;

    /// <summary>All that are tried.</summary>
    public static IReadOnlyList<TrialFault> All { get; } =
    [
        Storage("coupé avant effet, et aux essais suivants", Proxy.Fault.BeforeEffect, Lasting),
        Storage("réponse perdue une fois", Proxy.Fault.AnswerLost),
        Storage("réponse perdue, et aux essais suivants", Proxy.Fault.AnswerLost, Lasting),
        Storage("sans réponse jusqu’à l’abandon", Proxy.Fault.TimeOut, Lasting),
        Storage("409", Proxy.Fault.Answer(409, "OperationInProgress")),
        Storage("412", Proxy.Fault.Answer(412)),
        Storage("429, et aux essais suivants", Proxy.Fault.Answer(429), Lasting),
        Storage("503, et aux essais suivants", Proxy.Fault.Answer(503), Lasting),
        new("application tuée avant l’appel", TrialDoor.Storage, (local, n) => OpenStorage(local, Proxy.Fault.BeforeEffect.And(_ => local.KillWorkers(n)), n, 1), MailsTwice: true),
        new("application tuée après l’appel", TrialDoor.Storage, (local, n) => OpenStorage(local, Proxy.Fault.AnswerLost.And(_ => local.KillWorkers(n)), n, 1), MailsTwice: true),
        Bus("refusé", (bus, n) => bus.FailBefore(null, n)),
        Bus("occupé", (bus, n) => bus.FailBefore(null, n, failure: BusFailure.Busy)),
        Bus("connexion perdue avant effet", (bus, n) => bus.FailBefore(null, n, failure: BusFailure.ConnectionLost)),
        Bus("réponse perdue", (bus, n) => bus.LoseAnswer(null, n)),
        new("application tuée avant l’appel au bus", TrialDoor.Bus, (local, n) => OpenBus(local, bus => bus.FailBefore(null, n, failure: BusFailure.ConnectionLost, happening: () => _ = local.KillWorkers(n))), MailsTwice: true),
        new("application tuée après l’appel au bus", TrialDoor.Bus, (local, n) => OpenBus(local, bus => bus.LoseAnswer(null, n, happening: () => _ = local.KillWorkers(n))), MailsTwice: true),
        new("bus : tout perdu", TrialDoor.Bus, (local, n) => OpenBus(local, bus => bus.FailBefore(null, n, failure: BusFailure.ConnectionLost, happening: () => _ = Task.Run(bus.Restart)))),
        new("bus : tout livré deux fois", TrialDoor.Bus, (local, _) => OpenBus(local, bus => bus.DeliverTwice(times: int.MaxValue / 2)), IsOfAct: true),
        new("bus : dans le désordre", TrialDoor.Bus, (local, n) => OpenBus(local, bus => bus.Shuffle(n), strikes: true), IsOfAct: true),
        Mail("coupé avant la fin du courriel", (_, _) => MailFault.BeforeEffect),
        Mail("accord du serveur perdu", (_, _) => MailFault.AnswerLost, mailsTwice: true),
        Mail("sans réponse jusqu’à l’abandon", (_, _) => MailFault.Silent),
        Mail("451", (_, _) => MailFault.Answer(451, "Plus tard")),
        // Another mail may be between its OK and its record just then.
        Mail("application tuée avant la fin du courriel", (local, n) => MailFault.BeforeEffect.And(() => local.KillWorkers(n)), mailsTwice: true),
        Mail("application tuée avant de lire l’accord", (local, n) => MailFault.AnswerLost.And(() => local.KillWorkers(n)), mailsTwice: true),
    ];

    /// <summary>How many calls have come to a door so far.</summary>
    public static int SeenAt(TrialDoor door, LocalEnvironment local) => door switch
    {
        TrialDoor.Storage => local.Proxy.Counts.OfApp,
        TrialDoor.Bus => local.Bus.Faults.Seen(),
        _ => local.Mail.Doors.Seen,
    };

    /// <summary>Shuts every door.</summary>
    public static void ShutAll(LocalEnvironment local)
    {
        local.Proxy.Doors.ShutAll();
        local.Bus.Faults.Clear();
        local.Mail.Doors.ShutAll();
    }

    private static TrialFault Storage(string name, Proxy.Fault fault, int times = 1) => new(name, TrialDoor.Storage, (local, n) => OpenStorage(local, fault, n, times));

    private static Func<string?> OpenStorage(LocalEnvironment local, Proxy.Fault fault, int nth, int times)
    {
        var door = local.Proxy.Doors.Open(call => call.Caller is StorageCaller.App, fault, nth, times);
        return () => door.Struck is { IsCompletedSuccessfully: true, Result: var call } ? $"{call.Operation} {call.Resource}{call.Name}" : null;
    }

    private static TrialFault Bus(string name, Action<Faults, int> open) => new(name, TrialDoor.Bus, (local, n) => OpenBus(local, bus => open(bus, n)));

    private static Func<string?> OpenBus(LocalEnvironment local, Action<Faults> open, bool strikes = false)
    {
        var struck = local.Bus.Faults.Struck;
        open(local.Bus.Faults);
        return () => strikes || local.Bus.Faults.Struck > struck ? "bus" : null;
    }

    private static TrialFault Mail(string name, Func<LocalEnvironment, int, MailFault> fault, bool mailsTwice = false) => new(name, TrialDoor.Mail, (local, n) =>
    {
        var seen = local.Mail.Doors.Seen;
        local.Mail.Doors.Open(fault(local, n), n);
        return () => local.Mail.Doors.Seen >= seen + n ? "courriel" : null;
    }, mailsTwice);
}
