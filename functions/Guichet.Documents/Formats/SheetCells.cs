namespace Guichet.Documents.Formats;

/// <summary>
/// The cells of a sheet by their row and column. Files give them in order, nearly always: they are put at the end, and sorted once where one
/// was not.
/// </summary>
internal sealed class SheetCells
{
    private readonly Dictionary<int, Line> lines = [];
    private readonly List<int> numbers = [];
    private bool inOrder = true;

    public bool IsEmpty => lines.Count == 0;

    public bool Has(int row) => lines.ContainsKey(row);

    /// <summary>Puts a content into a cell; of two the later stays.</summary>
    public void Add(int row, int column, CellContent content)
    {
        if (!lines.TryGetValue(row, out var line))
        {
            lines[row] = line = new Line();
            inOrder &= numbers.Count == 0 || numbers[^1] < row;
            numbers.Add(row);
        }

        line.Add(column, content);
    }

    public CellContent? At(int row, int column) => lines.TryGetValue(row, out var line) ? line.At(column) : null;

    /// <summary>Rows from the first down, each with its cells from left to right.</summary>
    public IEnumerable<(int Row, IReadOnlyList<(int Column, CellContent Content)> Cells)> InOrder()
    {
        Sort();
        foreach (var number in numbers)
        {
            yield return (number, lines[number].InOrder());
        }
    }

    /// <summary>What stands in a range; rows that hold nothing cost nothing.</summary>
    public IEnumerable<(int Row, int Column, CellContent Content)> Range(int top, int left, int bottom, int right)
    {
        Sort();
        var first = numbers.BinarySearch(top);
        for (var i = first < 0 ? ~first : first; i < numbers.Count && numbers[i] <= bottom; i++)
        {
            foreach (var (column, content) in lines[numbers[i]].InOrder())
            {
                if (column >= left && column <= right)
                {
                    yield return (numbers[i], column, content);
                }
            }
        }
    }

    private void Sort()
    {
        if (!inOrder)
        {
            numbers.Sort();
            inOrder = true;
        }
    }

    private sealed class Line
    {
        private List<(int Column, CellContent Content)> cells = [];
        private bool inOrder = true;

        public void Add(int column, CellContent content)
        {
            inOrder &= cells.Count == 0 || cells[^1].Column < column;
            cells.Add((column, content));
        }

        public CellContent? At(int column)
        {
            var sorted = InOrder();
            var (from, to) = (0, sorted.Count - 1);
            while (from <= to)
            {
                var middle = (from + to) / 2;
                if (sorted[middle].Column == column)
                {
                    return sorted[middle].Content;
                }

                (from, to) = sorted[middle].Column < column ? (middle + 1, to) : (from, middle - 1);
            }

            return null;
        }

        public List<(int Column, CellContent Content)> InOrder()
        {
            if (!inOrder)
            {
                cells = [.. cells.GroupBy(cell => cell.Column).OrderBy(same => same.Key).Select(same => same.Last())];
                inOrder = true;
            }

            return cells;
        }
    }
}
