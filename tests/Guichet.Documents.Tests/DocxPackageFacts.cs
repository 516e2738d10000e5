using System.IO.Compression;
using System.Text;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;

namespace Guichet.Documents.Tests;

/// <summary>What a DOCX may hold beside its text, and how it may be put together.</summary>
public sealed class DocxPackageFacts(ReadingFixture reading)
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    [Fact]
    public async Task A_link_that_is_no_address_takes_nothing_away()
    {
        var link = $"<Relationship Id=\"lien\" Type=\"{Relationships}/hyperlink\" Target=\"mailto:élise@@ exemple .fr, paul@[exemple\" TargetMode=\"External\"/>";
        var document = Edited(Form.Bytes(), "word/_rels/document.xml.rels", xml => xml.Replace("</Relationships>", link + "</Relationships>", StringComparison.Ordinal));
        var extract = await reading.Read(document, "formulaire.docx");
        Assert.Equal("Alpha", extract.Value(Fields.ProjectTitle));
    }

    [Theory]
    [InlineData("/word/texte%20final.xml")]
    [InlineData("./word/../word/texte%20final.xml")]
    public async Task Parts_may_be_called_anything(string target)
    {
        var moved = Edited(Form.Bytes(), "word/document.xml", xml => xml, "word/texte final.xml");
        var document = Edited(moved, "_rels/.rels", xml => xml.Replace("/word/document.xml", target, StringComparison.Ordinal));
        var extract = await reading.Read(document, "formulaire.docx");
        Assert.Equal("Alpha", extract.Value(Fields.ProjectTitle));
    }

    [Fact]
    public async Task Texts_of_drawings_and_formulas_are_no_text_of_the_page()
    {
        var extract = await reading.Read(new Docx().Raw(
            "<w:r><w:t>Titre du projet : Alpha</w:t></w:r><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>x</m:t></m:r></m:oMath>" +
            "<w:r><w:drawing><wp:inline><a:p><a:r><a:t>légende</a:t></a:r></a:p></wp:inline></w:drawing></w:r>").Bytes(), "formulaire.docx");
        Assert.Equal("Alpha", extract.Value(Fields.ProjectTitle));
    }

    [Theory]
    [InlineData("<w:tbl><w:tr><w:tc>", "<w:smartTag>")]
    [InlineData("<w:tbl><w:tr>", "<w:sdt><w:sdtContent>")]
    [InlineData("<w:p>", "<w:hyperlink>")]
    [InlineData("", "<w:customXml>")]
    public async Task Elements_in_elements_without_end_are_a_finding(string around, string nested)
    {
        var open = around + string.Concat(Enumerable.Repeat(nested, 20_000));
        var close = string.Concat(Enumerable.Repeat(Closing(nested), 20_000)) + Closing(around);
        var document = Edited(Form.Bytes(), "word/document.xml", xml => xml.Replace("</w:body>", $"{open}{close}</w:body>", StringComparison.Ordinal));
        var extract = await reading.Read(document, "formulaire.docx");
        Assert.Equal(PieceSeverity.Blocking, extract.Finding("FICHIER-TROP-GRAND")!.Severity);
    }

    private static Docx Form => new Docx().Table("Titre du projet | Alpha");

    private static string Closing(string opening) => string.Concat(opening.Split('<', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(name => $"</{name}"));

    /// <summary>A package with one part written anew, under another name where one is given.</summary>
    private static byte[] Edited(byte[] package, string part, Func<string, string> edit, string? name = null)
    {
        var stream = new MemoryStream();
        stream.Write(package);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.GetEntry(part)!;
            string content;
            using (var reader = new StreamReader(entry.Open()))
            {
                content = edit(reader.ReadToEnd());
            }

            entry.Delete();
            using var written = archive.CreateEntry(name ?? part).Open();
            written.Write(Encoding.UTF8.GetBytes(content));
        }

        return stream.ToArray();
    }
}
