using System.Text;
using Guichet.Documents.Values;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace Guichet.Documents.Formats;

/// <summary>From the letters of a page, wherever the file draws them, to its words.</summary>
/// <param name="Letters">How many can be seen.</param>
/// <param name="Unreadable">How many of them are no character: the font does not say which.</param>
/// <param name="Hidden">How many are drawn in no colour: what a scanner believes that it read.</param>
internal sealed record PdfLetters(IReadOnlyList<PdfWord> Words, int Letters, int Unreadable, int Hidden)
{
    public static PdfLetters Of(Page page)
    {
        var (seen, unreadable, hidden) = (new List<Letter>(), 0, 0);
        foreach (var letter in page.Letters)
        {
            if (letter.RenderingMode is TextRenderingMode.Neither or TextRenderingMode.NeitherClip)
            {
                // Recognised text under a scan is not what the porteur wrote: an amount in it may be wrong.
                hidden++;
            }
            else if (letter.TextOrientation is TextOrientation.Horizontal && letter.PointSize > 1)
            {
                seen.Add(letter);
                unreadable += IsUnreadable(letter.Value) ? 1 : 0;
            }
        }

        return new PdfLetters([.. Lines(seen).SelectMany(Split)], seen.Count(letter => !string.IsNullOrWhiteSpace(letter.Value)), unreadable, hidden);
    }

    private static bool IsUnreadable(string value)
    {
        foreach (var c in value)
        {
            if (c is '\uFFFD' or < ' ' and not ('\t' or '\n' or '\r'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSpace(string value) => value.AsSpan().IndexOfAnyExcept(" \t\r\n") < 0;

    /// <summary>Letters by a place; most files draw them in that order already.</summary>
    private static List<Letter> Sorted(List<Letter> letters, Func<Letter, double> place)
    {
        for (var i = 1; i < letters.Count; i++)
        {
            if (place(letters[i]) < place(letters[i - 1]))
            {
                return [.. letters.OrderBy(place)];
            }
        }

        return letters;
    }

    private static List<List<Letter>> Lines(List<Letter> letters)
    {
        var lines = new List<List<Letter>>();
        var size = 0.0;
        foreach (var letter in Sorted(letters, letter => -letter.StartBaseLine.Y))
        {
            if (lines.Count > 0 && lines[^1][0].StartBaseLine.Y - letter.StartBaseLine.Y <= 0.4 * Math.Max(size, letter.PointSize))
            {
                lines[^1].Add(letter);
                size = Math.Max(size, letter.PointSize);
            }
            else
            {
                lines.Add([letter]);
                size = letter.PointSize;
            }
        }

        return lines;
    }

    private static IEnumerable<PdfWord> Split(List<Letter> line)
    {
        var word = new List<Letter>();
        Letter? before = null;
        foreach (var letter in Sorted(line, letter => letter.StartBaseLine.X))
        {
            if (before is not null && letter.Value == before.Value && Math.Abs(letter.StartBaseLine.X - before.StartBaseLine.X) < letter.PointSize * 0.12)
            {
                // Drawn twice, a little apart, to look bold.
                continue;
            }

            var isSpace = IsSpace(letter.Value);
            if (word.Count > 0 && (isSpace || before is not null && letter.StartBaseLine.X - before.EndBaseLine.X > letter.PointSize * 0.25))
            {
                yield return Word(word);
                word = [];
            }

            if (!isSpace)
            {
                word.Add(letter);
            }

            before = letter;
        }

        if (word.Count > 0)
        {
            yield return Word(word);
        }
    }

    private static PdfWord Word(List<Letter> letters)
    {
        var text = new StringBuilder();
        var (isBold, isGrey, font, largest) = (true, true, "", letters[0]);
        Letter? before = null;
        foreach (var letter in letters)
        {
            // The letters of a word wear one font and one colour, nearly always: each is looked at once.
            font = before is not null && before.FontName == letter.FontName ? font : FrenchText.Key(letter.FontName ?? "");
            isBold &= before is not null && ReferenceEquals(before.FontDetails, letter.FontDetails) || IsBold(letter);
            isGrey &= before is not null && ReferenceEquals(before.Color, letter.Color) || IsGrey(letter);
            largest = letter.PointSize > largest.PointSize ? letter : largest;
            text.Append(Symbols.Show(letter.Value, font));
            before = letter;
        }

        return new PdfWord(text.ToString(), letters[0].StartBaseLine.X, letters[^1].EndBaseLine.X, largest.StartBaseLine.Y, largest.PointSize, isBold, isGrey);
    }

    private static bool IsBold(Letter letter) => letter.FontDetails is { } font && (font.IsBold || font.Weight >= 600 ||
        font.Name is { } name && (name.Contains("bold", StringComparison.OrdinalIgnoreCase) || name.Contains("black", StringComparison.OrdinalIgnoreCase)));

    private static bool IsGrey(Letter letter)
    {
        try
        {
            var (r, g, b) = letter.Color.ToRGBValues();
            return Hints.IsGrey((Byte(r) << 16) | (Byte(g) << 8) | Byte(b));
        }
        catch (InvalidOperationException)
        {
            // A pattern has no colour of its own.
            return false;
        }

        static int Byte(double value) => (int)Math.Round(Math.Clamp(value, 0, 1) * 255);
    }
}
