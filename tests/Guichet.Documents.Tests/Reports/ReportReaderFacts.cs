using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.FollowUp;
using Guichet.Documents.Tests.Building;
using Guichet.Documents.Tests.Formats;
using NodaTime;

namespace Guichet.Documents.Tests.Reports;

/// <summary>Impact reports as porteurs send them.</summary>
public sealed class ReportReaderFacts(ReadingFixture readers)
{
    private static readonly ImmutableArray<Indicator> Indicators =
    [
        new("M1", "Nombre de projets réutilisant les données") { Unit = "projets", Baseline = 18, Target = 90 },
        new("M3", "Délai entre la demande d’accès et l’accès effectif") { Unit = "jours", Baseline = 28, Target = 2 },
        new(null, "Temps passé à fournir des extractions") { Unit = "heures par mois", Baseline = 410, Target = 120 },
    ];

    private async Task<ReportReading> Read(byte[] content, string name) => await readers.Pool.ReadReport(readers.Save(content), name, Indicators, TestContext.Current.CancellationToken);

    private static IEnumerable<(string, decimal?)> Values(ReportReading reading) => reading.Values.Select(value => (value.Indicator[..5], value.Value));

    [Fact]
    public async Task The_template_filled_in_is_read_by_its_own_words()
    {
        var reading = await Read(new Xlsx().Merged("Bilan", ["C10:I10", "C11:I11", "C12:I12"],
            ["Bilan d’impact n° 1"],
            ["Projet", "Territoires en données"],
            [],
            ["Code", "Indicateur", "Unité", "Valeur de départ", "Cible", "Date de la cible", "Dernière valeur", "Valeur à ce jour", "Date de mesure"],
            ["M1", Indicators[0].Name, "projets", 18, 90, new DateOnly(2025, 4, 8), 22, 37, new DateOnly(2024, 3, 31)],
            ["M3", Indicators[1].Name, "jours", 28, 2, new DateOnly(2025, 4, 8), null, 12, null],
            [null, Indicators[2].Name, "heures par mois", 410, 120, new DateOnly(2025, 4, 8), null, null, null],
            [],
            [],
            [null, "Ce qui a été fait depuis le bilan précédent", "Deux jeux ouverts.\nUne API."],
            [null, "Stratégie : confirmée, ou ajustée et comment", "Confirmée."],
            [null, "Économies réalisées depuis le début, en euros", 12_500]).Bytes(), "bilan.xlsx");
        Assert.Equal([("Nombr", 37m), ("Délai", 12m)], Values(reading));
        Assert.Equal(new LocalDate(2024, 3, 31), reading.Values[0].On);
        Assert.Equal("feuille Bilan, H5", reading.Values[0].Source.Place);
        Assert.Contains("Une API.", reading.Done, StringComparison.Ordinal);
        Assert.Equal("Confirmée.", reading.Strategy);
        Assert.Equal(Euros.From(12_500), reading.Savings);
    }

    [Fact]
    public async Task A_table_of_a_text_gives_the_value_of_its_column_and_not_the_target()
    {
        var reading = await Read(new Docx().Heading("Bilan à six mois").Heading("Indicateurs", 2)
            .Table("Indicateur | Situation initiale | Réalisé | Cible", "Nombre de projets réutilisant les données | 18 | 41 projets | 90", "Délai entre la demande d’accès et l’accès effectif | 28 jours | 15 jours | 2 jours")
            .Heading("Ce qui a été fait", 2).Heading("Actions menées depuis le dernier bilan", 2).Text("Le portail est ouvert.").Text("Trois ateliers ont eu lieu.")
            .Heading("Stratégie", 2).Text("Ajustée : les départements d’abord.").Bytes(), "bilan.docx");
        Assert.Equal([("Nombr", 41m), ("Délai", 15m)], Values(reading));
        Assert.Equal("projets", reading.Values[0].Unit);
        Assert.Equal("Le portail est ouvert.\nTrois ateliers ont eu lieu.", reading.Done);
        Assert.Equal("Ajustée : les départements d’abord.", reading.Strategy);
    }

    [Fact]
    public async Task Lines_that_name_an_indicator_or_its_code_give_its_value()
    {
        var reading = await Read(new Docx().Heading("Bilan").Text("M1 – projets réutilisant : 44").Text("Temps passé à fournir des extractions : 300 heures par mois").Text("Économies réalisées : 8 000 €").Bytes(), "bilan.docx");
        Assert.Equal([("Nombr", 44m), ("Temps", 300m)], Values(reading));
        Assert.Equal(Euros.From(8_000), reading.Savings);
    }

    [Fact]
    public async Task A_csv_and_a_pdf_are_read_as_well()
    {
        var csv = await Read(Files.Utf8("Indicateur;Valeur constatée;Date\nNombre de projets réutilisant les données;52;30/09/2024\n"), "bilan.csv");
        Assert.Equal((52m, new LocalDate(2024, 9, 30)), (csv.Values[0].Value, csv.Values[0].On));
        var pdf = await Read(new PdfFile().Lines(60, 780, "Bilan", "Nombre de projets réutilisant les données : 47", "Ce qui a été fait depuis six mois : une API.").Bytes(), "bilan.pdf");
        Assert.Equal([("Nombr", 47m)], Values(pdf));
    }

    [Fact]
    public async Task What_is_no_number_is_kept_as_it_was_written()
    {
        var value = Assert.Single((await Read(new Docx().Heading("Bilan").Table("Indicateur | Valeur à ce jour", "Nombre de projets réutilisant les données | en nette hausse", "Temps passé à fournir des extractions | sans objet").Bytes(), "bilan.docx")).Values);
        Assert.Equal((null, "en nette hausse"), (value.Value, value.Source.Text));
    }

    [Theory]
    [InlineData("image.png", "conservé|format")]
    [InlineData("archive.zip", "archive")]
    public async Task A_file_that_holds_no_text_says_what_to_send_instead(string name, string said)
    {
        byte[] content = name.EndsWith(".zip", StringComparison.Ordinal) ? Files.Zip(("a.txt", Files.Utf8("a"))) : [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];
        Assert.Matches(said, (await Read(content, name)).Trouble);
    }
}
