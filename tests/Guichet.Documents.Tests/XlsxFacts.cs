using System.IO.Compression;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;

namespace Guichet.Documents.Tests;

public sealed class XlsxFacts(ReadingFixture reading)
{
    private static readonly Xlsx Annex = new Xlsx().Sheet("Budget",
        ["Budget du projet"],
        ["Catégorie", "Libellé", "Montant TTC", "Année"],
        ["Prestation", "Développement", 200_000.50m, "2024"],
        ["Formation", "Agents", 99_999.50m, "2025"],
        ["Total", null, new Formula("SUM(C3:C4)", 300_000m)],
        [],
        ["Plan de financement"],
        ["Financeur", "Montant"],
        ["Cofinancement demandé", 150_000m],
        ["Part du porteur", 120_000m],
        ["Région Bretagne", 30_000m],
        ["Total", new Formula("SUM(B9:B11)", 300_000m)]);

    private Task<PieceExtract> Read(Xlsx workbook) => reading.Read(workbook.Bytes(), "annexe.xlsx");

    [Fact]
    public async Task A_budget_annex_gives_lines_plan_and_places()
    {
        var extract = await Read(Annex);
        Assert.Equal(
            [new BudgetLine("prestation", "Développement", Euros.From(200_000.50m), "2024"), new BudgetLine("formation", "Agents", Euros.From(99_999.50m), "2025")],
            extract.Value(Fields.BudgetLines));
        Assert.Equal([new OtherFinancing("Région Bretagne", Euros.From(30_000))], extract.Value(Fields.BudgetOtherFinancing));
        Assert.Equal(Euros.From(120_000), extract.Value(Fields.BudgetOwnShare));
        var requested = extract.Of(Fields.BudgetRequested)!;
        Assert.Equal((Euros.From(150_000), "feuille Budget, B9", 2), ((Euros)requested.Value, requested.Source.Place, requested.Authority));
        Assert.Equal(Euros.From(300_000), extract.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task A_sum_without_a_stored_result_is_computed()
    {
        var extract = await Read(new Xlsx().Sheet("Budget", ["Libellé", "Jours", "Prix unitaire", "Montant TTC"],
            ["Conseil", 10, 900, new Formula("B2*C2")], ["Développement", 20, 800, new Formula("B3*C3")], ["Total", null, null, new Formula("SUM(D2:D3)")]));
        Assert.Equal(Euros.From(25_000), extract.Value(Fields.BudgetTotal));
        Assert.Equal([Euros.From(9_000), Euros.From(16_000)], extract.Value(Fields.BudgetLines).Select(line => line.Amount));
    }

    [Fact]
    public async Task A_formula_that_is_not_computed_is_said()
    {
        var extract = await Read(new Xlsx().Sheet("Budget", ["Coût total TTC", new Formula("IF(A2>0,1,2)")]));
        Assert.Null(extract.Of(Fields.BudgetTotal));
        Assert.Equal("feuille Budget, B1", extract.Finding("FORMULE-SANS-VALEUR")!.Place);
    }

    [Fact]
    public async Task Thousands_in_a_heading_count()
    {
        var extract = await Read(new Xlsx().Sheet("Budget", ["Poste", "Montant (k€)"], ["Prestation", 200], ["Total", 200]));
        Assert.Equal(Euros.From(200_000), extract.Value(Fields.BudgetLines)[0].Amount);
        Assert.Equal(Euros.From(200_000), extract.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task Amounts_with_taxes_are_taken_and_without_are_left()
    {
        var extract = await Read(new Xlsx().Sheet("Budget", ["Poste", "Montant HT", "TVA", "Montant TTC"], ["Prestation", 100, 20, 120], ["Total", 100, 20, 120]));
        Assert.Equal(Euros.From(120), extract.Value(Fields.BudgetLines)[0].Amount);
        Assert.Equal(Euros.From(120), extract.Value(Fields.BudgetTotal));
        var without = await Read(new Xlsx().Sheet("Budget", ["Poste", "Montant"], ["Prestation", 100], ["Total HT", 100], ["TVA 20 %", 20], ["Total TTC", 120]));
        Assert.Null(without.Of(Fields.BudgetLines));
        Assert.Equal(Euros.From(120), without.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task A_hidden_sheet_is_read_and_said()
    {
        var extract = await Read(new Xlsx().Sheet("Accueil", ["Annexe"]).HiddenSheet("Budget", ["Coût total TTC", 1_000m]));
        Assert.Equal(Euros.From(1_000), extract.Value(Fields.BudgetTotal));
        Assert.Equal("feuille Budget", extract.Finding("FEUILLE-MASQUEE")!.Place);
    }

    [Fact]
    public async Task Strict_Open_XML_gives_what_transitional_gives()
    {
        var strict = await reading.Read(Strict.Of(Annex.Bytes()), "strict.xlsx");
        Assert.Equal(Euros.From(300_000), strict.Value(Fields.BudgetTotal));
        Assert.Equal(2, strict.Value(Fields.BudgetLines).Length);
        var document = await reading.Read(Strict.Of(new Docx().Table("Titre du projet | Alpha").Bytes()), "strict.docx");
        Assert.Equal("Alpha", document.Value(Fields.ProjectTitle));
    }

    private static class Strict
    {
        public static byte[] Of(byte[] transitional)
        {
            var stream = new MemoryStream();
            stream.Write(transitional);
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            {
                foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal) || entry.FullName.EndsWith(".rels", StringComparison.Ordinal)).ToList())
                {
                    string xml;
                    using (var reader = new StreamReader(entry.Open()))
                    {
                        xml = reader.ReadToEnd();
                    }

                    xml = xml.Replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main", StringComparison.Ordinal)
                        .Replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", StringComparison.Ordinal)
                        .Replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships", StringComparison.Ordinal);
                    var name = entry.FullName;
                    entry.Delete();
                    using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                    writer.Write(xml);
                }
            }

            return stream.ToArray();
        }
    }
}
