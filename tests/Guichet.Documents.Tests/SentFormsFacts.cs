using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;

namespace Guichet.Documents.Tests;

/// <summary>What administrations write in their forms and annexes, where a careless reading gives a value that nobody wrote.</summary>
public sealed class SentFormsFacts(ReadingFixture reading)
{
    private Task<PieceExtract> Read(Docx document) => reading.Read(document.Bytes(), "formulaire.docx");

    private Task<PieceExtract> Read(Xlsx workbook) => reading.Read(workbook.Bytes(), "annexe.xlsx");

    [Fact]
    public async Task A_column_a_year_and_their_total_give_one_line_a_label()
    {
        var extract = await Read(new Xlsx().Sheet("Budget",
            ["Catégorie", "Libellé", "2024", "2025", "Total TTC"],
            ["Prestation", "Développement", 96_000, 48_000, 144_000],
            ["Formation", "Agents", null, 20_000, 20_000]));
        Assert.Equal(
            [new BudgetLine("prestation", "Développement", Euros.From(144_000), "2024, 2025"), new BudgetLine("formation", "Agents", Euros.From(20_000), "2025")],
            extract.Value(Fields.BudgetLines));
    }

    [Fact]
    public async Task A_column_a_year_without_a_total_gives_a_line_a_year()
    {
        var extract = await Read(new Xlsx().Sheet("Budget", ["Catégorie", "Libellé", "2024", "2025"], ["Prestation", "Développement", 96_000, 48_000]));
        Assert.Equal([("2024", Euros.From(96_000)), ("2025", Euros.From(48_000))], extract.Value(Fields.BudgetLines).Select(line => (line.Period!, line.Amount)));
    }

    [Fact]
    public async Task A_category_that_stands_after_the_expense_is_not_taken_for_it()
    {
        var extract = await Read(new Xlsx().Sheet("Budget", ["N°", "Poste de dépense", "Catégorie", "Montant TTC"], ["1", "Équipe du projet", "RH interne", 150_000]));
        Assert.Equal([new BudgetLine("rh-interne", "Équipe du projet", Euros.From(150_000))], extract.Value(Fields.BudgetLines));
    }

    [Fact]
    public async Task A_question_below_a_list_is_no_record_of_it()
    {
        var extract = await Read(new Xlsx().Sheet("Indicateurs",
            ["Code", "Indicateur", "Définition", "Unité", "Valeur initiale", "Cible"],
            ["P1", "Nombre d’usagers informés", "Courriers envoyés", "usagers", 0, 9_000],
            [null, "Protocole d’évaluation", "Groupe témoin tiré au sort"]));
        Assert.Equal(["Nombre d’usagers informés"], extract.Value(Fields.ImpactIndicators).Select(indicator => indicator.Name));
        Assert.Equal("Groupe témoin tiré au sort", extract.Value(Fields.ImpactEvaluation));
    }

    [Fact]
    public async Task Labels_and_values_in_turn_are_no_headings()
    {
        var extract = await Read(new Docx().Table(
            "Indicateur | Délai d’instruction | Unité | jours", "Évaluation | Avant et après | Base légale | Mission d’intérêt public"));
        Assert.DoesNotContain(extract.Of(Fields.ImpactIndicators) is null ? [] : extract.Value(Fields.ImpactIndicators), indicator => indicator.Name == "Évaluation");
        Assert.Equal("Mission d’intérêt public", extract.Value(Fields.LegalBasis));
    }

    [Fact]
    public async Task Two_questions_on_a_line_have_their_answer_each()
    {
        var extract = await Read(new Docx().Text("Personne à contacter : Maël Guivarch     Fonction : chargé de mission     Téléphone : 02 99 00 70 31"));
        Assert.Equal(
            ("Maël Guivarch", "chargé de mission", "02 99 00 70 31"),
            (extract.Value(Fields.ContactName), extract.Value(Fields.ContactRole), extract.Value(Fields.ContactPhone)));
    }

    [Theory]
    [InlineData("02 99 00 70 31")]
    [InlineData("Sponsor")]
    [InlineData("m.guivarch@exemple.gouv.fr ?")]
    public async Task What_names_nobody_is_no_contact(string written)
    {
        var extract = await Read(new Docx().Table($"Personne à contacter | {written}", "Titre du projet | Alpha"));
        Assert.Null(extract.Of(Fields.ContactName));
    }

    [Theory]
    [InlineData("Non")]
    [InlineData("Sans objet à ce stade")]
    [InlineData("Un jeune sur quatre abandonne sa recherche de mission, faute de réponse")]
    public async Task What_abbreviates_nothing_is_no_acronym(string written)
    {
        var extract = await Read(new Docx().Table($"Acronyme | {written}", "Titre du projet | Alpha"));
        Assert.Null(extract.Of(Fields.ProjectAcronym));
    }
}
