using System.IO.Compression;
using System.Text;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Formats;

/// <summary>What a file is, told from its bytes; its name is only held against that afterwards.</summary>
internal static class ContentKind
{
    /// <summary>The kind, or the reason for which the file cannot be opened.</summary>
    /// <exception cref="UnreadableFile">Empty, encrypted, of an old binary format.</exception>
    public static PieceKind Of(Stream content)
    {
        Span<byte> head = stackalloc byte[4096];
        content.Position = 0;
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        content.Position = 0;
        if (head.IsEmpty)
        {
            throw new UnreadableFile("FICHIER-VIDE", "Ce fichier est vide : vérifiez-le sur votre poste, puis renvoyez-le.");
        }

        return head switch
        {
            [0x50, 0x4B, 0x03, 0x04, ..] or [0x50, 0x4B, 0x05, 0x06, ..] or [0x50, 0x4B, 0x07, 0x08, ..] => OfArchive(content),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => throw OldBinary(content),
            [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] or [0x47, 0x49, 0x46, 0x38, ..] or [0x49, 0x49, 0x2A, 0x00, ..] or [0x4D, 0x4D, 0x00, 0x2A, ..] => PieceKind.Image,
            [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => PieceKind.Image,
            [_, _, _, _, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, ..] => PieceKind.Image,
            [0x7B, 0x5C, 0x72, 0x74, 0x66, ..] => throw new UnreadableFile("FORMAT-ANCIEN",
                "Ce fichier est au format RTF, qui n’est pas lu : enregistrez-le au format DOCX, ODT ou PDF, puis renvoyez-le."),
            [0x52, 0x61, 0x72, 0x21, ..] or [0x37, 0x7A, 0xBC, 0xAF, ..] or [0x1F, 0x8B, ..] => throw new UnreadableFile("FORMAT-INCONNU",
                "Cette archive n’est pas au format ZIP (RAR, 7z ou GZ) : envoyez les fichiers un à un, ou dans une archive ZIP."),
            _ when head[..Math.Min(1024, head.Length)].IndexOf("%PDF-"u8) >= 0 => PieceKind.Pdf,
            _ => OfText(head),
        };
    }

    /// <summary>The kinds that a file's extension announces; empty for an extension that announces nothing.</summary>
    public static IReadOnlyList<PieceKind> Announced(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".docx" or ".docm" or ".dotx" => [PieceKind.Docx],
        ".xlsx" or ".xlsm" or ".xltx" => [PieceKind.Xlsx],
        ".odt" or ".ott" => [PieceKind.Odt],
        ".ods" or ".ots" => [PieceKind.Ods],
        ".pdf" => [PieceKind.Pdf],
        ".csv" or ".tsv" or ".txt" => [PieceKind.Csv],
        ".json" => [PieceKind.Json],
        ".zip" => [PieceKind.Zip],
        ".png" or ".jpg" or ".jpeg" or ".gif" or ".tif" or ".tiff" or ".webp" or ".heic" => [PieceKind.Image],
        _ => [],
    };

    private static PieceKind OfArchive(Stream content)
    {
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return OfArchive(archive);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            // Its directory is only read when it is asked for.
            throw UnreadableFile.Damaged("compressé (DOCX, XLSX, ODT, ODS ou ZIP)");
        }
    }

