using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;
using Paragraph = Guichet.Documents.Model.Paragraph;
using Table = Guichet.Documents.Model.Table;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace Guichet.Documents.Formats;

/// <summary>DOCX as Word would show it with every tracked change accepted. Strict Open XML is read too: the SDK maps its namespaces.</summary>
internal sealed class DocxReader
{
    private readonly TextBudget budget;
    private readonly DocxStyles styles;
    private readonly DocxText text;
    private readonly ReadingBounds bounds;
    private readonly List<Block> blocks = [];
    private string section = "";
    private int tables;
    private int paragraphs;

    private DocxReader(WordprocessingDocument document, ReadingBounds bounds)
    {
        this.bounds = bounds;
        budget = new TextBudget(bounds);
        styles = new DocxStyles(document.MainDocumentPart?.StyleDefinitionsPart?.Styles);
        text = new DocxText(styles);
    }

    /// <exception cref="UnreadableFile">Damaged, or beyond the bounds.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds)
    {
        PackageBounds.Check(content, bounds);
        try
        {
            var settings = new OpenSettings { AutoSave = false, MaxCharactersInPart = bounds.FreeExpansion };
            using var document = WordprocessingDocument.Open(content, isEditable: false, settings);
            return new DocxReader(document, bounds).Read(document);
        }
        catch (Exception e) when (e is OpenXmlPackageException or XmlException or InvalidDataException or FormatException or IOException
            or ArgumentException or InvalidOperationException or NotSupportedException or KeyNotFoundException or NullReferenceException or UriFormatException)
        {
            // The SDK has no exception of its own for most of the ways in which a package can be wrong.
            throw UnreadableFile.Damaged("Word");
        }
    }

    private DocumentModel Read(WordprocessingDocument document)
    {
        var main = document.MainDocumentPart ?? throw UnreadableFile.Damaged("Word");
        var body = main.Document?.Body ?? throw UnreadableFile.Damaged("Word");
        foreach (var header in main.HeaderParts)
        {
            Aside(header.Header, "en-tête");
        }

        Walk(body, null, 0);
        foreach (var footer in main.FooterParts)
        {
            Aside(footer.Footer, "pied de page");
        }

        var notes = (main.FootnotesPart?.Footnotes?.Elements<Footnote>() ?? []).Where(note => note.Type is null).Select((note, i) => (note, $"note de bas de page {i + 1}"));
        foreach (var (note, place) in notes)
        {
            Aside(note, place);
        }

        return new DocumentModel(PieceKind.Docx, [.. blocks])
        {
            Pages = int.TryParse(document.ExtendedFilePropertiesPart?.Properties?.Pages?.Text, CultureInfo.InvariantCulture, out var pages) && pages > 0 ? pages : null,
            Remarks = [.. Remarks(main)],
        };
    }

    private IEnumerable<Remark> Remarks(MainDocumentPart main)
    {
        if (main.VbaProjectPart is not null)
        {
            yield return new Remark("MACROS", PieceSeverity.Info, null, "Ce fichier contient des macros : elles n’ont pas été exécutées. Préférez un fichier DOCX sans macros.");
        }

        if (text.HasHidden)
        {
            yield return new Remark("TEXTE-MASQUE", PieceSeverity.Info, null, "Ce fichier contient du texte masqué : il n’a pas été pris en compte.");
        }

        if (text.HasChanges)
        {
            yield return new Remark("MODIFICATIONS-SUIVIES", PieceSeverity.Info, null,
                "Ce fichier contient des modifications suivies : il a été lu comme si elles étaient toutes acceptées.");
        }

        foreach (var remark in budget.Remarks)
        {
            yield return remark;
        }
    }

    /// <summary>A part beside the text; an empty heading keeps it out of the section before.</summary>
    private void Aside(OpenXmlElement? part, string place)
    {
        if (part is not null && part.InnerText.Length > 0)
        {
            blocks.Add(new Heading(1, "", place));
            Walk(part, place, 0);
            blocks.Add(new Heading(1, "", place));
        }
    }

    private void Walk(OpenXmlElement parent, string? place, int depth)
    {
        CheckDepth(depth);
        foreach (var element in parent.ChildElements)
        {
            if (budget.Exhausted)
            {
                return;
            }

            switch (element)
            {
                case Word.Paragraph paragraph:
                    Add(paragraph, place, depth);
                    break;
                case Word.Table table:
                    Add(table, place, depth);
                    break;
                case SdtElement control when DocxText.ShowsPlaceholder(control):
                    break;
                case SdtElement control:
                    Answer(control, place);
                    foreach (var content in control.ChildElements.Where(child => child.LocalName == "sdtContent"))
                    {
                        Walk(content, place, depth + 1);
                    }

                    break;
                case AlternateContent alternate when DocxText.Chosen(alternate) is { } chosen:
                    Walk(chosen, place, depth + 1);
                    break;
                case Word.SectionProperties or DeletedRun or MoveFromRun:
                    break;
                default:
                    Walk(element, place, depth + 1);
                    break;
            }
        }
    }

