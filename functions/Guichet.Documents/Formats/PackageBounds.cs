using System.IO.Compression;

namespace Guichet.Documents.Formats;

/// <summary>Looks at an office package before a library does: how many entries, how much they announce, how far they expand.</summary>
internal static class PackageBounds
{
    /// <exception cref="UnreadableFile">Beyond the bounds, or no package at all.</exception>
    public static void Check(Stream content, ReadingBounds bounds)
    {
        content.Position = 0;
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > bounds.Entries)
            {
                throw UnreadableFile.TooMuch($"plus de {bounds.Entries} éléments");
            }

            var expanded = archive.Entries.Sum(entry => entry.Length);
            if (expanded > bounds.FreeExpansion && (expanded > content.Length * bounds.ExpansionRatio || archive.Entries.Any(entry => entry.Length > bounds.FreeExpansion * 8)))
            {
                throw UnreadableFile.TooMuch("des données démesurées une fois décompressées");
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw UnreadableFile.Damaged("bureautique");
        }
        finally
        {
            content.Position = 0;
        }
    }
}
