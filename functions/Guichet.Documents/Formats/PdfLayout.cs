using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>Pages to blocks in reading order: tables with borders, then what stands around them.</summary>
internal sealed partial class PdfLayout(IReadOnlyList<PdfPage> pages)
{
    private readonly List<Block> blocks = [];
    private double[] sizes = [];
    private PdfGrid? lastGrid;
    private int lastTable = -1;
    private int tables;

    /// <summary>The blocks of all pages.</summary>
    public IEnumerable<Block> Blocks()
    {
        var body = pages.SelectMany(page => page.Words).GroupBy(word => Half(word.Size)).MaxBy(same => same.Sum(word => word.Text.Length))?.Key ?? 10;
        sizes = [.. pages.SelectMany(page => page.Words).Select(word => Half(word.Size)).Distinct().Where(size => size >= body * 1.15).OrderDescending()];
        var repeated = Repeated();
        foreach (var text in repeated.Values)
        {
            blocks.AddRange([new Heading(1, "", text.Place), text, new Heading(1, "", text.Place)]);
        }

        foreach (var page in pages)
        {
            Read(page, repeated);
        }

        return blocks;
    }

    private static double Half(double size) => Math.Round(size * 2) / 2;

    /// <summary>Headers and footers: what stands at the edge of several pages, its numbers apart.</summary>
    private Dictionary<string, Paragraph> Repeated() => pages.Count < 2 ? [] : pages
        .SelectMany(page => page.Lines.Where(line => IsEdge(page, line)).Select(line => (Key: EdgeKey(line), page.Number, line.Text)))
        .GroupBy(line => line.Key)
        .Where(same => same.Select(line => line.Number).Distinct().Count() > 1)
        .ToDictionary(same => same.Key, same => new Paragraph(same.First().Text, $"page {same.First().Number}"));

    private static bool IsEdge(PdfPage page, PdfLine line) => line.Base > page.Height * 0.91 || line.Base < page.Height * 0.09;

    private static string EdgeKey(PdfLine line) => Digits().Replace(FrenchText.Fold(line.Text), "#");

    private void Read(PdfPage page, Dictionary<string, Paragraph> repeated)
    {
        var edges = page.Lines.Where(line => IsEdge(page, line) && (repeated.ContainsKey(EdgeKey(line)) || PageNumber().IsMatch(FrenchText.Fold(line.Text)))).SelectMany(line => line.Words).ToHashSet();
        var left = edges.Count == 0 ? page.Words.ToList() : page.Words.Where(word => !edges.Contains(word)).ToList();
        var items = new List<(double Top, Action Add)>();
        foreach (var grid in PdfGrid.Find(page.Rules))
        {
            var own = left.Where(grid.Contains).ToList();
            if (own.Count > 0)
            {
                left.RemoveAll(grid.Contains);
                items.Add((grid.Top, () => Add(page, grid, own)));
            }
        }

        // The text between two tables is one region: columns do not go on across a table.
        var tops = items.Select(item => item.Top).OrderDescending().ToList();
        foreach (var region in (left.Count == page.Words.Count ? page.Lines : PdfLine.Of(left)).GroupBy(line => tops.Count(top => top > line.Base)))
        {
            var lines = region.ToList();
            items.Add((lines[0].Base + lines[0].Size, () => Add(page, lines)));
        }

        foreach (var (_, add) in items.OrderByDescending(item => item.Top))
        {
            add();
        }

        foreach (var field in page.Fields.Where(field => field.Label is not null))
        {
            blocks.Add(new Answer(field.Label!, field.Text, $"page {page.Number}, champ {FrenchText.Quote(field.Label!)}"));
        }
    }

    private void Add(PdfPage page, PdfGrid grid, List<PdfWord> words)
    {
        var texts = words.Where(word => !word.IsGrey).GroupBy(grid.CellOf).ToDictionary(same => same.Key, same => same.ToList());
        var rows = Enumerable.Range(0, grid.Rows).Select(_ => new List<Cell>()).ToArray();
        var goesOn = lastGrid is not null && blocks.Count - 1 == lastTable && grid.HasColumnsOf(lastGrid);
        var number = ++tables;
        foreach (var (cell, top, bottom, left, right) in grid.Cells().Where(cell => texts.ContainsKey(cell.Cell)))
        {
            var text = PdfText.Of(texts[cell], grid.RightOf(right), grid.LeftOf(left));
            for (var row = top; row <= bottom; row++)
            {
                rows[row].Add(new Cell(left, text, $"page {page.Number}, tableau {number}, ligne {row + 1}") { IsSpread = row > top });
            }
        }

        var kept = rows.Where(row => row.Count > 0).Select(row => new Row([.. row.OrderBy(cell => cell.Column)])).ToList();
        if (goesOn && blocks[^1] is Table before && GoesOn(before, kept[0]))
        {
            blocks[^1] = before with { Rows = before.Rows.SetItem(before.Rows.Length - 1, Join(before.Rows[^1], kept[0])) };
            kept.RemoveAt(0);
        }

        if (goesOn && blocks[^1] is Table { Rows.Length: 1 } heading)
        {
            // Headings that a page left behind at its foot.
            blocks[^1] = heading with { Rows = [.. heading.Rows, .. kept] };
        }
        else if (kept.Count > 0)
        {
            blocks.Add(new Table($"page {page.Number}, tableau {number}", [.. kept]));
        }

        (lastGrid, lastTable) = (grid, blocks.Count - 1);
    }

    /// <summary>Whether the first row of a page is the rest of the last row of the page before: an answer whose label stands there.</summary>
    private static bool GoesOn(Table before, Row first) => first.Cells is [{ Column: > 0, IsSpread: false } only] && before.Rows[^1].At(only.Column) is not null;

    private static Row Join(Row row, Row rest) => new([.. row.Cells.Select(cell => rest.At(cell.Column) is { } more ? cell with { Text = $"{cell.Text}\n{more.Text}" } : cell)]);

    private void Add(PdfPage page, List<PdfLine> lines)
    {
        foreach (var part in PdfColumns.Parts(lines))
        {
            if (part.Rows is { } rows)
            {
                var number = ++tables;
                var place = $"page {page.Number}, tableau {number}";
                blocks.Add(new Table(place, [.. rows.Select((row, i) => new Row([.. row.Select(cell => new Cell(cell.Column, cell.Text, $"{place}, ligne {i + 1}"))]))]));
            }
            else
            {
                foreach (var (text, line) in PdfText.Unwrapped(part.Lines, part.Lines.Max(line => line.Right)))
                {
                    Add(page, text, line);
                }
            }
        }
    }

    private void Add(PdfPage page, string text, PdfLine line)
    {
        var place = $"page {page.Number}";
        var level = Array.IndexOf(sizes, Half(line.Size)) + 1;
        if (level > 0 && text.Length < 200)
        {
            blocks.Add(new Heading(Math.Min(level, 7), FrenchText.OneLine(text), place));
        }
        else
        {
            blocks.Add(new Paragraph(text, place) { IsHint = line.IsGrey, IsBold = line.IsBold, Lead = line.IsBold ? null : line.Lead });
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(?:page|p\.)?\s*\d{1,3}(?:\s*(?:/|sur|de)\s*\d{1,3})?$")]
    private static partial Regex PageNumber();
}
