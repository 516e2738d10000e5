using System.IO.Compression;
using System.Text;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;

namespace Guichet.Documents.Tests;

/// <summary>Files made to harm: each gives a finding within the bounds, and its reader goes on.</summary>
public sealed class HostileFacts(ReadingFixture reading)
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    [Fact]
    public async Task A_workbook_that_expands_beyond_measure_is_not_opened()
    {
        var bomb = With(new Xlsx().Sheet("Budget", ["a"]).Bytes(), "xl/worksheets/sheet.xml", stream =>
        {
            var zeros = Encoding.ASCII.GetBytes(new string('0', 1 << 20));
            for (var i = 0; i < 100; i++)
            {
                stream.Write(zeros);
            }
        });
        Assert.True(bomb.Length < 1 << 20);
        Assert.Equal(PieceSeverity.Blocking, (await reading.Read(bomb, "budget.xlsx")).Finding("FICHIER-TROP-GRAND")!.Severity);
    }

    [Fact]
    public async Task Entities_are_never_expanded()
    {
        var entities = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY secret SYSTEM \"file:///etc/passwd\">]>" +
            $"<w:document xmlns:w=\"{Word}\"><w:body><w:p><w:r><w:t>Titre du projet : &b;&secret;</w:t></w:r></w:p></w:body></w:document>";
        var extract = await reading.Read(Document(entities), "formulaire.docx");
        Assert.Empty(extract.Values);
        Assert.NotNull(extract.Finding("FICHIER-ABIME"));
    }

    [Fact]
    public async Task Tables_in_tables_without_end_are_a_finding()
    {
        var depth = 4_000;
        var nested = string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", depth)) + "<w:p/>" + string.Concat(Enumerable.Repeat("</w:tc></w:tr></w:tbl>", depth));
        var extract = await reading.Read(Document($"<w:document xmlns:w=\"{Word}\"><w:body>{nested}</w:body></w:document>"), "formulaire.docx");
        Assert.Contains(extract.Findings, finding => finding.Severity == PieceSeverity.Blocking);
    }

    [Fact]
    public async Task A_text_without_end_is_cut_and_said()
    {
        var document = new Docx().Table("Titre du projet | Alpha");
        for (var i = 0; i < 400; i++)
        {
            document.Text(new string('a', 10_000));
        }

        var extract = await reading.Read(document.Bytes(), "formulaire.docx");
        Assert.Equal("Alpha", extract.Value(Fields.ProjectTitle));
        Assert.NotNull(extract.Finding("TEXTE-TROP-LONG"));
    }

    [Fact]
    public async Task A_formula_that_comes_back_to_itself_has_no_value()
    {
        var extract = await reading.Read(new Xlsx().Sheet("Budget", ["Coût total TTC", new Formula("B2+1")], [null, new Formula("B1+1")]).Bytes(), "budget.xlsx");
        Assert.Null(extract.Of(Fields.BudgetTotal));
        Assert.NotNull(extract.Finding("FORMULE-SANS-VALEUR"));
    }

    private static byte[] Document(string xml) => With(new Docx().Text("a").Bytes(), "word/document.xml", stream => stream.Write(Encoding.UTF8.GetBytes(xml)));

    private static byte[] With(byte[] package, string part, Action<Stream> write)
    {
        var stream = new MemoryStream();
        stream.Write(package);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var name = archive.Entries.First(entry => entry.FullName.StartsWith(part[..^4], StringComparison.Ordinal)).FullName;
            archive.GetEntry(name)!.Delete();
            using var content = archive.CreateEntry(name).Open();
            write(content);
        }

        return stream.ToArray();
    }
}
