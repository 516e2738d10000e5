namespace Guichet.Documents.Formats;

/// <summary>Lines without borders around them: two columns of text are read one after the other, cells that stand under one another make a table.</summary>
internal static class PdfColumns
{
    /// <summary>A part of a region: lines of text, or the rows of a table.</summary>
    public sealed record Part(IReadOnlyList<PdfLine> Lines, IReadOnlyList<IReadOnlyList<(int Column, string Text)>>? Rows = null);

    private sealed record Row(PdfLine Whole, List<PdfLine> Segments);

    public static IEnumerable<Part> Parts(IReadOnlyList<PdfLine> lines)
    {
        var rows = lines.Select(line => new Row(line, [.. line.Segments()])).ToList();
        for (var i = 0; i < rows.Count;)
        {
            var end = End(rows, i, out var gutter);
            var (left, right) = (Side(rows[i..end], gutter, isLeft: true), Side(rows[i..end], gutter, isLeft: false));
            if (AreColumns(rows[i..end], left, right, gutter))
            {
                yield return new Part(left);
                yield return new Part(right);
                i = end;
                continue;
            }

            end = EndOfTable(rows, i);
            if (end - i > 1 && rows[i].Segments.Count > 1)
            {
                yield return new Part([], Cells(rows[i..end]));
                i = end;
                continue;
            }

            // Up to the next line with a gap in it, text is text.
            var next = rows.FindIndex(i + 1, row => row.Segments.Count > 1);
            next = next < 0 ? rows.Count : next;
            yield return new Part([.. rows[i..next].Select(row => row.Whole)]);
            i = next;
        }
    }

    /// <summary>How far down a gap stays open, and where it is.</summary>
    private static int End(List<Row> rows, int start, out (double Left, double Right) gutter)
    {
        gutter = default;
        var opening = rows.FindIndex(start, row => row.Segments.Count > 1);
        if (opening < 0 || opening > start + 3 || rows[opening].Segments.Count != 2)
        {
            return start;
        }

        gutter = (rows[opening].Segments[0].Right, rows[opening].Segments[1].Left);
        var end = start;
        for (; end < rows.Count; end++)
        {
            var middle = (gutter.Left + gutter.Right) / 2;
            var (left, right) = gutter;
            foreach (var segment in rows[end].Segments)
            {
                if (segment.Right <= middle)
                {
                    left = Math.Max(left, segment.Right);
                }
                else
                {
                    right = Math.Min(right, segment.Left);
                }
            }

            if (right - left < 8 || end > start && rows[end - 1].Whole.Base - rows[end].Whole.Base > 3 * rows[end].Whole.Size)
            {
                break;
            }

            gutter = (left, right);
        }

        return end;
    }

    private static List<PdfLine> Side(List<Row> rows, (double Left, double Right) gutter, bool isLeft) =>
        [.. rows.Select(row => row.Segments.Where(segment => segment.Right <= (gutter.Left + gutter.Right) / 2 == isLeft).SelectMany(segment => segment.Words).ToList())
            .Where(words => words.Count > 0).Select(words => new PdfLine(words))];

    /// <summary>Two columns of text, and not labels beside their values.</summary>
    private static bool AreColumns(List<Row> rows, List<PdfLine> left, List<PdfLine> right, (double Left, double Right) gutter)
    {
        if (left.Count < 4 || right.Count < 4)
        {
            return false;
        }

        var both = rows.Where(row => row.Segments.Count > 1).ToList();
        var width = gutter.Left - left.Min(line => line.Left);
        var isProse = left.Count(line => line.Right - line.Left > width * 0.7) >= left.Count * 0.6;
        var isApart = both.Count < Math.Min(left.Count, right.Count) * 0.6;
        var areAnswers = both.Count(row => IsAnswer(row.Segments[0].Text)) >= both.Count * 0.5;
        return isProse || isApart || areAnswers;
    }

    private static bool IsAnswer(string text) => text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && text[(colon + 1)..].Trim().Length > 0;

    /// <summary>Lines of several cells, and the lines between them that only go on with one.</summary>
    private static int EndOfTable(List<Row> rows, int start)
    {
        var end = start;
        while (end < rows.Count && (rows[end].Segments.Count > 1 || end > start && GoesOn(rows, start, end)))
        {
            if (end > start && rows[end - 1].Whole.Base - rows[end].Whole.Base > 3 * rows[end].Whole.Size)
            {
                break;
            }

            end++;
        }

        // A line that goes on with the last row stays; a table of one row is a line with a tabulation.
        return rows[start..end].Count(row => row.Segments.Count > 1) > 1 ? end : start;
    }

    /// <summary>A lone segment under a column that is not the first: the rest of a cell.</summary>
    private static bool GoesOn(List<Row> rows, int start, int at)
    {
        var segment = rows[at].Segments[0];
        return rows[start..at].Any(row => row.Segments.Skip(1).Any(other => Math.Abs(other.Left - segment.Left) < 4)) &&
            rows[at - 1].Whole.Base - rows[at].Whole.Base < 1.6 * segment.Size;
    }

    private static List<IReadOnlyList<(int, string)>> Cells(List<Row> rows)
    {
        var bands = new List<(double Left, double Right)>();
        foreach (var segment in rows.Where(row => row.Segments.Count > 1).SelectMany(row => row.Segments).OrderBy(segment => segment.Left))
        {
            if (bands.Count > 0 && segment.Left < bands[^1].Right)
            {
                bands[^1] = (bands[^1].Left, Math.Max(bands[^1].Right, segment.Right));
            }
            else
            {
                bands.Add((segment.Left, segment.Right));
            }
        }

        int Column(PdfLine segment) => Math.Max(0, bands.FindLastIndex(band => band.Left <= segment.Left + 1));
        var table = new List<SortedDictionary<int, string>>();
        foreach (var row in rows)
        {
            var isRest = row.Segments.Count == 1 && table.Count > 0;
            var cells = isRest ? table[^1] : [];
            foreach (var segment in row.Segments)
            {
                var column = Column(segment);
                cells[column] = cells.TryGetValue(column, out var before) ? $"{before} {segment.Text}" : segment.Text;
            }

            if (!isRest)
            {
                table.Add(cells);
            }
        }

        return [.. table.Select(cells => (IReadOnlyList<(int, string)>)[.. cells.Select(cell => (cell.Key, cell.Value))])];
    }
}
