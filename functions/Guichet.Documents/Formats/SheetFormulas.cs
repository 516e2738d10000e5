using System.Globalization;
using System.Text.RegularExpressions;
using Guichet.Documents.Model;

namespace Guichet.Documents.Formats;

/// <summary>
/// The sums and products that a budget needs, for files saved by a program that stores no results. Anything else is not guessed:
/// it gives nothing, and the caller says so.
/// </summary>
internal sealed partial class SheetFormulas(IReadOnlyList<SheetGrid> sheets)
{
    /// <summary>What the formulas of a file may cost together, in characters written and cells looked at: a budget takes thousands.</summary>
    private const int MostWork = 4_000_000;

    private readonly Dictionary<(SheetGrid, int, int), decimal?> known = [];
    private long work;

    /// <summary>The value of a cell, computed where the file holds none; null where it cannot be.</summary>
    public decimal? Evaluate(SheetGrid sheet, int row, int column) => Value(sheet, row, column, 0);

    private decimal? Value(SheetGrid sheet, int row, int column, int depth)
    {
        var content = sheet.At(row, column);
        if (content?.Formula is not { } formula)
        {
            return content is null ? 0 : content.IsPercent ? content.Number / 100 : content.Number;
        }

        if (known.TryGetValue((sheet, row, column), out var value))
        {
            return value;
        }

        work += formula.Length;
        if (work > MostWork)
        {
            return null;
        }

        // Set first: a formula that comes back to itself has no value.
        known[(sheet, row, column)] = null;
        try
        {
            value = depth > 64 ? null : new Parser(this, sheet, formula, depth).Parse();
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException)
        {
            value = null;
        }

        known[(sheet, row, column)] = value;
        return value;
    }

    private sealed class Parser(SheetFormulas formulas, SheetGrid home, string formula, int depth)
    {
        private readonly List<string> tokens = [.. Tokens().Matches(formula.StartsWith("of:", StringComparison.Ordinal) ? formula[3..] : formula).Select(match => match.Value.Trim()).Where(token => token.Length > 0)];
        private int at;
        private int nesting;

        public decimal? Parse()
        {
            if (Peek() == "=")
            {
                at++;
            }

            var value = Sum();
            return at == tokens.Count ? value : null;
        }

        private string Peek() => at < tokens.Count ? tokens[at] : "";

        private decimal? Sum()
        {
            if (++nesting > 64)
            {
                return null;
            }

            var value = Product();
            while (Peek() is "+" or "-")
            {
                value = tokens[at++] == "+" ? value + Product() : value - Product();
            }

            nesting--;
            return value;
        }

        private decimal? Product()
        {
            var value = Factor();
            while (Peek() is "*" or "/")
            {
                value = tokens[at++] == "*" ? value * Factor() : value / Factor();
            }

            return value;
        }

        private decimal? Factor()
        {
            var token = Peek();
            at++;
            decimal? value;
            if (token is "-" or "+")
            {
                // The loop instead of recursion keeps a line of ten thousand minus signs from overflowing the stack.
                var sign = token == "-" ? -1 : 1;
                while (Peek() is "-" or "+")
                {
                    sign *= tokens[at++] == "-" ? -1 : 1;
                }

                return sign * Factor();
            }

            if (token == "(")
            {
                value = Sum();
                if (Peek() != ")")
                {
                    return null;
                }

                at++;
            }
            else if (decimal.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                value = number;
            }
            else if (Peek() == "(")
            {
                value = Call(token.ToUpperInvariant());
            }
            else
            {
                value = Reference(token) is [var cell] ? formulas.Value(cell.Sheet, cell.Row, cell.Column, depth + 1) : null;
            }

            while (Peek() == "%")
            {
                at++;
                value /= 100;
            }

            return value;
        }

        private decimal? Call(string name)
        {
            at++;
            var arguments = new List<decimal?>();
            while (Peek() is not (")" or ""))
            {
                if (Reference(Peek()) is { } cells && at + 1 < tokens.Count && tokens[at + 1] is ")" or "," or ";")
                {
                    at++;
                    arguments.AddRange(name is "SUM" or "PRODUCT"
                        // A text in a range counts for nothing, as in the sheet itself.
                        ? cells.Where(cell => cell.Sheet.At(cell.Row, cell.Column) is { } content && (content.Number is not null || content.Formula is not null))
                            .Select(cell => formulas.Value(cell.Sheet, cell.Row, cell.Column, depth + 1))
                        : cells.Select(cell => formulas.Value(cell.Sheet, cell.Row, cell.Column, depth + 1)));
                }
                else
                {
                    arguments.Add(Sum());
                }

                if (Peek() is "," or ";")
                {
                    at++;
                }
                else if (Peek() != ")")
                {
                    return null;
                }
            }

            at++;
            return arguments.Any(argument => argument is null) ? null : (name, arguments) switch
            {
                ("SUM" or "SOMME", _) => arguments.Sum(),
                ("PRODUCT" or "PRODUIT", { Count: > 0 }) => arguments.Aggregate((product, factor) => product * factor),
                ("ROUND" or "ARRONDI", [{ } value, { } digits]) when digits is >= 0 and <= 6 => Math.Round(value, (int)digits, MidpointRounding.AwayFromZero),
                _ => null,
            };
        }

        private List<(SheetGrid Sheet, int Row, int Column)>? Reference(string token)
        {
            var text = token.Trim('[', ']');
            var sheet = home;
            var mark = text.LastIndexOfAny(['!', '.']);
            if (mark > 0 && text.LastIndexOf(':') is var colon && (colon < 0 || mark < colon || text[mark] == '!'))
            {
                var name = text[..mark].TrimStart('$').Trim('\'').Replace("''", "'", StringComparison.Ordinal);
                if (formulas.Sheet(name) is not { } other)
                {
                    return null;
                }

                (sheet, text) = (other, text[(mark + 1)..]);
            }

            return text.Split(':') switch
            {
                [var one] when CellAddress.Parse(one.TrimStart('.')) is { } cell => [(sheet, cell.Row, cell.Column)],
                [var from, var to] when CellAddress.Parse(from.TrimStart('.')) is { } start && CellAddress.Parse(to.TrimStart('.')) is { } end =>
                    formulas.Cells(sheet, start, end),
                _ => null,
            };
        }
    }

    /// <summary>The cells of a range; null where the formulas have cost too much already.</summary>
    private List<(SheetGrid Sheet, int Row, int Column)>? Cells(SheetGrid sheet, (int Row, int Column) start, (int Row, int Column) end)
    {
        var cells = new List<(SheetGrid, int, int)>();
        foreach (var (row, column, _) in sheet.Range(start.Row, start.Column, end.Row, end.Column))
        {
            if (++work > MostWork)
            {
                return null;
            }

            cells.Add((sheet, row, column));
        }

        return cells;
    }

    private SheetGrid? Sheet(string name) => sheets.FirstOrDefault(sheet => string.Equals(sheet.Name, name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\[[^\[\]]{1,80}\]|(?:'(?:[^']|'')+'!|[\p{L}_][\p{L}\d_]*!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?|\d+(?:\.\d+)?|[A-Za-z_.]+(?=\()|[-+*/(),;%=]|\S+")]
    private static partial Regex Tokens();
}
