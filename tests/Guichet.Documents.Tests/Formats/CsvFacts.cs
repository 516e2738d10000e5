using System.Text;
using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

public sealed class CsvFacts
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private const string Annex = "Catégorie;Libellé;Montant TTC\r\nPrestation;\"Conseil ; appui\";10000,50\r\nFormation;Agents;\"20 000,00 €\"\r\nTotal TTC;;30000,50\r\n";

    private static PieceExtract Read(string text) => Files.Read(Files.Utf8(text), "budget.csv");

    [Fact]
    public void Every_encoding_of_French_programs_gives_the_same()
    {
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), Windows1252, Encoding.Unicode])
        {
            var extract = Files.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Annex)], "budget.csv");
            Assert.Equal(PieceKind.Csv, extract.Kind);
            Assert.Equal([("Conseil ; appui", 10_000.50m), ("Agents", 20_000m)], extract.Says(Fields.BudgetLines).Select(line => (line.Label, line.Amount.Amount)));
            Assert.Equal(Euros.From(30_000.50m), extract.Says(Fields.BudgetTotal));
        }
    }

    [Fact]
    public void A_value_has_its_line_and_its_column() => Assert.Equal("ligne 4, colonne C", Read(Annex).PlaceOf(Fields.BudgetTotal));

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_delimiter_is_told_from_the_lines(char delimiter) =>
        Assert.Equal(Euros.From(30_000.50m), Read("Budget du projet, en euros\n" + Annex.Replace("\"Conseil ; appui\"", "Conseil", StringComparison.Ordinal).Replace(';', delimiter)).Says(Fields.BudgetTotal));

    [Fact]
    public void A_file_with_commas_between_columns_has_dots_for_decimals()
    {
        var extract = Read("Catégorie,Libellé,Montant TTC\nPrestation,Conseil,10000.50\nFormation,Agents,\"1,234\"\nTotal TTC,,11234.50\n");
        Assert.Equal([10_000.50m, 1_234m], extract.Says(Fields.BudgetLines).Select(line => line.Amount.Amount));
        Assert.Equal(Euros.From(11_234.50m), extract.Says(Fields.BudgetTotal));
    }

    [Fact]
    public void A_number_that_can_be_read_two_ways_is_left_where_nothing_tells_which() =>
        Assert.False(Read("Rubrique;Valeur\nTitre du projet;Alpha\nCoût total TTC;1,234\n").Has(Fields.BudgetTotal));

    [Fact]
    public void A_SIRET_stays_what_it_is() =>
        Assert.Equal("13002526500013", Read("Rubrique;Réponse\nSIRET;13002526500013\nAcronyme;ALPHA\n").Says(Fields.ApplicantSiret));

    [Fact]
    public void The_separator_that_Excel_announces_is_believed() =>
        Assert.Equal("Alpha", Read("sep=|\nTitre du projet|Alpha\nAcronyme|A;B;C\n").Says(Fields.ProjectTitle));

    [Fact]
    public void A_text_of_labels_and_values_is_read_line_by_line()
    {
        var extract = Files.Read(Files.Utf8("Titre du projet : Alpha, le premier\nAcronyme : ALPHA\n\nCoût total TTC : 450 000 €\n"), "formulaire.txt");
        Assert.Equal("ALPHA", extract.Says(Fields.ProjectAcronym));
        Assert.Equal("ligne 4", extract.PlaceOf(Fields.BudgetTotal));
    }

    [Fact]
    public void A_quote_that_never_closes_does_not_stop_the_reader() =>
        Assert.Equal(PieceKind.Csv, Read("Titre;\"Alpha\n" + string.Concat(Enumerable.Repeat("a;b\n", 1_000))).Kind);

    [Fact]
    public void Cells_beyond_the_bound_are_said() =>
        Assert.NotNull(Files.Read(Files.Utf8(string.Concat(Enumerable.Repeat("a;b;c\n", 1_000))), "x.csv", ReadingBounds.Default with { Cells = 100 }).Tells("TEXTE-TROP-LONG"));
}
