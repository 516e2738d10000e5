using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using NodaTime;

namespace Guichet.Documents.Tests;

/// <summary>Layouts that one form in ten has: labels that say when, lists in two tables or written out, boxes after what they tick, units over a column.</summary>
public sealed class RarerFormsFacts(ReadingFixture reading)
{
    private Task<PieceExtract> Read(Docx document) => reading.Read(document.Bytes(), "formulaire.docx");

    private static (decimal?, LocalDate?, decimal?, LocalDate?, string) Numbers(Indicator indicator) => (
        indicator.Baseline, indicator.BaselineDate, indicator.Target, indicator.TargetDate, string.Join(' ', indicator.Intermediate.Select(target => FormattableString.Invariant($"{target.Value}@{target.Date:uuuu-MM-dd}"))));

    [Theory]
    [InlineData("Situation au 1er septembre 2023", "Au 1er juillet 2024", "Objectif au 30 septembre 2025")]
    [InlineData("Valeur initiale au 01.09.2023", "Valeur au 01.07.2024", "Cible au 30.09.2025")]
    [InlineData("Départ (01/09/2023)", "Étape au 01/07/2024", "Cible (30/09/2025)")]
    [InlineData("Valeur au 1er septembre 2023 (référence)", "Valeur au 1er juillet 2024", "Valeur au 30 septembre 2025 (cible)")]
    [InlineData("Valeur au 01/09/2023", "Valeur visée au 01/07/2024", "Cible au 30/09/2025")]
    public async Task A_label_that_says_when_is_a_value_and_its_date(string baseline, string between, string target)
    {
        var card = await Read(new Docx().Heading("Indicateurs").Table("P1 – Élèves servis", "Définition | Élèves informés", "Unité | élèves", $"{baseline} | 10", $"{between} | 700", $"{target} | 5 200", "Source | Registre"));
        Assert.Equal((10m, new LocalDate(2023, 9, 1), 5_200m, new LocalDate(2025, 9, 30), "700@2024-07-01"), Numbers(Assert.Single(card.Value(Fields.ImpactIndicators))));
        var row = await Read(new Docx().Heading("Indicateurs").Table($"Indicateur | Définition | Unité | {baseline} | {between} | {target}", "Élèves servis | Élèves informés | élèves | 10 | 700 | 5 200"));
        Assert.Equal((10m, new LocalDate(2023, 9, 1), 5_200m, new LocalDate(2025, 9, 30), "700@2024-07-01"), Numbers(Assert.Single(row.Value(Fields.ImpactIndicators))));
    }

