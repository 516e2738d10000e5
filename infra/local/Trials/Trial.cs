using System.Diagnostics;
using Azure.Data.Tables;
using Guichet.Local.Azurite;
using Guichet.Local.Commands;
using Guichet.Local.FunctionsHost;

namespace Guichet.Local.Trials;

/// <summary>What strikes an act: a fault at its n-th call.</summary>
internal sealed record TrialPoint(TrialFault Fault, int Nth);

/// <summary>A fault that struck.</summary>
/// <param name="Act">The name of the act.</param>
/// <param name="What">The call.</param>
internal sealed record TrialStrike(string Act, TrialPoint Point, string What)
{
    /// <summary>
    /// Whether a mail may leave a second time, with the same Message-ID: its server has taken it, and that could not be read or recorded. The one exception
    /// that is promised.
    /// </summary>
    public bool MayMailTwice => Point.Fault.MailsTwice || What.StartsWith("UpdateEntity Mails", StringComparison.Ordinal);

    public override string ToString() => $"{Act} : {Point.Fault.Name} (appel {Point.Nth}, {What})";
}

/// <summary>What came of a run.</summary>
/// <param name="Calls">How many calls each act made at each door, while nothing struck.</param>
/// <param name="Struck">The faults that struck.</param>
/// <param name="End">See <see cref="TrialEnd"/>.</param>
/// <param name="Stuck">The act that never got over, and the reason that was seen last; null where all did.</param>
internal sealed record TrialResult(IReadOnlyDictionary<string, IReadOnlyDictionary<TrialDoor, int>> Calls, IReadOnlyList<TrialStrike> Struck, IReadOnlyList<string> End, string? Stuck);

/// <summary>
/// Runs the scenario once, a fault striking each act, and each act recovered from before the next: what people ask for they ask for again, timers come by, and
/// the clock goes on, as it would.
/// </summary>
internal sealed class Trial(LocalEnvironment local, int number) : IDisposable
{
    /// <summary>Longer than any work goes without a call, in real time; reading a file takes longer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.4);

    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(3);

    /// <summary>Longer than a message is locked that nobody works on any more.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(1);

    /// <summary>What the app is told to wait for storage.</summary>
    public static readonly TimeSpan StorageTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Of the app's clock: longer than a claim of a mail or of a hint lasts that nobody holds any more.</summary>
    private const int MinutesARound = 6;

    private const int MostRounds = 12;

    private readonly FastForward time = new(local);
    private readonly TrialMails mails = new(local, Campaign(number));

    /// <summary>Runs it.</summary>
    /// <param name="strikes">What strikes an act, by its place; null for nothing.</param>
    public async Task<TrialResult> Run(Func<int, TrialPoint?> strikes)
    {
        var scenario = new ThreeFates(time, Campaign(number));
        await scenario.Open();
        var calls = new Dictionary<string, IReadOnlyDictionary<TrialDoor, int>>();
        var struck = new List<TrialStrike>();
        string? stuck = null;
        foreach (var (act, place) in scenario.Acts.Select((act, place) => (act, place)))
        {
            await Insist(() => time.GoTo(act.At));
            var before = Enum.GetValues<TrialDoor>().ToDictionary(door => door, door => TrialFault.SeenAt(door, local));
            var point = strikes(place);
            var struckBy = point?.Fault.Open(local, point.Nth);
            await mails.During(async () => stuck = await Play(scenario, act), () => struckBy?.Invoke() is { } what && new TrialStrike(act.Name, point!, what).MayMailTwice);
            TrialFault.ShutAll(local);
            calls[act.Name] = before.ToDictionary(door => door.Key, door => TrialFault.SeenAt(door.Key, local) - door.Value);
            if (struckBy?.Invoke() is { } what)
            {
                struck.Add(new(act.Name, point!, what));
            }

            if (stuck is not null)
            {
                break;
            }
        }

        var end = await TrialEnd.Of(local, scenario, Campaign(number), mails, isWhole: stuck is null);
        await scenario.Shut();
        return new(calls, struck, end, stuck);
    }

    public void Dispose() => time.Dispose();

    private static string Campaign(int number) => $"essai-{number}";

    /// <summary>Does it until it is over; says why it is not, where it never is.</summary>
    private async Task<string?> Play(ThreeFates scenario, Act act)
    {
        var failure = await Try(act.Do);
        for (var round = 0; round < MostRounds; round++)
        {
            // What failed may have set a mail on its way all the same, over which the clock must not jump.
            var isOver = await IsOver(scenario, act);
            if (failure is null && isOver)
            {
                return null;
            }

            await Insist(() => time.GoTo(time.Now.AddMinutes(MinutesARound)));
            await Try(() => local.FireTimer("Tick"));
            failure = failure is null ? null : await Try(act.Do);
        }

        return $"{act.Name} : {failure?.Message ?? "n’est pas arrivé"}";
    }

    /// <summary>
    /// Whether the act is over, once nothing is on its way any more but what was put off: a tick sends that at once, once the clock has moved. Before, the clock
    /// must not be moved: who works would be taken for dead.
    /// </summary>
    private async Task<bool> IsOver(ThreeFates scenario, Act act)
    {
        var (seen, quiet) = (Calls(), Stopwatch.StartNew());
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (quiet.Elapsed < (act.Reads ? Reading : Locked() ? LongestWork : Pause))
        {
            await pace.WaitForNextTickAsync();
            if (!Locked() && await IsSettled(scenario, act))
            {
                return true;
            }

            if (Calls() != seen)
            {
                seen = Calls();
                quiet.Restart();
            }
        }

        return await IsSettled(scenario, act);
    }

    private async Task<bool> IsSettled(ThreeFates scenario, Act act) => await Holds(act) && !await HasPromises(scenario.Dossiers.Values) && !await mails.HasUnsettled();

    private bool Locked() => StorageLayout.BusQueues.Select(local.Bus.Counts).Any(counts => counts.Active + counts.Locked > 0);

    private int Calls() => Enum.GetValues<TrialDoor>().Sum(door => TrialFault.SeenAt(door, local));

    private static async Task<bool> Holds(Act act)
    {
        try
        {
            return await act.IsOver();
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            return false;
        }
    }

    private async Task<bool> HasPromises(IEnumerable<string> dossiers)
    {
        foreach (var dossier in dossiers)
        {
            await foreach (var _ in new TableClient(local.StorageConnection, "Dossiers").QueryAsync<TableEntity>($"PartitionKey eq '{dossier}' and RowKey gt 'promise|' and RowKey lt 'promise~'", select: ["RowKey"]))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task Insist(Func<Task> act)
    {
        while (await Try(act) is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static async Task<Exception?> Try(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            return failure;
        }
    }

    private static bool IsPassing(Exception failure) => failure is LocalProblemException or HttpRequestException or OperationCanceledException or FunctionFailed or WorkerDied or IOException;
}
