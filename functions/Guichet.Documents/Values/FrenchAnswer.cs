using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Guichet.Documents.Values;

/// <summary>Answers in words and in boxes. Every reader writes a ticked box as ☒ and an empty one as ☐.</summary>
internal static partial class FrenchAnswer
{
    public const char Ticked = '☒';
    public const char Unticked = '☐';

    private const int LongestChoice = 2_000;

    // The last two stand for the surrogates of the boxes beyond the basic plane.
    private static readonly SearchValues<char> BoxSigns = SearchValues.Create("●☑✓✔✗✘■◼⊠□▢❏❑◻◯◉⬜⬛[(\uD83D\uDDF9");

    private static readonly FrozenSet<string> Empty = new[]
    {
        "", "na", "neant", "sansobjet", "so", "nonconcerne", "nonconcernee", "nonapplicable", "acompleter", "arenseigner", "aremplir", "adefinir", "apreciser",
        "tbd", "nr", "adesigner", "encoursdedesignation", "endesignation", "designationencours", "arecruter", "anommer", "adeterminer", "nonrenseigne", "nonrenseignee", "xxx", "xx", "xxxx", "votrereponse", "votrereponseici", "texte", "aucune", "aucun",
        "cliquezicipourentrerdutexte", "cliquezoutapezicipourentrerdutexte", "cliquezicipourtaperdutexte", "choisissezunelement",
        "cliquezicipourentrerunedate", "cliquezoutapezicipourentrerunedate", "cliquezicipourajouterdutexte", "null",
    }.ToFrozenSet();

    private static readonly string[] ForNow = ["acestade", "acejour", "pourlinstant", "pourlemoment", "acetteetape"];

    /// <summary>Whether a text is the absence of an answer: blank, dots, <c>N/A</c>, <c>néant</c>, <c>à compléter</c>.</summary>
    public static bool IsEmpty(string text) => text.Length <= 80 && text is not [>= '0' and <= '9', ..] && text.AsSpan().IndexOfAny('%', '€', '°') < 0 && !text.Contains(Ticked, StringComparison.Ordinal) && IsEmptyKey(FrenchText.Key(text));

    /// <summary>« Sans objet à ce stade » says no more than « sans objet ».</summary>
    private static bool IsEmptyKey(string key) =>
        Empty.Contains(key) || Array.Find(ForNow, later => key.EndsWith(later, StringComparison.Ordinal)) is { } found && Empty.Contains(key[..^found.Length]);

    /// <summary>Yes or no, in words or in boxes; nothing where both or neither.</summary>
    public static Understood<bool> ParseBoolean(string text)
    {
        if (text.Length < 6 && FrenchText.Key(text) is var letter && letter is "o" or "n")
        {
            return letter == "o"; // « (O/N) »; elsewhere an O may be a box that was left empty.
        }

        var folded = FrenchText.Fold(Normalize(text)).Trim();
        if (Boxes().Matches(folded) is { Count: > 0 } boxes)
        {
            return FromBoxes(folded, boxes);
        }

        return Opening().Match(folded) switch
        {
            { Success: true } match when Doubt().IsMatch(folded) && match.Length < folded.Length => Understood<bool>.No("la réponse n’est ni oui ni non"),
            { Success: true } match => match.Groups["yes"].Success,
            _ => Understood<bool>.No("la réponse n’est ni oui ni non"),
        };
    }

    /// <summary>Ticked and unticked options of a text, in order, with what each says.</summary>
    public static IEnumerable<(bool Ticked, string Option)> Options(string text)
    {
        var normal = BoxesFirst(Normalize(text));
        var marks = BoxMarks().Matches(normal);
        for (var i = 0; i < marks.Count; i++)
        {
            var end = i + 1 < marks.Count ? marks[i + 1].Index : normal.Length;
            var option = normal[(marks[i].Index + 1)..end];
            if (option.IndexOf('\n', StringComparison.Ordinal) is var newline and > 0)
            {
                option = option[..newline];
            }

            yield return (marks[i].Value[0] == Ticked, FrenchText.OneLine(option).Trim(' ', ';', ',', '.'));
        }
    }

    /// <summary>« Oui ☒ Non ☐ », « juridique ( )   infrastructure (x) »: boxes that stand after what they tick, put before it.</summary>
    private static string BoxesFirst(string text) =>
        text.Length < LongestChoice && text.AsSpan().Trim() is [not (Ticked or Unticked), .., Ticked or Unticked] && BoxAfter().Count(text) == BoxMarks().Count(text) ? BoxAfter().Replace(text, "$2 $1\n") : text;

    /// <summary>The many signs of a box made two.</summary>
    public static string Normalize(string text)
    {
        if (text.AsSpan().IndexOfAny(BoxSigns) < 0)
        {
            return text;
        }

        if (OneOfDots().IsMatch(text) && Dot().IsMatch(text))
        {
            text = OneOfDots().Replace(Dot().Replace(text, "☐ "), "☒ ");
        }

        var normal = SmallBoxes().Replace(text, match => match.Groups["x"].Success ? "☒" : "☐")
            .Replace("🗹", "☒", StringComparison.Ordinal).Replace("🗷", "☒", StringComparison.Ordinal);
        return string.Create(normal.Length, normal, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] switch
                {
                    '☑' or '✓' or '✔' or '✗' or '✘' or '■' or '◼' or '⊠' or '⬛' or '◉' => Ticked,
                    '□' or '▢' or '❏' or '❑' or '◻' or '◯' or '⬜' => Unticked,
                    var c => c,
                };
            }
        });
    }

    private static Understood<bool> FromBoxes(string folded, MatchCollection boxes)
    {
        if (boxes.Count == 1 && Boxes().Replace(folded, "").Trim().Length == 0)
        {
            return boxes[0].Value[0] == Ticked;
        }

        var ticked = Options(folded).Where(option => option.Ticked).Select(option => Opening().Match(option.Option)).ToList();
        return ticked switch
        {
            [{ Success: true } only] => only.Groups["yes"].Success,
            [] when boxes.Count == 1 => false,
            [] => Understood<bool>.No("aucune case n’est cochée"),
            [_] when boxes.Count == 1 => true,
            _ => Understood<bool>.No("les cases cochées ne disent ni oui ni non"),
        };
    }

    [GeneratedRegex("[☒☐]")]
    private static partial Regex Boxes();

    [GeneratedRegex("[☒☐]")]
    private static partial Regex BoxMarks();

    [GeneratedRegex(@"([^☒☐\n;]+?)[\s:]*([☒☐])")]
    private static partial Regex BoxAfter();

    /// <summary>« ● Amélioration » among « o Proactivité »: round boxes, one of them filled.</summary>
    [GeneratedRegex(@"^[ \t]*●[ \t]+", RegexOptions.Multiline)]
    private static partial Regex OneOfDots();

    [GeneratedRegex(@"^[ \t]*[o○][ \t]+(?=\p{Lu})", RegexOptions.Multiline)]
    private static partial Regex Dot();

    [GeneratedRegex(@"\[\s?(?:(?<x>[xX✓✔])|)\s?\]|\((?:(?<x>[xX])|\s)\)")]
    private static partial Regex SmallBoxes();

    [GeneratedRegex(@"^(?:(?<yes>oui|yes|vrai|true|on|x|ok)|(?<no>non|no|faux|false|off))\b")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?:oui et non|oui/non|oui ou non)|\b(?:en partie|partiellement|peut-etre|sous reserve|pas encore|a confirmer|en cours d'etude)\b")]
    private static partial Regex Doubt();
}
