using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Guichet.Documents.Values;
using Word14 = DocumentFormat.OpenXml.Office2010.Word;

namespace Guichet.Documents.Formats;

/// <summary>The text of a paragraph as a reader of the page sees it: changes accepted, hidden text left out, boxes as ☒ and ☐.</summary>
internal sealed class DocxText(DocxStyles styles)
{
    public bool HasHidden { get; private set; }

    public bool HasChanges { get; private set; }

    /// <summary>What a paragraph says, and what hangs from it.</summary>
    public sealed record Read(string Text, bool IsHint, bool IsBold, List<OpenXmlElement> TextBoxes, List<SdtElement> Controls);

    public Read Of(Paragraph paragraph)
    {
        var run = new Writing();
        var hiddenByStyle = styles.IsHidden(paragraph);
        if (!hiddenByStyle)
        {
            Write(paragraph, run, 0);
        }

        HasHidden |= hiddenByStyle && paragraph.InnerText.Length > 0;
        var answer = Trim(run.Text);
        return answer.Length > 0 || run.Hints.Length == 0
            ? new Read(answer, false, run.BoldOnly && answer.Length > 0, run.TextBoxes, run.Controls)
            : new Read(Trim(run.Hints), true, false, run.TextBoxes, run.Controls);
    }

    /// <summary>Every paragraph under an element, hints left out.</summary>
    public string OfAll(OpenXmlElement element)
    {
        if (element.Descendants<Paragraph>().Any())
        {
            return string.Join('\n', element.Descendants<Paragraph>().Select(Of).Where(read => !read.IsHint && read.Text.Length > 0).Select(read => read.Text));
        }

        var run = new Writing();
        Write(element, run, 0);
        return Trim(run.Text);
    }

    /// <summary>The text of a cell; tables and text boxes in it are given apart.</summary>
    public string OfCell(TableCell cell, out List<OpenXmlElement> inner, out List<SdtElement> controls)
    {
        var lines = new List<string>();
        var apart = new List<OpenXmlElement>();
        var named = new List<SdtElement>();
        void Walk(OpenXmlElement parent)
        {
            foreach (var element in parent.ChildElements)
            {
                switch (element)
                {
                    case Paragraph paragraph:
                        var read = Of(paragraph);
                        apart.AddRange(read.TextBoxes);
                        named.AddRange(read.Controls);
                        if (!read.IsHint && read.Text.Length > 0)
                        {
                            lines.Add(read.Text);
                        }

                        break;
                    case Table table:
                        apart.Add(table);
                        break;
                    case SdtElement control when ShowsPlaceholder(control):
                    case TableCellProperties:
                        break;
                    case AlternateContent alternate when Chosen(alternate) is { } chosen:
                        Walk(chosen);
                        break;
                    case SdtElement control:
                        named.Add(control);
                        Walk(control);
                        break;
                    default:
                        Walk(element);
                        break;
                }
            }
        }

        Walk(cell);
        (inner, controls) = (apart, named);
        return string.Join('\n', lines);
    }

    /// <summary>The rows of a table, those wrapped in a control or in a tracked insertion included.</summary>
    public static IEnumerable<TableRow> Rows(Table table) => Unwrapped<TableRow>(table);

    /// <summary>The cells of a row, wherever they are wrapped.</summary>
    public static IEnumerable<TableCell> Cells(TableRow row) => Unwrapped<TableCell>(row);

    public static bool ShowsPlaceholder(SdtElement control) =>
        control.SdtProperties?.GetFirstChild<ShowingPlaceholder>() is { } showing && (showing.Val is null || showing.Val.Value);

    /// <summary>Whether a control's box is ticked; null where it is no box.</summary>
    public static bool? IsCheckBox(SdtElement control) =>
        control.SdtProperties?.GetFirstChild<Word14.SdtContentCheckBox>() is { } box
            ? box.Checked?.Val is { } value && (value.InnerText is "1" or "true" or "on" || value.Value == Word14.OnOffValues.One || value.Value == Word14.OnOffValues.True)
            : null;

    public static OpenXmlElement? Chosen(AlternateContent alternate) =>
        (OpenXmlElement?)alternate.GetFirstChild<AlternateContentChoice>() ?? alternate.GetFirstChild<AlternateContentFallback>();

    private static IEnumerable<T> Unwrapped<T>(OpenXmlElement parent)
        where T : OpenXmlElement
    {
        foreach (var child in parent.ChildElements)
        {
            if (child is T wanted)
            {
                yield return wanted;
            }
            else if (child is SdtElement or InsertedRun or CustomXmlElement || child.LocalName is "sdtContent" or "ins")
            {
                foreach (var inner in Unwrapped<T>(child))
                {
                    yield return inner;
                }
            }
        }
    }

    private sealed class Writing
    {
        public StringBuilder Text { get; } = new();
        public StringBuilder Hints { get; } = new();
        public bool BoldOnly { get; set; } = true;
        public List<OpenXmlElement> TextBoxes { get; } = [];
        public List<SdtElement> Controls { get; } = [];

        /// <summary>Fields in fields: true while in the instruction, which is not shown.</summary>
        public Stack<bool> Instructions { get; } = new();
    }

