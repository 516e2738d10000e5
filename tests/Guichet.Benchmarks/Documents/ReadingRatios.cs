using System.Diagnostics;
using System.Globalization;
using Guichet.Benchmarks.Documents.Rivals;
using Guichet.Core.Campaigns;
using Guichet.Documents;

namespace Guichet.Benchmarks.Documents;

/// <summary>
/// How long reading takes, as ratios within one run on one machine: a time alone says nothing elsewhere. Every contender reads the file once a
/// round, so that what else the machine does costs them all the same; the first rounds, in which code is compiled, are not counted, and of the
/// others the first decile is kept, which a busy machine disturbs least.
/// </summary>
internal static class ReadingRatios
{
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(8);
    private const int FewestRounds = 9;

    /// <summary>Prints each contender's time, the first decile of its rounds, on each format's file, held against the chosen library.</summary>
    /// <param name="format">One format's extension, or null for all.</param>
    public static async Task Print(string? format)
    {
        var folder = Directory.CreateTempSubdirectory("guichet-benchmarks-");
        using var pool = new ReaderPool(ReadingBounds.Default, 1);
        foreach (var path in await BenchmarkFiles.All(folder.FullName))
        {
            if (format is null || path.EndsWith(format, StringComparison.Ordinal))
            {
                Print(path, pool);
            }
        }

        folder.Delete(recursive: true);
    }

    private static void Print(string path, ReaderPool pool)
    {
        var name = Path.GetFileName(path);
        var rivals = Rival.ByFormat[Path.GetExtension(path)[1..]];
        Func<long>[] contenders =
        [
            .. rivals.Select<Rival, Func<long>>(rival => () => rival.Read(path)),
            () => pool.Read(path, name, FormWords.None, CancellationToken.None).GetAwaiter().GetResult().Values.Length,
            () => PieceReading.Read(new ReadingRequest(path, name, FormWords.None, ReadingBounds.Default)).Values.Length,
        ];
        string[] names = [.. rivals.Select(rival => rival.Name + (rival.IsChosen ? " (retenue)" : "")), "Guichet, processus lecteur chaud", "Guichet, sans processus"];
        var times = Times(contenders);
        var form = Chosen(Asked.Form);
        var texts = Chosen(Asked.Texts);
        Console.WriteLine($"{name} ({new FileInfo(path).Length / 1024} Ko)");
        for (var i = 0; i < names.Length; i++)
        {
            Console.WriteLine($"  {names[i],-66} {times[i],8:0.0} ms   × {Ratio(times[i], form)} du besoin   × {Ratio(times[i], texts)} des textes seuls");
        }

        double? Chosen(Asked asked) => rivals.Index().Where(rival => rival.Item.IsChosen && rival.Item.Asked == asked).Select(rival => (double?)times[rival.Index]).FirstOrDefault();
    }

    private static string Ratio(double time, double? of) => of is { } known ? (time / known).ToString("0.00", CultureInfo.CurrentCulture) : "—";

    private static double[] Times(Func<long>[] contenders)
    {
        Rounds(contenders, Warming);
        var rounds = Rounds(contenders, Measuring);
        return [.. contenders.Select((_, i) => rounds.Select(round => round[i]).Order().ElementAt(rounds.Count / 10))];
    }

    private static List<double[]> Rounds(Func<long>[] contenders, TimeSpan time)
    {
        var rounds = new List<double[]>();
        for (var started = Stopwatch.GetTimestamp(); rounds.Count < FewestRounds || Stopwatch.GetElapsedTime(started) < time;)
        {
            rounds.Add([.. contenders.Select(Milliseconds)]);
        }

        return rounds;
    }

    private static double Milliseconds(Func<long> read)
    {
        var started = Stopwatch.GetTimestamp();
        read();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
