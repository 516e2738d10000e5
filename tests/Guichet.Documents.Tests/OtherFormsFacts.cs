using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using Guichet.Documents.Tests.Formats;
using NodaTime;

namespace Guichet.Documents.Tests;

/// <summary>More of what administrations send: questions, plans of financing without headings, lists on their side, sentences that hold several labels.</summary>
public sealed class OtherFormsFacts(ReadingFixture reading)
{
    private Task<PieceExtract> Read(Docx document) => reading.Read(document.Bytes(), "formulaire.docx");

    private static string Italic(string text) => $"<w:r><w:rPr><w:i/></w:rPr><w:t>{text}</w:t></w:r>";

    [Fact]
    public async Task A_question_that_is_not_known_ends_the_answer_to_the_one_before()
    {
        var extract = await Read(new Docx().Raw(Italic("2.1 Comment s’appelle-t-il ?")).Text("Alpha")
            .Raw(Italic("2.2 Quelle couleur aura la façade du bâtiment ?")).Text("Le bleu, sous réserve de l’avis de l’architecte.")
            .Raw(Italic("2.3 Qui en profitera ?")).Text("Les usagers de la façade"));
        Assert.Equal(("Alpha", "Les usagers de la façade"), (extract.Value(Fields.ProjectTitle), extract.Value(Fields.ProjectBeneficiaries)));
    }

    [Fact]
    public async Task Sentences_that_are_each_a_label_and_its_value_are_read_one_by_one()
    {
        var extract = await Read(new Docx().Text("Démarrage des travaux : 3 avril 2023. Fin des travaux : 30/06/2024.").Text("Conformité au RGAA : oui. API listée sur api.gouv.fr : non."));
        Assert.Equal((new LocalDate(2023, 4, 3), new LocalDate(2024, 6, 30)), (extract.Value(Fields.ProjectStart), extract.Value(Fields.ProjectEnd)));
        Assert.Equal((true, false), ((bool)extract.Of(Fields.CommitmentsRgaa)!.Value, (bool)extract.Of(Fields.CommitmentsApiGouv)!.Value));
    }

    [Fact]
    public async Task A_licence_and_an_address_that_are_said_with_the_commitment_are_read()
    {
        var extract = await Read(new Docx().Table("Ouverture du code source | Oui, sous licence Apache 2.0, à l’adresse https://code.exemple.fr/alpha", "Titre du projet | Alpha"));
        Assert.Equal((true, "Apache 2.0", "https://code.exemple.fr/alpha"), ((bool)extract.Of(Fields.CommitmentsOpenSource)!.Value, extract.Value(Fields.CommitmentsLicence), extract.Value(Fields.CommitmentsRepository)));
    }

    [Theory]
    [InlineData("216 000 €", "Conseil départemental du Finistère")]
    [InlineData("217 000 €", null)] // The amounts do not add up: whoever the row names may be no financer.
    public async Task Who_else_pays_is_told_by_the_sum_of_a_plan(string total, string? financer)
    {
        var extract = await Read(new Docx().Table("Plan de financement", "Cofinancement demandé | 108 000 €", "Part financée par le porteur | 83 000 €", "Conseil départemental du Finistère | 25 000 €", $"Total des ressources | {total}"));
        Assert.Equal(financer is null ? [] : [new OtherFinancing(financer, Euros.From(25_000))], extract.Of(Fields.BudgetOtherFinancing) is { } found ? (IEnumerable<OtherFinancing>)found.Value : []);
    }

