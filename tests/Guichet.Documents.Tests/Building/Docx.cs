using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Guichet.Documents.Tests.Building;

/// <summary>A Word document, said in the order of its page.</summary>
internal sealed class Docx
{
    private readonly List<OpenXmlElement> elements = [];
    private readonly List<string> headers = [];
    private readonly List<string> footnotes = [];

    public Docx Heading(string text, int level = 1) => Add(new Paragraph(
        new ParagraphProperties(new ParagraphStyleId { Val = $"Titre{level}" }), new Run(new Text(text))));

    public Docx Text(string text) => Add(Paragraph(text));

    public Docx Bold(string text) => Add(new Paragraph(new Run(new RunProperties(new Bold()), new Text(text))));

    public Docx Grey(string text) => Add(new Paragraph(new Run(new RunProperties(new Color { Val = "A6A6A6" }), new Text(text))));

    public Docx Hidden(string text) => Add(new Paragraph(new Run(new RunProperties(new Vanish()), new Text(text))));

    /// <summary>A paragraph of raw WordprocessingML runs.</summary>
    public Docx Raw(string xml) => Add(new Paragraph($"<w:p xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{xml}</w:p>"));

    /// <summary>A table of raw WordprocessingML rows.</summary>
    public Docx RawTable(string xml) => Add(new Table($"<w:tbl xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{xml}</w:tbl>"));

    public Docx Footnote(string text)
    {
        footnotes.Add(text);
        return this;
    }

    public Docx Header(string text)
    {
        headers.Add(text);
        return this;
    }

    /// <summary>Cells apart by <c>|</c>; <c>^</c> goes on with the cell above, <c>&lt;</c> with the cell before.</summary>
    public Docx Table(params string[] rows)
    {
        var table = new Table();
        foreach (var row in rows)
        {
            var line = new TableRow();
            foreach (var text in row.Split('|').Select(cell => cell.Trim()))
            {
                if (text == "<" && line.LastChild is TableCell before)
                {
                    var span = before.TableCellProperties!.GridSpan ??= new GridSpan { Val = 1 };
                    span.Val = span.Val!.Value + 1;
                    continue;
                }

                var properties = new TableCellProperties();
                var below = rows.ElementAtOrDefault(Array.IndexOf(rows, row) + 1)?.Split('|').Select(cell => cell.Trim()).ElementAtOrDefault(line.Elements<TableCell>().Count());
                if (text == "^" || below == "^")
                {
                    properties.VerticalMerge = new VerticalMerge { Val = text == "^" ? MergedCellValues.Continue : MergedCellValues.Restart };
                }

                line.Append(new TableCell([properties, .. text == "^" ? [new Paragraph()] : text.Split('\n').Select(Paragraph)]));
            }

            table.Append(line);
        }

        return Add(table);
    }

    public byte[] Bytes()
    {
        var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.Document = new Document(new Body(elements.Select(element => element.CloneNode(true))));
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(Enumerable.Range(1, 3).Select(level =>
                new Style(new StyleName { Val = $"heading {level}" }) { StyleId = $"Titre{level}", Type = StyleValues.Paragraph }));
            if (footnotes.Count > 0)
            {
                main.AddNewPart<FootnotesPart>().Footnotes = new Footnotes(footnotes.Select((text, i) => new Footnote(Paragraph(text)) { Id = i + 1 }));
            }

            foreach (var text in headers)
            {
                main.AddNewPart<HeaderPart>().Header = new Header(Paragraph(text));
            }
        }

        return stream.ToArray();
    }

    private Docx Add(OpenXmlElement element)
    {
        elements.Add(element);
        return this;
    }

    private static Paragraph Paragraph(string text) => new(new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
}
