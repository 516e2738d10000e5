using System.IO.Compression;
using System.Text;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using Guichet.Documents.Tests.Formats;

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

    [Fact]
    public async Task A_sheet_of_formulas_without_end_is_read_within_the_bounds()
    {
        var formula = $"of:={string.Concat(Enumerable.Repeat("(", 60))}SUM([.A1:.XFD1048576]){string.Concat(Enumerable.Repeat(")", 60))}";
        var row = $"<table:table-row table:number-rows-repeated=\"400000\"><table:table-cell table:formula=\"{formula}\"/></table:table-row>";
        var extract = await reading.Read(OdfFile.Spreadsheet($"<table:table table:name=\"Budget\">{row}</table:table>"), "budget.ods");
        Assert.NotNull(extract.Finding("FORMULE-SANS-VALEUR"));
        Assert.InRange(extract.Findings.Length, 2, 100);
    }

    [Fact]
    public async Task Amounts_beside_one_another_by_the_hundred_thousand_are_read_in_time()
    {
        var row = "<table:table-row table:number-rows-repeated=\"120000\"><table:table-cell office:value-type=\"string\"><text:p>Coût total</text:p></table:table-cell>" +
            "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>b</text:p></table:table-cell></table:table-row>";
        Assert.Null((await reading.Read(OdfFile.Spreadsheet($"<table:table table:name=\"Budget\">{row}</table:table>"), "budget.ods")).Finding("LECTURE-INTERROMPUE"));
    }

    [Fact]
    public async Task Headings_as_wide_as_a_sheet_are_read_in_time()
    {
        var cells = string.Concat("Indicateur n° 1|Catégorie".Split('|').Select(heading =>
            $"<table:table-cell table:number-columns-repeated=\"8000\" office:value-type=\"string\"><text:p>{heading}</text:p></table:table-cell>"));
        var rows = $"<table:table-row table:number-rows-repeated=\"64\">{cells}</table:table-row>";
        Assert.Null((await reading.Read(OdfFile.Spreadsheet($"<table:table table:name=\"Budget\">{rows}</table:table>"), "budget.ods")).Finding("LECTURE-INTERROMPUE"));
    }

    [Fact]
    public async Task Merges_over_merges_over_a_whole_sheet_are_read_within_the_bounds()
    {
        var cell = "<table:table-cell table:number-columns-repeated=\"40\" table:number-rows-spanned=\"900\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
        var rows = $"<table:table-row table:number-rows-repeated=\"250\">{cell}</table:table-row><table:table-row table:number-rows-repeated=\"900\"><table:table-cell table:number-columns-repeated=\"60\"/><table:table-cell office:value-type=\"string\"><text:p>b</text:p></table:table-cell></table:table-row>";
        Assert.Null((await reading.Read(OdfFile.Spreadsheet($"<table:table table:name=\"Budget\">{rows}</table:table>"), "budget.ods")).Finding("LECTURE-INTERROMPUE"));
    }

    [Theory]
    [InlineData("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 4 0 R]>>>>", "<</T(a)/Kids[4 0 R 4 0 R]>>")]
    [InlineData("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>", "<</T(a)/FT/Tx/Parent 4 0 R>>")]
    public async Task Fields_of_a_PDF_that_come_back_to_themselves_are_said(string catalog, string field)
    {
        var extract = await reading.Read(PdfFile.Of(catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>", field), "formulaire.pdf");
        Assert.NotNull(extract.Finding("CHAMPS-ILLISIBLES"));
    }

    [Fact]
    public async Task Pages_and_forms_of_a_PDF_that_come_back_to_themselves_end()
    {
        var form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream";
        var extract = await reading.Read(PdfFile.Of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2/Parent 2 0 R>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>", "<</Length 5>>stream\n/X Do\nendstream", form), "formulaire.pdf");
        Assert.NotEmpty(extract.Findings);
    }

    [Theory]
    [InlineData("<c r=\"XFD1048576\"><v>1</v></c>")]
    [InlineData("<c r=\"A1\" t=\"s\"><v>99999999</v></c>")]
    [InlineData("<c r=\"A1\" s=\"99999\"><v>1E+308</v></c>")]
    public async Task Cells_that_point_nowhere_do_no_harm(string cell)
    {
        var sheet = $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{cell}</row></sheetData>" +
            $"<mergeCells>{string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:XFD1048576\"/>", 5_000))}</mergeCells></worksheet>";
        var extract = await reading.Read(With(new Xlsx().Sheet("Budget", ["a"]).Bytes(), "xl/worksheets/sheet.xml", stream => stream.Write(Encoding.UTF8.GetBytes(sheet))), "budget.xlsx");
        Assert.Null(extract.Finding("LECTURE-INTERROMPUE"));
    }

    [Fact]
    public async Task Half_a_character_is_no_reason_to_stop()
    {
        var extract = await reading.Read(Encoding.UTF8.GetBytes("Titre du projet : Alpha \uFFFE\nSecteur : b\n"), "note.csv");
        Assert.Null(extract.Finding("LECTURE-INTERROMPUE"));
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
