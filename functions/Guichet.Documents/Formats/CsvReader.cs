using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using nietras.SeparatedValues;

namespace Guichet.Documents.Formats;

/// <summary>CSV, read like a workbook of one sheet; a text without columns is read line by line.</summary>
internal sealed class CsvReader(ReadingBounds bounds)
{
    private const int Sample = 1 << 16;

    private readonly TextBudget budget = new(bounds);
    private readonly DecimalStyle style = new();

    /// <exception cref="UnreadableFile">Damaged.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds)
    {
        try
        {
            return new CsvReader(bounds).Read(content);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException or IOException)
        {
            // A quote that never closes makes one column of the whole file, which the parser refuses.
            throw UnreadableFile.Damaged("CSV");
        }
    }

    private DocumentModel Read(Stream content)
    {
        char? delimiter;
        using (var head = CsvText.Open(content))
        {
            var sample = new char[Sample];
            delimiter = CsvText.Delimiter(new string(sample, 0, head.ReadBlock(sample)));
        }

        using var text = CsvText.Open(content);
        IEnumerable<Block> blocks = delimiter is { } known ? Table(text, known) : Lines(text);
        return new DocumentModel(PieceKind.Csv, [.. blocks]) { Remarks = [.. budget.Remarks] };
    }

    private IEnumerable<Block> Table(TextReader text, char delimiter)
    {
        var rows = new List<Row>();
        using var csv = Sep.New(delimiter).Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true }).From(text);
        foreach (var line in csv)
        {
            var cells = new List<Cell>();
            for (var column = 0; column < line.ColCount; column++)
            {
                var value = line[column].ToString().Trim();
                if (value.Length > 0 && budget.TakeCell(value.Length))
                {
                    style.Learn(value);
                    cells.Add(new Cell(column, value, $"ligne {line.LineNumberFrom}, colonne {Letters(column)}"));
                }
            }

            if (cells.Count > 0 && !(line.LineNumberFrom == 1 && cells[0].Text.StartsWith("sep=", StringComparison.Ordinal)))
            {
                rows.Add(new Row([.. cells]));
            }

            if (budget.Exhausted)
            {
                break;
            }
        }

        return [new Table("tableau", [.. rows.Select(row => new Row([.. row.Cells.Select(Typed)]))]) { Sheet = "" }];
    }

    private Cell Typed(Cell cell) => style.Read(cell.Text) is { } number ? cell with { Number = number } : cell;

    private IEnumerable<Block> Lines(TextReader text)
    {
        for (var number = 1; text.ReadLine() is { } line && budget.Take(line.Length); number++)
        {
            if (line.Trim() is { Length: > 0 } said)
            {
                yield return new Paragraph(said, $"ligne {number}");
            }
        }
    }

    private static string Letters(int column) => CellAddress.Show(0, column)[..^1];
}
