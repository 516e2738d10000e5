using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using NodaTime;

namespace Guichet.Documents.Tests;

/// <summary>The ways in which people lay a form out.</summary>
public sealed class StructureFacts(ReadingFixture reading)
{
    private Task<PieceExtract> Read(Docx document) => reading.Read(document.Bytes(), "formulaire.docx");

    [Fact]
    public async Task Two_pairs_on_a_line_are_two_answers_even_where_a_label_is_not_known()
    {
        var extract = await Read(new Docx().Table("Titre du projet | Alpha | Mot de passe du wifi | Bravo", "Acronyme | ALPH | Date de début | 03/02/2025"));
        Assert.Equal(("Alpha", "ALPH", new LocalDate(2025, 2, 3)), (extract.Value(Fields.ProjectTitle), extract.Value(Fields.ProjectAcronym), extract.Value(Fields.ProjectStart)));
    }

    [Fact]
    public async Task A_cross_under_yes_or_no_answers()
    {
        var extract = await Read(new Docx().Heading("Engagements").Table("Engagement | Oui | Non", "Code source ouvert | X | ", "Accessibilité (RGAA) | | X"));
        Assert.True(extract.Value(Fields.CommitmentsOpenSource));
        Assert.Equal(false, extract.Of(Fields.CommitmentsRgaa)?.Value);
    }