    [Fact]
    public async Task Lists_that_lie_on_their_side_are_lists()
    {
        var extract = await Read(new Docx().Heading("Jalons").Table("Jalon | Ouverture à Lille | Toutes les unités", "Date | 02/03/2026 | 01/09/2026").Heading("Équipe").Table("Rôle | Cheffe de projet | Juriste", "ETP | 0,5 | 0,1"));
        Assert.Equal([new ProjectMilestone("Ouverture à Lille", new LocalDate(2026, 3, 2)), new ProjectMilestone("Toutes les unités", new LocalDate(2026, 9, 1))], extract.Value(Fields.ProjectMilestones));
        Assert.Equal([new TeamMember("Cheffe de projet", 0.5m), new TeamMember("Juriste", 0.1m)], extract.Value(Fields.GovernanceTeam));
    }

    [Fact]
    public async Task A_numbered_indicator_is_described_by_the_lines_under_it()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Text("Indicateur 1 : Délai d’ouverture d’un accès").Text("Définition : jours entre la demande et l’accès").Text("Valeur de départ : 60").Text("Cible : 5")
            .Text("Indicateur 2 : Réutilisations").Text("Valeur de départ : 0").Text("Cible : 12"));
        Assert.Equal([("Délai d’ouverture d’un accès", 60m, 5m), ("Réutilisations", 0m, 12m)], extract.Value(Fields.ImpactIndicators).Select(one => (one.Name, one.Baseline!.Value, one.Target!.Value)));
    }

    [Fact]
    public async Task Names_of_indicators_in_columns_stand_beside_their_title_and_not_in_the_numbers_over_them()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table(
            " | Indicateur A | Indicateur B | Indicateur C", "Intitulé | Personnes informées | Taux de conversion | Délai", "Valeur de départ | 0 | 18 | 54", "Valeur visée | 90 000 | 40 | 20", "Unité | personnes | % | jours"));
        Assert.Equal(["Personnes informées", "Taux de conversion", "Délai"], extract.Value(Fields.ImpactIndicators).Select(one => one.Name));
    }

    [Fact]
    public async Task A_total_is_no_member_of_a_team_and_what_a_sponsor_does_no_part_of_its_post()
    {
        var extract = await Read(new Docx().Heading("Équipe").Table("Rôle | ETP", "Data scientist | 1", "Total | 1,5").Text("Sponsor : M. Hervé Quiniou, directeur départemental, a validé le dépôt."));
        Assert.Equal(["Data scientist"], extract.Value(Fields.GovernanceTeam).Select(member => member.Role));
        Assert.Equal("directeur départemental", extract.Value(Fields.SponsorRole));
    }

    [Fact]
    public async Task Fields_that_number_their_records_make_lists()
    {
        (string Label, string Value)[] fields = [("Titre du projet", "Alpha"), ("Risque 1", "Couverture nuageuse"), ("Gravité 1", "Moyenne"), ("Réponse 1", "Radar"), ("Risque 2", "Contestation"), ("Gravité 2", "Forte"), ("Réponse 2", "Barème publié")];
        var extract = await reading.Read(PdfFile.Form("", [.. fields.Select((field, i) => PdfFile.Field("Tx", $"f{i}", $"/TU ({field.Label}) /V ({field.Value})", $"250 {740 - (30 * i)} 540 {758 - (30 * i)}"))]), "formulaire.pdf");
        Assert.Equal([("Couverture nuageuse", "Moyenne", "Radar"), ("Contestation", "Forte", "Barème publié")], extract.Value(Fields.GovernanceRisks).Select(risk => (risk.Description, risk.Severity!, risk.Answer!)));
    }

    [Fact]
    public async Task A_dated_target_that_is_the_only_one_is_the_target()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Définition | Unité | Valeur de départ | Cible au 31/03/2026", "Réutilisations | Projets | projets | 2 | 35"));
        var indicator = Assert.Single(extract.Value(Fields.ImpactIndicators));
        Assert.Equal((35m, new LocalDate(2026, 3, 31), 0), (indicator.Target!.Value, indicator.TargetDate!.Value, indicator.Intermediate.Length));
    }

    [Theory]
    [InlineData("L’équipe réunit une cheffe de produit (1 ETP), deux développeurs (2 ETP) et un climatologue (0,5 ETP).", "cheffe de produit 1, développeurs 2, climatologue 0,5")]
    [InlineData("Équipe (ETP) : Data analyst 1 ; chargée de mission 0,4", "Data analyst 1, chargée de mission 0,4")]
    public async Task A_team_that_is_said_in_one_breath_is_a_list(string written, string members)
    {
        var extract = await Read(new Docx().Heading("Gouvernance").Text(written));
        Assert.Equal(members, string.Join(", ", extract.Value(Fields.GovernanceTeam).Select(member => string.Create(System.Globalization.CultureInfo.GetCultureInfo("fr-FR"), $"{member.Role} {member.Fte}"))));
    }

    [Fact]
    public async Task A_risk_that_is_said_on_a_line_has_its_severity_and_its_answer()
    {
        var extract = await Read(new Docx().Heading("Gouvernance").Text("Risque n° 1 : capteurs en panne pendant la canicule (gravité élevée). Réponse : redondance.").Text("2. Relecteurs peu nombreux [gravité : moyenne] → contributions en ligne"));
        Assert.Equal([("capteurs en panne pendant la canicule", "élevée", "redondance"), ("Relecteurs peu nombreux", "moyenne", "contributions en ligne")], extract.Value(Fields.GovernanceRisks).Select(risk => (risk.Description, risk.Severity!, risk.Answer!)));
    }

    [Fact]
    public async Task A_column_of_o_and_n_is_one_of_yes_and_no()
    {
        var extract = await Read(new Docx().Heading("Données").Table("Source | Détenteur | Personnelles (O/N) | Sensibles (O/N) | Disponible (O/N)", "Dossiers de bourse | CNOUS | O | N | O"));
        Assert.Equal([new DataSource("Dossiers de bourse", "CNOUS", true, false, true)], extract.Value(Fields.DataSources));
    }

    [Theory]
    [InlineData("Poste | Nature | Montant TTC", "Responsable produit | RH interne | 150 000 €", "Recherche | Prestation | 24 000 €")]
    [InlineData(" | Type | TTC", "Responsable produit | RH interne | 150 000 €", "Recherche | Prestation | 24 000 €")]
    public async Task What_is_paid_for_and_its_category_are_told_apart_by_what_stands_under_them(params string[] rows)
    {
        var extract = await Read(new Docx().Heading("Budget").Table(rows));
        Assert.Equal([("rh-interne", "Responsable produit"), ("prestation", "Recherche")], extract.Value(Fields.BudgetLines).Select(line => (line.Category!, line.Label)));
    }

    [Fact]
    public async Task Who_pays_below_a_budget_is_no_line_of_it()
    {
        var extract = await Read(new Docx().Heading("Budget").Table("Catégorie | Libellé | Montant TTC", "Prestation | Développement | 200 000 €", "RH interne | Équipe | 25 000 €", "Total | | 225 000 €", "Subvention FTAP demandée | | 112 500 €", "Ressources propres | | 92 500 €", "Région Bretagne | | 20 000 €"));
        Assert.Equal(["Développement", "Équipe"], extract.Value(Fields.BudgetLines).Select(line => line.Label));
    }

    [Fact]
    public async Task A_value_with_its_date_beside_it_makes_a_card_of_indicators()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Délai de jugement | Part des chambres", "Définition | Mois | Chambres connectées", "Unité | mois | %", "Valeur de départ (date) | 16,4 (31.12.2022) | 0 (31.12.2022)", "Cible (date) | 13 (30.04.2024) | 90 (30.04.2024)"));
        Assert.Equal([("Délai de jugement", 16.4m, new LocalDate(2022, 12, 31), 13m), ("Part des chambres", 0m, new LocalDate(2022, 12, 31), 90m)], extract.Value(Fields.ImpactIndicators).Select(one => (one.Name, one.Baseline!.Value, one.BaselineDate!.Value, one.Target!.Value)));
    }
}
