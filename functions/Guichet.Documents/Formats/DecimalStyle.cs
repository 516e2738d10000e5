using System.Globalization;
using System.Text.RegularExpressions;

namespace Guichet.Documents.Formats;

/// <summary>
/// Which sign a text file writes decimals with. <c>1,234</c> is a thousand or a bit more than one: the other numbers of the file say which,
/// and where they do not the number is left as it is written.
/// </summary>
internal sealed partial class DecimalStyle
{
    private bool hasComma;
    private bool hasDot;

    /// <summary>Takes in what a cell says of the style of its file.</summary>
    public void Learn(string text)
    {
        if (Written(text) is { Sure: { } sign })
        {
            hasComma |= sign == ',';
            hasDot |= sign == '.';
        }
    }

    /// <summary>The number of a cell that has a separator in it; null for a plain integer, for any other text, and where it can be read two ways.</summary>
    public decimal? Read(string text)
    {
        if (Written(text) is not { } written || hasComma && hasDot)
        {
            return null;
        }

        var sign = written.Sure ?? (hasComma ? ',' : hasDot ? '.' : default(char?));
        if (sign is not { } known)
        {
            return null;
        }

        var other = known == ',' ? "." : ",";
        return decimal.TryParse(written.Compact.Replace(other, "", StringComparison.Ordinal).Replace(known, '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>The digits and signs of a number, and its decimal sign where there is no doubt; null for what is no number with a separator.</summary>
    private static (string Compact, char? Sure)? Written(string text)
    {
        if (text.AsSpan().IndexOfAny(',', '.') < 0 || !Number().IsMatch(text))
        {
            return null;
        }

        var compact = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is ',' or '.' or '-'));
        var (comma, dot) = (compact.LastIndexOf(','), compact.LastIndexOf('.'));
        if (comma < 0 && dot < 0)
        {
            return null;
        }

        if (comma >= 0 && dot >= 0)
        {
            return (compact, comma > dot ? ',' : '.');
        }

        var (at, sign) = comma >= 0 ? (comma, ',') : (dot, '.');
        var thousands = compact.Count(c => c == sign) > 1;
        return (compact, thousands ? (sign == ',' ? '.' : ',') : compact.Length - at != 4 || compact.TrimStart('-').StartsWith('0') || at > 3 + (compact[0] == '-' ? 1 : 0) ? sign : null);
    }

    [GeneratedRegex(@"^\s*-?(?:\d+|\d{1,3}(?:[ \u00A0\u202F',.]\d{3})+)(?:[.,]\d+)?\s*(?:€|EUR)?\s*$")]
    private static partial Regex Number();
}
