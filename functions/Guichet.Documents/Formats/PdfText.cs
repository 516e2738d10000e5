using System.Text;
using System.Text.RegularExpressions;

namespace Guichet.Documents.Formats;

/// <summary>Lines that a margin broke, made whole again: a line ends for good where the next word would have fitted.</summary>
internal static partial class PdfText
{
    /// <summary>The text of a cell.</summary>
    public static string Of(IEnumerable<PdfWord> words, double right, double left)
    {
        var lines = PdfLine.Of(words);
        var padding = Math.Clamp(lines.Min(line => line.Left) - left, 1, 12);
        return string.Join('\n', Unwrapped(lines, right - padding).Select(line => line.Text));
    }

    /// <summary>Whole lines, each with the first of those that it was broken into.</summary>
    public static IEnumerable<(string Text, PdfLine First)> Unwrapped(IReadOnlyList<PdfLine> lines, double right)
    {
        var text = new StringBuilder();
        PdfLine? first = null;
        PdfLine? before = null;
        foreach (var line in lines)
        {
            if (first is null || before is null || !GoesOn(before, line, right))
            {
                if (first is not null)
                {
                    yield return (text.ToString(), first);
                }

                text.Clear();
                first = line;
            }
            else if (!(text.Length > 1 && text[^1] == '-' && char.IsLetter(text[^2])))
            {
                // A hyphen at the end of a line belongs to the word more often than not: « mise-à-disposition ».
                text.Append(' ');
            }

            text.Append(Written(line));
            before = line;
        }

        if (first is not null)
        {
            yield return (text.ToString(), first);
        }
    }

    /// <summary>The line's text; a gap too wide for a space is a tabulation.</summary>
    private static string Written(PdfLine line) => string.Join('\t', line.Segments().Select(segment => segment.Text));

    private static bool GoesOn(PdfLine before, PdfLine line, double right) =>
        Math.Abs(before.Size - line.Size) < 0.6 && before.IsBold == line.IsBold && before.IsGrey == line.IsGrey &&
        before.Base - line.Base < before.Size * 1.9 &&
        before.Right + before.Size * 0.2 + (line.Words[0].Right - line.Words[0].Left) > right - 1 &&
        !Starts().IsMatch(line.Text) && !(Label().IsMatch(line.Text));

    /// <summary>A point of a list, a box, a number of a part: what begins a line whatever the line before.</summary>
    [GeneratedRegex(@"^(?:[•●○▪◦‣–—*]|-\s|[☒☐☑✓✔□■]|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-z]\)\s)")]
    private static partial Regex Starts();

    [GeneratedRegex(@"^\p{Lu}[^:.;,!?]{2,60}\s?:(?!//)")]
    private static partial Regex Label();
}
