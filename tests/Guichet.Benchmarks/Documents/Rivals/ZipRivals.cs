using ICSharpCode.SharpZipLib.Zip;

namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>ZIP. Each entry is expanded into memory; what is in it is another format's matter.</summary>
internal static class ZipRivals
{
    public static readonly IReadOnlyList<Rival> All =
    [
        new("System.IO.Compression", Asked.Form, true, Runtime),
        new("SharpZipLib", Asked.Form, false, SharpZip),
        new("SharpCompress", Asked.Form, false, Compress),
    ];

    private static long Runtime(string path)
    {
        using var archive = System.IO.Compression.ZipFile.OpenRead(path);
        return archive.Entries.Sum(entry => Length(entry.Open()));
    }

    private static long SharpZip(string path)
    {
        using var archive = new ICSharpCode.SharpZipLib.Zip.ZipFile(path);
        return archive.Cast<ZipEntry>().Sum(entry => Length(archive.GetInputStream(entry)));
    }

    private static long Compress(string path)
    {
        using var archive = SharpCompress.Archives.Zip.ZipArchive.OpenArchive(path);
        return archive.Entries.Sum(entry => Length(entry.OpenEntryStream()));
    }

    private static long Length(Stream entry)
    {
        using (entry)
        {
            using var expanded = new MemoryStream();
            entry.CopyTo(expanded);
            return expanded.Length;
        }
    }
}
