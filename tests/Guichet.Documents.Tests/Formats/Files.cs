using System.IO.Compression;
using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

/// <summary>Files as people send them, and what is asked of their extracts.</summary>
internal static class Files
{
    public static PieceExtract Read(byte[] content, string fileName, ReadingBounds? bounds = null) =>
        PieceReading.Read(new MemoryStream(content), fileName, FormWords.None, bounds ?? ReadingBounds.Default);

    /// <summary>A file of the sample dossiers.</summary>
    public static byte[] Sample(string path) => File.ReadAllBytes(SourceTree.Path("infra", "local", "samples", path));

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The value of a field; the default where it was not understood.</summary>
    public static T? Says<T>(this PieceExtract extract, Field<T> field) => extract.Values.SingleOrDefault(value => value.Field == field) is { } found ? (T)found.Value : default;

    /// <summary>Where a field's value was written.</summary>
    public static string? PlaceOf(this PieceExtract extract, Field field) => extract.Values.SingleOrDefault(value => value.Field == field)?.Source.Place;

    public static bool Has(this PieceExtract extract, Field field) => extract.Values.Any(value => value.Field == field);

    public static PieceFinding? Tells(this PieceExtract extract, string id) => extract.Findings.FirstOrDefault(finding => finding.Id == id);
}
