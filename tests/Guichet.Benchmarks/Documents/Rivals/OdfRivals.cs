using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>
/// OpenDocument. No library for it is served: the guichet reads its XML by itself. A form needs the tree of the body, with the names of its
/// styles and, in a sheet, the types and values of its cells.
/// </summary>
internal static class OdfRivals
{
    public static readonly IReadOnlyList<Rival> Texts = [new("XDocument, corps parcouru", Asked.Form, true, Tree), new("XmlReader, textes seuls", Asked.Texts, true, Raw)];

    public static readonly IReadOnlyList<Rival> Sheets = [new("XDocument, cellules typées", Asked.Form, true, Tree), new("XmlReader, textes seuls", Asked.Texts, true, Raw)];

    private static long Tree(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var content = archive.GetEntry("content.xml")!.Open();
        return XDocument.Load(content).Root!.Descendants().Sum(element => element.Attributes().Count() + element.Nodes().OfType<XText>().Sum(text => (long)text.Value.Length));
    }

    private static long Raw(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var xml = XmlReader.Create(archive.GetEntry("content.xml")!.Open());
        return XmlTexts.Length(xml);
    }
}
