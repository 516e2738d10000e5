using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using NPOI.XWPF.UserModel;

namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>
/// DOCX. A form needs the body in order, with the outline level and the hiding that styles give, bold, hidden and grey runs, tables with their
/// spans and merges, and content controls with their names.
/// </summary>
internal static class WordRivals
{
    public static readonly IReadOnlyList<Rival> All =
    [
        new("DocumentFormat.OpenXml, corps parcouru", Asked.Form, true, Form),
        new("DocumentFormat.OpenXml, textes seuls", Asked.Texts, true, Texts),
        new("XmlReader sur l’archive, textes seuls", Asked.Texts, false, RawXml),
        new("NPOI, corps parcouru", Asked.Form, false, Npoi),
    ];

    private static long Texts(string path)
    {
        using var document = WordprocessingDocument.Open(path, false);
        return document.MainDocumentPart!.Document!.Descendants<Text>().Sum(text => (long)text.Text.Length);
    }

    private static long RawXml(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var xml = XmlReader.Create(archive.GetEntry("word/document.xml")!.Open());
        return XmlTexts.Length(xml);
    }

    private static long Form(string path)
    {
        using var document = WordprocessingDocument.Open(path, false);
        var main = document.MainDocumentPart!;
        var styles = main.StyleDefinitionsPart?.Styles?.Elements<Style>().Where(style => style.StyleId is not null).ToDictionary(style => style.StyleId!.Value!) ?? [];
        return Walk(main.Document!.Body!, styles);
    }

    private static long Walk(OpenXmlElement parent, Dictionary<string, Style> styles)
    {
        var found = 0L;
        foreach (var element in parent.ChildElements)
        {
            found += element switch
            {
                Paragraph paragraph => Read(paragraph, styles),
                TableCell cell => (cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1) + (cell.TableCellProperties?.VerticalMerge is null ? 0 : 1) + Walk(cell, styles),
                SdtElement control => (control.SdtProperties?.GetFirstChild<SdtAlias>()?.Val?.Value?.Length ?? 0) + (control.SdtProperties?.GetFirstChild<ShowingPlaceholder>() is null ? 0 : 1) + Walk(control, styles),
                _ => Walk(element, styles),
            };
        }

        return found;
    }

    private static long Read(Paragraph paragraph, Dictionary<string, Style> styles)
    {
        var text = new System.Text.StringBuilder();
        var properties = paragraph.ParagraphProperties;
        var found = Chain(properties?.ParagraphStyleId?.Val?.Value, styles).Sum(style => (style.StyleParagraphProperties?.OutlineLevel?.Val?.Value ?? 0) + (style.StyleRunProperties?.Vanish is null ? 0 : 1)) + (properties?.OutlineLevel?.Val?.Value ?? 0);
        foreach (var run in paragraph.Descendants<Run>())
        {
            var own = run.RunProperties;
            found += Chain(own?.RunStyle?.Val?.Value, styles).Count(style => style.StyleRunProperties?.Vanish is not null || style.StyleRunProperties?.Color is not null);
            found += (own?.Bold is null ? 0 : 1) + (own?.Vanish is null ? 0 : 1) + (own?.Color?.Val?.Value?.Length ?? 0);
            foreach (var child in run.ChildElements)
            {
                text.Append(child switch { Text said => said.Text, TabChar => "\t", Break or CarriageReturn => "\n", NoBreakHyphen => "-", _ => "" });
            }
        }

        return found + text.ToString().Length;
    }

    private static IEnumerable<Style> Chain(string? id, Dictionary<string, Style> styles)
    {
        while (id is not null && styles.TryGetValue(id, out var style))
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }

    private static long Npoi(string path)
    {
        using var stream = File.OpenRead(path);
        return new XWPFDocument(stream).BodyElements.Sum(Npoi);
    }

    private static long Npoi(IBodyElement element) => element switch
    {
        XWPFParagraph paragraph => (paragraph.Style?.Length ?? 0) + paragraph.Runs.Sum(run => (run.IsBold ? 1 : 0) + (long)run.Text.Length),
        XWPFTable table => table.Rows.Sum(row => row.GetTableCells().Sum(cell => cell.Paragraphs.Sum(Npoi))),
        _ => 0,
    };
}

/// <summary>What every XML format can be held against: its texts, one after the other.</summary>
internal static class XmlTexts
{
    public static long Length(XmlReader xml)
    {
        var length = 0L;
        while (xml.Read())
        {
            length += xml.NodeType == XmlNodeType.Text ? xml.Value.Length : 0;
        }

        return length;
    }
}
