using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>
/// <c>fuzz [--seconds 60] [--seed N]</c>: reads spoilt files as a deposit does, on every core: those of the truth set, and skeletons whose parts
/// no program would write. Each has to end in an extract within the bounds. Two ends are faults, whose file is kept with its path printed: an
/// error that escapes the reading code, and a reader lost by another file than a PDF. The best PDF library overflows the stack now and then:
/// the porteur gets a finding, the file is kept and said, and that is no fault of the guichet.
/// </summary>
internal static class Fuzz
{
    public static async Task<int> Run(string[] args)
    {
        var seconds = Option(args, "--seconds") ?? 60;
        var seed = Option(args, "--seed") ?? Random.Shared.Next(1_000_000);
        Console.WriteLine($"graine {seed}, {seconds} secondes, {Environment.ProcessorCount} lecteurs");
        var campaign = new Campaign(seed, Corpus());
        var lanes = Enumerable.Range(0, Environment.ProcessorCount).Select(lane => campaign.Lane(lane, TimeSpan.FromSeconds(seconds)));
        await Task.WhenAll(lanes);
        return campaign.Report();
    }

    private static List<(string Kind, byte[] Content)> Corpus() =>
    [
        .. new[] { TruthSet.Folder, SourceTree.Path("infra", "local", "samples") }.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".docx" or ".odt" or ".pdf" or ".xlsx" or ".ods" or ".csv" or ".zip" || Path.GetFileName(file) == "dossier.json")
            .Order(StringComparer.Ordinal).Select(file => (Path.GetExtension(file)[1..], File.ReadAllBytes(file))),
    ];

    private static int? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : null;

    /// <summary>One run, and what came of it.</summary>
    private sealed class Campaign(int seed, List<(string Kind, byte[] Content)> corpus)
    {
        private readonly DirectoryInfo kept = Directory.CreateTempSubdirectory("guichet-fuzz-");
        private readonly List<byte[]> contents = [.. corpus.Select(file => file.Content)];
        private readonly ConcurrentDictionary<string, int> tried = new();
        private readonly ConcurrentDictionary<string, int> told = new();
        private readonly ConcurrentBag<string> faults = [];
        private readonly ConcurrentBag<string> lost = [];
        private (TimeSpan Time, string Kind) slowest;

        public async Task Lane(int lane, TimeSpan time)
        {
            var bounds = ReadingBounds.Default;
            Reader? reader = null;
            for (var (started, i) = (Stopwatch.GetTimestamp(), 0); Stopwatch.GetElapsedTime(started) < time; i++)
            {
                // Each file has a seed of its own: it can be made again without those before it.
                var random = new Random(unchecked(seed * 1_000_003 + lane * 7_919_777 + i));
                var (kind, content) = Next(random);
                var path = Path.Combine(kept.FullName, $"{seed}-{lane}-{i}.{kind}");
                await File.WriteAllBytesAsync(path, content);
                reader ??= await Reader.Start(bounds, CancellationToken.None);
                var before = Stopwatch.GetTimestamp();
                var (extract, end) = await reader.Read(new ReadingRequest(path, $"fichier.{kind}", FormWords.None, bounds), CancellationToken.None);
                Take(path, kind, extract, end, Stopwatch.GetElapsedTime(before), bounds);
                if (!reader.IsUsable)
                {
                    reader.Dispose();
                    reader = null;
                }
            }

            reader?.Dispose();
        }

        public int Report()
        {
            Console.WriteLine($"{tried.Values.Sum()} fichiers : {string.Join(", ", tried.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}"))}");
            Console.WriteLine($"constats : {string.Join(", ", told.OrderByDescending(id => id.Value).Select(id => $"{id.Value} {id.Key}"))}");
            Console.WriteLine($"lecteurs perdus : {lost.Count} ; le plus lent : {slowest.Time.TotalSeconds:0.0} s ({slowest.Kind}) ; fautes : {faults.Count}");
            foreach (var fault in faults.Concat(lost))
            {
                Console.WriteLine(fault);
            }

            if (faults.IsEmpty && lost.IsEmpty)
            {
                kept.Delete(recursive: true);
            }

            return faults.IsEmpty ? 0 : 1;
        }

        private (string Kind, byte[] Content) Next(Random random)
        {
            var (kind, content) = random.Next(9) switch
            {
                0 => ("docx", OfficeSkeletons.Docx(random)),
                1 => ("xlsx", OfficeSkeletons.Xlsx(random)),
                2 => ("odt", OfficeSkeletons.OpenText(random)),
                3 => ("ods", OfficeSkeletons.OpenSheet(random)),
                4 => ("pdf", OtherSkeletons.Pdf(random)),
                5 => ("csv", OtherSkeletons.Csv(random)),
                6 => ("json", OtherSkeletons.Json(random)),
                7 => ("zip", OtherSkeletons.Zip(random, contents)),
                _ => corpus[random.Next(corpus.Count)],
            };
            return (kind, random.Next(3) == 0 ? content : Mutations.Of(content, contents, random));
        }

        private void Take(string path, string kind, PieceExtract? extract, ReadingEnd end, TimeSpan time, ReadingBounds bounds)
        {
            tried.AddOrUpdate(kind, 1, (_, count) => count + 1);
            foreach (var id in extract?.Findings.Select(finding => finding.Id).Distinct() ?? ["LECTURE-INTERROMPUE"])
            {
                told.AddOrUpdate(id, 1, (_, count) => count + 1);
            }

            slowest = time > slowest.Time ? (time, kind) : slowest;
            // Splicing may leave a PDF under any name, and an archive may hold one.
            var mayBePdf = kind is "pdf" or "zip" || File.ReadAllBytes(path).AsSpan().IndexOf("%PDF"u8) >= 0;
            var characters = extract?.Values.Sum(value => (long)value.Source.Text.Length) ?? 0;
            if (extract is not null && characters <= bounds.Characters && time < bounds.Time)
            {
                File.Delete(path);
            }
            else if (extract is null && end != ReadingEnd.Failed && mayBePdf)
            {
                lost.Add($"  lecteur perdu ({end}) : {path}");
            }
            else
            {
                faults.Add($"  FAUTE ({(extract is null ? end : $"{characters} caractères, {time.TotalSeconds:0.0} s")}) : {path}");
            }
        }
    }
}
