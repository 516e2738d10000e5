using System.Diagnostics;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Documents;
using Guichet.Documents.Form;
using Guichet.Documents.Formats;
using Guichet.Documents.Model;

namespace Guichet.Benchmarks.Documents;

/// <summary>Where the time of a reading goes: the format, the form, the frames between the processes.</summary>
internal static class Stages
{
    public static async Task Print(string? kind, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("guichet-benchmarks-");
        foreach (var path in (await BenchmarkFiles.All(folder.FullName)).Where(path => !path.EndsWith("zip", StringComparison.Ordinal) && (kind is null || path.EndsWith(kind, StringComparison.Ordinal))))
        {
            var times = new List<double[]>();
            for (var i = 0; i < runs; i++)
            {
                times.Add(Once(path));
            }

            var shortest = Enumerable.Range(0, 4).Select(stage => times.Skip(2).Select(run => run[stage]).Order().First()).ToArray();
            Console.WriteLine($"{Path.GetFileName(path),-20} format {shortest[0],7:0.0} ms   formulaire {shortest[1],7:0.0} ms   JSON écrit {shortest[2],6:0.0} ms   lu {shortest[3],6:0.0} ms");
        }

        folder.Delete(recursive: true);
    }

    private static double[] Once(string path)
    {
        var bounds = ReadingBounds.Default;
        var times = new double[4];
        using var content = File.OpenRead(path);
        var model = Time(0, () => Open(content, Path.GetExtension(path), bounds));
        var extract = Time(1, () => FormReader.Read(model, Path.GetFileName(path), FormWords.None));
        var json = Time(2, () => JsonSerializer.SerializeToUtf8Bytes(extract, GuichetJson.Options));
        Time(3, () => JsonSerializer.Deserialize<PieceExtract>(json, GuichetJson.Options));
        return times;

        T Time<T>(int stage, Func<T> run)
        {
            var started = Stopwatch.GetTimestamp();
            var result = run();
            times[stage] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return result;
        }
    }

    private static DocumentModel Open(Stream content, string extension, ReadingBounds bounds) => extension switch
    {
        ".docx" => DocxReader.Read(content, bounds),
        ".odt" => OdtReader.Read(content, bounds),
        ".pdf" => PdfReader.Read(content, bounds),
        ".xlsx" => XlsxReader.Read(content, bounds),
        ".ods" => OdsReader.Read(content, bounds),
        _ => CsvReader.Read(content, bounds),
    };
}
