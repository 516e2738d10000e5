namespace Guichet.Documents.Formats;

/// <summary>A table with borders: where its rows and columns are, and which of its cells are merged.</summary>
internal sealed class PdfGrid
{
    private const double Near = 3;

    private readonly double[] xs;
    private readonly double[] ys;
    private readonly int[] merged;

    private PdfGrid(List<PdfRule> rules)
    {
        var level = rules.Where(rule => !rule.IsUpright).ToList();
        var upright = rules.Where(rule => rule.IsUpright).ToList();
        // Many tables have no border at their sides: their rows say how far they go.
        xs = Distinct(upright.Select(rule => rule.At).Append(level.Min(rule => rule.From)).Append(level.Max(rule => rule.To)));
        ys = [.. Distinct(level.Select(rule => rule.At).Append(upright.Min(rule => rule.From)).Append(upright.Max(rule => rule.To))).Reverse()];
        merged = Enumerable.Range(0, Math.Max(0, Columns * Rows)).ToArray();
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if (column + 1 < Columns && !upright.Any(rule => Math.Abs(rule.At - xs[column + 1]) <= Near && Covers(rule, (ys[row] + ys[row + 1]) / 2)))
                {
                    Merge(row * Columns + column, row * Columns + column + 1);
                }

                if (row + 1 < Rows && !level.Any(rule => Math.Abs(rule.At - ys[row + 1]) <= Near && Covers(rule, (xs[column] + xs[column + 1]) / 2)))
                {
                    Merge(row * Columns + column, (row + 1) * Columns + column);
                }
            }
        }
    }

    public int Columns => xs.Length - 1;

    public int Rows => ys.Length - 1;

    public double Left => xs[0];

    public double Right => xs[^1];

    public double Top => ys[0];

    public double Bottom => ys[^1];

    /// <summary>The tables that lines draw, the smallest first, so that one inside another is found.</summary>
    public static List<PdfGrid> Find(IReadOnlyList<PdfRule> rules)
    {
        var group = Enumerable.Range(0, rules.Count).ToArray();
        int Root(int i)
        {
            while (group[i] != i)
            {
                i = group[i] = group[group[i]];
            }

            return i;
        }

        for (var i = 0; i < rules.Count; i++)
        {
            for (var j = 0; j < rules.Count; j++)
            {
                if (rules[i].IsUpright && !rules[j].IsUpright && Touches(rules[i], rules[j].At) && Touches(rules[j], rules[i].At))
                {
                    group[Root(i)] = Root(j);
                }
            }
        }

        return [.. Enumerable.Range(0, rules.Count).GroupBy(Root).Select(same => same.Select(i => rules[i]).ToList())
            .Where(same => same.Any(rule => rule.IsUpright) && same.Any(rule => !rule.IsUpright))
            .Select(same => new PdfGrid(same))
            .Where(grid => grid.Rows is > 0 and < 400 && grid.Columns is > 0 and < 64 && grid.Cells().Count() > 1)
            .OrderBy(grid => (grid.Right - grid.Left) * (grid.Top - grid.Bottom))];
    }

    public bool Contains(PdfWord word) => word.Center > Left - 1 && word.Center < Right + 1 && word.Middle < Top + 1 && word.Middle > Bottom - 1;

    /// <summary>The cell that holds a word.</summary>
    public int CellOf(PdfWord word)
    {
        var column = Math.Clamp(Array.FindLastIndex(xs, x => x <= word.Center), 0, Columns - 1);
        var row = Math.Clamp(Array.FindLastIndex(ys, y => y >= word.Middle), 0, Rows - 1);
        return Find(row * Columns + column);
    }

    /// <summary>Cells, those that are merged once: their number, and the rows and columns that they cover.</summary>
    public IEnumerable<(int Cell, int Top, int Bottom, int Left, int Right)> Cells() =>
        Enumerable.Range(0, merged.Length).GroupBy(Find).Select(same => (same.Key, same.Min(i => i / Columns), same.Max(i => i / Columns), same.Min(i => i % Columns), same.Max(i => i % Columns)));

    /// <summary>Where a column ends on the page.</summary>
    public double RightOf(int column) => xs[column + 1];

    public double LeftOf(int column) => xs[column];

    /// <summary>Whether another table has its columns at the same places.</summary>
    public bool HasColumnsOf(PdfGrid other) => Columns == other.Columns && xs.Zip(other.xs).All(pair => Math.Abs(pair.First - pair.Second) <= Near);

    private static bool Covers(PdfRule rule, double at) => at >= rule.From - Near && at <= rule.To + Near;

    /// <summary>Nearer than lines of one table: boxes of a form stand under one another and are none.</summary>
    private static bool Touches(PdfRule rule, double at) => at >= rule.From - 1.6 && at <= rule.To + 1.6;

    private static double[] Distinct(IEnumerable<double> values)
    {
        var distinct = new List<double>();
        foreach (var value in values.Order())
        {
            if (distinct.Count == 0 || value - distinct[^1] > Near)
            {
                distinct.Add(value);
            }
        }

        return [.. distinct];
    }

    private int Find(int cell)
    {
        while (merged[cell] != cell)
        {
            cell = merged[cell];
        }

        return cell;
    }

    private void Merge(int a, int b)
    {
        var (first, second) = (Find(a), Find(b));
        merged[Math.Max(first, second)] = Math.Min(first, second);
    }
}
