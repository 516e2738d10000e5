using System.Globalization;
using System.Text;

namespace Guichet.Core;

/// <summary>A text without what people vary without meaning anything by it.</summary>
public static class FoldedText
{
    /// <summary>Lower case, without accents.</summary>
    public static string Of(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)).ToLowerInvariant();
}
