using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using NodaTime;

namespace Guichet.Documents.Tests;

public sealed class DocxFacts(ReadingFixture reading)
{
    private Task<PieceExtract> Read(Docx document) => reading.Read(document.Bytes(), "formulaire.docx");

    [Fact]
    public async Task A_label_beside_its_value_says_where_it_was_read()
    {
        var extract = await Read(new Docx().Table("Titre du projet | Aides proactives", "2.1 – Coût total du projet (TTC) | 450 k€ TTC"));
        var total = extract.Of(Fields.BudgetTotal)!;
        Assert.Equal(Euros.From(450_000), total.Value);
        Assert.Equal(new Source("formulaire.docx", "tableau 1, ligne 2", "450 k€ TTC"), total.Source);
    }

    [Fact]
    public async Task Names_belong_to_the_part_that_they_stand_in()
    {
        var extract = await Read(new Docx()
            .Heading("1. Le porteur").Table("Nom | Direction du numérique", "SIRET | 130 025 265 00013")
            .Heading("2. Contact").Table("Nom | Marie Durand", "Fonction | Cheffe de projet", "Courriel | marie.durand@exemple.gouv.fr")
            .Heading("3. Sponsor").Table("Nom | Jean Petit", "Fonction | Directeur"));
        Assert.Equal("Direction du numérique", extract.Value(Fields.ApplicantName));
        Assert.Equal("13002526500013", extract.Value(Fields.ApplicantSiret));
        Assert.Equal("Marie Durand", extract.Value(Fields.ContactName));
        Assert.Equal("Cheffe de projet", extract.Value(Fields.ContactRole));
        Assert.Equal("Jean Petit", extract.Value(Fields.SponsorName));
        Assert.Equal("Directeur", extract.Value(Fields.SponsorRole));
    }

    [Fact]
    public async Task A_heading_is_answered_by_the_paragraphs_under_it_but_not_by_its_instructions()
    {
        var extract = await Read(new Docx()
            .Heading("3.2 Stratégie de déploiement").Text("Décrivez en quelques lignes votre stratégie.").Grey("Ex. : expérimentation puis généralisation")
            .Text("Expérimentation dans deux départements.").Text("Généralisation au second semestre.").Heading("3.3 Autre chose").Text("Hors sujet."));
        Assert.Equal("Expérimentation dans deux départements.\nGénéralisation au second semestre.", extract.Value(Fields.ProjectDeployment));
    }

    [Fact]
    public async Task Ticked_boxes_choose_the_types_and_the_commitments()
    {
        var extract = await Read(new Docx()
            .Heading("Type de projet").Text("☐ Rendre l’administration proactive").Text("☒ Améliorer une politique publique")
            .Heading("Engagements").Table("Code source ouvert | ☒ Oui ☐ Non", "RGAA | ☐ Oui ☒ Non").Text("☒ Écoconception"));
        Assert.Equal(["amelioration"], extract.Value(Fields.ProjectTypes));
        Assert.True(extract.Value(Fields.CommitmentsOpenSource));
        Assert.False((bool)extract.Of(Fields.CommitmentsRgaa)!.Value);
        Assert.True(extract.Value(Fields.CommitmentsEcoDesign));
    }

