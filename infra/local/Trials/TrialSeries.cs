using System.Collections.Concurrent;
using System.Globalization;

namespace Guichet.Local.Trials;

/// <summary>Which faults a series tries.</summary>
/// <param name="Seed">Random faults from it, one an act; null for every call in order.</param>
/// <param name="Runs">How many runs at most, beside the one without a fault.</param>
/// <param name="For">How long at most; a run that has begun is ended.</param>
/// <param name="Every">In order: one fault in so many of each act's.</param>
/// <param name="From">In order: which of so many, so that one in ten from the first, the second and so on to the tenth are all of them.</param>
/// <param name="Only">The one door to try; null for all.</param>
/// <param name="Workers">How many workers share the work.</param>
public sealed record TrialPlan(int? Seed = null, int Runs = int.MaxValue, TimeSpan? For = null, int Every = 1, int From = 1, string? Only = null, int Workers = 1);

/// <summary>A run that did not end as the one without a fault.</summary>
/// <param name="Run">Its place in the series.</param>
/// <param name="Faults">What struck, in French.</param>
/// <param name="Lines">What is missing (<c>-</c>) or too much (<c>+</c>) at the end, or the act that it never got over.</param>
public sealed record TrialDifference(int Run, IReadOnlyList<string> Faults, IReadOnlyList<string> Lines);

/// <summary>What a series showed.</summary>
/// <param name="Points">The calls of the run without a fault, at each of which something can fail.</param>
/// <param name="Runs">How many runs with faults there were.</param>
/// <param name="Struck">How many faults struck, by what they are.</param>
/// <param name="Differences">The runs that ended otherwise.</param>
public sealed record TrialReport(int Points, int Runs, IReadOnlyDictionary<string, int> Struck, IReadOnlyList<TrialDifference> Differences);

/// <summary>
/// The scenario again and again, each time with other faults: a call to storage, bus or mail that fails in one of the ways in which calls fail, or the worker
/// killed there. Every run must end as the one without a fault.
/// </summary>
public static class TrialSeries
{
    /// <summary>An environment that has seen so many runs is slow: its stand-ins keep everything.</summary>
    private const int RunsAnEnvironment = 40;

    /// <summary>Tries what is planned.</summary>
    /// <param name="appFolder">The built app; see <see cref="LocalOptions.AppFolder"/>.</param>
    /// <param name="progress">Is told of each run, in French.</param>
    public static async Task<TrialReport> Run(TrialPlan plan, string? appFolder = null, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        var faults = TrialFault.All.Where(fault => plan.Only is null || fault.Door.ToString().Equals(plan.Only, StringComparison.OrdinalIgnoreCase)).ToList();
        var ends = TimeProvider.System.GetTimestamp();
        var struck = new ConcurrentDictionary<string, int>();
        var differences = new List<TrialDifference>();
        TrialResult? plain = null;
        var run = 0;
        using var points = Points(plan, faults, () => plain!.Calls).GetEnumerator();
        var more = true;
        while (more)
        {
            await using var local = await Start(plan, appFolder, cancellation);
            for (var turn = 0; turn < RunsAnEnvironment && more; turn++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (plain is null)
                {
                    using var without = new Trial(local, run);
                    plain = await without.Run(_ => null);
                    if (plain.Stuck is { } fault)
                    {
                        throw new LocalProblemException($"Le parcours ne va pas à son terme sans faute non plus : {fault}");
                    }

                    progress?.Invoke($"sans faute : {Calls(plain)} appels en {plain.Calls.Count} actes, {plain.Calls.Values.Sum(act => PointsOf(act, faults).Count())} fautes possibles");
                    continue;
                }

                more = run < plan.Runs && (plan.For is not { } time || TimeProvider.System.GetElapsedTime(ends) < time) && points.MoveNext();
                if (!more)
                {
                    break;
                }

                var strikes = points.Current;
                using var trial = new Trial(local, ++run);
                var result = await trial.Run(place => strikes.GetValueOrDefault(place));
                foreach (var strike in result.Struck)
                {
                    struck.AddOrUpdate(strike.Point.Fault.Name, 1, (_, so) => so + 1);
                }

                var lines = result.Stuck is { } stuck ? [$"! {stuck}", .. result.End.Select(line => $"= {line}")] : Compare(plain.End, result.End);
                progress?.Invoke($"essai {run} : {result.Struck.Count} fautes{(lines.Count == 0 ? ", même fin" : $" ; FIN DIFFÉRENTE{string.Concat(lines.Select(line => $"\n    {line}"))}\n  après\n    {string.Join("\n    ", Told(result))}")}");
                if (lines.Count > 0)
                {
                    differences.Add(new(run, Told(result), lines));
                }
            }
        }

        return new(Calls(plain!), run, new SortedDictionary<string, int>(struck, StringComparer.Ordinal), differences);
    }

