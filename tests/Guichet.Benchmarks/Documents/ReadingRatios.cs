using System.ComponentModel;
using System.Diagnostics;
using Guichet.Core.Campaigns;
using Guichet.Documents;

namespace Guichet.Benchmarks.Documents;

/// <summary>How long reading takes, as ratios within one run on one machine: a time alone says nothing elsewhere.</summary>
internal static class ReadingRatios
{
    private const int Runs = 15;

    public static async Task Print()
    {
        var folder = Directory.CreateTempSubdirectory("guichet-benchmarks-");
        string At(string name) => Path.Combine(folder.FullName, name);
        BenchmarkFiles.Docx(At("dix-pages.docx"));
        BenchmarkFiles.Pdf(At("dix-pages.pdf"));
        await BenchmarkFiles.Xlsx(At("5000-lignes.xlsx"), 5_000);
        BenchmarkFiles.Csv(At("lignes.csv"), 1 << 20);
        using var pool = new ReaderPool(ReadingBounds.Default, 1);
        foreach (var file in folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var format = file.Extension[1..];
            Console.WriteLine($"{file.Name} ({file.Length / 1024} Ko)");
            var rivals = Rivals.ByFormat[format].Select(rival => (rival.Name, Time: Median(() => rival.Read(file.FullName)))).ToList();
            var chosen = rivals.First(rival => rival.Name.EndsWith(Rivals.Chosen, StringComparison.Ordinal)).Time;
            foreach (var (name, time) in rivals)
            {
                Line(name, time, chosen);
            }

            Line("Guichet, processus lecteur chaud", await MedianOfPool(pool, file.FullName), chosen);
            Line("Guichet, sans processus", Median(() => PieceReading.Read(file.FullName, file.Name, FormWords.None, ReadingBounds.Default).Values.Length), chosen);
            if (Tool(format, file.FullName) is { } tool)
            {
                Line(tool.Name, Median(() => Start(tool.Name, tool.Arguments), 3), chosen);
            }
        }

        await Memory(At);
        folder.Delete(recursive: true);
    }

    private static async Task Memory(Func<string, string> at)
    {
        Console.WriteLine("Mémoire la plus haute d’un lecteur (Mo)");
        foreach (var megabytes in new[] { 5, 49 })
        {
            BenchmarkFiles.Csv(at($"{megabytes}.csv"), (long)megabytes << 20);
            // About 21 compressed bytes a row.
            await BenchmarkFiles.Xlsx(at($"{megabytes}.xlsx"), megabytes * 44_000);
            foreach (var extension in new[] { "csv", "xlsx" })
            {
                var path = at($"{megabytes}.{extension}");
                Console.WriteLine($"  {new FileInfo(path).Length >> 20,3} Mo de {extension} : {PeakOf(path)}");
            }
        }
    }

    private static string PeakOf(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ReadingRatios).Assembly.Location);
        }

        start.ArgumentList.Add("memory");
        start.ArgumentList.Add(path);
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static void Line(string name, TimeSpan time, TimeSpan chosen) => Console.WriteLine($"  {name,-40} {time.TotalMilliseconds,8:0.0} ms   × {time / chosen:0.00}");

    private static TimeSpan Median(Func<long> read, int runs = Runs)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < runs + 2; i++)
        {
            var started = Stopwatch.GetTimestamp();
            read();
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        // The first two load code.
        return times.Skip(2).Order().ElementAt(runs / 2);
    }

    private static async Task<TimeSpan> MedianOfPool(ReaderPool pool, string path)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Runs + 2; i++)
        {
            times.Add((await pool.ReadTimed(path, Path.GetFileName(path), FormWords.None, CancellationToken.None)).Elapsed);
        }

        return times.Skip(2).Order().ElementAt(Runs / 2);
    }

    private static (string Name, string[] Arguments)? Tool(string format, string path) => format switch
    {
        "pdf" => ("pdftotext", ["-layout", path, "-"]),
        "docx" => ("pandoc", ["-t", "plain", path]),
        _ => null,
    };

    private static long Start(string tool, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Length;
        }
        catch (Win32Exception)
        {
            // Not installed: nothing to hold against.
            return 0;
        }
    }
}

/// <summary>Reads one file in a process of its own and prints the most memory that it took.</summary>
internal static class MemoryOfOneFile
{
    public static void Print(string path)
    {
        var extract = PieceReading.Read(path, Path.GetFileName(path), FormWords.None, ReadingBounds.Default);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{self.PeakWorkingSet64 >> 20} ({string.Join(", ", extract.Findings.Select(finding => finding.Id).Distinct())})");
    }
}
