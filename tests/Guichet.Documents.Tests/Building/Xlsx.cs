using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Guichet.Documents.Tests.Building;

/// <summary>A formula, and the result that a program stored with it, if any.</summary>
internal sealed record Formula(string Text, decimal? Result = null);

/// <summary>A workbook, said row by row.</summary>
internal sealed class Xlsx
{
    private readonly List<(string Name, object?[][] Rows, string[] Merges, bool Hidden)> sheets = [];

    public Xlsx Sheet(string name, params object?[][] rows)
    {
        sheets.Add((name, rows, [], false));
        return this;
    }

    public Xlsx HiddenSheet(string name, params object?[][] rows)
    {
        sheets.Add((name, rows, [], true));
        return this;
    }

    public Xlsx Merged(string name, string[] merges, params object?[][] rows)
    {
        sheets.Add((name, rows, merges, false));
        return this;
    }

    public byte[] Bytes()
    {
        var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var list = new Sheets();
            workbook.Workbook = new Workbook(list);
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "#,##0.00\\ \"€\"" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 9 }, new CellFormat { NumberFormatId = 164 }));
            foreach (var (name, rows, merges, hidden) in sheets)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                var data = new SheetData(rows.Select((row, r) => new Row(row.Select((value, c) => Cell(value, r, c)).OfType<Cell>()) { RowIndex = (uint)r + 1 }));
                part.Worksheet = merges.Length == 0 ? new Worksheet(data) : new Worksheet(data, new MergeCells(merges.Select(merge => new MergeCell { Reference = merge })));
                list.Append(new Sheet { Id = workbook.GetIdOfPart(part), Name = name, SheetId = (uint)list.Count() + 1, State = hidden ? SheetStateValues.Hidden : null });
            }
        }

        return stream.ToArray();
    }

    private static Cell? Cell(object? value, int row, int column)
    {
        var address = $"{(char)('A' + column)}{row + 1}";
        CellValue Number(decimal number) => new(number.ToString(CultureInfo.InvariantCulture));
        return value switch
        {
            null => null,
            string text => new Cell(new InlineString(new Text(text))) { CellReference = address, DataType = CellValues.InlineString },
            int number => new Cell(Number(number)) { CellReference = address },
            decimal number => new Cell(Number(number)) { CellReference = address, StyleIndex = 3 },
            double percent => new Cell(Number((decimal)percent)) { CellReference = address, StyleIndex = 2 },
            DateOnly date => new Cell(Number(date.DayNumber - new DateOnly(1899, 12, 30).DayNumber)) { CellReference = address, StyleIndex = 1 },
            Formula { Result: { } result } formula => new Cell(new CellFormula(formula.Text), Number(result)) { CellReference = address },
            Formula formula => new Cell(new CellFormula(formula.Text)) { CellReference = address },
            _ => throw new ArgumentException($"No cell holds a {value.GetType().Name}."),
        };
    }
}
