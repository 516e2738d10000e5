using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Guichet.Core.Campaigns;

namespace Guichet.Documents;

/// <summary>What a reader does before it says that it is ready, so that its first file is not charged for loading code.</summary>
internal static class WarmUp
{
    public static void Run()
    {
        using var content = new MemoryStream();
        using (var document = WordprocessingDocument.Create(content, WordprocessingDocumentType.Document))
        {
            static TableCell Cell(string text) => new(new Paragraph(new Run(new Text(text))));
            document.AddMainDocumentPart().Document = new Document(new Body(
                new Paragraph(new Run(new Text("Date de début : 1er mars 2024"))),
                new Table(new TableRow(Cell("Coût total TTC"), Cell("450 k€")))));
        }

        PieceReading.Read(content, "formulaire.docx", FormWords.None, ReadingBounds.Default);
    }
}
