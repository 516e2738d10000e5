using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>What the styles of a DOCX say that matters for reading: headings, hidden text, hints.</summary>
internal sealed class DocxStyles
{
    private readonly Dictionary<string, Style> byId = new(StringComparer.OrdinalIgnoreCase);

    public DocxStyles(Styles? styles)
    {
        foreach (var style in styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                byId.TryAdd(id, style);
            }
        }
    }

    /// <summary>The level of a heading, from 1; null for any other paragraph.</summary>
    public int? HeadingLevel(Paragraph paragraph)
    {
        var properties = paragraph.ParagraphProperties;
        if (properties?.OutlineLevel?.Val?.Value is { } direct and >= 0 and < 9)
        {
            return direct + 1;
        }

        foreach (var style in Chain(properties?.ParagraphStyleId?.Val?.Value))
        {
            if (style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } level and >= 0 and < 9)
            {
                return level + 1;
            }

            var name = FrenchText.Key(style.StyleName?.Val?.Value ?? "");
            if (name is "title" or "titre")
            {
                return 1;
            }

            if ((name.StartsWith("heading", StringComparison.Ordinal) || name.StartsWith("titre", StringComparison.Ordinal)) &&
                name[^1] is >= '1' and <= '9')
            {
                return name[^1] - '0';
            }
        }

        return null;
    }

    public bool IsHidden(Paragraph paragraph) =>
        Chain(paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value).Any(style => Vanishes(style.StyleRunProperties?.Vanish));

    public bool IsHidden(RunProperties? properties) => properties is not null &&
        (properties.Vanish is { } vanish ? Vanishes(vanish) : Chain(properties.RunStyle?.Val?.Value).Any(style => Vanishes(style.StyleRunProperties?.Vanish)));

    /// <summary>Grey text and placeholder styles: written to be replaced, not to answer.</summary>
    public bool IsHint(RunProperties? properties)
    {
        if (properties is null)
        {
            return false;
        }

        return IsGrey(properties.Color) || Chain(properties.RunStyle?.Val?.Value).Any(style =>
            FrenchText.Key(style.StyleName?.Val?.Value ?? "") is "placeholdertext" or "textedelespacereserve" || IsGrey(style.StyleRunProperties?.Color));
    }

    public static bool IsBold(RunProperties? properties) => properties?.Bold is { } bold && (bold.Val is null || bold.Val.Value);

    private static bool Vanishes(Vanish? vanish) => vanish is not null && (vanish.Val is null || vanish.Val.Value);

    private static bool IsGrey(Color? color)
    {
        if (!int.TryParse(color?.Val?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }

        var (r, g, b) = (rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        return Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) <= 12 && r is >= 0x70 and <= 0xD9;
    }

    private IEnumerable<Style> Chain(string? id)
    {
        for (var depth = 0; depth < 12 && id is not null && byId.TryGetValue(id, out var style); depth++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }
}
