using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;
using NodaTime.Text;

namespace Guichet.Documents.Formats;

/// <summary>ODS, streamed a row at a time: sheets are padded with rows and columns repeated by the million, which cost nothing until they hold something.</summary>
internal sealed class OdsReader(ReadingBounds bounds)
{
    private const int Columns = 16_384;
    private const int LastRow = 1_048_576;

    private readonly TextBudget budget = new(bounds);
    private readonly OdfStyles styles = new();
    private readonly List<SheetGrid> grids = [];
    private readonly List<Remark> remarks = [];

    /// <exception cref="UnreadableFile">Damaged, encrypted, or beyond the bounds.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds) =>
        OdfPackage.Read(content, "ODS", bounds, package => new OdsReader(bounds).Read(package));

    private DocumentModel Read(OdfPackage package)
    {
        using var content = package.Part("content.xml") ?? throw UnreadableFile.Damaged("ODS");
        styles.Add(content);
        while (!content.EOF && !budget.Exhausted)
        {
            // A table of a tracked change or of a chart is no sheet.
            if (content.NodeType == XmlNodeType.Element && content.LocalName is "tracked-changes" or "shapes")
            {
                content.Skip();
            }
            else if (IsTable(content, "table") && !content.IsEmptyElement)
            {
                Sheet(content);
            }
            else
            {
                content.Read();
            }
        }

        var formulas = new SheetFormulas(grids);
        return new DocumentModel(PieceKind.Ods, [.. grids.SelectMany(grid => grid.AsBlocks(formulas, remarks))])
        {
            Pages = grids.Count,
            Remarks = [.. package.Remarks(), .. remarks, .. budget.Remarks],
        };
    }

    private static bool IsTable(XmlReader xml, string name) =>
        xml.NodeType == XmlNodeType.Element && xml.LocalName == name && xml.NamespaceURI == Odf.Table.NamespaceName;

    private void Sheet(XmlReader xml)
    {
        var name = FrenchText.OneLine(xml.GetAttribute("name", Odf.Table.NamespaceName) ?? "");
        if (styles.IsHiddenTable(xml.GetAttribute("style-name", Odf.Table.NamespaceName)))
        {
            remarks.Add(new Remark("FEUILLE-MASQUEE", PieceSeverity.Info, $"feuille {name}", $"La feuille {FrenchText.Quote(name)} est masquée : elle a été lue aussi."));
        }

        var grid = new SheetGrid(name);
        grids.Add(grid);
        var depth = xml.Depth;
        var row = 0;
        var column = 0;
        xml.Read();
        while (!xml.EOF && xml.Depth > depth && !budget.Exhausted)
        {
            if (IsTable(xml, "table-row"))
            {
                row = Row(grid, (XElement)XNode.ReadFrom(xml), row);
            }
            else if (IsTable(xml, "table-column"))
            {
                grid.HasHiddenColumns |= column < 100 && xml.GetAttribute("visibility", Odf.Table.NamespaceName) is "collapse" or "filter";
                column += Math.Min(Odf.Repeats(xml.GetAttribute("number-columns-repeated", Odf.Table.NamespaceName)), Columns);
                xml.Read();
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "forms" or "shapes" or "dde-source" or "named-expressions")
            {
                xml.Skip();
            }
            else
            {
                xml.Read();
            }
        }
    }

    /// <summary>Takes a row in as often as it is repeated; the next row's number.</summary>
    private int Row(SheetGrid grid, XElement row, int number)
    {
        var cells = Cells(row);
        var repeats = Math.Min(Odf.Repeats(row.Attribute(Odf.Table + "number-rows-repeated")?.Value), LastRow);
        if (cells.Count > 0)
        {
            grid.HasHiddenRows |= row.Attribute(Odf.Table + "visibility")?.Value is "collapse" or "filter";
            for (var i = 0; i < repeats; i++)
            {
                foreach (var (column, content, height, width) in cells)
                {
                    if (!budget.TakeCell(content.Text.Length))
                    {
                        return number;
                    }

                    grid.Add(number + i, column, content);
                    if (height > 1 || width > 1)
                    {
                        grid.Merge(number + i, column, Math.Min(number + i + height, LastRow) - 1, Math.Min(column + width, Columns) - 1);
                    }
                }
            }
        }

        return Math.Min(number + repeats, LastRow);
    }

