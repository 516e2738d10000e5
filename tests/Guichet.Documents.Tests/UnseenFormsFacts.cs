using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using NodaTime;

namespace Guichet.Documents.Tests;

/// <summary>Forms whose words nobody listed: labels put together anew, headings that ask for two things, rows that do not fit their list.</summary>
public sealed class UnseenFormsFacts(ReadingFixture reading)
{
    private Task<PieceExtract> Read(Docx document) => reading.Read(document.Bytes(), "formulaire.docx");

    [Theory]
    [InlineData("Interlocuteur pour l’instruction du dossier", "Directeur engageant l’établissement")]
    [InlineData("Personne chargée du dossier au sein du service", "Signataire (niveau direction)")]
    [InlineData("Nom et prénom de la correspondante", "Nom du représentant légal de l’organisme")]
    public async Task People_are_known_by_who_is_meant_in_whatever_words(string contact, string sponsor)
    {
        var extract = await Read(new Docx().Table($"{contact} | Anne Durand", "Qualité | Cheffe de bureau", $"{sponsor} | Paul Lenoir", "Qualité | Directeur général"));
        Assert.Equal(("Anne Durand", "Cheffe de bureau"), (extract.Value(Fields.ContactName), extract.Value(Fields.ContactRole)));
        Assert.Equal(("Paul Lenoir", "Directeur général"), (extract.Value(Fields.SponsorName), extract.Value(Fields.SponsorRole)));
    }

    [Fact]
    public async Task The_address_of_who_signs_is_not_that_of_who_answers()
    {
        var extract = await Read(new Docx().Table("Sponsor | Paul Lenoir", "Courriel du signataire | paul.lenoir@exemple.fr", "Titre du projet | Alpha"));
        Assert.Null(extract.Of(Fields.ContactEmail));
    }

    [Fact]
    public async Task A_person_in_parts_is_put_together_and_a_value_never_holds_the_next_label()
    {
        var extract = await Read(new Docx().Heading("Contact").Text("Nom, prénom : DURAND Anne").Text("Poste occupé : cheffe de bureau").Heading("Sponsor").Table("Prénom | Paul", "Nom | Lenoir", "Fonction | Directeur"));
        Assert.Equal(("DURAND Anne", "cheffe de bureau", "Paul Lenoir", "Directeur"), (extract.Value(Fields.ContactName), extract.Value(Fields.ContactRole), extract.Value(Fields.SponsorName), extract.Value(Fields.SponsorRole)));
        var inOneCell = await Read(new Docx().Table("Sponsor | Nom : Paul Lenoir   Fonction : directeur général (lettre jointe)"));
        Assert.Equal(("Paul Lenoir", "directeur général"), (inOneCell.Value(Fields.SponsorName), inOneCell.Value(Fields.SponsorRole)));
    }

    [Fact]
    public async Task People_side_by_side_each_have_their_column()
    {
        var extract = await Read(new Docx().Table(" | Référent du projet | Sponsor", "Nom et prénom | Anne Durand | Paul Lenoir", "Fonction | Cheffe de bureau | Directeur"));
        Assert.Equal(("Anne Durand", "Paul Lenoir", "Directeur"), (extract.Value(Fields.ContactName), extract.Value(Fields.SponsorName), extract.Value(Fields.SponsorRole)));
    }

    [Theory]
    [InlineData("Une AIPD est-elle nécessaire pour ce traitement ?", "Non requise", false)]
    [InlineData("Où en est l’analyse d’impact (AIPD) ?", "Réalisée en mars 2023", true)]
    [InlineData("État de l’AIPD", "En cours de rédaction", true)]
    [InlineData("État de l’AIPD", "Prévue en 2025", null)]
    public async Task A_question_is_known_by_the_term_that_it_holds_and_answered_in_the_words_of_the_trade(string question, string answer, bool? expected)
    {
        var extract = await Read(new Docx().Table($"{question} | {answer}", "Titre du projet | Alpha"));
        Assert.Equal(expected, extract.Of(Fields.LegalDpia)?.Value as bool?);
    }

