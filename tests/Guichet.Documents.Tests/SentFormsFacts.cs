using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using NodaTime;

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
            [new BudgetLine("prestation", "Développement", Euros.From(144_000), "2024-2025"), new BudgetLine("formation", "Agents", Euros.From(20_000), "2025")],
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

    private static string Run(string text, string look = "") => $"<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    [Theory]
    [InlineData("<w:i/>")]
    [InlineData("<w:b/>")]
    [InlineData("<w:u w:val=\"single\"/>")]
    public async Task A_label_that_is_set_off_ends_the_answer_before_it_even_where_it_is_not_known(string look)
    {
        var extract = await Read(new Docx()
            .Raw(Run("Ministère de rattachement", look)).Text("Éducation nationale")
            .Raw(Run("Personne qui suit la chose", look)).Text("Thibaut Marchandeau")
            .Raw(Run("Base légale", look)).Text("Article L. 114-8 du CRPA")
            .Raw(Run("Est-elle publiée ?", look)).Text("Depuis 2021"));
        Assert.Equal(("Éducation nationale", "Article L. 114-8 du CRPA"), (extract.Value(Fields.ApplicantMinistry), extract.Value(Fields.LegalBasis)));
    }

    [Fact]
    public async Task What_a_paragraph_opens_with_in_bold_is_its_label_where_it_ends_as_one()
    {
        var extract = await Read(new Docx()
            .Raw(Run("Acronyme. ", "<w:b/>") + Run("PLAGE"))
            .Raw(Run("Ministère de tutelle", "<w:b/>") + Run(" : Transition écologique"))
            .Raw(Run("Résumé. ", "<w:b/>") + Run("Une commune sur cinq ignore sa côte."))
            .Raw(Run("PLAGE", "<w:b/>") + Run(" informe les autres.")));
        Assert.Equal(
            ("PLAGE", "Transition écologique", "Une commune sur cinq ignore sa côte."),
            (extract.Value(Fields.ProjectAcronym), extract.Value(Fields.ApplicantMinistry), extract.Value(Fields.ProjectSummary)));
    }

    [Fact]
    public async Task Lists_that_are_written_as_lines_are_lists()
    {
        var extract = await Read(new Docx()
            .Heading("Calendrier").Text("Les principaux jalons :")
            .Text("15 décembre 2023 : raccordement des SIAO").Text("– Ouverture aux pilotes – 01/03/2024").Text("• Généralisation (septembre 2024)")
            .Heading("Budget").Text("Le coût se décompose ainsi :")
            .Text("Prestations – développement du tableau de bord : 186 000 €").Text("Hébergement qualifié : 48 000 € TTC")
            .Text("Subvention demandée : 117 000 €")
            .Heading("Organisation").Text("un chef de projet (0,8 ETP)").Text("Botaniste : 1 ETP")
            .Text("Retard de raccordement (criticité forte) : un binôme se déplace.")
            .Text("SI-SIAO (détenteur : DIHAL) – données à caractère personnel et sensibles, disponibles, de qualité moyenne")
            .Text("Référentiel TAXREF – détenu par le Muséum ; ni personnel ni sensible ; pas encore disponible ; bonne qualité"));
        Assert.Equal(
            [("raccordement des SIAO", new LocalDate(2023, 12, 15)), ("Ouverture aux pilotes", new LocalDate(2024, 3, 1)), ("Généralisation", new LocalDate(2024, 9, 1))],
            extract.Value(Fields.ProjectMilestones).Select(step => (step.Label, step.Date!.Value)));
        Assert.Equal(
            [("prestation", "développement du tableau de bord", 186_000m), ("infrastructure", "Hébergement qualifié", 48_000m)],
            extract.Value(Fields.BudgetLines).Select(line => (line.Category!, line.Label, line.Amount.Amount)));
        Assert.Equal(Euros.From(117_000), extract.Value(Fields.BudgetRequested));
        Assert.Equal([("chef de projet", 0.8m), ("Botaniste", 1m)], extract.Value(Fields.GovernanceTeam).Select(member => (member.Role, member.Fte!.Value)));
        Assert.Equal(new Risk("Retard de raccordement", "forte", "un binôme se déplace"), Assert.Single(extract.Value(Fields.GovernanceRisks)));
        Assert.Equal(
            [("SI-SIAO", "DIHAL", true, true, true), ("Référentiel TAXREF", "le Muséum", false, false, false)],
            extract.Value(Fields.DataSources).Select(source => (source.Name, source.Holder!, source.Personal!.Value, source.Sensitive!.Value, source.Available!.Value)));
    }

    [Fact]
    public async Task A_single_line_is_no_list_and_is_read_as_it_was()
    {
        var extract = await Read(new Docx().Heading("Calendrier").Text("Date de début : 2 mai 2023").Text("Date de fin : 31 décembre 2024"));
        Assert.Null(extract.Of(Fields.ProjectMilestones));
        Assert.Equal((new LocalDate(2023, 5, 2), new LocalDate(2024, 12, 31)), (extract.Value(Fields.ProjectStart), extract.Value(Fields.ProjectEnd)));
    }

    [Fact]
    public async Task A_form_that_goes_on_under_a_list_is_no_part_of_it()
    {
        var extract = await Read(new Docx().Table(
            "Jalon | Date", "Base consolidée | 28/06/2024", "Combien ça coûte ? | Qui finance ?", "Budget total : 1,2 M€ TTC | Acronyme : AIGUILLE", "Montant sollicité : 600 k€ TTC | Sigle du fonds : FTAP"));
        Assert.Equal("Base consolidée", Assert.Single(extract.Value(Fields.ProjectMilestones)).Label);
        Assert.Equal((Euros.From(1_200_000), "AIGUILLE"), (extract.Value(Fields.BudgetTotal), extract.Value(Fields.ProjectAcronym)));
    }

    [Fact]
    public async Task Indicators_side_by_side_need_no_title_in_the_corner()
    {
        var extract = await Read(new Docx().Table(
            " | M1 – Réutilisations des fichiers | M3 – Délai d’obtention", "Définition | Projets déclarés | Temps d’attente", "Unité | projets | jours", "Valeur de référence | 0 | 60", "Valeur cible | 40 | 0"));
        Assert.Equal([("M1", 0m, 40m), ("M3", 60m, 0m)], extract.Value(Fields.ImpactIndicators).Select(one => (one.Code!, one.Baseline!.Value, one.Target!.Value)));
    }

    [Fact]
    public async Task An_indicator_may_be_told_label_above_value()
    {
        var extract = await Read(new Docx()
            .Raw(Run("Indicateur P1 – Familles informées", "<w:i/>")).Raw(Run("Définition", "<w:i/>")).Text("Familles dont la bourse a été notifiée")
            .Raw(Run("Valeur de départ", "<w:i/>")).Text("0 (au 01/09/2023)").Raw(Run("Valeur cible", "<w:i/>")).Text("6 000 (au 30/06/2025)"));
        var indicator = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal(("P1", "Familles dont la bourse a été notifiée", 0m, 6_000m), (indicator.Code, indicator.Definition, indicator.Baseline, indicator.Target));
    }

    [Theory]
    [InlineData("Justification du recours à l’IA | Justification")]
    [InlineData("Dépôt de code | Export de fichiers en attendant l’API")]
    public async Task The_title_of_a_place_and_a_sentence_are_no_answers(string row)
    {
        var extract = await Read(new Docx().Table(row, "Titre du projet | Alpha"));
        Assert.Null(extract.Of(Fields.TechnicalAi));
        Assert.Null(extract.Of(Fields.CommitmentsRepository));
    }

    [Theory]
    [InlineData("Sponsor : Marc-Olivier Thévenet", "Directeur général adjoint", null)]
    [InlineData("Sponsor : Marc-Olivier Thévenet", "Anticiper les accidents", "Anticiper les accidents")]
    [InlineData("Acronyme : ALPHA", "Directeur général adjoint", "Directeur général adjoint")]
    public async Task A_title_under_a_persons_name_is_that_persons_where_it_names_a_post(string above, string written, string? title)
    {
        var extract = await Read(new Docx().Text(above).Text($"Titre : {written}"));
        Assert.Equal(title, extract.Of(Fields.ProjectTitle) is null ? null : extract.Value(Fields.ProjectTitle));
    }

    [Fact]
    public async Task Rows_under_numbered_labels_are_the_records_of_a_list()
    {
        var extract = await Read(new Xlsx().Sheet("Formulaire",
            ["Titre du projet", "Alpha"],
            ["Jalon 1 (intitulé)", "Ouverture du service"],
            ["Jalon 1 (date)", "01/03/2024"],
            ["Jalon n° 2 (intitulé)", "Généralisation"],
            ["Jalon n° 2 (date)", "01/10/2024"],
            ["Équipe, membre 1 : rôle", "Directrice de projet"],
            ["Équipe, membre 1 : ETP", "0,4"],
            ["Risque 1", "Retard d’un fournisseur"],
            ["Risque 1 : gravité", "Forte"],
            ["Risque 1 : réponse", "Export de fichiers"],
            ["Étape 9", "Une étape sans date n’est pas un jalon"]));
        Assert.Equal([("Ouverture du service", new LocalDate(2024, 3, 1)), ("Généralisation", new LocalDate(2024, 10, 1))], extract.Value(Fields.ProjectMilestones).Select(one => (one.Label, one.Date!.Value)));
        Assert.Equal([new TeamMember("Directrice de projet", 0.4m)], extract.Value(Fields.GovernanceTeam));
        Assert.Equal([new Risk("Retard d’un fournisseur", "Forte", "Export de fichiers")], extract.Value(Fields.GovernanceRisks));
        Assert.Equal("Alpha", extract.Value(Fields.ProjectTitle));
    }

    [Fact]
    public async Task A_function_beside_a_person_is_that_persons()
    {
        var extract = await Read(new Docx().Table("Chef de projet | Jean-Baptiste Orsini | Fonction | Responsable des systèmes", "Sponsor | Hélène Maréchal | Fonction | Directrice"));
        Assert.Equal(("Responsable des systèmes", "Directrice"), (extract.Value(Fields.ContactRole), extract.Value(Fields.SponsorRole)));
    }

    [Fact]
    public async Task An_indicator_is_told_line_by_line_under_its_code_and_name()
    {
        var extract = await Read(new Docx().Heading("Impact et indicateurs")
            .Text("P1 – Communes informées").Text("Unité : communes").Text("Valeur initiale : 0 au 03/04/2024").Text("Valeur cible : 864 (avril 2026)").Text("Suivi : semestriel")
            .Text("P2 – Demandes d’aide déposées").Text("Valeur initiale : 3 % au 31/12/2023").Text("Valeur cible : 30 % au 02/04/2026"));
        Assert.Equal(
            [("P1", "Communes informées", 0m, 864m, "semestriel"), ("P2", "Demandes d’aide déposées", 3m, 30m, null)],
            extract.Value(Fields.ImpactIndicators).Select(one => (one.Code!, one.Name, one.Baseline!.Value, one.Target!.Value, one.Frequency)));
    }

    [Fact]
    public async Task An_indicator_is_told_in_a_sentence_that_goes_from_a_value_to_another()
    {
        var extract = await Read(new Docx().Heading("Impact").Text("Délai moyen d’orientation : de 9 jours au 31 décembre 2022 à 4 jours au 31 décembre 2024. Mesure trimestrielle."));
        var one = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal(("Délai moyen d’orientation", 9m, "jours", new LocalDate(2022, 12, 31), 4m, new LocalDate(2024, 12, 31)), (one.Name, one.Baseline!.Value, one.Unit!, one.BaselineDate!.Value, one.Target!.Value, one.TargetDate!.Value));
    }

    [Fact]
    public async Task The_parts_of_a_total_that_are_told_after_it_are_read_by_their_words()
    {
        var extract = await Read(new Docx().Heading("Budget").Text("Coût total : 890 k€ TTC, dont 400 k€ demandés au titre de l’appel à projets, 340 k€ de fonds propres et 150 k€ de l’Union européenne (FEDER)."));
        Assert.Equal((Euros.From(890_000), Euros.From(400_000), Euros.From(340_000)), (extract.Value(Fields.BudgetTotal), extract.Value(Fields.BudgetRequested), extract.Value(Fields.BudgetOwnShare)));
    }

    [Fact]
    public async Task A_title_over_several_rows_says_whose_the_labels_beside_it_are()
    {
        var extract = await Read(new Docx().Table(
            "Personne référente | Nom | Hafida Benkirane", "Personne référente | Fonction | Responsable de la diffusion", "Personne référente | Tél. | 01 99 00 31 07",
            "Sponsor | Nom | Étienne Vasseur", "Sponsor | Fonction | Directeur général"));
        Assert.Equal(("Hafida Benkirane", "Responsable de la diffusion", "01 99 00 31 07"), (extract.Value(Fields.ContactName), extract.Value(Fields.ContactRole), extract.Value(Fields.ContactPhone)));
        Assert.Equal(("Étienne Vasseur", "Directeur général"), (extract.Value(Fields.SponsorName), extract.Value(Fields.SponsorRole)));
    }
}
