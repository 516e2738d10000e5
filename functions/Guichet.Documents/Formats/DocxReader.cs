using System.Collections.Immutable;
using System.Xml.Linq;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>
/// DOCX as Word would show it with every tracked change accepted, transitional or Strict. It is read as plain XML: the typed objects of the
/// SDK cost more than all the rest.
/// </summary>
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

    private DocxReader(DocxPackage package, ReadingBounds bounds)
    {
        this.bounds = bounds;
        budget = new TextBudget(bounds);
        styles = new DocxStyles(package.Parts("styles").FirstOrDefault());
        text = new DocxText(styles);
    }

    /// <exception cref="UnreadableFile">Damaged, or beyond the bounds.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds) =>
        DocxPackage.Read(content, bounds, package => new DocxReader(package, bounds).Read(package));

    private DocumentModel Read(DocxPackage package)
    {
        var body = package.Main.Word("body") ?? throw UnreadableFile.Damaged("Word");
        foreach (var header in package.Parts("header"))
        {
            Aside(header, "en-tête");
        }

        Walk(body, null, 0);
        foreach (var footer in package.Parts("footer"))
        {
            Aside(footer, "pied de page");
        }

        // Those that have a type are the lines that part notes from the text.
        var notes = package.Parts("footnotes").SelectMany(part => part.Words("footnote")).Where(note => note.Said("type") is null);
        foreach (var (number, note) in notes.Index())
        {
            Aside(note, $"note de bas de page {number + 1}");
        }

        return new DocumentModel(PieceKind.Docx, [.. blocks])
        {
            Pages = package.Pages,
            Remarks = [.. Remarks(package)],
        };
    }

    private IEnumerable<Remark> Remarks(DocxPackage package)
    {
        if (package.HasMacros)
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
    private void Aside(XElement part, string place)
    {
        if (part.Value.Length > 0)
        {
            blocks.Add(new Heading(1, "", place));
            Walk(part, place, 0);
            blocks.Add(new Heading(1, "", place));
        }
    }

    private void Walk(XElement parent, string? place, int depth)
    {
        CheckDepth(depth);
        foreach (var element in parent.Elements())
        {
            if (budget.Exhausted)
            {
                return;
            }

            switch (element.WordName())
            {
                case "p":
                    AddParagraph(element, place, depth);
                    break;
                case "tbl":
                    AddTable(element, place, depth);
                    break;
                case "sdt" when DocxControl.ShowsPlaceholder(element):
                    break;
                case "sdt":
                    Answer(element, place);
                    foreach (var content in element.Words("sdtContent"))
                    {
                        Walk(content, place, depth + 1);
                    }

                    break;
                case "sectPr" or "del" or "moveFrom":
                    break;
                default:
                    Walk(element.Chosen() ?? element, place, depth + 1);
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

    private void AddParagraph(XElement paragraph, string? place, int depth)
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
            blocks.Add(new Paragraph(read.Text, PlaceOf(place)) { IsHint = read.IsHint, IsBold = !read.IsHint && read.Emphasis.IsBold, IsSlanted = read.Emphasis.IsSlanted, Lead = read.Emphasis.Lead });
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
    private void Answer(XElement control, string? place)
    {
        if (DocxControl.Label(control) is { } alias && control.Word("sdtContent") is { } content)
        {
            var value = DocxControl.IsTicked(control) is { } ticked ? (ticked ? "☒" : "☐") : text.OfAll(content);
            if (budget.Take(value.Length))
            {
                blocks.Add(new Answer(alias, value, $"{PlaceOf(place)}, champ {FrenchText.Quote(alias)}"));
            }
        }
    }

    private void AddTable(XElement table, string? place, int depth)
    {
        CheckDepth(depth);
        var number = ++tables;
        var rows = new List<Row>();
        var nested = new List<(XElement, string)>();
        var spread = new Dictionary<int, string>();
        var line = 0;
        foreach (var row in Unwrapped(table, "tr", 0))
        {
            line++;
            var rowProperties = row.Word("trPr");
            if (rowProperties?.Word("del") is not null)
            {
                continue;
            }

            var at = $"{(place is null ? "" : place + ", ")}tableau {number}, ligne {line}";
            var cells = new List<Cell>();
            var column = rowProperties?.Word("gridBefore")?.Number() ?? 0;
            foreach (var cell in Unwrapped(row, "tc", 0))
            {
                var properties = cell.Word("tcPr");
                var content = text.OfCell(cell, out var inner, out var controls);
                nested.AddRange(inner.Select(element => (element, at)));
                var merge = properties?.Word("vMerge");
                var isSpread = merge is not null && merge.Said("val") != "restart";
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

                column += Math.Clamp(properties?.Word("gridSpan")?.Number() ?? 1, 1, 64);
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
            if (element.WordName() == "tbl")
            {
                AddTable(element, place, depth + 1);
            }
            else
            {
                Walk(element, $"{at}, zone de texte", depth + 1);
            }
        }
    }

    /// <summary>The rows of a table or the cells of a row, those wrapped in a control or in a tracked insertion included.</summary>
    private IEnumerable<XElement> Unwrapped(XElement parent, string wanted, int depth)
    {
        CheckDepth(depth);
        return parent.Elements().SelectMany(child => child.WordName() switch
        {
            var name when name == wanted => [child],
            "sdt" or "sdtContent" or "ins" or "customXml" => Unwrapped(child, wanted, depth + 1),
            _ => [],
        });
    }
}
