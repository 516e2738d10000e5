namespace Guichet.Documents.Formats;

/// <summary>Lines without borders around them: two columns of text are read one after the other, cells that stand under one another make a table.</summary>
internal static class PdfColumns
{
    /// <summary>A part of a region: lines of text, or the rows of a table.</summary>
    public sealed record Part(IReadOnlyList<PdfLine> Lines, IReadOnlyList<IReadOnlyList<(int Column, string Text)>>? Rows = null);

    private const double Gutter = 8;

    private sealed record Row(PdfLine Whole, List<PdfLine> Segments);

    public static IEnumerable<Part> Parts(IReadOnlyList<PdfLine> lines)
    {
        var rows = lines.Select(line => new Row(line, [.. line.Segments()])).ToList();
        for (var i = 0; i < rows.Count;)
        {
            if (Columns(rows, i) is { } columns)
            {
                yield return new Part(columns.Left);
                yield return new Part(columns.Right);
                i = columns.End;
                continue;
            }

            var end = EndOfTable(rows, i);
            if (end - i > 1 && rows[i].Segments.Count > 1)
            {
                yield return new Part([], Cells(rows[i..end]));
                i = end;
                continue;
            }

            // Up to where a gap opens again, text is text.
            var next = i + 1;
            while (next < rows.Count && rows[next].Segments.Count == 1 && Columns(rows, next) is null)
            {
                next++;
            }

            yield return new Part([.. rows[i..next].Select(row => row.Whole)]);
            i = next;
        }
    }

    /// <summary>Two columns of text that begin at a line, and where they end; null where none do.</summary>
    private static (List<PdfLine> Left, List<PdfLine> Right, int End)? Columns(List<Row> rows, int start)
    {
        // The lines of the two columns need not stand at the same height: the gap is looked for over a few of them.
        var near = rows.Skip(start).Take(6).SelectMany(row => row.Segments).ToList();
        var gaps = near.SelectMany(left => near.Where(right => right.Left - left.Right >= Gutter).Select(right => (left.Right, right.Left))).Distinct().OrderBy(gap => gap.Left - gap.Right);
        foreach (var gap in gaps)
        {
            var end = End(rows, start, gap, out var gutter);
            var (left, right) = (Side(rows[start..end], gutter, isLeft: true), Side(rows[start..end], gutter, isLeft: false));
            if (left.Count >= 4 && right.Count >= 4 && !right.Exists(line => line.HasFields) && IsText(left, gutter.Left)) // Fields answer the labels beside them.
            {
                return (left, right, end);
            }
        }

        return null;
    }

    /// <summary>How far down a gap stays open, and what is left of it.</summary>
    private static int End(List<Row> rows, int start, (double Left, double Right) gap, out (double Left, double Right) gutter)
    {
        gutter = gap;
        var end = start;
        for (; end < rows.Count; end++)
        {
            var middle = (gutter.Left + gutter.Right) / 2;
            var (left, right) = gutter;
            foreach (var word in rows[end].Whole.Words)
            {
                if (word.Right <= middle)
                {
                    left = Math.Max(left, word.Right);
                }
                else
                {
                    right = Math.Min(right, word.Left);
                }
            }

            if (right - left < Gutter || end > start && rows[end - 1].Whole.Base - rows[end].Whole.Base > 4 * rows[end].Whole.Size)
            {
                break;
            }

            gutter = (left, right);
        }

        return end;
    }

    private static List<PdfLine> Side(List<Row> rows, (double Left, double Right) gutter, bool isLeft) =>
        [.. rows.Select(row => row.Whole.Words.Where(word => word.Right <= (gutter.Left + gutter.Right) / 2 == isLeft).ToList())
            .Where(words => words.Count > 0).Select(words => new PdfLine(words))];

    /// <summary>
    /// Text, and not labels whose values stand beside them: lines that go on with the line before begin with a small letter, or labels have
    /// their values behind a colon.
    /// </summary>
    private static bool IsText(List<PdfLine> lines, double right)
    {
        var width = right - lines.Min(line => line.Left);
        var goOn = lines.Count(line => char.IsLower(line.Text[0]));
        var full = lines.Count(line => line.Right - line.Left > width * 0.7);
        return goOn >= lines.Count * 0.3 && full >= lines.Count * 0.4 || lines.Count(line => IsAnswer(line.Text)) >= lines.Count * 0.5;
    }

    private static bool IsAnswer(string text) => text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && text[(colon + 1)..].Trim().Length > 0;

    /// <summary>Lines of several cells, and the lines between them that only go on with one.</summary>
    private static int EndOfTable(List<Row> rows, int start)
    {
        var end = start;
        while (end < rows.Count && (rows[end].Segments.Count > 1 || end > start && GoesOn(rows, start, end)))
        {
            if (end > start && (rows[end - 1].Whole.Base - rows[end].Whole.Base > (rows[end].Whole.HasFields ? 5 : 3) * rows[end].Whole.Size
                || rows[end - 1].Whole.IsFields && !rows[end].Whole.HasFields)) // Under answers stand the labels of the next ones.
            {
                break;
            }

            end++;
        }

        // A line that goes on with the last row stays; a table of one row is a line with a tabulation.
        return rows[start..end].Count(row => row.Segments.Count > 1) > 1 ? end : start;
    }

    /// <summary>A lone segment under a column that is not the first, or under the first and in the middle of a sentence: the rest of a cell.</summary>
    private static bool GoesOn(List<Row> rows, int start, int at)
    {
        var segment = rows[at].Segments[0];
        bool IsUnder(PdfLine other) => Math.Abs(other.Left - segment.Left) < 4;
        return rows[at - 1].Whole.Base - rows[at].Whole.Base < 1.6 * segment.Size &&
            (rows[start..at].Any(row => row.Segments.Skip(1).Any(IsUnder)) || char.IsLower(segment.Text[0]) && rows[at - 1].Segments.Any(IsUnder));
    }

    /// <summary>Rows of fields say where columns are; the labels above them stand too close to tell.</summary>
    private static List<IReadOnlyList<(int, string)>> FieldCells(List<Row> rows)
    {
        var lefts = new List<double>();
        foreach (var field in rows.Where(row => row.Whole.IsFields).SelectMany(row => row.Whole.Words).OrderBy(field => field.Left))
        {
            if (lefts.Count == 0 || field.Left - lefts[^1] > Gutter)
            {
                lefts.Add(field.Left);
            }
        }

        int Column(PdfWord word) => Math.Max(0, lefts.FindLastIndex(left => left <= word.Left + Gutter));
        return
        [
            .. rows.Select(row => (IReadOnlyList<(int, string)>)
                [.. row.Whole.Words.GroupBy(Column).OrderBy(cell => cell.Key).Select(cell => (cell.Key, string.Join(' ', cell.Select(word => word.Text))))]),
        ];
    }

    private static List<IReadOnlyList<(int, string)>> Cells(List<Row> rows)
    {
        if (rows.Any(row => row.Whole.IsFields) && rows.All(row => row.Whole.IsFields || !row.Whole.HasFields))
        {
            return FieldCells(rows);
        }

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