    [Fact]
    public async Task Lines_of_a_budget_are_told_from_their_total()
    {
        var extract = await Read(new Docx().Heading("Budget").Table(
            "Poste | Libellé | Montant TTC",
            "Prestations | Développement | 200 000,00 €",
            "RH interne | Cheffe de projet | 80 000 €",
            "Sous-total | | 280 000 €",
            "Formation | Agents | 20 000 €",
            "Total | | 300 000 €"));
        Assert.Equal(
            [new BudgetLine("prestation", "Développement", Euros.From(200_000)), new BudgetLine("rh-interne", "Cheffe de projet", Euros.From(80_000)), new BudgetLine("formation", "Agents", Euros.From(20_000))],
            extract.Value(Fields.BudgetLines));
        Assert.Equal(Euros.From(300_000), extract.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task A_line_that_is_not_understood_takes_the_whole_list_away_and_is_quoted()
    {
        var extract = await Read(new Docx().Heading("Budget").Table("Poste | Montant TTC", "Prestation | environ 200 k€", "Formation | 20 000 €"));
        Assert.Null(extract.Of(Fields.BudgetLines));
        Assert.Contains("environ 200 k€", extract.Finding("VALEUR-ILLISIBLE")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_indicator_may_be_a_card_or_a_row()
    {
        var extract = await Read(new Docx()
            .Heading("Indicateurs d’impact").Text("Indicateur P2 – Taux de conversion")
            .Table("Nom | P2 – Taux de conversion", "Définition | démarches achevées / usagers contactés", "Unité | %", "Valeur de référence | 12 % (janvier 2024)",
                "Cible | 30 %", "Date de la cible | 31/12/2025", "Cibles intermédiaires | 30/06/2025 : 20 % ; 30/09/2025 : 25 %", "Source des données | SI métier", "Fréquence | semestrielle", "Responsable de la mesure | Pôle data")
            .Text("Autres indicateurs").Table("Indicateur | Unité | Valeur initiale | Cible | Échéance", "Délai moyen | jours | 45 | 20 | 01/12/2025"));
        var indicators = extract.Value(Fields.ImpactIndicators);
        Assert.Equal(2, indicators.Length);
        Assert.Equal(
            ("P2", "Taux de conversion", 12m, (LocalDate?)new LocalDate(2024, 1, 1), 30m, (LocalDate?)new LocalDate(2025, 12, 31)),
            (indicators[0].Code, indicators[0].Name, indicators[0].Baseline, indicators[0].BaselineDate, indicators[0].Target, indicators[0].TargetDate));
        Assert.Equal([new(new(2025, 6, 30), 20), new(new(2025, 9, 30), 25)], indicators[0].Intermediate);
        Assert.Equal((null, "Délai moyen", "jours", 45m, 20m), (indicators[1].Code, indicators[1].Name, indicators[1].Unit, indicators[1].Baseline, indicators[1].Target));
    }

    [Fact]
    public async Task Other_lists_are_read_by_their_headings()
    {
        var extract = await Read(new Docx()
            .Heading("Équipe").Table("Rôle | ETP", "Cheffe de projet | 1", "Data scientist | 0,5 ETP")
            .Heading("Risques").Table("Risque | Gravité | Parade", "Retard des données | Forte | Convention signée")
            .Heading("Jalons").Table("Étape | Échéance", "Expérimentation | T2 2025")
            .Heading("Données").Table("Jeu de données | Détenteur | Données personnelles | Disponible", "Base des allocataires | CNAF | oui | non"));
        Assert.Equal([new TeamMember("Cheffe de projet", 1), new TeamMember("Data scientist", 0.5m)], extract.Value(Fields.GovernanceTeam));
        Assert.Equal([new Risk("Retard des données", "Forte", "Convention signée")], extract.Value(Fields.GovernanceRisks));
        Assert.Equal([new ProjectMilestone("Expérimentation", new LocalDate(2025, 4, 1))], extract.Value(Fields.ProjectMilestones));
        Assert.Equal([new DataSource("Base des allocataires", "CNAF", true, null, false)], extract.Value(Fields.DataSources));
    }

    [Fact]
    public async Task Two_answers_that_disagree_give_none()
    {
        var extract = await Read(new Docx().Table("Coût total TTC | 450 000 €").Text("Coût total du projet : 460 000 €"));
        Assert.Null(extract.Of(Fields.BudgetTotal));
        Assert.Equal("budget.total", extract.Finding("VALEURS-CONTRAIRES")!.Field);
    }

    [Theory]
    [InlineData("néant")]
    [InlineData("N/A")]
    [InlineData("à compléter")]
    [InlineData("…")]
    public async Task A_field_left_empty_is_said(string nothing)
    {
        var extract = await Read(new Docx().Table($"Acronyme du projet | {nothing}", "Titre du projet | Alpha"));
        Assert.Null(extract.Of(Fields.ProjectAcronym));
        Assert.Equal("project.acronym", extract.Finding("CHAMP-VIDE")!.Field);
    }

    [Fact]
    public async Task Hidden_text_is_not_read_and_changes_are_taken_as_accepted()
    {
        var extract = await Read(new Docx().Hidden("Titre du projet : Ancien titre")
            .Raw("<w:r><w:t xml:space=\"preserve\">Titre du projet : </w:t></w:r><w:del><w:r><w:delText>Ancien</w:delText></w:r></w:del><w:ins><w:r><w:t>Nou</w:t></w:r></w:ins><w:r><w:t>veau</w:t></w:r>"));
        Assert.Equal("Nouveau", extract.Value(Fields.ProjectTitle));
        Assert.NotNull(extract.Finding("TEXTE-MASQUE"));
        Assert.NotNull(extract.Finding("MODIFICATIONS-SUIVIES"));
    }

    [Fact]
    public async Task Boxes_of_every_kind_are_seen()
    {
        const string control = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t xml:space=\"preserve\"> Oui</w:t></w:r>";
        const string legacy = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> Oui</w:t></w:r>";
        const string symbol = "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r><w:r><w:t xml:space=\"preserve\"> Oui </w:t></w:r><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r><w:r><w:t xml:space=\"preserve\"> Non</w:t></w:r>";
        static string Label(string label) => $"<w:r><w:t xml:space=\"preserve\">{label} : </w:t></w:r>";
        var extract = await Read(new Docx().Raw(Label("Code source ouvert") + control).Raw(Label("AIPD réalisée") + legacy).Raw(Label("Accessibilité RGAA") + symbol));
        Assert.True(extract.Value(Fields.CommitmentsOpenSource));
        Assert.True(extract.Value(Fields.LegalDpia));
        Assert.False((bool)extract.Of(Fields.CommitmentsRgaa)!.Value);
    }

    [Fact]
    public async Task Merged_cells_and_values_below_their_label_are_followed()
    {
        var extract = await Read(new Docx()
            .Table("Catégorie | Libellé | Montant TTC", "Prestation | Conception | 10 000 €", "^ | Développement | 20 000 €")
            .Table("Date de début | Date de fin", "1er mars 2024 | 31/08/2025"));
        Assert.Equal(["prestation", "prestation"], extract.Value(Fields.BudgetLines).Select(line => line.Category));
        Assert.Equal(new LocalDate(2025, 8, 31), extract.Value(Fields.ProjectEnd));
    }

    [Fact]
    public async Task A_document_that_is_no_form_misses_nothing() =>
        Assert.Null((await Read(new Docx().Text("Madame, Monsieur, je soutiens ce projet."))).Finding("CHAMP-ABSENT"));
}
