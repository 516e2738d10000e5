using System.Collections.Immutable;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Documents.Formats;

namespace Guichet.Documents;

/// <summary>A ZIP: every file in it is read as if it had been sent alone, and named with the way to it. Nothing is written to a disk.</summary>
/// <param name="depth">How many archives stand around the files read, this one counted.</param>
internal sealed class ArchiveReading(FormWords words, ReadingBounds bounds, int depth = 1)
{
    private readonly List<FieldValue> values = [];
    private readonly List<PieceFinding> findings = [];
    private int entries;
    private long expansion;
    private long characters = bounds.Characters;

    /// <exception cref="UnreadableFile">Damaged, encrypted, or beyond the bounds.</exception>
    public PieceExtract Read(Stream content, string fileName)
    {
        expansion = Math.Max(bounds.FreeExpansion, content.Length * bounds.ExpansionRatio);
        try
        {
            Walk(content, fileName, depth);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw UnreadableFile.Damaged("ZIP");
        }

        return entries == 0
            ? throw new UnreadableFile("FICHIER-VIDE", "Cette archive ZIP ne contient aucun fichier : vérifiez-la sur votre poste, puis renvoyez-la.")
            : new PieceExtract { Kind = PieceKind.Zip, Values = [.. values], Findings = [.. findings] };
    }

    private void Walk(Stream content, string archiveName, int level)
    {
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true, new ArchiveNames());
        foreach (var entry in archive.Entries.Where(entry => !IsNoise(entry.FullName)))
        {
            if (++entries > bounds.Entries)
            {
                throw UnreadableFile.TooMuch($"plus de {bounds.Entries} fichiers");
            }

            var name = $"{archiveName}/{Inside(entry.FullName)}";
            try
            {
                Read(entry, name, level);
            }
            catch (UnreadableFile e) when (e.Id != "FICHIER-TROP-GRAND")
            {
                Tell(e.AsRemark(), name);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
            {
                Tell(UnreadableFile.Damaged("de l’archive").AsRemark(), name);
            }
        }
    }

    private void Read(ZipArchiveEntry entry, string name, int level)
    {
        if (entry.IsEncrypted)
        {
            throw new UnreadableFile("FICHIER-CHIFFRE", "Ce fichier de l’archive est protégé par un mot de passe : renvoyez-le sans protection.");
        }

        using var file = new MemoryStream();
        using (var expanded = new BoundedStream(entry.Open(), Math.Min(expansion, bounds.FileBytes)))
        {
            expanded.CopyTo(file);
        }

        expansion -= file.Length;
        if (Crc32.HashToUInt32(file.GetBuffer().AsSpan(0, (int)file.Length)) != entry.Crc32)
        {
            // The runtime expands an entry without looking at its checksum: what is in it may be anything.
            throw UnreadableFile.Damaged("de l’archive");
        }

        file.Position = 0;
        if (file.Length > 0 && ContentKind.Of(file) == PieceKind.Zip)
        {
            if (level >= bounds.ArchiveDepth)
            {
                throw new UnreadableFile("ARCHIVE-IMBRIQUEE", "Cette archive est dans une archive qui est elle-même dans une archive : envoyez ses fichiers un à un, ou dans une seule archive ZIP.");
            }

            Walk(file, name, level + 1);
            return;
        }

        Take(PieceReading.Read(file, name, words, bounds), name);
    }

    private void Take(PieceExtract extract, string name)
    {
        characters -= extract.Values.Sum(value => value.Source.Text.Length) + extract.Findings.Sum(finding => finding.Message.Length);
        if (characters < 0)
        {
            throw UnreadableFile.TooMuch("trop de texte en tout");
        }

        // Required pieces are known by their names too: each file of an archive says that it is there.
        findings.Add(new PieceFinding("FICHIER-DE-L-ARCHIVE", PieceSeverity.Info, name, null, $"Ce fichier ({PieceReading.Name(extract.Kind)}) a été lu dans l’archive."));
        values.AddRange(extract.Values);
        findings.AddRange(extract.Findings);
    }

    private void Tell(Model.Remark remark, string name) => findings.Add(new PieceFinding(remark.Id, remark.Severity, name, remark.Place, remark.Message));

    /// <summary>Folders, and what systems leave beside the files of people.</summary>
    private static bool IsNoise(string fullName)
    {
        var parts = fullName.Split('/', '\\');
        return parts[^1].Length == 0 || parts.Contains("__MACOSX") || parts[^1] is "Thumbs.db" or ".DS_Store" or "desktop.ini" || parts[^1].StartsWith("._", StringComparison.Ordinal) ||
            parts[^1].StartsWith("~$", StringComparison.Ordinal) || parts[^1].StartsWith(".~lock.", StringComparison.Ordinal);
    }

    /// <summary>The way to a file inside its archive: what would lead out of it is dropped.</summary>
    private static string Inside(string fullName) => string.Join('/', fullName.Normalize(NormalizationForm.FormC).Split('/', '\\')
        .Select(part => string.Concat(part.Where(c => !char.IsControl(c))).Trim())
        .Where(part => part.Length > 0 && part is not ("." or "..") && !part.EndsWith(':')));
}