    private static Task<LocalEnvironment> Start(TrialPlan plan, string? appFolder, CancellationToken cancellation) => LocalEnvironment.Start(
        new LocalOptions
        {
            AppFolder = appFolder,
            DueAllowance = TimeSpan.FromMinutes(1),
            BusLock = TimeSpan.FromSeconds(5),
            TimersRun = false,
            Instances = plan.Workers,
            Settings = new Dictionary<string, string?> { ["Guichet__Storage__Delay"] = "00:00:00.01", ["Guichet__Storage__Timeout"] = Trial.StorageTimeout.ToString("c", CultureInfo.InvariantCulture) },
        },
        cancellation);

    /// <summary>What strikes each act, run by run: by its place, of those that the run without a fault counted.</summary>
    internal static IEnumerable<Dictionary<int, TrialPoint>> Points(TrialPlan plan, IReadOnlyList<TrialFault> faults, Func<IReadOnlyDictionary<string, IReadOnlyDictionary<TrialDoor, int>>> calls)
    {
        if (plan.Seed is { } seed)
        {
            for (var random = new Random(seed); ;)
            {
                yield return Acts(calls).Select(act =>
                {
                    var fault = faults[random.Next(faults.Count)];
                    return (act.Place, Point: new TrialPoint(fault, 1 + random.Next(Math.Max(1, act.Calls[fault.Door]))));
                }).ToDictionary(one => one.Place, one => one.Point);
            }
        }

        var pointsOf = Acts(calls).Select(act => (act.Place, Points: PointsOf(act.Calls, faults).Where((_, turn) => turn % plan.Every == (plan.From - 1) % plan.Every).ToList())).ToList();
        for (var turn = 0; turn < pointsOf.Max(act => act.Points.Count); turn++)
        {
            yield return pointsOf.Where(act => turn < act.Points.Count).ToDictionary(act => act.Place, act => act.Points[turn]);
        }
    }

    /// <summary>All that can strike an act that makes so many calls.</summary>
    private static IEnumerable<TrialPoint> PointsOf(IReadOnlyDictionary<TrialDoor, int> calls, IEnumerable<TrialFault> faults) =>
        faults.SelectMany(fault => Enumerable.Range(1, fault.IsOfAct ? 1 : calls[fault.Door]).Select(nth => new TrialPoint(fault, nth)));

    private static IEnumerable<(int Place, IReadOnlyDictionary<TrialDoor, int> Calls)> Acts(Func<IReadOnlyDictionary<string, IReadOnlyDictionary<TrialDoor, int>>> calls) =>
        calls().Select((act, place) => (place, act.Value));

    private static int Calls(TrialResult result) => result.Calls.Values.Sum(act => act.Values.Sum());

    private static List<string> Told(TrialResult result) => [.. result.Struck.Select(strike => strike.ToString())];

    private static List<string> Compare(IReadOnlyList<string> wanted, IReadOnlyList<string> got)
    {
        var missing = new List<string>(wanted);
        var surplus = got.Where(line => !missing.Remove(line)).ToList();
        return [.. missing.Select(line => $"- {line}"), .. surplus.Select(line => $"+ {line}")];
    }
}