    private static string Trim(StringBuilder text) => text.ToString().Trim(' ', '\n', '\t', '\r', '\u00A0', '\u202F', '\u2002', '\u2003', '\u200B');

    private void Write(OpenXmlElement parent, Writing writing, int depth)
    {
        if (depth > 200)
        {
            throw UnreadableFile.TooMuch("des éléments imbriqués à l’excès");
        }

        foreach (var element in parent.ChildElements)
        {
            switch (element)
            {
                case Run run:
                    Write(run, writing, depth);
                    break;
                case DeletedRun or MoveFromRun:
                    HasChanges = true;
                    break;
                case InsertedRun or MoveToRun:
                    HasChanges = true;
                    Write(element, writing, depth + 1);
                    break;
                case SdtElement control when ShowsPlaceholder(control):
                    break;
                case SdtElement control when IsCheckBox(control) is { } ticked:
                    Append(writing, ticked ? "☒" : "☐", false);
                    writing.Controls.Add(control);
                    break;
                case SdtElement control:
                    writing.Controls.Add(control);
                    Write(control, writing, depth + 1);
                    break;
                case SdtProperties or ParagraphProperties or FieldCode or DeletedText:
                    break;
                case AlternateContent alternate when Chosen(alternate) is { } chosen:
                    Write(chosen, writing, depth + 1);
                    break;
                case TextBoxContent box:
                    writing.TextBoxes.Add(box);
                    break;
                default:
                    Write(element, writing, depth + 1);
                    break;
            }
        }
    }

    private void Write(Run run, Writing writing, int depth)
    {
        var properties = run.RunProperties;
        if (styles.IsHidden(properties))
        {
            HasHidden |= run.InnerText.Length > 0;
            return;
        }

        var hint = styles.IsHint(properties);
        foreach (var element in run.ChildElements)
        {
            switch (element)
            {
                case FieldChar mark:
                    Mark(mark, writing);
                    break;
                case Text t when !writing.Instructions.Any(instruction => instruction):
                    Append(writing, t.Text, hint);
                    writing.BoldOnly &= DocxStyles.IsBold(properties) || string.IsNullOrWhiteSpace(t.Text);
                    break;
                case TabChar or PositionalTab:
                    Append(writing, "\t", hint);
                    break;
                case Break or CarriageReturn:
                    Append(writing, "\n", hint);
                    break;
                case NoBreakHyphen:
                    Append(writing, "-", hint);
                    break;
                case SymbolChar symbol:
                    Append(writing, Symbol(symbol), hint);
                    break;
                case AlternateContent or Drawing or Picture or EmbeddedObject:
                    Write(new Wrapped(element).Children, writing, depth);
                    break;
            }
        }
    }

    /// <summary>The children of one element, seen as an element is.</summary>
    private readonly record struct Wrapped(OpenXmlElement Element)
    {
        public OpenXmlElement Children => Element is AlternateContent alternate && Chosen(alternate) is { } chosen ? chosen : Element;
    }

    private static void Append(Writing writing, string text, bool hint) => (hint ? writing.Hints : writing.Text).Append(text);

    private static void Mark(FieldChar mark, Writing writing)
    {
        var type = mark.FieldCharType?.Value;
        if (type == FieldCharValues.Begin)
        {
            writing.Instructions.Push(true);
            if (mark.FormFieldData?.GetFirstChild<CheckBox>() is { } box)
            {
                var state = (OnOffType?)box.GetFirstChild<Checked>() ?? box.GetFirstChild<DefaultCheckBoxFormFieldState>();
                Append(writing, state is not null && (state.Val is null || state.Val.Value) ? "☒" : "☐", false);
            }
            else if (mark.FormFieldData?.GetFirstChild<DropDownListFormField>() is { } list)
            {
                var chosen = (int)(list.DropDownListSelection?.Val?.Value ?? 0);
                Append(writing, list.Elements<ListEntryFormField>().ElementAtOrDefault(chosen)?.Val?.Value ?? "", false);
            }
        }
        else if (type == FieldCharValues.Separate && writing.Instructions.Count > 0)
        {
            writing.Instructions.Pop();
            writing.Instructions.Push(false);
        }
        else if (type == FieldCharValues.End && writing.Instructions.Count > 0)
        {
            writing.Instructions.Pop();
        }
    }

    /// <summary>Boxes of the symbol fonts; other symbols are ornaments.</summary>
    private static string Symbol(SymbolChar symbol)
    {
        var code = int.TryParse(symbol.Char?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value & 0xFF : 0;
        return FrenchText.Key(symbol.Font?.Value ?? "") switch
        {
            "wingdings" => code switch { 0xFD or 0xFE or 0x78 or 0xFC or 0xFB or 0x6E => "☒", 0xA8 or 0x6F or 0x71 or 0x72 => "☐", _ => " " },
            "wingdings2" => code switch { 0x51 or 0x52 or 0x53 or 0x54 or 0x4F or 0x50 => "☒", 0xA3 or 0x2A => "☐", _ => " " },
            "msgothic" or "segoeuisymbol" => char.ConvertFromUtf32(Math.Max(value, 0x20)),
            _ => " ",
        };
    }
}