    [Fact]
    public async Task Amounts_without_taxes_beside_those_with_are_left_aside()
    {
        var extract = await Read(new Docx().Table(" | Montant HT | Montant TTC", "Coût total du projet | 375 000 € | 450 000 €"));
        Assert.Equal(Euros.From(450_000), extract.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task Expenses_and_income_side_by_side_are_two_tables()
    {
        var extract = await Read(new Docx().Heading("Budget").Table(
            "Dépenses | Montant | Ressources | Montant", "Prestations | 80 000 € | Cofinancement demandé | 50 000 €", "Formation | 20 000 € | Autofinancement | 30 000 €", " | | Région Bretagne | 20 000 €", "Total | 100 000 € | Total | 100 000 €"));
        Assert.Equal([Euros.From(80_000), Euros.From(20_000)], extract.Value(Fields.BudgetLines).Select(line => line.Amount));
        Assert.Equal((Euros.From(50_000), Euros.From(30_000)), (extract.Value(Fields.BudgetRequested), extract.Value(Fields.BudgetOwnShare)));
        Assert.Equal([new OtherFinancing("Région Bretagne", Euros.From(20_000))], extract.Value(Fields.BudgetOtherFinancing));
        Assert.Equal(Euros.From(100_000), extract.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task Two_indicators_side_by_side_are_two_indicators()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Nom | Taux de conversion | Délai moyen", "Unité | % | jours", "Valeur de référence | 12 | 45", "Cible | 30 | 20"));
        Assert.Equal([("Taux de conversion", 12m, 30m), ("Délai moyen", 45m, 20m)], extract.Value(Fields.ImpactIndicators).Select(one => (one.Name, one.Baseline!.Value, one.Target!.Value)));
    }

    [Fact]
    public async Task Columns_named_by_a_date_are_intermediate_targets()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Valeur initiale | Cible au 30/06/2025 | Cible finale", "Délai moyen | 45 | 30 | 20"));
        Assert.Equal([new IntermediateTarget(new(2025, 6, 30), 30)], extract.Value(Fields.ImpactIndicators)[0].Intermediate);
    }

    [Fact]
    public async Task Intermediate_targets_without_a_date_are_said()
    {
        var extract = await Read(new Docx().Heading("Indicateurs").Table("Indicateur | Valeur initiale | Cible à 6 mois | Cible finale", "Délai moyen | 45 | 30 | 20"));
        Assert.Empty(extract.Value(Fields.ImpactIndicators)[0].Intermediate);
        Assert.NotNull(extract.Finding("VALEUR-ILLISIBLE"));
    }

    [Fact]
    public async Task A_person_written_in_one_go_is_taken_apart()
    {
        var extract = await Read(new Docx().Text("Personne à contacter : Marie Durand, cheffe de projet, marie.durand@exemple.gouv.fr, 01 99 00 12 34"));
        Assert.Equal(
            ("Marie Durand", "cheffe de projet", "marie.durand@exemple.gouv.fr", "01 99 00 12 34"),
            (extract.Value(Fields.ContactName), extract.Value(Fields.ContactRole), extract.Value(Fields.ContactEmail), extract.Value(Fields.ContactPhone)));
    }

    [Fact]
    public async Task A_period_gives_the_start_and_the_end()
    {
        var extract = await Read(new Docx().Text("Période de réalisation : du 1er mars 2024 au 31 août 2025"));
        Assert.Equal((new LocalDate(2024, 3, 1), new LocalDate(2025, 8, 31)), (extract.Value(Fields.ProjectStart), extract.Value(Fields.ProjectEnd)));
    }

    [Fact]
    public async Task Text_boxes_headers_and_content_controls_are_read()
    {
        const string box = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Acronyme du projet : ALPH</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Acronyme du projet : ALPH</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
        const string placeholder = "<w:r><w:t xml:space=\"preserve\">Licence : </w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Cliquez ici pour entrer du texte.</w:t></w:r></w:sdtContent></w:sdt>";
        var extract = await Read(new Docx().Header("SIRET : 130 025 265 00013").Raw(box).Raw(placeholder));
        Assert.Equal("13002526500013", extract.Value(Fields.ApplicantSiret));
        Assert.Equal(("ALPH", "zone de texte"), (extract.Of(Fields.ProjectAcronym)!.Value, extract.Of(Fields.ProjectAcronym)!.Source.Place));
        Assert.Null(extract.Of(Fields.CommitmentsLicence));
    }

    [Fact]
    public async Task Options_of_a_question_that_is_not_known_answer_nothing_else()
    {
        var extract = await Read(new Docx().Heading("Que voulez-vous ?").Text("☐ Cadre juridique").Text("☒ Infrastructure sécurisée"));
        Assert.Empty(extract.Values);
    }

    [Fact]
    public async Task A_recap_beside_its_detail_gives_the_detail()
    {
        var extract = await Read(new Docx().Heading("Budget")
            .Table("Poste | Montant TTC", "Prestation | 100 000 €", "Total | 100 000 €").Text("Le détail suit.")
            .Table("Poste | Libellé | Montant TTC", "Prestation | Conception | 40 000 €", "Prestation | Développement | 60 000 €"));
        Assert.Equal(["Conception", "Développement"], extract.Value(Fields.BudgetLines).Select(line => line.Label));
    }

    [Theory]
    [InlineData("dropDownList")]
    [InlineData("comboBox")]
    public async Task What_is_chosen_in_a_list_is_the_answer_and_what_is_not_chosen_is_none(string list)
    {
        string Control(string said, string properties) => $"<w:r><w:t xml:space=\"preserve\">{said} : </w:t></w:r><w:sdt><w:sdtPr>{properties}<w:{list}><w:listItem w:displayText=\"Oui\" w:value=\"1\"/><w:listItem w:displayText=\"Non\" w:value=\"2\"/></w:{list}></w:sdtPr>";
        var extract = await Read(new Docx()
            .Raw(Control("Conformité au RGAA", "") + "<w:sdtContent><w:r><w:t>Oui</w:t></w:r></w:sdtContent></w:sdt>")
            .Raw(Control("Code source ouvert", "<w:showingPlcHdr/>") + "<w:sdtContent><w:r><w:t>Choisissez un élément.</w:t></w:r></w:sdtContent></w:sdt>"));
        Assert.True(extract.Value(Fields.CommitmentsRgaa));
        Assert.Null(extract.Of(Fields.CommitmentsOpenSource));
    }

    [Fact]
    public async Task A_row_that_was_deleted_under_tracked_changes_is_gone_and_one_inserted_is_there()
    {
        string Row(string change, string label, string value, string mark) => $"<w:tr><w:trPr><w:{change} w:id=\"1\" w:author=\"a\"/></w:trPr>" +
            $"<w:tc><w:p><w:{mark} w:id=\"2\" w:author=\"a\"><w:r>{label}</w:r></w:{mark}></w:p></w:tc><w:tc><w:p><w:{mark} w:id=\"3\" w:author=\"a\"><w:r>{value}</w:r></w:{mark}></w:p></w:tc></w:tr>";
        var extract = await Read(new Docx().RawTable(
            Row("del", "<w:delText>Acronyme</w:delText>", "<w:delText>VIEUX</w:delText>", "del") + Row("ins", "<w:t>Acronyme</w:t>", "<w:t>NEUF</w:t>", "ins") +
            // A program may mark the row alone.
            "<w:tr><w:trPr><w:del w:id=\"4\" w:author=\"a\"/></w:trPr><w:tc><w:p><w:r><w:t>Titre du projet</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Ancien</w:t></w:r></w:p></w:tc></w:tr>"));
        Assert.Equal("NEUF", extract.Value(Fields.ProjectAcronym));
        Assert.Null(extract.Of(Fields.ProjectTitle));
        Assert.NotNull(extract.Finding("MODIFICATIONS-SUIVIES"));
    }

    [Fact]
    public async Task A_footnote_says_where_it_stands_and_does_not_cut_the_text()
    {
        var extract = await Read(new Docx().Text("Titre du projet : Alpha").Text("Acronyme : ALPH").Footnote("SIRET : 130 025 265 00013"));
        Assert.Equal(("Alpha", "ALPH"), (extract.Value(Fields.ProjectTitle), extract.Value(Fields.ProjectAcronym)));
        Assert.Equal("note de bas de page 1", extract.Of(Fields.ApplicantSiret)?.Source.Place);
    }

    [Fact]
    public async Task An_amount_in_a_sentence_is_no_answer_that_could_be_wrong()
    {
        var extract = await Read(new Docx().Text("Le coût total du projet dépend des arbitrages : 450 000 € ou 500 000 € selon le scénario.")
            .Text("Nous demandons 200 000 € pour la première année, puis 100 000 €."));
        Assert.Null(extract.Of(Fields.BudgetTotal));
        Assert.Null(extract.Of(Fields.BudgetRequested));
    }

    [Fact]
    public async Task An_amount_alone_in_the_sentence_that_answers_is_read()
    {
        var extract = await Read(new Docx().Table("Coût total du projet (TTC) | Le coût total est de 450 000 € TTC."));
        Assert.Equal(Euros.From(450_000), extract.Value(Fields.BudgetTotal));
    }

    [Fact]
    public async Task Points_of_a_list_make_one_answer()
    {
        var extract = await Read(new Docx().Bold("Résumé du projet").Text("Le projet vise à :").Text("- simplifier les démarches ;").Text("- former les agents."));
        Assert.Equal(3, extract.Value(Fields.ProjectSummary)?.Split('\n').Length);
    }

    [Fact]
    public async Task A_year_below_and_left_of_the_headings_is_no_reason_to_stop()
    {
        var extract = await reading.Read("Titre du projet;Alpha\n;Poste;Montant TTC\n2024;2025;2026\n;Prestation;1000\n"u8.ToArray(), "budget.csv");
        Assert.Equal("Alpha", extract.Value(Fields.ProjectTitle));
    }
}
