using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>The text of a paragraph as a reader of the page sees it: changes accepted, hidden text left out, boxes as ☒ and ☐.</summary>
internal sealed class DocxText(DocxStyles styles)
{
    public bool HasHidden { get; private set; }

    public bool HasChanges { get; private set; }

    /// <summary>What a paragraph says, and what hangs from it.</summary>
    public sealed record Read(string Text, bool IsHint, Emphasis Emphasis, List<XElement> TextBoxes, List<XElement> Controls);

    public Read Of(XElement paragraph)
    {
        var run = new Writing();
        var hiddenByStyle = styles.IsHiddenParagraph(paragraph);
        if (!hiddenByStyle)
        {
            Write(paragraph, run, 0);
        }

        HasHidden |= hiddenByStyle && paragraph.Value.Length > 0;
        var answer = Trim(run.Text);
        return answer.Length > 0 || run.Hints.Length == 0
            ? new Read(answer, false, run.Emphasis, run.TextBoxes, run.Controls)
            : new Read(Trim(run.Hints), true, run.Emphasis, run.TextBoxes, run.Controls);
    }

    /// <summary>Every paragraph under an element, hints left out.</summary>
    public string OfAll(XElement element)
    {
        var paragraphs = element.Descendants().Where(inner => inner.WordName() == "p").ToList();
        if (paragraphs.Count > 0)
        {
            return string.Join('\n', paragraphs.Select(Of).Where(read => !read.IsHint && read.Text.Length > 0).Select(read => read.Text));
        }

        var run = new Writing();
        Write(element, run, 0);
        return Trim(run.Text);
    }

    /// <summary>The text of a cell; tables and text boxes in it are given apart.</summary>
    public string OfCell(XElement cell, out List<XElement> inner, out List<XElement> controls)
    {
        var lines = new List<string>();
        var apart = new List<XElement>();
        var named = new List<XElement>();
        void Walk(XElement parent, int depth)
        {
            CheckDepth(depth);
            foreach (var element in parent.Elements())
            {
                switch (element.WordName())
                {
                    case "p":
                        var read = Of(element);
                        apart.AddRange(read.TextBoxes);
                        named.AddRange(read.Controls);
                        if (!read.IsHint && read.Text.Length > 0)
                        {
                            lines.Add(read.Text);
                        }

                        break;
                    case "tbl":
                        apart.Add(element);
                        break;
                    case "tcPr":
                    case "sdt" when DocxControl.ShowsPlaceholder(element):
                        break;
                    case "sdt":
                        named.Add(element);
                        Walk(element, depth + 1);
                        break;
                    default:
                        Walk(element.Chosen() ?? element, depth + 1);
                        break;
                }
            }
        }

        Walk(cell, 0);
        (inner, controls) = (apart, named);
        return string.Join('\n', lines);
    }

    private sealed class Writing
    {
        public Writing() => Emphasis = new Emphasis(Text);

        public StringBuilder Text { get; } = new();
        public Emphasis Emphasis { get; }
        public StringBuilder Hints { get; } = new();
        public List<XElement> TextBoxes { get; } = [];
        public List<XElement> Controls { get; } = [];

        /// <summary>Fields in fields: true while in the instruction, which is not shown.</summary>
        public Stack<bool> Instructions { get; } = new();
    }

    private static string Trim(StringBuilder text) => text.ToString().Trim(' ', '\n', '\t', '\r', '\u00A0', '\u202F', '\u2002', '\u2003', '\u200B');

    private static void CheckDepth(int depth)
    {
        if (depth > 200)
        {
            throw UnreadableFile.TooMuch("des éléments imbriqués à l’excès");
        }
    }

    private void Write(XElement parent, Writing writing, int depth)
    {
        CheckDepth(depth);
        foreach (var element in parent.Elements())
        {
            switch (element.WordName())
            {
                case "r":
                    WriteRun(element, writing, depth);
                    break;
                case "del" or "moveFrom":
                    HasChanges = true;
                    break;
                case "ins" or "moveTo":
                    HasChanges = true;
                    Write(element, writing, depth + 1);
                    break;
                case "sdt" when DocxControl.ShowsPlaceholder(element):
                    break;
                case "sdt" when DocxControl.IsTicked(element) is { } ticked:
                    Append(writing, ticked ? "☒" : "☐", false);
                    writing.Controls.Add(element);
                    break;
                case "sdt":
                    writing.Controls.Add(element);
                    Write(element, writing, depth + 1);
                    break;
                case "sdtPr" or "pPr" or "instrText" or "delText":
                    break;
                case "txbxContent":
                    writing.TextBoxes.Add(element);
                    break;
                default:
                    Write(element.Chosen() ?? element, writing, depth + 1);
                    break;
            }
        }
    }

    private void WriteRun(XElement run, Writing writing, int depth)
    {
        var properties = run.Word("rPr");
        if (styles.IsHiddenRun(properties))
        {
            HasHidden |= run.Value.Length > 0;
            return;
        }

        var hint = styles.IsHint(properties);
        foreach (var element in run.Elements())
        {
            switch (element.WordName())
            {
                case "fldChar":
                    Mark(element, writing);
                    break;
                case "t" when !writing.Instructions.Contains(true):
                    var said = element.Value;
                    Append(writing, said, hint);
                    if (!hint)
                    {
                        writing.Emphasis.Add(said, DocxStyles.SetOff(properties));
                    }

                    break;
                case "tab" or "ptab":
                    Append(writing, "\t", hint);
                    break;
                case "br" or "cr":
                    Append(writing, "\n", hint);
                    break;
                case "noBreakHyphen":
                    Append(writing, "-", hint);
                    break;
                case "sym":
                    Append(writing, Symbol(element), hint);
                    break;
                case DocxXml.Alternatives or "drawing" or "pict" or "object":
                    Write(element.Chosen() ?? element, writing, depth + 1);
                    break;
            }
        }
    }

    private static void Append(Writing writing, string text, bool hint) => (hint ? writing.Hints : writing.Text).Append(text);

    private static void Mark(XElement mark, Writing writing)
    {
        switch (mark.Said("fldCharType"))
        {
            case "begin":
                writing.Instructions.Push(true);
                if (DocxControl.LegacyAnswer(mark) is { } answer)
                {
                    Append(writing, answer, false);
                }

                break;
            case "separate" when writing.Instructions.Count > 0:
                writing.Instructions.Pop();
                writing.Instructions.Push(false);
                break;
            case "end" when writing.Instructions.Count > 0:
                writing.Instructions.Pop();
                break;
        }
    }

    /// <summary>Boxes of the symbol fonts; other symbols are ornaments.</summary>
    private static string Symbol(XElement symbol)
    {
        var code = int.TryParse(symbol.Said("char"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value & 0xFF : 0;
        return FrenchText.Key(symbol.Said("font") ?? "") switch
        {
            "wingdings" => code switch { 0xFD or 0xFE or 0x78 or 0xFC or 0xFB or 0x6E => "☒", 0xA8 or 0x6F or 0x71 or 0x72 => "☐", _ => " " },
            "wingdings2" => code switch { 0x51 or 0x52 or 0x53 or 0x54 or 0x4F or 0x50 => "☒", 0xA3 or 0x2A => "☐", _ => " " },
            "msgothic" or "segoeuisymbol" => char.ConvertFromUtf32(Math.Max(value, 0x20)),
            _ => " ",
        };
    }
}
