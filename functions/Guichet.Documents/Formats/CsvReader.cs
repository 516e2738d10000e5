using System.Runtime.InteropServices;
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
        var cells = new List<Cell>();
        using var csv = Sep.New(delimiter).Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true }).From(text);
        foreach (var line in csv)
        {
            cells.Clear();
            for (var column = 0; column < line.ColCount; column++)
            {
                var value = line[column].Span.Trim();
                if (value.Length > 0 && budget.TakeCell(value.Length))
                {
                    var said = value.ToString();
                    style.Learn(said);
                    cells.Add(new Cell(column, said, Place.InLine(line.LineNumberFrom, column)));
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

        return [new Table("tableau", [.. rows.Select(Typed)]) { Sheet = "" }];
    }

    /// <summary>The row with the numbers that its cells are, once the whole file has said how it writes them.</summary>
    private Row Typed(Row row)
    {
        Cell[]? typed = null;
        for (var i = 0; i < row.Cells.Length; i++)
        {
            if (style.Read(row.Cells[i].Text) is { } number)
            {
                typed ??= [.. row.Cells];
                typed[i] = row.Cells[i] with { Number = number };
            }
        }

        return typed is null ? row : new Row(ImmutableCollectionsMarshal.AsImmutableArray(typed));
    }

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
}
