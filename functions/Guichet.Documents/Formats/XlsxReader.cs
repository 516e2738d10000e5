using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>
/// XLSX, streamed. The SDK opens the package and its styles; sheets and shared strings are read by their local names, so that a workbook in
/// Strict Open XML gives what a transitional one gives.
/// </summary>
internal sealed class XlsxReader
{
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly WorkbookPart workbook;
    private readonly TextBudget budget;
    private readonly XlsxStyles styles;
    private readonly List<string> shared;
    private readonly List<Remark> remarks = [];

    private XlsxReader(WorkbookPart workbook, ReadingBounds bounds)
    {
        this.workbook = workbook;
        budget = new TextBudget(bounds);
        styles = new XlsxStyles(workbook.WorkbookStylesPart?.Stylesheet, workbook.Workbook?.WorkbookProperties?.Date1904?.Value ?? false);
        shared = SharedStrings(bounds);
    }

    /// <exception cref="UnreadableFile">Damaged, or beyond the bounds.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds)
    {
        PackageBounds.Check(content, bounds);
        try
        {
            using var document = SpreadsheetDocument.Open(content, isEditable: false, new OpenSettings { AutoSave = false });
            return new XlsxReader(document.WorkbookPart ?? throw UnreadableFile.Damaged("Excel"), bounds).Read();
        }
        catch (Exception e) when (e is OpenXmlPackageException or XmlException or InvalidDataException or FormatException or IOException
            or ArgumentException or InvalidOperationException or NotSupportedException or KeyNotFoundException or NullReferenceException or UriFormatException)
        {
            throw UnreadableFile.Damaged("Excel");
        }
    }

    private DocumentModel Read()
    {
        var listed = workbook.Workbook?.Sheets?.Elements<Sheet>().ToList() ?? throw UnreadableFile.Damaged("Excel");
        var grids = new List<SheetGrid>();
        foreach (var sheet in listed)
        {
            if (sheet.Id?.Value is not { } id || !workbook.TryGetPartById(id, out var part) || part is not WorksheetPart worksheet)
            {
                continue;
            }

            var name = FrenchText.OneLine(sheet.Name?.Value ?? "");
            if (sheet.State?.Value is { } state && (state == SheetStateValues.Hidden || state == SheetStateValues.VeryHidden))
            {
                remarks.Add(new Remark("FEUILLE-MASQUEE", PieceSeverity.Info, $"feuille {name}", $"La feuille {FrenchText.Quote(name)} est masquée : elle a été lue aussi."));
            }

            grids.Add(Sheet(name, worksheet));
        }

        if (workbook.VbaProjectPart is not null)
        {
            remarks.Add(new Remark("MACROS", PieceSeverity.Info, null, "Ce classeur contient des macros : elles n’ont pas été exécutées. Préférez un fichier XLSX sans macros."));
        }

        var formulas = new SheetFormulas(grids);
        return new DocumentModel(PieceKind.Xlsx, [.. grids.SelectMany(grid => grid.AsBlocks(formulas, remarks))])
        {
            Pages = grids.Count,
            Remarks = [.. remarks, .. budget.Remarks],
        };
    }

    private List<string> SharedStrings(ReadingBounds bounds)
    {
        var strings = new List<string>();
        if (workbook.SharedStringTablePart is not { } part)
        {
            return strings;
        }

        // What is kept is bounded here; what is shown of it is counted when a cell shows it.
        long room = 4L * bounds.Characters;
        using var xml = XmlReader.Create(part.GetStream(), Safe);
        while (xml.Read() && room > 0)
        {
            while (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                var text = RichText(xml, bounds.Characters);
                room -= text.Length + 16;
                strings.Add(text);
            }
        }

        return strings;
    }

    /// <summary>The text of an <c>si</c> or <c>is</c> element, its phonetic guides left out; the reader ends after it.</summary>
    private static string RichText(XmlReader xml, int most)
    {
        var depth = xml.Depth;
        var isEmpty = xml.IsEmptyElement;
        xml.Read();
        if (isEmpty)
        {
            return "";
        }

        var only = "";
        StringBuilder? text = null;
        while (!xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
                continue;
            }

            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && (text?.Length ?? only.Length) < most)
            {
                // Nearly every text is one piece.
                if (text is null && only.Length == 0)
                {
                    only = xml.Value;
                }
                else
                {
                    text = (text ?? new StringBuilder(only)).Append(xml.Value);
                }
            }

            xml.Read();
        }

        xml.Read();
        return text?.ToString() ?? only;
    }

    private SheetGrid Sheet(string name, WorksheetPart part)
    {
        var grid = new SheetGrid(name);
        using var xml = XmlReader.Create(part.GetStream(), Safe);
        var row = 0;
        var column = 0;
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }

            switch (xml.LocalName)
            {
                case "row":
                    row = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) ? number - 1 : row + 1;
                    column = -1;
                    grid.HasHiddenRows |= xml.GetAttribute("hidden") is "1" or "true";
                    xml.Read();
                    break;
                case "col":
                    grid.HasHiddenColumns |= xml.GetAttribute("hidden") is "1" or "true" && int.TryParse(xml.GetAttribute("min"), CultureInfo.InvariantCulture, out var min) && min < 100;
                    xml.Read();
                    break;
                case "c":
                    var address = CellAddress.Parse(xml.GetAttribute("r"));
                    (row, column) = address is { } at ? at : (row, column + 1);
                    if (!Cell(xml, grid, row, column))
                    {
                        return grid;
                    }

                    break;
                case "mergeCell":
                    grid.Merge(xml.GetAttribute("ref") ?? "");
                    xml.Read();
                    break;
                default:
                    xml.Read();
                    break;
            }
        }

        return grid;
    }

    private bool Cell(XmlReader xml, SheetGrid grid, int row, int column)
    {
        var type = xml.GetAttribute("t") ?? "n";
        var style = int.TryParse(xml.GetAttribute("s"), CultureInfo.InvariantCulture, out var index) ? index : 0;
        var (value, formula) = (default(string), default(string));
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return true;
        }

        var depth = xml.Depth;
        xml.Read();
        while (!xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
            }
            else if (xml.LocalName == "v")
            {
                value = xml.ReadElementContentAsString();
            }
            else if (xml.LocalName == "f")
            {
                formula = xml.ReadElementContentAsString();
            }
            else if (xml.LocalName == "is")
            {
                value = RichText(xml, 1 << 20);
            }
            else
            {
                xml.Skip();
            }
        }

        xml.Read();
        var content = Content(type, value, style);
        if (content is null && formula is null)
        {
            return true;
        }

        if (!budget.TakeCell(content?.Text.Length ?? 0))
        {
            return false;
        }

        content ??= new CellContent("") { Formula = formula };
        grid.Add(row, column, styles.IsPercent(style) ? content with { IsPercent = true } : content);
        return true;
    }

    private CellContent? Content(string type, string? value, int style)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        switch (type)
        {
            case "s":
                var text = int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < shared.Count ? shared[index] : "";
                return text.Trim().Length == 0 ? null : new CellContent(text.Trim());
            case "str" or "inlineStr":
                return value.Trim().Length == 0 ? null : new CellContent(value.Trim());
            case "b":
                return new CellContent(value is "1" or "true" ? "oui" : "non");
            case "e":
                return new CellContent(value) { IsError = true };
            case "d":
                return FrenchDate.Parse(value) is { Value: { } date }
                    ? new CellContent(date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)) { Date = date }
                    : new CellContent(value);
            default:
                return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? styles.Show(number, style)
                    : new CellContent(value);
        }
    }
}
