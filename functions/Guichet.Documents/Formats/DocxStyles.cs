using System.Globalization;
using System.Xml.Linq;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>What the styles of a DOCX say that matters for reading: headings, hidden text, hints.</summary>
internal sealed class DocxStyles
{
    private readonly Dictionary<string, XElement> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Meaning> meanings = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="styles">The root of the part of styles; null where there is none.</param>
    public DocxStyles(XElement? styles)
    {
        foreach (var style in styles?.Words("style") ?? [])
        {
            if (style.Said("styleId") is { } id)
            {
                byId.TryAdd(id, style);
            }
        }
    }

    /// <summary>The level of a heading, from 1; null for any other paragraph.</summary>
    public int? HeadingLevel(XElement paragraph)
    {
        var properties = paragraph.Word("pPr");
        return Level(properties) ?? MeaningOf(properties?.Word("pStyle")).Level;
    }

    public bool IsHiddenParagraph(XElement paragraph) => MeaningOf(paragraph.Word("pPr")?.Word("pStyle")).IsHidden;

    /// <param name="properties">The properties of a run; null where it has none.</param>
    public bool IsHiddenRun(XElement? properties) => properties is not null &&
        (properties.Word("vanish") is { } vanish ? vanish.IsOn() : MeaningOf(properties.Word("rStyle")).IsHidden);

    /// <summary>Grey text and placeholder styles: written to be replaced, not to answer.</summary>
    /// <param name="properties">The properties of a run; null where it has none.</param>
    public bool IsHint(XElement? properties) => properties is not null && (IsGrey(properties) || MeaningOf(properties.Word("rStyle")).IsHint);

    /// <summary>How a run is set off by its own properties.</summary>
    public static SetOff SetOff(XElement? properties) =>
        (properties?.Word("b").IsOn() is true ? Formats.SetOff.Bold : Formats.SetOff.None) |
        (properties?.Word("i").IsOn() is true || properties?.Word("u")?.Said("val") is { } line && line != "none" ? Formats.SetOff.Slanted : Formats.SetOff.None);

    /// <summary>What a style and those that it is based on come to.</summary>
    private readonly record struct Meaning(int? Level, bool IsHidden, bool IsHint);

    private static int? Level(XElement? properties) => properties?.Word("outlineLvl")?.Number() is { } level and >= 0 and < 9 ? level + 1 : null;

    private static bool IsGrey(XElement properties)
    {
        if (!int.TryParse(properties.Word("color")?.Said("val"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }

        var (r, g, b) = (rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        return Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) <= 12 && r is >= 0x70 and <= 0xD9;
    }

    private Meaning MeaningOf(XElement? reference)
    {
        if (reference?.Said("val") is not { } id)
        {
            return default;
        }

        if (!meanings.TryGetValue(id, out var meaning))
        {
            foreach (var style in Chain(id))
            {
                var name = FrenchText.Key(style.Word("name")?.Said("val") ?? "");
                var run = style.Word("rPr");
                meaning = new Meaning(
                    meaning.Level ?? Level(style.Word("pPr")) ?? LevelOf(name),
                    meaning.IsHidden || run?.Word("vanish").IsOn() == true,
                    meaning.IsHint || name is "placeholdertext" or "textedelespacereserve" || run is not null && IsGrey(run));
            }

            meanings[id] = meaning;
        }

        return meaning;
    }

    private static int? LevelOf(string name) =>
        name is "title" or "titre" ? 1
        : (name.StartsWith("heading", StringComparison.Ordinal) || name.StartsWith("titre", StringComparison.Ordinal)) && name[^1] is >= '1' and <= '9' ? name[^1] - '0'
        : null;

    private IEnumerable<XElement> Chain(string? id)
    {
        for (var depth = 0; depth < 12 && id is not null && byId.TryGetValue(id, out var style); depth++)
        {
            yield return style;
            id = style.Word("basedOn")?.Said("val");
        }
    }
}
