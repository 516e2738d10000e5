using System.Globalization;
using System.Text;

namespace Guichet.Documents.Values;

/// <summary>French text made comparable: case, accents, ligatures, apostrophes and the many spaces do not matter.</summary>
internal static class FrenchText
{
    /// <summary>Below it a character folds the same whatever stands beside it: no script that is composed of parts begins before.</summary>
    private const char FoldedAlone = '\u3000';

    /// <summary>The most characters that one folds to.</summary>
    private const int Widest = 3;

    private const int Short = 128;

    private static readonly string?[] Alone = new string?[FoldedAlone];

    /// <summary>Lower case, without accents; typographic variants made plain. Punctuation stays.</summary>
    public static string Fold(string text)
    {
        var folded = text.Length <= Short ? stackalloc char[Widest * Short] : new char[Widest * text.Length];
        return TryFold(text, folded, out var length) ? new string(folded[..length]) : FoldWhole(text);
    }

    private static bool TryFold(string text, Span<char> folded, out int length)
    {
        length = 0;
        foreach (var c in text)
        {
            if (char.IsAscii(c))
            {
                folded[length++] = c is '`' ? '\'' : char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c);
            }
            else if (c < FoldedAlone)
            {
                var alone = Alone[c] ??= FoldWhole(c.ToString());
                alone.CopyTo(folded[length..]);
                length += alone.Length;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static string FoldWhole(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Valid(text).Normalize(NormalizationForm.FormD))
        {
            switch (c)
            {
                case 'œ' or 'Œ':
                    folded.Append("oe");
                    break;
                case 'æ' or 'Æ':
                    folded.Append("ae");
                    break;
                case '’' or '‘' or '`' or '´':
                    folded.Append('\'');
                    break;
                case '–' or '—' or '‑' or '‐' or '−':
                    folded.Append('-');
                    break;
                case '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\uFEFF':
                    break;
                default:
                    if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
                    {
                        folded.Append(char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c));
                    }

                    break;
            }
        }

        return folded.ToString();
    }

    /// <summary>The text without what no normal form takes: the halves of characters that a damaged file leaves, and U+FFFE.</summary>
    private static string Valid(string text) => string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');

    /// <summary>The text on one line, its runs of spaces made one; the invisible characters of word processors dropped.</summary>
    public static string OneLine(string text)
    {
        if (IsOneLine(text))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\u00AD' or '\u200B' or '\uFEFF')
            {
                continue;
            }

            if (!char.IsWhiteSpace(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] is not (' ' or '\u00A0' or '\u202F'))
            {
                // A no-break space inside an amount is part of how it was written.
                line.Append(c is '\u00A0' or '\u202F' ? c : ' ');
            }
        }

        return line.ToString().Trim();
    }

    private static bool IsOneLine(string text)
    {
        var afterSpace = true;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                afterSpace = false;
                continue;
            }

            if (c is '\u00AD' or '\u200B' or '\uFEFF' || char.IsWhiteSpace(c) && (afterSpace || c is not ' '))
            {
                return false;
            }

            afterSpace = c is ' ';
        }

        return !afterSpace || text.Length == 0;
    }

    /// <summary>Letters and digits alone, folded: two texts with the same key say the same.</summary>
    public static string Key(string text)
    {
        var folded = text.Length <= Short ? stackalloc char[Widest * Short] : new char[Widest * text.Length];
        if (!TryFold(text, folded, out var length))
        {
            return string.Concat(FoldWhole(text).Where(char.IsLetterOrDigit));
        }

        var kept = 0;
        foreach (var c in folded[..length])
        {
            if (char.IsLetterOrDigit(c))
            {
                folded[kept++] = c;
            }
        }

        return new string(folded[..kept]);
    }

    /// <summary>Whether the text's key is a given one, told from its first letter where it is not.</summary>
    public static bool HasKey(string text, string key)
    {
        foreach (var c in text)
        {
            if (!char.IsAscii(c))
            {
                break;
            }

            if (char.IsLetterOrDigit(c))
            {
                return char.ToLowerInvariant(c) == key[0] && Key(text) == key;
            }
        }

        return Key(text) == key;
    }

    /// <summary>A quotation that fits in a sentence.</summary>
    public static string Quote(string text)
    {
        var line = OneLine(text);
        return $"« {(line.Length <= 120 ? line : string.Concat(line.AsSpan(0, 119), "…"))} »";
    }
}