    private static List<(int Column, CellContent Content, int Height, int Width)> Cells(XElement row)
    {
        var cells = new List<(int, CellContent, int, int)>();
        var column = 0;
        foreach (var cell in row.Elements().Where(child => child.Name.LocalName is "table-cell" or "covered-table-cell"))
        {
            var repeats = Math.Min(Odf.Repeats(cell.Attribute(Odf.Table + "number-columns-repeated")?.Value), Columns - column);
            // What a merge covers may still hold something, which nobody sees.
            if (cell.Name.LocalName == "table-cell" && Content(cell) is { } content)
            {
                for (var i = 0; i < repeats; i++)
                {
                    cells.Add((column + i, content, Spans(cell, "number-rows-spanned"), Spans(cell, "number-columns-spanned")));
                }
            }

            column += repeats;
            if (column >= Columns)
            {
                break;
            }
        }

        return cells;
    }

    private static int Spans(XElement cell, string attribute) => Math.Min(Odf.Repeats(cell.Attribute(Odf.Table + attribute)?.Value), LastRow);

    private static CellContent? Content(XElement cell)
    {
        string? Says(string attribute) => cell.Attribute(Odf.Office + attribute)?.Value;
        var shown = Shown(cell);
        var type = Says("value-type") ?? "";
        var formula = cell.Attribute(Odf.Table + "formula")?.Value;
        if (formula is not null && type.Length == 0 && shown.Length == 0)
        {
            return new CellContent("") { Formula = formula };
        }

        if (shown.Length > 0 && (cell.Attributes().Any(attribute => attribute.Name.LocalName == "value-type" && attribute.Value == "error") || formula is not null && IsError(shown)))
        {
            return new CellContent(shown) { IsError = true };
        }

        switch (type)
        {
            case "float" or "currency" or "percentage" when decimal.TryParse(Says("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return Number(number, type, shown, Says("currency"));
            case "date" when Says("date-value") is { Length: >= 10 } written && LocalDatePattern.Iso.Parse(written[..10]) is { Success: true, Value: var date }:
                return new CellContent(date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)) { Date = date };
            case "boolean":
                return new CellContent(Says("boolean-value") == "true" ? "oui" : "non");
            default:
                var text = shown.Length > 0 ? shown : Says("string-value")?.Trim() ?? "";
                return text.Length > 0 ? new CellContent(text) : null;
        }
    }

    /// <summary>The number that the cell holds, shown in the French way whatever the language that it was saved in.</summary>
    private static CellContent Number(decimal number, string type, string shown, string? currency)
    {
        if (type == "percentage")
        {
            return new CellContent($"{Plain(number * 100)} %") { Number = number * 100, IsPercent = true };
        }

        // 350 shown as « 350 k€ » means what is shown; 350 000 shown so is what it is.
        if (FrenchAmount.UnitOf(shown) is var unit and > 1 && FrenchAmount.Parse(shown).Value is { } meant && Math.Abs(meant.Amount - number) > unit)
        {
            return new CellContent(shown);
        }

        return currency is not (null or "EUR")
            ? new CellContent($"{Plain(number)} {currency}")
            : new CellContent(Plain(number) + (currency is not null || shown.Contains('€', StringComparison.Ordinal) ? " €" : "")) { Number = number };
    }

    private static string Plain(decimal number) => Math.Round(number, 10).ToString("0.##########", CultureInfo.InvariantCulture).Replace('.', ',');

    private static bool IsError(string shown) => shown is "#REF!" or "#NAME?" or "#NOM?" or "#VALUE!" or "#VALEUR!" or "#DIV/0!" or "#N/A" or "#NUM!" ||
        shown.StartsWith("Err:", StringComparison.Ordinal) || shown.StartsWith("Erreur :", StringComparison.Ordinal);

    /// <summary>What the cell shows: its paragraphs, without the comment that hangs from it.</summary>
    private static string Shown(XElement cell)
    {
        var text = new StringBuilder();
        foreach (var paragraph in cell.Elements(Odf.Text + "p"))
        {
            text.Append(text.Length > 0 ? "\n" : "");
            foreach (var node in paragraph.DescendantNodes())
            {
                text.Append(node switch
                {
                    XText words => words.Value,
                    XElement { Name.LocalName: "s" } spaces => new string(' ', Math.Min(Odf.Repeats(spaces.Attribute(Odf.Text + "c")?.Value), 1_000)),
                    XElement { Name.LocalName: "tab" } => "\t",
                    XElement { Name.LocalName: "line-break" } => "\n",
                    _ => "",
                });
            }
        }

        return text.ToString().Trim();
    }
}
