using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using SpreadCheetah;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Guichet.Benchmarks.Documents;

/// <summary>The files that are measured on: made here, so that nothing has to be kept.</summary>
internal static class BenchmarkFiles
{
    private const string Sentence = "Le service rend visible ce qui était ressaisi à la main, et les écarts sont expliqués aux agents dans un vocabulaire simple.";

    /// <summary>About ten pages: headings, paragraphs, tables of labels and values.</summary>
    public static void Docx(string path)
    {
        using var document = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document);
        static TableCell Cell(string text) => new(new Paragraph(new Run(new Text(text))));
        var body = new Body();
        for (var page = 1; page <= 10; page++)
        {
            body.Append(new Paragraph(new ParagraphProperties(new OutlineLevel { Val = 0 }), new Run(new Text($"{page}. Partie"))));
            body.Append(Enumerable.Range(0, 12).Select(_ => new Paragraph(new Run(new Text(string.Join(' ', Enumerable.Repeat(Sentence, 4)))))));
            body.Append(new Table(Enumerable.Range(0, 10).Select(row => new TableRow(Cell($"Rubrique {page}.{row}"), Cell(Sentence)))));
        }

        document.AddMainDocumentPart().Document = new Document(body);
    }

    public static void Pdf(string path)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        for (var number = 1; number <= 10; number++)
        {
            var page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
            for (var line = 0; line < 48; line++)
            {
                page.AddText($"{number}.{line} - Le service rend visible ce qui etait ressaisi a la main, et simple.", 10, new PdfPoint(50, 790 - 15 * line), font);
            }
        }

        File.WriteAllBytes(path, builder.Build());
    }

    public static async Task Xlsx(string path, int rows)
    {
        await using var stream = File.Create(path);
        await using var sheet = await Spreadsheet.CreateNewAsync(stream);
        await sheet.StartWorksheetAsync("Budget");
        await sheet.AddRowAsync([new DataCell("Catégorie"), new DataCell("Libellé"), new DataCell("Montant TTC"), new DataCell("Année")]);
        for (var row = 0; row < rows; row++)
        {
            await sheet.AddRowAsync([new DataCell("Prestation"), new DataCell($"Développement du lot {row}"), new DataCell(1_000 + row), new DataCell("2024")]);
        }

        await sheet.FinishAsync();
    }

    public static void Csv(string path, long bytes)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine("Catégorie;Libellé;Montant TTC;Année");
        for (var row = 0; writer.BaseStream.Length < bytes; row++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Prestation;Développement du lot {row};{1_000 + row},50;2024"));
        }
    }
}
