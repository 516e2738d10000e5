using System.Xml;
using System.Xml.Linq;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>ODT as a word processor would show it with every tracked change accepted.</summary>
internal sealed class OdtReader(ReadingBounds bounds)
{
    private readonly TextBudget budget = new(bounds);
    private readonly OdfStyles styles = new();
    private readonly OdtControls controls = new();
    private readonly List<Block> blocks = [];
    private readonly List<XElement> notes = [];
    private readonly List<XElement> masters = [];
    private OdtText? text;
    private bool hasChanges;
    private bool hasHiddenSection;
    private string section = "";
    private int tables;
    private int paragraphs;

    private OdtText Text => text ??= new OdtText(styles, controls);

    /// <exception cref="UnreadableFile">Damaged, encrypted, or beyond the bounds.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds) =>
        OdfPackage.Read(content, "ODT", bounds, package => new OdtReader(bounds).Read(package));

    private DocumentModel Read(OdfPackage package)
    {
        using (var named = package.Part("styles.xml"))
        {
            styles.Add(named, masters.Add);
        }

        using var content = package.Part("content.xml") ?? throw UnreadableFile.Damaged("ODT");
        styles.Add(content);
        Asides("header", "en-tête");
        if (!Enter(content, "text"))
        {
            throw UnreadableFile.Damaged("ODT");
        }

        foreach (var element in Odf.Children(content))
        {
            Walk(element, null, 0);
        }

        Asides("footer", "pied de page");
        for (var i = 0; i < notes.Count && i < 2_000; i++)
        {
            if (notes[i].Element(Odf.Text + "note-body") is { } body)
            {
                Aside(body, $"note {i + 1}");
            }
        }

        return new DocumentModel(PieceKind.Odt, [.. blocks])
        {
            Pages = package.Count("page-count"),
            Remarks = [.. package.Remarks(), .. Remarks()],
        };
    }

    private static bool Enter(XmlReader content, string body)
    {
        do
        {
            if (content.NodeType == XmlNodeType.Element && content.LocalName == body && content.NamespaceURI == Odf.Office.NamespaceName)
            {
                return true;
            }
        }
        while (content.Read());
        return false;
    }

    private IEnumerable<Remark> Remarks()
    {
        if (Text.HasHidden || hasHiddenSection)
        {
            yield return new Remark("TEXTE-MASQUE", PieceSeverity.Info, null, "Ce fichier contient du texte masqué : il n’a pas été pris en compte.");
        }

        if (hasChanges)
        {
            yield return new Remark("MODIFICATIONS-SUIVIES", PieceSeverity.Info, null,
                "Ce fichier contient des modifications suivies : il a été lu comme si elles étaient toutes acceptées.");
        }

        foreach (var remark in budget.Remarks)
        {
            yield return remark;
        }
    }

    private void Asides(string part, string place)
    {
        foreach (var element in masters.Elements().Where(element => element.Name.Namespace == Odf.Style && element.Name.LocalName.StartsWith(part, StringComparison.Ordinal)))
        {
            Aside(element, place);
        }
    }

    /// <summary>A part beside the text; an empty heading keeps it out of the section before.</summary>
    private void Aside(XElement part, string place)
    {
        if (part.Value.Length > 0)
        {
            blocks.Add(new Heading(1, "", place));
            WalkChildren(part, place, 0);
            blocks.Add(new Heading(1, "", place));
        }
    }

    private void WalkChildren(XElement parent, string? place, int depth)
    {
        foreach (var element in parent.Elements())
        {
            Walk(element, place, depth);
        }
    }

    private void Walk(XElement element, string? place, int depth)
    {
        if (depth > bounds.Nesting)
        {
            throw UnreadableFile.TooMuch("des éléments imbriqués à l’excès");
        }

        if (budget.Exhausted)
        {
            return;
        }

        switch (element.Name.LocalName)
        {
            case "h" or "p":
                Add(element, place, depth);
                break;
            case "table" when element.Name.Namespace == Odf.Table:
                AddTable(element, place, depth);
                break;
            case "forms":
                controls.Add(element);
                break;
            case "tracked-changes":
                // What was deleted stands here and nowhere else; what was inserted stands in its place already.
                hasChanges |= element.HasElements;
                break;
            case "section" when element.Attribute(Odf.Text + "display")?.Value is "none":
                hasHiddenSection = true;
                break;
            // An index repeats the headings; a comment is not the document.
            case "table-of-content" or "illustration-index" or "table-index" or "alphabetical-index" or "user-index" or "annotation" or "sequence-decls" or "note-citation":
                break;
            default:
                WalkChildren(element, place, depth + 1);
                break;
        }
    }

