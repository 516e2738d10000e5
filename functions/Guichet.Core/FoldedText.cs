using System.Globalization;
using System.Text;

namespace Guichet.Core;

/// <summary>A text without what people vary without meaning anything by it.</summary>
public static class FoldedText
{
    // Nearly all that is folded is Latin: a table spares it the general decomposition, which was two thirds of judging a dossier.
    private static readonly char[] Latin = [.. Enumerable.Range(0, 0x180).Select(code => Decomposed(((char)code).ToString()) is [var one] ? one : '\0')];

    /// <summary>Lower case, without accents.</summary>
    public static string Of(string text)
    {
        foreach (var c in text)
        {
            if (c < Latin.Length ? Latin[c] == '\0' : !IsKept(c))
            {
                return Decomposed(text);
            }
        }

        return string.Create(text.Length, text, (folded, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                folded[i] = from[i] < Latin.Length ? Latin[from[i]] : from[i];
            }
        });
    }

    /// <summary>The signs of French typography, which neither case nor decomposition changes: narrow spaces, dashes, quotation marks, bullets, the ellipsis, the euro.</summary>
    private static bool IsKept(char c) => c is '\u202F' or '\u2013' or '\u2014' or '\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u2022' or '\u2026' or '€';

    private static string Decomposed(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)).ToLowerInvariant();
}
