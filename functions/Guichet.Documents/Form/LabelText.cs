using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>A label reduced to what makes it that label: its numbering, articles, plurals, accents and case do not matter.</summary>
internal static partial class LabelText
{
    /// <summary>How many slips of the keyboard a word may hold and still be known.</summary>
    public const int MostSlips = 2;

    private static readonly SearchValues<char> Aparts = SearchValues.Create(":–—-\n");

    /// <summary>How many pieces a narrow column breaks a word into.</summary>
    private const int MostPieces = 5;

    /// <summary>The words of a label, in order, without its numbering.</summary>
    public static string[] Pieces(string label)
    {
        var folded = FrenchText.Fold(label).Trim();
        var pieces = new List<string>();
        for (var at = Numbering().Match(folded).Length; at < folded.Length;)
        {
            var end = at;
            while (end < folded.Length && (char.IsLetter(folded[end]) || char.IsDigit(folded[end])))
            {
                end++;
            }

            if (end > at || folded[at] is '%' or '€')
            {
                end = Math.Max(end, at + 1);
                pieces.Add(folded[at..end]);
            }

            at = Math.Max(end, at + 1);
        }

        return [.. pieces];
    }

    /// <summary>What of the pieces matters, reduced.</summary>
    public static IEnumerable<string> Words(IEnumerable<string> pieces, FrozenSet<string> stopWords) => pieces.Where(word => !stopWords.Contains(word)).Select(Stem);

    /// <summary>The pieces, words that a narrow column broke put together: <c>Indicateu r</c>, <c>intermédi aires</c>; null where none was.</summary>
    public static IReadOnlyList<string>? Mended(string[] pieces, PhraseBook book)
    {
        List<string>? mended = null;
        for (var i = 0; i < pieces.Length; i++)
        {
            var length = Broken(pieces, i, book);
            if (length > 1)
            {
                mended ??= [.. pieces[..i]];
            }

            mended?.Add(string.Concat(pieces.AsSpan(i, length)));
            i += length - 1;
        }

        return mended;
    }

    /// <summary>How many pieces from one on make a known word; 1 where they make none.</summary>
    private static int Broken(string[] pieces, int from, PhraseBook book)
    {
        // A plural's ending is no part of a known word.
        Span<char> word = stackalloc char[book.LongestWord + 2];
        var (longest, at) = (1, 0);
        for (var i = from; i < pieces.Length && i < from + MostPieces && pieces[i].TryCopyTo(word[at..]); i++)
        {
            at += pieces[i].Length;
            if (i > from && book.IsKnown(word[..StemLength(word[..at])]))
            {
                longest = i - from + 1;
            }
        }

        return longest;
    }

    /// <summary>A word without its plural or feminine ending.</summary>
    public static string Stem(string word) => StemLength(word) is var length && length == word.Length ? word : word[..length];

    private static int StemLength(ReadOnlySpan<char> word)
    {
        var length = word.Length;
        if (length > 3 && word[^1] is 's' or 'x' && !char.IsDigit(word[^2]))
        {
            length--;
        }

        return length > 4 && word[..length].EndsWith("ee", StringComparison.Ordinal) ? length - 1 : length;
    }

    /// <summary>The label without what stands in parentheses.</summary>
    public static string WithoutAside(string label) => Parenthesis().Replace(label, " ");

    /// <summary>What stands in the label's parentheses.</summary>
    public static string? Aside(string label) => Parenthesis().Match(label) is { Success: true, Value: var value } ? value[1..^1] : null;

    /// <summary>« Déploiement : comment atteindre les cibles ? », « Type de projet – cochez une case »: what such a label opens with; null where the rest may be its answer.</summary>
    public static string? Opening(string label)
    {
        if (label.Length is < 6 or > 220 || label.AsSpan().IndexOfAny(Aparts) < 3 || Apart().Match(label, 3) is not { Success: true } apart)
        {
            return null;
        }

        var rest = label[(apart.Index + apart.Length)..].TrimEnd();
        return rest.EndsWith('?') || Lexicon.IsInstruction(rest) ? label[..apart.Index].TrimEnd() : null;
    }

    /// <summary>Whether two words differ by a slip of the keyboard.</summary>
    public static bool IsTypo(string a, string b)
    {
        var allowed = Math.Min(a.Length, b.Length) switch { < 5 => 0, < 10 => 1, _ => MostSlips };
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

    [GeneratedRegex(@"^[\s•\-*▪■➢>→·]*(?:(?:(?:partie|section|article|question|rubrique|fiche)\s+)?(?:(?>\d{1,2}(?:[.\-]\d{1,2})*[a-z]?)|[a-h]|[ivx]{1,4})\s*[.)°\-:/]+\s*|(?>[ivx]{1,4}(?:\.\d{1,2})+)\s+|(?>\d{1,2}(?:\.\d{1,2})*)\s+(?!\d))")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"\s*:\s+|\s+[–—-]\s+|\s*\n\s*")]
    private static partial Regex Apart();

    [GeneratedRegex(@"\([^)]*\)|\[[^\]]*\]")]
    private static partial Regex Parenthesis();
}
