using System.Text;
using System.Xml.Linq;

namespace Guichet.Documents.Formats;

/// <summary>The text of a paragraph as a reader of the page sees it: deletions are held apart by the format, hidden text is left out, boxes are ☒ and ☐.</summary>
internal sealed class OdtText(OdfStyles styles, OdtControls controls)
{
    public bool HasHidden { get; private set; }

    /// <summary>What a paragraph says, and what hangs from it.</summary>
    public sealed record Read(string Text, bool IsHint, Emphasis Emphasis, List<XElement> Boxes, List<XElement> Notes, List<(string Label, string Text)> Answers);

    public Read Of(XElement paragraph)
    {
        var writing = new Writing();
        var style = paragraph.Attribute(Odf.Text + "style-name")?.Value;
        if (styles.IsHidden("paragraph", style))
        {
            HasHidden |= paragraph.Value.Length > 0;
        }
        else
        {
            Write(paragraph, writing, new Look(styles.IsHint("paragraph", style), styles.IsBold("paragraph", style), styles.IsSlanted("paragraph", style), ""), 0);
        }

        var answer = Trim(writing.Text);
        return answer.Length > 0 || writing.Hints.Length == 0
            ? new Read(answer, false, writing.Emphasis, writing.Boxes, writing.Notes, writing.Answers)
            : new Read(Trim(writing.Hints), true, writing.Emphasis, writing.Boxes, writing.Notes, writing.Answers);
    }

    private readonly record struct Look(bool IsHint, bool IsBold, bool IsSlanted, string Font);

    private sealed class Writing
    {
        public Writing() => Emphasis = new Emphasis(Text);

        public StringBuilder Text { get; } = new();
        public Emphasis Emphasis { get; }
        public StringBuilder Hints { get; } = new();
        public List<XElement> Boxes { get; } = [];
        public List<XElement> Notes { get; } = [];
        public List<(string, string)> Answers { get; } = [];

        public void Append(string text, Look look)
        {
            (look.IsHint ? Hints : Text).Append(text);
            if (!look.IsHint)
            {
                Emphasis.Add(text, (look.IsBold ? SetOff.Bold : SetOff.None) | (look.IsSlanted ? SetOff.Slanted : SetOff.None));
            }
        }
    }

    private static string Trim(StringBuilder text) => text.ToString().Trim(' ', '\n', '\t', '\r', '\u00A0', '\u202F', '\u2002', '\u2003', '\u200B');

    private void Write(XElement parent, Writing writing, Look look, int depth)
    {
        if (depth > 200)
        {
            throw UnreadableFile.TooMuch("des éléments imbriqués à l’excès");
        }

        foreach (var node in parent.Nodes())
        {
            if (node is XText text)
            {
                writing.Append(Symbols.Show(Collapse(text.Value, writing), look.Font), look);
            }
            else if (node is XElement element)
            {
                WriteElement(element, writing, look, depth);
            }
        }
    }

    private void WriteElement(XElement element, Writing writing, Look look, int depth)
    {
        switch (element.Name.LocalName)
        {
            case "s":
                writing.Append(new string(' ', Math.Min(Odf.Repeats(element.Attribute(Odf.Text + "c")?.Value), 1_000)), look);
                break;
            case "tab":
                writing.Append("\t", look);
                break;
            case "line-break":
                writing.Append("\n", look);
                break;
            case "span":
                Span(element, writing, look, depth);
                break;
            case "placeholder":
                Write(element, writing, look with { IsHint = true }, depth + 1);
                break;
            case "hidden-text" or "hidden-paragraph":
                HasHidden |= element.Value.Length > 0;
                break;
            case "note":
                writing.Notes.Add(element);
                break;
            case "content-control":
                Control(element, writing, look, depth);
                break;
            case "control" when element.Name.Namespace == Odf.Draw:
                var (label, value) = controls.Find(element.Attribute(Odf.Draw + "control")?.Value);
                writing.Append(value, look);
                if (label is not null)
                {
                    writing.Answers.Add((label, value));
                }

                break;
            case "fieldmark" or "fieldmark-start" when OdtControls.IsTicked(element) is { } ticked:
                writing.Append(ticked ? "☒" : "☐", look);
                break;
            case "text-box":
                writing.Boxes.Add(element);
                break;
            case "custom-shape" or "rect" or "ellipse" when element.Name.Namespace == Odf.Draw:
                writing.Boxes.Add(element);
                break;
            case "annotation" or "ruby-text" or "tracked-changes" or "title" or "desc" or "object" or "image" or "param":
                break;
            default:
                Write(element, writing, look, depth + 1);
                break;
        }
    }

    private void Span(XElement span, Writing writing, Look look, int depth)
    {
        var style = span.Attribute(Odf.Text + "style-name")?.Value;
        if (styles.IsHidden("text", style))
        {
            HasHidden |= span.Value.Length > 0;
            return;
        }

        var font = styles.Font(style);
        Write(span, writing, new Look(
            look.IsHint || styles.IsHint("text", style),
            styles.SaysWeight("text", style) ? styles.IsBold("text", style) : look.IsBold,
            look.IsSlanted || styles.IsSlanted("text", style),
            font.Length > 0 ? font : look.Font), depth + 1);
    }

    private void Control(XElement control, Writing writing, Look look, int depth)
    {
        string? Says(string attribute) => control.Attribute(Odf.Loext + attribute)?.Value;
        if (Says("showing-place-holder") == "true")
        {
            return;
        }

        var before = writing.Text.Length;
        if (Says("checkbox") == "true")
        {
            writing.Append(Says("checked") == "true" ? "☒" : "☐", look);
        }
        else
        {
            Write(control, writing, look, depth + 1);
        }

        if (Says("alias") is { Length: > 2 } alias)
        {
            writing.Answers.Add((alias, writing.Text.ToString(before, writing.Text.Length - before).Trim()));
        }
    }

    /// <summary>White space counts once, wherever the file was indented.</summary>
    private static string Collapse(string text, Writing writing)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\n' or '\r'))
            {
                collapsed.Append(c);
            }
            else if (collapsed.Length > 0 ? collapsed[^1] != ' ' : writing.Text.Length == 0 || writing.Text[^1] is not (' ' or '\n' or '\t'))
            {
                collapsed.Append(' ');
            }
        }

        return collapsed.ToString();
    }
}

/// <summary>Boxes drawn by the fonts of symbols, which files hold as characters of private use.</summary>
internal static class Symbols
{
    public static string Show(string text, string font)
    {
        var isSymbol = font.Contains("wingdings", StringComparison.Ordinal);
        if (!isSymbol && text.AsSpan().IndexOfAnyInRange('\uF020', '\uF0FF') < 0)
        {
            return text;
        }

        return string.Concat(text.Select(c => c is >= '\uF020' and <= '\uF0FF' || isSymbol && c is > ' ' and <= '\u00FF' ? Box(c & 0xFF, font) : c));
    }

    private static char Box(int code, string font) => font.Contains("wingdings2", StringComparison.Ordinal)
        ? code switch { >= 0x4F and <= 0x54 => '☒', 0xA3 or 0x2A or 0x30 => '☐', _ => ' ' }
        : code switch { 0xFD or 0xFE or 0x78 or 0xFC or 0xFB or 0x6E => '☒', 0xA8 or 0x6F or 0x71 or 0x72 => '☐', _ => ' ' };
}
