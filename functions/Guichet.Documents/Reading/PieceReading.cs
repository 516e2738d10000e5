using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Documents.Form;
using Guichet.Documents.Formats;
using Guichet.Documents.Model;
using Guichet.Documents.Reports;

namespace Guichet.Documents;

/// <summary>Reads a file in this process. Only a reader process does: what a file may do to its reader is not survived here.</summary>
internal static class PieceReading
{
    public static PieceExtract Read(ReadingRequest request)
    {
        using var content = new FileStream(request.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return request.Indicators is { } indicators
            ? ReadReport(content, request.FileName, indicators, request.Bounds)
            : Read(content, request.FileName, request.Words, request.Bounds);
    }

    /// <summary>A file of an impact report; its extract holds what it reports, or says why nothing could be read.</summary>
    private static PieceExtract ReadReport(Stream content, string fileName, ImmutableArray<Indicator> indicators, ReadingBounds bounds) =>
        Read(content, fileName, bounds, kind => Document(kind, content, bounds) is { } document
            ? new PieceExtract
            {
                Kind = kind,
                Pages = document.Pages,
                Report = document.Blocks.IsEmpty ? null : ReportReader.Read(document, fileName, indicators), // A scan has no text: its remarks say what to send.
                Findings = [.. document.Remarks.Select(remark => new PieceFinding(remark.Id, remark.Severity, fileName, remark.Place, remark.Message))],
            }
            : Only(kind, fileName, kind is PieceKind.Zip
                ? new Remark("ARCHIVE", PieceSeverity.Blocking, null, "Un bilan ne se lit pas dans une archive : envoyez ses fichiers un à un.")
                : new Remark("FORMAT-INCONNU", PieceSeverity.Blocking, null, "Le bilan ne peut pas être lu dans ce format : envoyez le modèle rempli, ou un document DOCX, ODT, PDF, XLSX, ODS ou CSV.")));

    public static PieceExtract Read(Stream content, string fileName, FormWords words, ReadingBounds bounds) =>
        Read(content, fileName, bounds, kind => Read(kind, content, fileName, words, bounds));

    private static PieceExtract Read(Stream content, string fileName, ReadingBounds bounds, Func<PieceKind, PieceExtract> read)
    {
        var kind = PieceKind.Unknown;
        try
        {
            if (content.Length > bounds.FileBytes)
            {
                throw UnreadableFile.TooMuch($"plus de {bounds.FileBytes >> 20} Mo");
            }

            kind = ContentKind.Of(content);
            var extract = read(kind);
            return NameFinding(kind, fileName) is { } finding ? extract with { Findings = extract.Findings.Insert(0, finding) } : extract;
        }
        catch (UnreadableFile e)
        {
            return Only(kind, fileName, e.AsRemark());
        }
    }

    /// <summary>The libraries that open files throw anything on a damaged one; whatever it is, the sender hears the same.</summary>
    private static DocumentModel Open(PieceKind kind, Func<DocumentModel> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (UnreadableFile or OutOfMemoryException))
        {
            throw UnreadableFile.Damaged(kind.ToString().ToUpperInvariant());
        }
    }

    private static PieceExtract Read(PieceKind kind, Stream content, string fileName, FormWords words, ReadingBounds bounds) => kind switch
    {
        PieceKind.Xlsx or PieceKind.Ods or PieceKind.Csv => FormReader.Read(Open(kind, () => PlatformExport.Of(Document(kind, content, bounds)!)), fileName, words),
        PieceKind.Docx or PieceKind.Odt or PieceKind.Pdf => FormReader.Read(Document(kind, content, bounds)!, fileName, words),
        PieceKind.Zip => new ArchiveReading(words, bounds).Read(content, fileName),
        PieceKind.Json => FormReader.Read(Open(kind, () => DemarcheJsonReader.Read(content, bounds)), fileName, words),
        PieceKind.Image => Only(kind, fileName, new Remark("IMAGE", PieceSeverity.Info, null,
            "Ce fichier est une image : il est conservé, son texte n’est pas lu. S’il contient des réponses, envoyez le document d’origine (DOCX, ODT ou PDF).")),
        _ => Only(kind, fileName, new Remark("FORMAT-INCONNU", PieceSeverity.Blocking, null,
            "Le format de ce fichier n’est pas reconnu : envoyez-le au format DOCX, ODT, PDF, XLSX, ODS ou CSV.")),
    };

    /// <summary>The document that a file is; null where it is of a kind that holds none.</summary>
    private static DocumentModel? Document(PieceKind kind, Stream content, ReadingBounds bounds) => kind switch
    {
        PieceKind.Docx => Open(kind, () => DocxReader.Read(content, bounds)),
        PieceKind.Odt => Open(kind, () => OdtReader.Read(content, bounds)),
        PieceKind.Pdf => Open(kind, () => PdfReader.Read(content, bounds)),
        PieceKind.Xlsx => Open(kind, () => XlsxReader.Read(content, bounds)),
        PieceKind.Ods => Open(kind, () => OdsReader.Read(content, bounds)),
        PieceKind.Csv => Open(kind, () => CsvReader.Read(content, bounds)),
        _ => null,
    };

    private static PieceFinding? NameFinding(PieceKind kind, string fileName) =>
        ContentKind.Announced(fileName) is { Count: > 0 } announced && !announced.Contains(kind) && kind != PieceKind.Unknown
            ? new PieceFinding("NOM-TROMPEUR", PieceSeverity.Info, fileName, null,
                $"Ce fichier est un {Name(kind)} malgré son nom en « {Path.GetExtension(fileName)} » : il a été lu comme tel. Corrigez son extension si vous le renvoyez.")
            : null;

    internal static string Name(PieceKind kind) => kind switch { PieceKind.Image => "fichier image", PieceKind.Csv => "fichier texte", _ => $"fichier {kind.ToString().ToUpperInvariant()}" };

    private static PieceExtract Only(PieceKind kind, string fileName, Remark remark) => new()
    {
        Kind = kind,
        Findings = [new PieceFinding(remark.Id, remark.Severity, fileName, remark.Place, remark.Message)],
    };
}