    private void CheckDepth(int depth)
    {
        if (depth > bounds.Nesting)
        {
            throw UnreadableFile.TooMuch("des éléments imbriqués à l’excès");
        }
    }

    private void Add(Word.Paragraph paragraph, string? place, int depth)
    {
        paragraphs++;
        var read = text.Of(paragraph);
        if (!budget.Take(read.Text.Length))
        {
            return;
        }

        var level = styles.HeadingLevel(paragraph);
        if (read.Text.Length == 0)
        {
            // Only what hangs from it, below.
        }
        else if (level is { } known && place is null && read.Text.Length < 300)
        {
            section = FrenchText.OneLine(read.Text);
            blocks.Add(new Heading(known, section, PlaceOf(place)));
        }
        else
        {
            blocks.Add(new Paragraph(read.Text, PlaceOf(place)) { IsHint = read.IsHint, IsBold = read.IsBold });
        }

        foreach (var control in read.Controls)
        {
            Answer(control, place);
        }

        foreach (var box in read.TextBoxes)
        {
            Walk(box, "zone de texte", depth + 1);
        }
    }

    private string PlaceOf(string? place) => place ?? (section.Length > 0 ? $"partie {FrenchText.Quote(section)}" : $"paragraphe {paragraphs}");

    /// <summary>A content control names what it holds; one bound to the document's properties (a cover page) does not answer a form.</summary>
    private void Answer(SdtElement control, string? place)
    {
        var properties = control.SdtProperties;
        if (properties?.GetFirstChild<SdtAlias>()?.Val?.Value is { Length: > 2 } alias && properties.GetFirstChild<DataBinding>() is null &&
            control.ChildElements.FirstOrDefault(child => child.LocalName == "sdtContent") is { } content)
        {
            var value = DocxText.IsCheckBox(control) is { } ticked ? (ticked ? "☒" : "☐") : text.OfAll(content);
            if (budget.Take(value.Length))
            {
                blocks.Add(new Answer(alias, value, $"{PlaceOf(place)}, champ {FrenchText.Quote(alias)}"));
            }
        }
    }

    private void Add(Word.Table table, string? place, int depth)
    {
        CheckDepth(depth);
        var number = ++tables;
        var rows = new List<Row>();
        var nested = new List<(OpenXmlElement, string)>();
        var spread = new Dictionary<int, string>();
        var line = 0;
        foreach (var row in DocxText.Rows(table))
        {
            line++;
            if (row.TableRowProperties?.GetFirstChild<Deleted>() is not null)
            {
                continue;
            }

            var at = $"{(place is null ? "" : place + ", ")}tableau {number}, ligne {line}";
            var cells = new List<Cell>();
            var column = row.TableRowProperties?.GetFirstChild<GridBefore>()?.Val?.Value ?? 0;
            foreach (var cell in DocxText.Cells(row))
            {
                var properties = cell.TableCellProperties;
                var content = text.OfCell(cell, out var inner, out var controls);
                nested.AddRange(inner.Select(element => (element, at)));
                var merge = properties?.VerticalMerge;
                var isSpread = merge is not null && merge.Val?.Value != MergedCellValues.Restart;
                content = isSpread ? spread.GetValueOrDefault(column, "") : content;
                spread[column] = merge is null ? "" : content;
                if (content.Length > 0 && budget.TakeCell(content.Length))
                {
                    cells.Add(new Cell(column, content, at) { IsSpread = isSpread });
                }

                foreach (var control in controls)
                {
                    Answer(control, at);
                }

                column += Math.Clamp(properties?.GridSpan?.Val?.Value ?? 1, 1, 64);
            }

            if (cells.Count > 0)
            {
                rows.Add(new Row([.. cells]));
            }
        }

        if (rows.Count > 0)
        {
            blocks.Add(new Table($"tableau {number}", [.. rows]));
        }

        foreach (var (element, at) in nested)
        {
            if (element is Word.Table inner)
            {
                Add(inner, place, depth + 1);
            }
            else
            {
                Walk(element, $"{at}, zone de texte", depth + 1);
            }
        }
    }
}
