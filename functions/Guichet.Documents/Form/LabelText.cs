using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>A label reduced to what makes it that label: its numbering, articles, plurals, accents and case do not matter.</summary>
internal static partial class LabelText
{
    /// <summary>The words of a label, in order, without what does not matter.</summary>
    public static ImmutableArray<string> Words(string label, ISet<string> stopWords) =>
        [.. Pieces(label).Where(word => !stopWords.Contains(word)).Select(Stem)];

    /// <summary>The same, words that a narrow column broke put together: <c>Indicateu r</c>, <c>intermédi aires</c>.</summary>
    public static ImmutableArray<string> MendedWords(string label, ISet<string> stopWords, Func<string, bool> isKnown)
    {
        var pieces = Pieces(label);
        var mended = new List<string>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var length = Enumerable.Range(2, 4).LastOrDefault(n => i + n <= pieces.Count && isKnown(Stem(string.Concat(pieces.Skip(i).Take(n)))));
            mended.Add(length > 0 ? string.Concat(pieces.Skip(i).Take(length)) : pieces[i]);
            i += Math.Max(0, length - 1);
        }

        return [.. mended.Where(word => !stopWords.Contains(word)).Select(Stem)];
    }

    private static List<string> Pieces(string label) =>
        [.. Word().Matches(Numbering().Replace(FrenchText.Fold(label).Trim(), "")).Select(match => match.Value)];

    /// <summary>A word without its plural or feminine ending.</summary>
    public static string Stem(string word)
    {
        if (word.Length > 3 && word[^1] is 's' or 'x' && !char.IsDigit(word[^2]))
        {
            word = word[..^1];
        }

        return word.Length > 4 && word.EndsWith("ee", StringComparison.Ordinal) ? word[..^1] : word;
    }

    /// <summary>The label without what stands in parentheses.</summary>
    public static string WithoutAside(string label) => Parenthesis().Replace(label, " ");

    /// <summary>What stands in the label's parentheses.</summary>
    public static string? Aside(string label) => Parenthesis().Match(label) is { Success: true, Value: var value } ? value[1..^1] : null;

    /// <summary>Whether two words differ by a slip of the keyboard.</summary>
    public static bool IsTypo(string a, string b)
    {
        var allowed = Math.Min(a.Length, b.Length) switch { < 5 => 0, < 10 => 1, _ => 2 };
        if (allowed == 0 || Math.Abs(a.Length - b.Length) > allowed || a[0] != b[0] && a[1] != b[1] || a.Any(char.IsDigit))
        {
            return false;
        }

        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    now[j] = Math.Min(now[j], beforeLast[j - 2] + 1);
                }
            }

            last.CopyTo(beforeLast);
            now.CopyTo(last);
        }

        return last[b.Length] <= allowed;
    }

    [GeneratedRegex(@"^[\s•\-*▪■➢>→·]*(?:(?:(?:partie|section|article|question|rubrique|fiche)\s+)?(?:(?>\d{1,2}(?:[.\-]\d{1,2})*[a-z]?)|[a-h]|[ivx]{1,4})\s*[.)°\-:/]+\s*|(?>\d{1,2}(?:\.\d{1,2})*)\s+(?!\d))")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"[\p{L}\d]+|[%€]")]
    private static partial Regex Word();

    [GeneratedRegex(@"\([^)]*\)|\[[^\]]*\]")]
    private static partial Regex Parenthesis();
}
