using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExcelDataReader;
using MiniExcelLibs;
using NPOI.XSSF.UserModel;

namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>
/// XLSX. A form needs each cell with its address, its type and its shared string, and the number format that makes a number a date, a
/// percentage or an amount. ClosedXML is served in a version that needs the OpenXml of before; the next ones need SixLabors.
/// </summary>
internal static class SheetRivals
{
    public static readonly IReadOnlyList<Rival> All =
    [
        new("DocumentFormat.OpenXml, cellules typées (OpenXmlReader)", Asked.Form, true, Streamed),
        new("DocumentFormat.OpenXml, cellules typées (objets)", Asked.Form, false, Objects),
        new("OpenXml et XmlReader, textes seuls", Asked.Texts, true, Texts),
        new("ExcelDataReader, cellules typées", Asked.Form, false, ExcelData),
        new("MiniExcel, cellules typées", Asked.Form, false, Mini),
        new("NPOI, cellules typées", Asked.Form, false, Npoi),
    ];

    private static long Texts(string path)
    {
        using var document = SpreadsheetDocument.Open(path, false);
        return document.WorkbookPart!.WorksheetParts.Sum(part =>
        {
            using var xml = XmlReader.Create(part.GetStream());
            return XmlTexts.Length(xml);
        });
    }

    private static long Objects(string path)
    {
        using var document = SpreadsheetDocument.Open(path, false);
        var cells = new TypedCells(document.WorkbookPart!);
        return document.WorkbookPart!.WorksheetParts.Sum(part => part.Worksheet!.Descendants<Cell>().Sum(cells.Read));
    }

    private static long Streamed(string path)
    {
        using var document = SpreadsheetDocument.Open(path, false);
        var cells = new TypedCells(document.WorkbookPart!);
        return document.WorkbookPart!.WorksheetParts.Sum(part =>
        {
            var read = 0L;
            using var reader = OpenXmlReader.Create(part);
            while (reader.Read())
            {
                if (reader.ElementType == typeof(Cell) && reader.IsStartElement)
                {
                    read += cells.Read((Cell)reader.LoadCurrentElement()!);
                }
            }

            return read;
        });
    }

    private static long ExcelData(string path)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(stream);
        var read = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                read += (reader.GetValue(i)?.ToString()?.Length ?? 0) + (reader.GetNumberFormatString(i)?.Length ?? 0);
            }
        }

        return read;
    }

    private static long Mini(string path) => MiniExcel.Query(path).Cast<IDictionary<string, object?>>().Sum(row => row.Values.Sum(value => (long)(value?.ToString()?.Length ?? 0)));

    private static long Npoi(string path)
    {
        using var stream = File.OpenRead(path);
        var sheet = new XSSFWorkbook(stream).GetSheetAt(0);
        var read = 0L;
        for (var row = sheet.FirstRowNum; row <= sheet.LastRowNum; row++)
        {
            read += sheet.GetRow(row).Cells.Sum(cell => (cell.CellType == NPOI.SS.UserModel.CellType.Numeric ? (long)cell.NumericCellValue : cell.StringCellValue.Length) + cell.CellStyle.DataFormat);
        }

        return read;
    }

    /// <summary>What the SDK leaves to its caller: shared strings and number formats.</summary>
    private sealed class TypedCells(WorkbookPart workbook)
    {
        private readonly List<string> shared = [.. workbook.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>().Select(item => item.InnerText) ?? []];

        private readonly List<uint> formats = [.. workbook.WorkbookStylesPart?.Stylesheet?.CellFormats?.Elements<CellFormat>().Select(format => format.NumberFormatId?.Value ?? 0) ?? []];

        public long Read(Cell cell)
        {
            var type = cell.DataType?.Value ?? CellValues.Number;
            var text = type == CellValues.InlineString ? cell.InlineString?.InnerText : cell.CellValue?.Text;
            var format = (int)(cell.StyleIndex?.Value ?? 0) is var style && style < formats.Count ? formats[style] : 0;
            return (cell.CellReference?.Value?.Length ?? 0) + format +
                (type == CellValues.SharedString ? shared[int.Parse(text!, CultureInfo.InvariantCulture)].Length
                    : type == CellValues.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.Sign(number)
                    : text?.Length ?? 0);
        }
    }
}