    [Fact]
    public async Task Headings_that_ask_for_two_things_are_two_columns()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Définition et unité | Valeur de départ et date | Cible et date | Source et méthode | Qui, à quel rythme",
            "Délai d’accès | Temps d’attente¶Unité : jours | 120 (01/03/2023) | 20 (15/12/2024) | Outil de suivi ; moyenne | Cellule data, chaque semestre".Replace("¶", " ; ", StringComparison.Ordinal)));
        var one = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal(("Temps d’attente", "jours", 120m, 20m, "Outil de suivi", "moyenne"), (one.Definition!, one.Unit!, one.Baseline!.Value, one.Target!.Value, one.Source!, one.Method!));
        Assert.Equal(("Cellule data", "chaque semestre"), (one.Owner!, one.Frequency!));
    }

    [Theory]
    [InlineData("Comment l’effet sera-t-il démontré ? | Groupe témoin")]
    [InlineData("4.2 Base légale | Code de la route")]
    [InlineData("DPO | dpo@exemple.fr")]
    public async Task A_row_that_asks_something_else_ends_the_list_above_it(string row)
    {
        var extract = await Read(new Docx().Table("Jeu de données | Détenteur | Personnelles | Sensibles | Disponibles", "Permis | Mairies | oui | non | oui", row));
        Assert.Equal(["Permis"], extract.Value(Fields.DataSources).Select(source => source.Name));
    }

    [Fact]
    public async Task What_only_counts_a_record_does_not_name_it()
    {
        var extract = await Read(new Docx().Table("Jalon | Contenu | Échéance", "J1 | Première livraison | 31/01/2024", "J2 | Bilan | 28/02/2025"));
        Assert.Equal([new ProjectMilestone("Première livraison", new LocalDate(2024, 1, 31)), new ProjectMilestone("Bilan", new LocalDate(2025, 2, 28))], extract.Value(Fields.ProjectMilestones));
    }

    [Theory]
    [InlineData("Fonds propres de l’Office", "156 250 €", 156_250)]
    [InlineData("Crédits de la direction", "156 250 €", 156_250)]
    [InlineData("Crédits de la direction", "150 000 €", null)] // It is not what the total leaves.
    public async Task The_own_share_is_known_by_what_the_total_leaves(string label, string amount, int? expected)
    {
        var extract = await Read(new Docx().Table("Coût total TTC | 312 500 €", "Cofinancement demandé | 156 250 €", $"{label} | {amount}"));
        Assert.Equal(expected is { } euros ? Euros.From(euros) : null, extract.Of(Fields.BudgetOwnShare)?.Value as Euros?);
    }

    [Fact]
    public async Task A_question_that_stands_where_an_answer_should_is_none()
    {
        var extract = await Read(new Docx().Table("Déploiement : comment atteindre les cibles ? | Deux bassins, puis dix.", "Titre du projet | Alpha"));
        Assert.Equal("Deux bassins, puis dix.", extract.Value(Fields.ProjectDeployment));
    }

    [Fact]
    public async Task Records_that_stand_on_end_are_laid_down()
    {
        var extract = await Read(new Docx().Table("Source de données | Images", "Détenteur | IGN", "Données personnelles | non", "Données sensibles | non", "Disponibles | oui", "Base légale | Code forestier"));
        Assert.Equal([new DataSource("Images", "IGN", false, false, true)], extract.Value(Fields.DataSources));
        Assert.Equal("Code forestier", extract.Value(Fields.LegalBasis));
    }

    [Fact]
    public async Task Support_that_is_asked_for_in_the_words_of_money_is_told_by_what_is_asked()
    {
        var extract = await Read(new Docx().Table("Soutien demandé | appui juridique ; aide au recrutement d’un data scientist", "Titre du projet | Alpha"));
        Assert.Equal(["juridique", "rh"], extract.Value(Fields.SupportRequested).Order());
    }

    [Fact]
    public async Task A_value_with_its_date_in_the_card_of_an_indicator_is_no_milestone()
    {
        var extract = await Read(new Docx().Text("Jalons :").Text("- Modèle entraîné : 15/11/2023").Text("- Bilan : 31/01/2025").Heading("Indicateurs d’impact").Heading("Indicateur 1", 2)
            .Text("Nom : Réparations").Text("Valeur de référence : 1 150 (hiver 2022-2023)").Text("Cible : 700 au 31/01/2025"));
        Assert.Equal(2, extract.Value(Fields.ProjectMilestones).Length);
        Assert.Equal((1_150m, 700m), (extract.Value(Fields.ImpactIndicators)[0].Baseline!.Value, extract.Value(Fields.ImpactIndicators)[0].Target!.Value));
    }

    [Theory]
    [InlineData("30/06/2024", "31/12/2024")]
    [InlineData("Cible au 30 juin 2024", "Cible au 31 décembre 2024")]
    [InlineData("Valeur à mi-parcours (30/06/2024)", "Palier au 31/12/2024")]
    public async Task A_heading_that_is_a_date_asks_for_the_value_on_that_day(string first, string second)
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table($"Indicateur | Unité | Valeur de départ | Mesurée le | {first} | {second} | Valeur cible | Échéance | Qui",
            "Délai d’accès | jours | 42 | 31/12/2022 | 30 | 15 | 5 | 30/06/2025 | Cellule data"));
        var one = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal([new IntermediateTarget(new LocalDate(2024, 6, 30), 30), new IntermediateTarget(new LocalDate(2024, 12, 31), 15)], one.Intermediate);
        Assert.Equal((new LocalDate(2022, 12, 31), "Cellule data"), (one.BaselineDate!.Value, one.Owner!));
    }

    [Fact]
    public async Task Dates_and_values_on_the_way_have_a_column_each()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Unité | Valeur de départ | 1re étape : date | 1re étape : valeur | 2e étape : date | 2e étape : valeur | Cible",
            "Familles informées | familles | 0 | 31/12/2023 | 1200 | 30/06/2024 | 5000 | 9000"));
        Assert.Equal([new IntermediateTarget(new LocalDate(2023, 12, 31), 1200), new IntermediateTarget(new LocalDate(2024, 6, 30), 5000)], Assert.Single(extract.Value(Fields.ImpactIndicators)).Intermediate);
    }

    [Fact]
    public async Task A_reference_that_counts_the_indicator_does_not_cut_its_card()
    {
        var extract = await Read(new Docx().Heading("Fiche indicateur n° 1").Table("Référence | P1", "Indicateur | Usagers informés", "Unité | personnes", "Valeur de départ | 0", "Valeur cible | 9 000", "Valeur intermédiaire au 30/06/2024 | 5 500"));
        var one = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal(("P1", "Usagers informés", 0m, 9_000m, 5_500m), (one.Code!, one.Name, one.Baseline!.Value, one.Target!.Value, one.Intermediate[0].Value));
    }

    [Fact]
    public async Task Who_pays_is_read_in_sentences_where_the_amounts_add_up()
    {
        const string Sentence = "Nous sollicitons un cofinancement de 300 000 € ; la direction apporte 302 000 € sur son budget et l’Office de la biodiversité 40 000 €.";
        var extract = await Read(new Docx().Heading("Budget").Text("Coût total TTC : 642 000 €").Text(Sentence));
        Assert.Equal((Euros.From(300_000), Euros.From(302_000)), (extract.Value(Fields.BudgetRequested), extract.Value(Fields.BudgetOwnShare)));
        Assert.Equal([new OtherFinancing("Office de la biodiversité", Euros.From(40_000))], extract.Value(Fields.BudgetOtherFinancing));
        var other = await Read(new Docx().Heading("Budget").Text("Coût total TTC : 700 000 €").Text(Sentence));
        Assert.Null(other.Of(Fields.BudgetRequested));
    }

    [Fact]
    public async Task Several_who_pay_stand_in_one_answer()
    {
        var extract = await Read(new Docx().Table("Coût total TTC | 500 k€", "Autres contributeurs | Fonds social : 35 k€ ; Association des armateurs : 15 k€"));
        Assert.Equal([new OtherFinancing("Fonds social", Euros.From(35_000)), new OtherFinancing("Association des armateurs", Euros.From(15_000))], extract.Value(Fields.BudgetOtherFinancing));
    }

    [Fact]
    public async Task Commitments_are_read_in_sentences_and_never_where_there_is_a_doubt()
    {
        var extract = await Read(new Docx().Heading("Engagements").Text("Le code source sera publié sous licence MIT. L’API sera référencée sur api.gouv.fr. Le service ne respecte pas le RGAA."));
        Assert.Equal((true, "MIT", true), (extract.Value(Fields.CommitmentsOpenSource), extract.Value(Fields.CommitmentsLicence), extract.Value(Fields.CommitmentsApiGouv)));
        Assert.Null(extract.Of(Fields.CommitmentsRgaa));
    }

    [Fact]
    public async Task What_is_said_not_to_be_needed_is_not_asked_for()
    {
        var extract = await Read(new Docx().Table("Appui attendu de la DINUM | Un renfort en ressources humaines ; pas de besoin juridique ni d’hébergement.", "Titre du projet | Alpha"));
        Assert.Equal(["rh"], extract.Value(Fields.SupportRequested));
    }

    [Fact]
    public async Task A_question_that_a_page_glued_to_an_answer_is_a_question()
    {
        var extract = await Read(new Docx().Text("5.1 – Fondement juridique :").Text("Code de la route ; intérêt légitime de l’acheteur 5.2 – AIPD : non"));
        Assert.Equal(("Code de la route ; intérêt légitime de l’acheteur", false), (extract.Value(Fields.LegalBasis), extract.Value(Fields.LegalDpia)));
    }

    [Fact]
    public async Task Milestones_and_risks_are_read_line_by_line_within_an_answer_or_a_list()
    {
        var extract = await Read(new Docx().Heading("Jalons").Text("- Pilote ouvert : 02/10/2023").Text("- Généralisation : 29/11/2024").Heading("Risques")
            .Text("- Coordonnées périmées – gravité : forte – réponse : campagne de mise à jour").Heading("Équipe").Text("L’équipe réunit : cheffe de projet (0,5 ETP), chargé de données (2 ETP) et ichtyologue (0,3 ETP)."));
        Assert.Equal(["Pilote ouvert", "Généralisation"], extract.Value(Fields.ProjectMilestones).Select(milestone => milestone.Label));
        Assert.Equal([new Risk("Coordonnées périmées", "forte", "campagne de mise à jour")], extract.Value(Fields.GovernanceRisks));
        Assert.Equal("ichtyologue", extract.Value(Fields.GovernanceTeam)[2].Role);
        Assert.Null(extract.Of(Fields.ProjectDeployment));
    }

    [Fact]
    public async Task A_text_under_the_title_of_its_part_may_stand_after_labels()
    {
        var text = string.Concat(Enumerable.Repeat("Le centre conserve des enregistrements que personne ne retrouve. ", 4)).Trim();
        var extract = await Read(new Docx().Heading("Le projet en bref").Text("Intitulé : Archives audibles").Text("Acronyme : VOX").Text(text));
        Assert.Equal(("Archives audibles", text), (extract.Value(Fields.ProjectTitle), extract.Value(Fields.ProjectSummary)));
    }

    [Fact]
    public async Task A_person_or_an_address_may_be_the_whole_answer_to_an_unknown_label()
    {
        var extract = await Read(new Docx().Heading("Identité du demandeur").Table("Raison sociale | Office de la mer", "Direction qui porte la candidature | Nom : Paul Lenoir ; Fonction : directeur", "Pour le joindre | anne.durand@exemple.fr – 01 02 03 04 05"));
        Assert.Equal(("Office de la mer", "Paul Lenoir", "directeur"), (extract.Value(Fields.ApplicantName), extract.Value(Fields.SponsorName), extract.Value(Fields.SponsorRole)));
        Assert.Equal("anne.durand@exemple.fr", extract.Value(Fields.ContactEmail));
    }
}