    [Fact]
    public async Task What_an_indicator_measures_is_its_definition_and_who_measures_its_owner()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Ce qu’il mesure | Valeur initiale | Cible | Qui mesure", "Délai | Jours d’attente | 12 | 3 | Pôle données"));
        var indicator = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal(("Jours d’attente", "Pôle données"), (indicator.Definition, indicator.Owner));
    }

    [Fact]
    public async Task Two_tables_about_the_same_indicators_are_one_list()
    {
        var extract = await Read(new Docx().Heading("Indicateurs")
            .Table("Code | Indicateur | Définition | Valeur initiale | Cible", "P1 | Foyers prévenus | Foyers avertis | 0 | 900", "— | Annonces justes | Annonces vérifiées | 41 | 85")
            .Table("Code | Indicateur | Source | Méthode | Qui mesure", "P1 | Foyers prévenus | Opérateur | Comptage | Service Mesures", "— | Annonces justes | Réservoirs | Comparaison | Service Usagers"));
        Assert.Equal([("Foyers prévenus", 900m, "Service Mesures"), ("Annonces justes", 85m, "Service Usagers")], extract.Value(Fields.ImpactIndicators).Select(one => (one.Name, one.Target!.Value, one.Owner!)));
    }

    [Fact]
    public async Task An_indicator_may_have_its_labels_and_values_by_turns_under_its_title()
    {
        var extract = await Read(new Docx().Heading("Impact").Heading("2.1 Indicateur P1 – Retraités touchés", 2).Table("Unité | Valeur initiale | Relevée le | Au 30/06/2024 | Cible | Date cible", "personnes | 0 | 02/10/2023 | 3 000 | 22 000 | 31/08/2025")
            .Heading("2.2 Délai d’accès", 2).Text("Définition : jours d’attente").Text("Valeur initiale : 12").Text("Valeur cible : 3"));
        Assert.Equal(["Retraités touchés", "Délai d’accès"], extract.Value(Fields.ImpactIndicators).Select(one => one.Name));
        Assert.Equal((0m, new LocalDate(2023, 10, 2), 22_000m, new LocalDate(2025, 8, 31), "3000@2024-06-30"), Numbers(extract.Value(Fields.ImpactIndicators)[0]));
    }

    [Fact]
    public async Task A_card_goes_on_after_the_page()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Renvois", "Définition | Affaires renvoyées", "Valeur initiale | 33", "Cible | 20").Table("Méthode | Moyenne du trimestre", "Fréquence | mensuelle", "Qui mesure | Pôle statistique"));
        var indicator = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal(("Moyenne du trimestre", "mensuelle", "Pôle statistique"), (indicator.Method, indicator.Frequency, indicator.Owner));
        Assert.Null(extract.Of(Fields.ImpactEvaluation));
    }

    private static Docx Written(string how) => how switch
    {
        "lines" => new Docx().Text("4.1 Source : Stations").Text("Détenteur : Météo").Text("Données personnelles : non").Text("Données sensibles : non").Text("Disponible : oui").Text("Qualité : bonne"),
        "breath" => new Docx().Bold("Stations").Text("Détenteur : Météo. Données personnelles : non. Données sensibles : non. Disponible : oui. Qualité : bonne."),
        "cards" => new Docx().Table("Stations", "Détenteur | Météo", "Personnelles / sensibles | non / non", "Disponible | oui", "Qualité | bonne"),
        _ => new Docx().Heading("Stations", 3).Text("Détenteur : Météo").Text("Données personnelles : non").Text("Données sensibles : non").Text("Disponible : oui").Text("Qualité : bonne"),
    };

    [Theory]
    [InlineData("lines")]
    [InlineData("breath")]
    [InlineData("cards")]
    [InlineData("headings")]
    public async Task Sources_may_be_written_out_under_their_name(string how)
    {
        var extract = await Read(Written(how));
        Assert.Equal([new DataSource("Stations", "Météo", false, false, true, "bonne")], extract.Value(Fields.DataSources));
    }

    [Theory]
    [InlineData("Oui ☒ Non ☐", true)]
    [InlineData("Oui ( )   Non (x)", false)]
    [InlineData("☐ oui ☒ non", false)]
    public async Task A_box_may_stand_after_what_it_ticks(string answer, bool isOpen) =>
        Assert.Equal(isOpen, (await Read(new Docx().Table($"Code source ouvert | {answer}", "Titre du projet | Alpha"))).Value(Fields.CommitmentsOpenSource));

    [Fact]
    public async Task Round_boxes_are_boxes_where_one_of_them_is_filled()
    {
        var extract = await Read(new Docx().Table("Type de projet | o Proactivité\no Mise à disposition de données\n● Amélioration d’une politique publique"));
        Assert.Equal(["amelioration"], extract.Value(Fields.ProjectTypes));
    }

    [Fact]
    public async Task A_unit_over_a_column_or_over_the_table_is_that_of_its_amounts()
    {
        var over = await Read(new Docx().Table("Ressources | k€", "Cofinancement demandé | 310", "Région | 85", "Fonds propres | 243", "Total | 638"));
        Assert.Equal((Euros.From(310_000), Euros.From(243_000)), (over.Value(Fields.BudgetRequested), over.Value(Fields.BudgetOwnShare)));
        Assert.Equal([new OtherFinancing("Région", Euros.From(85_000))], over.Value(Fields.BudgetOtherFinancing));
        var above = await Read(new Docx().Heading("Plan de financement (en k€ TTC)").Table("Cofinancement demandé | 310", "Titre du projet | Alpha"));
        Assert.Equal(Euros.From(310_000), above.Value(Fields.BudgetRequested));
    }

    [Fact]
    public async Task A_plan_may_be_written_in_lines_and_its_unknown_names_are_believed_where_it_adds_up()
    {
        Task<PieceExtract> Plan(string region) => Read(new Docx().Heading("Financement").Text("Coût total : 298 000 €").Text("Cofinancement demandé : 145 000 €").Text("Part du porteur : 118 000 €").Text("Banque des collectivités : 20 000 €").Text($"Région : {region}"));
        Assert.Equal([new OtherFinancing("Banque des collectivités", Euros.From(20_000)), new OtherFinancing("Région", Euros.From(15_000))], (await Plan("15 000 €")).Value(Fields.BudgetOtherFinancing));
        Assert.Null((await Plan("16 000 €")).Of(Fields.BudgetOtherFinancing));
    }

    [Fact]
    public async Task A_post_under_each_of_two_people_is_that_persons()
    {
        var extract = await Read(new Docx().Table("Correspondant | Anne Durand | Signataire | Paul Lenoir", "Qualité | Cheffe de bureau | Qualité | Directeur"));
        Assert.Equal(("Cheffe de bureau", "Directeur"), (extract.Value(Fields.ContactRole), extract.Value(Fields.SponsorRole)));
    }

    [Fact]
    public async Task An_unknown_label_in_capitals_ends_the_answer_before_it()
    {
        var extract = await Read(new Docx().Text("TITRE DU PROJET").Text("Alpha").Text("ACRONYME").Text("ALP").Text("BÉNÉFICIAIRES").Text("Les familles").Text("HUMEUR DU JOUR").Text("Bonne"));
        Assert.Equal(("Alpha", "ALP", "Les familles"), (extract.Value(Fields.ProjectTitle), extract.Value(Fields.ProjectAcronym), extract.Value(Fields.ProjectBeneficiaries)));
    }

    [Fact]
    public async Task A_counted_label_may_have_its_answer_after_a_dash()
    {
        var extract = await Read(new Docx().Text("5.1 Briques réutilisées – DiaLog, Bison Futé").Text("5.2 Intelligence artificielle – Aucune pour l’instant : les abaques suffisent"));
        Assert.Equal("DiaLog, Bison Futé", extract.Value(Fields.TechnicalReusedBlocks));
    }

    [Fact]
    public async Task Dates_that_frame_a_calendar_are_those_of_the_project()
    {
        var extract = await Read(new Docx().Table("Calendrier | Du 08/01/2024 au 31/07/2025\nPremier impact : 17/06/2024", "Composition de l’équipe | 0,8 ETP – Chef de projet\n0,6 ETP – Data scientist"));
        Assert.Equal((new LocalDate(2024, 1, 8), new LocalDate(2025, 7, 31), new LocalDate(2024, 6, 17)), (extract.Value(Fields.ProjectStart), extract.Value(Fields.ProjectEnd), extract.Value(Fields.ProjectFirstImpact)));
        Assert.Equal([("Chef de projet", 0.8m), ("Data scientist", 0.6m)], extract.Value(Fields.GovernanceTeam).Select(member => (member.Role, member.Fte!.Value)));
    }

    [Fact]
    public async Task A_group_of_a_budget_is_one_whatever_else_it_could_be_the_title_of()
    {
        var extract = await Read(new Docx().Heading("Budget").Table("Dépense | Type | Montant TTC", "PRESTATIONS", "Développement | Prestation | 216 000", "TECHNIQUE", "Hébergement | Infrastructure | 48 000"));
        Assert.Equal(["Développement", "Hébergement"], extract.Value(Fields.BudgetLines).Select(line => line.Label));
    }

    [Fact]
    public async Task Who_is_not_named_yet_is_nobody() =>
        Assert.Null((await Read(new Docx().Table("DPO | en cours de désignation", "Titre du projet | Alpha"))).Of(Fields.LegalDpo));
}
