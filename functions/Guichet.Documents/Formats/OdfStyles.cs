using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>What the styles of an OpenDocument file say that matters for reading: headings, hidden parts, hints, symbol fonts.</summary>
internal sealed class OdfStyles
{
    private readonly Dictionary<(string Family, string Name), XElement> byName = [];

    /// <summary>Takes in the styles of a part; headers and footers met on the way are handed over.</summary>
    public void Add(XmlReader? part, Action<XElement>? master = null)
    {
        while (part?.Read() == true && !(part.NodeType == XmlNodeType.Element && part.LocalName == "body"))
        {
            while (part.NodeType == XmlNodeType.Element && part.NamespaceURI == Odf.Style.NamespaceName && part.LocalName is "style" or "master-page")
            {
                var element = (XElement)XNode.ReadFrom(part);
                if (element.Name == Odf.Style + "master-page")
                {
                    master?.Invoke(element);
                }
                else if (element.Attribute(Odf.Style + "name")?.Value is { } name)
                {
                    byName[(element.Attribute(Odf.Style + "family")?.Value ?? "", name)] = element;
                }
            }
        }
    }

    /// <summary>The level of a paragraph that is styled as a heading without being one.</summary>
    public int? HeadingLevel(string? paragraph)
    {
        foreach (var style in Chain("paragraph", paragraph))
        {
            if (int.TryParse(style.Attribute(Odf.Style + "default-outline-level")?.Value, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 9)
            {
                return level;
            }

            if (FrenchText.Key(style.Attribute(Odf.Style + "display-name")?.Value ?? style.Attribute(Odf.Style + "name")!.Value) is "title" or "titreprincipal")
            {
                return 1;
            }
        }

        return null;
    }

    public bool IsHidden(string family, string? name) => Text(family, name, Odf.Text + "display") == "none";

    public bool IsBold(string family, string? name) => Text(family, name, Odf.Fo + "font-weight") is { } weight ? weight is "bold" or "600" or "700" or "800" or "900" : false;

    /// <summary>In italics or underlined.</summary>
    public bool IsSlanted(string family, string? name) =>
        Text(family, name, Odf.Fo + "font-style") is "italic" or "oblique" || Text(family, name, Odf.Style + "text-underline-style") is { } line && line != "none";

    /// <summary>Whether a style says anything of the weight: a span may undo the bold of its paragraph.</summary>
    public bool SaysWeight(string family, string? name) => Text(family, name, Odf.Fo + "font-weight") is not null;

    /// <summary>Grey text and placeholder styles: written to be replaced, not to answer.</summary>
    public bool IsHint(string family, string? name) =>
        Chain(family, name).Any(style => FrenchText.Key(style.Attribute(Odf.Style + "display-name")?.Value ?? style.Attribute(Odf.Style + "name")!.Value)
            is "placeholder" or "placeholdertext" or "textedelespacereserve" or "espacereserve" or "substituant") ||
        Text(family, name, Odf.Fo + "color") is ['#', .. { Length: 6 } color] &&
        int.TryParse(color, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb) && Hints.IsGrey(rgb);

    public string Font(string? name) => FrenchText.Key(Text("text", name, Odf.Style + "font-name") ?? "");

    public bool IsHiddenTable(string? name) =>
        Chain("table", name).Select(style => style.Element(Odf.Style + "table-properties")?.Attribute(Odf.Table + "display")?.Value).FirstOrDefault(value => value is not null) == "false";

    private string? Text(string family, string? name, XName attribute) =>
        Chain(family, name).Select(style => style.Element(Odf.Style + "text-properties")?.Attribute(attribute)?.Value).FirstOrDefault(value => value is not null);

    private IEnumerable<XElement> Chain(string family, string? name)
    {
        for (var depth = 0; depth < 12 && name is not null && byName.TryGetValue((family, name), out var style); depth++)
        {
            yield return style;
            name = style.Attribute(Odf.Style + "parent-style-name")?.Value;
        }
    }
}

/// <summary>Colours in which forms write what is to be replaced.</summary>
internal static class Hints
{
    public static bool IsGrey(int rgb)
    {
        var (r, g, b) = (rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        return Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) <= 12 && r is >= 0x70 and <= 0xD9;
    }
}
