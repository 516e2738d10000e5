using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

public sealed class OdsFacts
{
    private static PieceExtract Read(string body, string styles = "", ReadingBounds? bounds = null) => Files.Read(OdfFile.Spreadsheet(body, styles), "budget.ods", bounds);

    [Fact]
    public void A_real_annex_gives_lines_total_and_places()
    {
        var extract = Files.Read(Files.Sample("plateforme-trop-grande/AgriVeille_budget.ods"), "AgriVeille_budget.ods");
        Assert.Equal((PieceKind.Ods, 2), (extract.Kind, extract.Pages));
        Assert.Equal(Euros.From(1_840_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal(Euros.From(1_840_000), Euros.From(extract.Says(Fields.BudgetLines).Sum(line => line.Amount.Amount)));
        Assert.Equal(2, extract.Values.Single(value => value.Field == Fields.BudgetLines).Authority);
        Assert.StartsWith("feuille Budget, ", extract.PlaceOf(Fields.BudgetLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Typed_values_are_believed_over_what_is_shown()
    {
        var extract = Read(OdfFile.Sheet("Fiche",
            "Coût total TTC | <table:table-cell office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"186420.4\"><text:p>186,420.40 €</text:p></table:table-cell>",
            "Date de début | <table:table-cell office:value-type=\"date\" office:date-value=\"2024-09-01\"><text:p>sept. 24</text:p></table:table-cell>",
            "Code source ouvert | <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>VRAI</text:p></table:table-cell>"));
        Assert.Equal(Euros.From(186_420.40m), extract.Says(Fields.BudgetTotal));
        Assert.Equal(new NodaTime.LocalDate(2024, 9, 1), extract.Says(Fields.ProjectStart));
        Assert.True(extract.Says(Fields.CommitmentsOpenSource));
        Assert.Equal("feuille Fiche, B1", extract.PlaceOf(Fields.BudgetTotal));
    }

    [Fact]
    public void A_number_whose_format_says_thousands_means_thousands() =>
        Assert.Equal(Euros.From(350_000), Read(OdfFile.Sheet("F", "Coût total TTC | <table:table-cell office:value-type=\"float\" office:value=\"350\"><text:p>350 k€</text:p></table:table-cell>")).Says(Fields.BudgetTotal));

    [Fact]
    public void A_foreign_currency_is_not_taken_for_euros() =>
        Assert.False(Read(OdfFile.Sheet("F", "Coût total TTC | <table:table-cell office:value-type=\"currency\" office:currency=\"USD\" office:value=\"350\"><text:p>$350</text:p></table:table-cell>")).Has(Fields.BudgetTotal));

    [Fact]
    public void Repeated_blank_rows_and_columns_cost_nothing_and_move_what_follows()
    {
        var extract = Read("<table:table table:name=\"F\"><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>" +
            "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>" + OdfFile.Cell("Coût total TTC") + OdfFile.Cell("1000") + "</table:table-row></table:table>");
        Assert.Equal("feuille F, D1000001", extract.PlaceOf(Fields.BudgetTotal));
    }

    [Fact]
    public void A_cell_repeated_by_the_million_stops_at_the_bound_and_says_so() =>
        Assert.NotNull(Read("<table:table table:name=\"F\"><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
            "", ReadingBounds.Default with { Cells = 10_000 }).Tells("TEXTE-TROP-LONG"));

    [Fact]
    public void A_sum_without_a_stored_result_is_computed()
    {
        var extract = Read(OdfFile.Sheet("Budget", "Catégorie | Libellé | Montant TTC", "Prestation | Conseil | 9000", "Prestation | Réalisation | 16000", "Total TTC | <table:table-cell/> | <table:table-cell table:formula=\"of:=SUM([.C2:.C3])\"/>"));
        Assert.Equal(Euros.From(25_000), extract.Says(Fields.BudgetTotal));
    }

    [Fact]
    public void A_cell_in_error_is_said()
    {
        var extract = Read(OdfFile.Sheet("F", "Coût total TTC | <table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>"));
        Assert.Equal("feuille F, B1", extract.Tells("FORMULE-EN-ERREUR")!.Place);
        Assert.False(extract.Has(Fields.BudgetTotal));
    }

    [Fact]
    public void Hidden_sheets_and_rows_are_read_and_said()
    {
        var extract = Read("<table:table table:name=\"Calculs\" table:style-name=\"ta2\"><table:table-row table:visibility=\"collapse\">" + OdfFile.Cell("Coût total TTC") + OdfFile.Cell("1000") + "</table:table-row></table:table>",
            "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>");
        Assert.Equal(Euros.From(1_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal("feuille Calculs", extract.Tells("FEUILLE-MASQUEE")!.Place);
        Assert.NotNull(extract.Tells("LIGNES-MASQUEES"));
    }

    [Fact]
    public void A_category_merged_over_its_rows_counts_for_each()
    {
        var extract = Read("<table:table table:name=\"Budget\"><table:table-row>" + OdfFile.Cell("Catégorie") + OdfFile.Cell("Libellé") + OdfFile.Cell("Montant TTC") + "</table:table-row>" +
            "<table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>Formation</text:p></table:table-cell>" + OdfFile.Cell("Agents") + OdfFile.Cell("100") + "</table:table-row>" +
            "<table:table-row><table:covered-table-cell/>" + OdfFile.Cell("Usagers") + OdfFile.Cell("200") + "</table:table-row></table:table>");
        Assert.Equal(["formation", "formation"], extract.Says(Fields.BudgetLines).Select(line => line.Category));
    }
}
