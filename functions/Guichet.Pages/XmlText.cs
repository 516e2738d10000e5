using System.Text;
using System.Xml;

namespace Guichet.Pages;

/// <summary>Text as a file of XML can hold it: a porteur's title may have signs that XML has not, and would spoil the whole file.</summary>
internal static class XmlText
{
    /// <summary>The text in one line, with a space in place of each control sign and of each sign that XML has not.</summary>
    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            if (place + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[place + 1], text[place]))
            {
                kept.Append(text, place++, 2);
            }
            else
            {
                kept.Append(XmlConvert.IsXmlChar(text[place]) && !char.IsControl(text[place]) ? text[place] : ' ');
            }
        }

        return kept.ToString();
    }
}
