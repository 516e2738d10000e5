using System.Xml.Linq;

namespace Guichet.Documents.Formats;

/// <summary>Content controls, and the form fields of before them.</summary>
internal static class DocxControl
{
    private static readonly XNamespace Word14 = "http://schemas.microsoft.com/office/word/2010/wordml";
    private static readonly XName Box = Word14 + "checkbox";
    private static readonly XName Ticked = Word14 + "checked";

    /// <summary>What a control calls what it holds; null where it has no name, or is bound to the document's properties.</summary>
    public static string? Label(XElement control) =>
        control.Word("sdtPr") is { } properties && properties.Word("alias")?.Said("val") is { Length: > 2 } alias && properties.Word("dataBinding") is null ? alias : null;

    /// <summary>Whether nobody has answered yet: what stands there says what to write.</summary>
    public static bool ShowsPlaceholder(XElement control) => control.Word("sdtPr")?.Word("showingPlcHdr").IsOn() ?? false;

    /// <summary>Whether a control's box is ticked; null where it is no box.</summary>
    public static bool? IsTicked(XElement control) =>
        control.Word("sdtPr")?.Element(Box) is { } box ? box.Element(Ticked)?.Said("val") is "1" or "true" or "on" : null;

    /// <summary>The answer of the form field that a field's mark begins; null where it begins no box and no list.</summary>
    public static string? LegacyAnswer(XElement mark)
    {
        var data = mark.Word("ffData");
        if (data?.Word("checkBox") is { } box)
        {
            return (box.Word("checked") ?? box.Word("default")).IsOn() ? "☒" : "☐";
        }

        return data?.Word("ddList") is { } list
            ? list.Words("listEntry").ElementAtOrDefault(list.Word("result")?.Number() ?? 0)?.Said("val") ?? ""
            : null;
    }
}