    private void Add(XElement paragraph, string? place, int depth)
    {
        paragraphs++;
        var read = Text.Of(paragraph);
        if (!budget.Take(read.Text.Length))
        {
            return;
        }

        int? level = paragraph.Name.LocalName == "h"
            ? Math.Clamp(Odf.Repeats(paragraph.Attribute(Odf.Text + "outline-level")?.Value), 1, 9)
            : styles.HeadingLevel(paragraph.Attribute(Odf.Text + "style-name")?.Value);
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

        Hang(read, place);
        foreach (var box in read.Boxes)
        {
            WalkChildren(box, "zone de texte", depth + 1);
        }
    }

    private void Hang(OdtText.Read read, string? place)
    {
        notes.AddRange(read.Notes);
        foreach (var (label, value) in read.Answers.Where(answer => budget.Take(answer.Text.Length)))
        {
            blocks.Add(new Answer(label, value, $"{PlaceOf(place)}, champ {FrenchText.Quote(label)}"));
        }
    }

    private string PlaceOf(string? place) => place ?? (section.Length > 0 ? $"partie {FrenchText.Quote(section)}" : $"paragraphe {paragraphs}");

    private void AddTable(XElement element, string? place, int depth)
    {
        var number = ++tables;
        var rows = new List<Row>();
        var nested = new List<(XElement Element, string Place)>();
        // What a merge spreads downwards, by column, and over how many rows more.
        var spread = new Dictionary<int, (string Text, int Rows)>();
        var line = 0;
        foreach (var row in Rows(element))
        {
            for (var times = Math.Min(Odf.Repeats(row.Attribute(Odf.Table + "number-rows-repeated")?.Value), 1_000); times > 0 && !budget.Exhausted; times--)
            {
                var at = $"{(place is null ? "" : place + ", ")}tableau {number}, ligne {++line}";
                var cells = Cells(row, at, spread, nested);
                if (cells.Count > 0)
                {
                    rows.Add(new Row([.. cells]));
                }
            }
        }

        if (rows.Count > 0)
        {
            blocks.Add(new Table($"tableau {number}", [.. rows]));
        }

        foreach (var (inner, at) in nested)
        {
            if (inner.Name == Odf.Table + "table")
            {
                Walk(inner, place, depth + 1);
            }
            else
            {
                WalkChildren(inner, $"{at}, zone de texte", depth + 1);
            }
        }
    }

    private List<Cell> Cells(XElement row, string at, Dictionary<int, (string Text, int Rows)> spread, List<(XElement, string)> nested)
    {
        var cells = new List<Cell>();
        var column = 0;
        foreach (var cell in row.Elements().Where(child => child.Name.LocalName is "table-cell" or "covered-table-cell"))
        {
            var covered = cell.Name.LocalName == "covered-table-cell";
            var repeats = Math.Min(Odf.Repeats(cell.Attribute(Odf.Table + "number-columns-repeated")?.Value), 64);
            var content = covered ? "" : Content(cell, at, nested);
            var height = covered ? 1 : Odf.Repeats(cell.Attribute(Odf.Table + "number-rows-spanned")?.Value);
            for (; repeats > 0; repeats--, column++)
            {
                var above = spread.GetValueOrDefault(column);
                var isSpread = covered && above.Rows > 0;
                var shown = isSpread ? above.Text : content;
                spread[column] = isSpread ? (above.Text, above.Rows - 1) : (content, height - 1);
                if (shown.Length > 0 && budget.TakeCell(shown.Length))
                {
                    cells.Add(new Cell(column, shown, at) { IsSpread = isSpread });
                }
            }
        }

        return cells;
    }

    private string Content(XElement cell, string at, List<(XElement, string)> nested)
    {
        var lines = new List<string>();
        void Walk(XElement parent, int depth)
        {
            foreach (var element in parent.Elements())
            {
                if (element.Name.LocalName is "p" or "h")
                {
                    var read = Text.Of(element);
                    nested.AddRange(read.Boxes.Select(box => (box, at)));
                    Hang(read, at);
                    if (!read.IsHint && read.Text.Length > 0)
                    {
                        lines.Add(read.Text);
                    }
                }
                else if (element.Name == Odf.Table + "table")
                {
                    nested.Add((element, at));
                }
                else if (element.Name.LocalName is not ("annotation" or "tracked-changes") && depth < bounds.Nesting)
                {
                    Walk(element, depth + 1);
                }
            }
        }

        Walk(cell, 0);
        return string.Join('\n', lines);
    }

    private static IEnumerable<XElement> Rows(XElement table)
    {
        foreach (var child in table.Elements())
        {
            if (child.Name == Odf.Table + "table-row")
            {
                yield return child;
            }
            else if (child.Name.LocalName is "table-header-rows" or "table-rows" or "table-row-group")
            {
                foreach (var row in Rows(child))
                {
                    yield return row;
                }
            }
        }
    }
}
