using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Guichet.Core.Campaigns;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>
/// <c>fuzz [--seconds 60] [--seed 1]</c>: spoils the truth set's files and reads them as a deposit does. A reader that crashes, hangs or bloats
/// is survived, and still a fault: the file is kept, to become a test.
/// </summary>
internal static class Fuzz
{
    public static async Task<int> Run(string[] args)
    {
        var seconds = Option(args, "--seconds", 60);
        var seed = Option(args, "--seed", 1);
        var corpus = Directory.EnumerateFiles(TruthSet.Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".docx" or ".odt" or ".pdf" or ".xlsx" or ".ods" or ".csv" or ".zip" || Path.GetFileName(file) == "dossier.json")
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var kept = Directory.CreateTempSubdirectory("guichet-fuzz-");
        var ends = new ConcurrentDictionary<string, int>();
        var slowest = TimeSpan.Zero;
        using var pool = new ReaderPool(ReadingBounds.Default with { Time = TimeSpan.FromSeconds(10) }, Environment.ProcessorCount);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async lane =>
        {
            var random = new Random(seed * 1_000 + lane);
            for (var i = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; i++)
            {
                var path = Path.Combine(kept.FullName, $"{seed}-{lane}-{i}");
                var spoilt = Mutations.Of(corpus[random.Next(corpus.Count)], corpus, random);
                await File.WriteAllBytesAsync(path, spoilt);
                var (extract, elapsed) = await pool.ReadTimed(path, "fichier", FormWords.None, CancellationToken.None);
                slowest = elapsed > slowest ? elapsed : slowest;
                var end = extract.Findings.FirstOrDefault(finding => finding.Id is "LECTURE-INTERROMPUE") is { } fault ? "FAUTE " + fault.Message[..50] : "lu";
                ends.AddOrUpdate(end, 1, (_, count) => count + 1);
                if (end == "lu")
                {
                    File.Delete(path);
                }
                else
                {
                    Console.WriteLine($"{end} : {path}");
                }
            }
        }));

        foreach (var (end, count) in ends.OrderByDescending(end => end.Value))
        {
            Console.WriteLine($"{count,7} {end}");
        }

        Console.WriteLine($"        le plus lent : {slowest.TotalSeconds:0.0} s");
        return ends.Keys.All(end => end == "lu") ? 0 : 1;
    }

    private static int Option(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
