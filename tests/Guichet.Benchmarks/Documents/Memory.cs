using System.Diagnostics;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Documents;

namespace Guichet.Benchmarks.Documents;

/// <summary>The most memory that a reader process takes for small and for large files: it is to be the same.</summary>
internal static class Memory
{
    private const int Smallest = 5;
    private const int Largest = 50;

    /// <summary>Makes the files in a temporary folder, reads each in a new reader, prints its peak working set and what was found.</summary>
    public static async Task Print()
    {
        var folder = Directory.CreateTempSubdirectory("guichet-memory-");
        foreach (var megabytes in new[] { Smallest, Largest })
        {
            foreach (var (extension, make) in Makers)
            {
                var path = Path.Combine(folder.FullName, $"{megabytes}.{extension}");
                await make(path, (megabytes << 20) - (megabytes == Largest ? 1 << 20 : 0));
                await Print(path);
                File.Delete(path);
            }
        }

        folder.Delete(recursive: true);
    }

    private static IEnumerable<int> Readers()
    {
        using var self = Process.GetCurrentProcess();
        return [.. Process.GetProcessesByName(self.ProcessName).Select(process => process.Id).Where(id => id != self.Id)];
    }

    private static long PeakOf(int id)
    {
        using var reader = Process.GetProcessById(id);
        return reader.PeakWorkingSet64;
    }

    private static readonly (string Extension, Func<string, long, Task> Make)[] Makers =
    [
        ("csv", (path, bytes) => Task.Run(() => BenchmarkFiles.Csv(path, bytes))),
        ("xlsx", LargeFiles.Xlsx),
        ("ods", LargeFiles.Ods),
    ];

    private static async Task Print(string path)
    {
        using var pool = new ReaderPool(ReadingBounds.Default, 1);
        var before = Readers();
        var (extract, elapsed) = await pool.ReadTimed(path, Path.GetFileName(path), FormWords.None, CancellationToken.None);
        var peak = Readers().Except(before).Select(PeakOf).DefaultIfEmpty().Max();
        Console.WriteLine(string.Create(CultureInfo.CurrentCulture,
            $"{new FileInfo(path).Length / 1048576.0,6:0.0} Mo de {Path.GetExtension(path)[1..],-5} {peak >> 20,4} Mo   {elapsed.TotalSeconds,5:0.0} s   {string.Join(", ", extract.Findings.Select(finding => finding.Id).Distinct())}"));
    }
}