    private static PieceKind OfArchive(ZipArchive archive)
    {
        if (archive.Entries.Count > 0 && archive.GetEntry("mimetype") is { Length: < 200 } mimetype)
        {
            using var reader = new StreamReader(new BoundedStream(mimetype.Open(), 4096), Encoding.ASCII);
            switch (reader.ReadToEnd().Trim())
            {
                case "application/vnd.oasis.opendocument.text" or "application/vnd.oasis.opendocument.text-template":
                    return PieceKind.Odt;
                case "application/vnd.oasis.opendocument.spreadsheet" or "application/vnd.oasis.opendocument.spreadsheet-template":
                    return PieceKind.Ods;
                case var other when other.StartsWith("application/vnd.oasis.opendocument.", StringComparison.Ordinal):
                    throw new UnreadableFile("FORMAT-INCONNU", "Ce fichier OpenDocument n’est ni un texte ni un tableur : envoyez le document au format ODT, DOCX ou PDF.");
            }
        }

        var names = archive.Entries.Select(entry => entry.FullName.Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Any(name => name.EndsWith(".iwa", StringComparison.OrdinalIgnoreCase)))
        {
            throw new UnreadableFile("FORMAT-INCONNU", "Ce fichier vient de Pages, Numbers ou Keynote, qui ne sont pas lus : exportez-le au format DOCX, XLSX ou PDF, puis renvoyez-le.");
        }

        if (!names.Contains("[Content_Types].xml"))
        {
            return PieceKind.Zip;
        }

        if (names.Contains("xl/workbook.bin"))
        {
            throw new UnreadableFile("FORMAT-INCONNU", "Ce classeur est au format binaire d’Excel (XLSB), qui n’est pas lu : enregistrez-le au format XLSX, ODS ou CSV, puis renvoyez-le.");
        }

        return names.Any(name => name.StartsWith("word/", StringComparison.OrdinalIgnoreCase)) ? PieceKind.Docx
            : names.Any(name => name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) ? PieceKind.Xlsx
            : names.Any(name => name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase))
                ? throw new UnreadableFile("FORMAT-INCONNU", "Ce fichier est une présentation (PowerPoint), qui n’est pas lue : envoyez le dossier au format DOCX, ODT ou PDF.")
            : PieceKind.Zip;
    }

    private static UnreadableFile OldBinary(Stream content)
    {
        // Directory entries are UTF-16; the names of the streams tell an encrypted Office file from an old binary one.
        var bytes = new byte[Math.Min(content.Length, 4 << 20)];
        content.ReadExactly(bytes);
        content.Position = 0;
        bool Holds(string name) => bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(name)) >= 0;
        // A message first: it may carry a Word document.
        return Holds("__substg1.0")
            ? new UnreadableFile("FORMAT-INCONNU", "Ce fichier est un message électronique (Outlook), qui n’est pas lu : envoyez ses pièces jointes.")
            : Holds("EncryptedPackage") || Holds("EncryptionInfo")
            ? new UnreadableFile("FICHIER-CHIFFRE", "Ce fichier est protégé par un mot de passe : renvoyez-le sans protection.")
            : Holds("WordDocument")
                ? new UnreadableFile("FORMAT-ANCIEN", "Ce fichier est à l’ancien format Word (.doc), qui n’est pas lu : enregistrez-le au format DOCX, ODT ou PDF, puis renvoyez-le.")
            : Holds("PowerPoint Document")
                ? new UnreadableFile("FORMAT-ANCIEN", "Ce fichier est une ancienne présentation PowerPoint (.ppt), qui n’est pas lue : envoyez le dossier au format DOCX, ODT ou PDF.")
            : Holds("Workbook") || Holds("Book")
                ? new UnreadableFile("FORMAT-ANCIEN", "Ce fichier est à l’ancien format Excel (.xls), qui n’est pas lu : enregistrez-le au format XLSX, ODS ou CSV, puis renvoyez-le.")
            : new UnreadableFile("FORMAT-ANCIEN", "Ce fichier est à un ancien format de bureautique, qui n’est pas lu : enregistrez-le au format DOCX, XLSX, ODT, ODS ou PDF, puis renvoyez-le.");
    }

    private static PieceKind OfText(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return PieceKind.Csv;
        }

        var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        if (text.IndexOf((byte)0) >= 0 || text.IndexOfAnyInRange<byte>(0x0E, 0x1A) >= 0)
        {
            return PieceKind.Unknown;
        }

        var start = text.TrimStart(" \t\r\n"u8);
        if (start is [(byte)'{', ..] or [(byte)'[', ..])
        {
            return PieceKind.Json;
        }

        if (start is [(byte)'<', ..])
        {
            throw new UnreadableFile("FORMAT-INCONNU", "Ce fichier est une page web ou un fichier XML, quel que soit son nom : ouvrez-le dans son logiciel, enregistrez-le au format DOCX, XLSX, ODT, ODS ou PDF, puis renvoyez-le.");
        }

        return text.IndexOfAny(";,\t|"u8) < 0 ? PieceKind.Unknown : PieceKind.Csv;
    }
}
