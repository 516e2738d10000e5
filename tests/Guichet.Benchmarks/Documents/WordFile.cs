using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Guichet.Benchmarks.Documents;

/// <summary>A form of about ten pages, written as Word does: styles, runs with properties, tables, content controls.</summary>
internal static class WordFile
{
    public static void Docx(string path)
    {
        using var document = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document);
        var body = new Body();
        for (var page = 1; page <= 10; page++)
        {
            body.Append(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Titre1" }), new Run(new Text($"{page}. Partie"))));
            body.Append(Enumerable.Range(0, 12).Select(_ => Text()));
            body.Append(new Table(Enumerable.Range(0, 10).Select(row => new TableRow(Cell(Bold($"Rubrique {page}.{row}")), Cell(Plain(BenchmarkFiles.Sentence))))));
            body.Append(Control($"Précision {page}", BenchmarkFiles.Sentence));
        }

        var main = document.AddMainDocumentPart();
        main.Document = new Document(body);
        main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
            new Style(new StyleName { Val = "Normal" }) { StyleId = "Normal", Type = StyleValues.Paragraph },
            new Style(new StyleName { Val = "heading 1" }, new BasedOn { Val = "Normal" }, new StyleParagraphProperties(new OutlineLevel { Val = 0 })) { StyleId = "Titre1", Type = StyleValues.Paragraph },
            new Style(new StyleName { Val = "Corps" }, new BasedOn { Val = "Normal" }) { StyleId = "Corps", Type = StyleValues.Paragraph },
            new Style(new StyleName { Val = "Accent" }, new StyleRunProperties(new Italic())) { StyleId = "Accent", Type = StyleValues.Character });
    }

    /// <summary>Word cuts a sentence into runs wherever it was edited.</summary>
    private static Paragraph Text() => new(
        new ParagraphProperties(new ParagraphStyleId { Val = "Corps" }),
        Plain(BenchmarkFiles.Sentence + " "),
        new Run(new RunProperties(new RunStyle { Val = "Accent" }), new Text(BenchmarkFiles.Sentence) { Space = SpaceProcessingModeValues.Preserve }),
        Plain(" " + BenchmarkFiles.Sentence),
        Plain(" " + BenchmarkFiles.Sentence));

    private static Run Plain(string text) => new(new RunProperties(new FontSize { Val = "22" }), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static Run Bold(string text) => new(new RunProperties(new Bold(), new FontSize { Val = "22" }), new Text(text));

    private static TableCell Cell(Run run) => new(new TableCellProperties(new TableCellWidth { Width = "4000", Type = TableWidthUnitValues.Dxa }), new Paragraph(run));

    private static SdtBlock Control(string name, string text) => new(new SdtProperties(new SdtAlias { Val = name }, new SdtContentText()), new SdtContentBlock(new Paragraph(Plain(text))));
}
