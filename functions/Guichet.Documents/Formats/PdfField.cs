using System.Text.RegularExpressions;
using Guichet.Documents.Values;
using UglyToad.PdfPig.AcroForms;
using UglyToad.PdfPig.AcroForms.Fields;

namespace Guichet.Documents.Formats;

/// <summary>A field of a PDF form that was filled in, or a box of it.</summary>
/// <param name="Label">What the form calls it, where that means something.</param>
internal sealed partial record PdfField(int Page, string? Label, string Text, double Left, double Right, double Bottom, double Top)
{
    public static List<PdfField> Of(AcroForm form)
    {
        var fields = new List<PdfField>();
        foreach (var field in form.Fields)
        {
            Add(field, null, fields, 0);
        }

        return fields;
    }

    /// <summary>The field's content as if it were written on the page, on the line of what is printed beside it: labels name it too.</summary>
    public IEnumerable<PdfWord> AsWords(IReadOnlyList<PdfWord> printed)
    {
        if (Text.Length == 0 || Right <= Left)
        {
            yield break;
        }

        // A tall field is answered from its top.
        var height = Math.Min(Top - Bottom, 20);
        var middle = Top - height / 2;
        var beside = printed.Where(word => Math.Abs(word.Middle - middle) < Math.Max(height / 2, 8)).MinBy(word => Math.Abs(word.Middle - middle) + Math.Min(Math.Abs(word.Right - Left), Math.Abs(word.Left - Right)) / 20);
        var size = beside?.Size ?? 10;
        yield return new PdfWord(Text, Left, Right, beside?.Base ?? middle - size * 0.3, size, false, false) { IsField = Text is not ("☒" or "☐") };
    }

    private static void Add(AcroFieldBase field, string? parent, List<PdfField> fields, int depth)
    {
        var label = Named(field.Information.AlternateName) ?? Named(field.Information.PartialName);
        if (field is AcroNonTerminalField group)
        {
            foreach (var child in group.Children.Where(_ => depth < 32))
            {
                Add(child, label ?? parent, fields, depth + 1);
            }

            return;
        }

        string? text = field switch
        {
            AcroTextField written => written.Value?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim(),
            AcroComboBoxField combo => string.Join(", ", combo.SelectedOptions),
            AcroListBoxField list => string.Join("\n", list.SelectedOptions),
            AcroCheckboxField box => box.IsChecked ? "☒" : "☐",
            AcroRadioButtonField radio => radio.IsSelected ? "☒" : "☐",
            _ => null,
        };
        if (text is null)
        {
            return;
        }

        var at = field.Bounds;
        // A box among several answers for its option, which is printed beside it, and not for the group.
        var own = field is AcroRadioButtonField || field is AcroCheckboxField && parent is not null && label is null ? null : label ?? parent;
        fields.Add(new PdfField(Math.Max(1, field.PageNumber ?? 1), own, text, at?.Left ?? 0, at?.Right ?? 0, at?.Bottom ?? 0, at?.Top ?? 0));
    }

    /// <summary>A name that a person gave, not one that the program made up.</summary>
    private static string? Named(string? name)
    {
        var words = FrenchText.OneLine(Separators().Replace(name ?? "", " "));
        return words.Length < 3 || MadeUp().IsMatch(FrenchText.Fold(words)) ? null : words;
    }

    [GeneratedRegex(@"[_.]+|(?<=\p{Ll})(?=\p{Lu})")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?:text|texte|textfield|text field|champ|field|zone|zone de texte|form|case|case a cocher|check ?box|box|undefined|topmost|page|subform|combo|liste|list|group|groupe|button|radio|option|fill|untitled)\W*\d*(?:\W*\d+)*$|^\W*\d+\W*$")]
    private static partial Regex MadeUp();
}
