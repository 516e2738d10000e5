using System.Globalization;
using System.Xml.Linq;

namespace Guichet.Documents.Formats;

/// <summary>How the elements of WordprocessingML are walked: by local name, in the transitional namespace or the Strict one.</summary>
internal static class DocxXml
{
    /// <summary>What <see cref="WordName"/> says of an element that gives the same content in several ways.</summary>
    public const string Alternatives = "mc:AlternateContent";

    private static readonly XNamespace Transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    private static readonly XNamespace Compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    private static readonly XName Alternate = Compatibility + "AlternateContent";
    private static readonly XName Choice = Compatibility + "Choice";
    private static readonly XName Fallback = Compatibility + "Fallback";

    /// <summary>The local name of an element of Word; empty for one of another namespace, which may have the same local name (drawings have paragraphs too).</summary>
    public static string WordName(this XElement element) =>
        element.Name.Namespace == Transitional || element.Name.Namespace == Strict ? element.Name.LocalName : element.Name == Alternate ? Alternatives : "";

    /// <summary>The first child of a name in the namespace of Word.</summary>
    public static XElement? Word(this XElement element, string name)
    {
        for (var node = element.FirstNode; node is not null; node = node.NextNode)
        {
            if (node is XElement child && child.Name.LocalName == name && child.WordName() == name)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The children of a name in the namespace of Word.</summary>
    public static IEnumerable<XElement> Words(this XElement element, string name) => element.Elements().Where(child => child.WordName() == name);

    /// <summary>An attribute, by its local name.</summary>
    public static string? Said(this XElement element, string attribute)
    {
        for (var at = element.FirstAttribute; at is not null; at = at.NextAttribute)
        {
            if (at.Name.LocalName == attribute)
            {
                return at.Value;
            }
        }

        return null;
    }

    /// <summary>The whole number that an element says; null where it says none.</summary>
    public static int? Number(this XElement element) =>
        int.TryParse(element.Said("val"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a property is there and not switched off.</summary>
    public static bool IsOn(this XElement? property) => property is not null && property.Said("val") is not ("0" or "false" or "off");

    /// <summary>Of the ways in which an element gives its content the one that is read; null for an element that gives it in one way.</summary>
    public static XElement? Chosen(this XElement element) =>
        element.Name == Alternate ? element.Element(Choice) ?? element.Element(Fallback) : null;
}
