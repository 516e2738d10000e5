using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

public sealed class PdfFacts
{
    private static readonly double[] Two = [50, 200, 545];

    private static PieceExtract Read(PdfFile file, ReadingBounds? bounds = null) => Files.Read(file.Bytes(), "formulaire.pdf", bounds);

    [Fact]
    public void A_table_with_borders_gives_values_and_their_places()
    {
        var extract = Read(new PdfFile().Table(780, Two, "Titre du projet | Alpha", "Coût total TTC | 450 000,00 EUR", "Date de début | 3 février 2025").Page().Table(780, Two, "Acronyme | ALPHA"));
        Assert.Equal((PieceKind.Pdf, 2), (extract.Kind, extract.Pages));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal(Euros.From(450_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal("page 1, tableau 1, ligne 2", extract.PlaceOf(Fields.BudgetTotal));
        Assert.Equal("page 2, tableau 2, ligne 1", extract.PlaceOf(Fields.ProjectAcronym));
    }

    [Fact]
    public void A_label_and_its_value_on_a_line_are_read()
    {
        var extract = Read(new PdfFile().Lines(50, 780, "Titre du projet : Alpha", "Acronyme : ALPHA", "Coût total TTC : 450 000 euros"));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal(Euros.From(450_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal("page 1", extract.PlaceOf(Fields.ProjectAcronym));
    }

    [Fact]
    public void A_line_broken_by_the_margin_is_one_line()
    {
        var extract = Read(new PdfFile().Lines(50, 780,
            "Titre du projet : repérer, prévenir et servir les familles qui ont droit à une bourse de collège, avant que la",
            "rentrée ne commence",
            "Acronyme : BOURSES"));
        Assert.EndsWith("avant que la rentrée ne commence", extract.Says(Fields.ProjectTitle), StringComparison.Ordinal);
        Assert.Equal("BOURSES", extract.Says(Fields.ProjectAcronym));
    }

    [Fact]
    public void Labels_and_values_apart_by_a_gap_make_a_table()
    {
        var extract = Read(new PdfFile().Lines(50, 780, "Titre du projet", "Acronyme", "Coût total TTC").Lines(300, 780, "Alpha", "ALPHA", "450 000 euros"));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal("ALPHA", extract.Says(Fields.ProjectAcronym));
        Assert.Equal(Euros.From(450_000), extract.Says(Fields.BudgetTotal));
    }

    [Fact]
    public void Two_columns_are_read_one_after_the_other()
    {
        var extract = Read(new PdfFile()
            .Lines(50, 780, "Titre du projet : Alpha", "Acronyme : ALPHA", "Date de début : 01/09/2024", "Date de fin : 31/08/2026")
            .Lines(320, 780, "Nom du contact : Lucie Bertin", "Courriel du contact : lucie@exemple.fr", "Téléphone : 01 99 00 23 45", "Coût total TTC : 450 000 euros"));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal("ALPHA", extract.Says(Fields.ProjectAcronym));
        Assert.Equal("Lucie Bertin", extract.Says(Fields.ContactName));
        Assert.Equal("lucie@exemple.fr", extract.Says(Fields.ContactEmail));
        Assert.Equal(Euros.From(450_000), extract.Says(Fields.BudgetTotal));
    }

    [Fact]
    public void A_cell_without_borders_goes_on_under_itself_in_the_first_column_too()
    {
        var extract = Read(new PdfFile()
            .Text(50, 780, "Base légale").Text(230, 780, "AIPD").Text(410, 780, "Licence")
            .Text(50, 764, "Article L. 213-2 du code de").Text(230, 764, "Non").Text(410, 764, "Licence MIT")
            .Text(50, 751, "la route"));
        Assert.Equal("Article L. 213-2 du code de la route", extract.Says(Fields.LegalBasis));
        Assert.Equal("Licence MIT", extract.Says(Fields.CommitmentsLicence));
    }

    [Fact]
    public void Two_columns_whose_lines_do_not_stand_level_are_read_one_after_the_other()
    {
        string[] prose = ["Le projet repère les familles qui ont", "droit à une bourse et ne la demandent", "pas, puis les prévient avant la rentrée", "et les aide à la demander en un geste."];
        var extract = Read(new PdfFile().Text(50, 780, "Résumé du projet", 16).Lines(50, 755, prose).Text(50, 690, "Calendrier", 16)
            .Lines(50, 665, "Deux ans en tout, dont six mois pour", "la première mise en service.")
            .Lines(300, 778, "Titre du projet : Alpha", "Coût total TTC : 450 000 euros").Text(300, 740, "Stratégie de déploiement", 16).Lines(300, 719, prose));
        Assert.Equal(string.Join(' ', prose), extract.Says(Fields.ProjectSummary)?.Replace('\n', ' '));
        Assert.Equal(string.Join(' ', prose), extract.Says(Fields.ProjectDeployment)?.Replace('\n', ' '));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.StartsWith("Deux ans en tout", extract.Says(Fields.GovernanceCalendar), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_in_the_middle_of_its_value_does_not_take_half_of_it()
    {
        var extract = Read(new PdfFile().Lines(50, 780, "Titre du projet").Lines(300, 780, "Alpha").Lines(50, 753, "Acronyme").Lines(300, 760, "ALPHA pour les uns", "BETA pour les autres"));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Contains(extract.Says(Fields.ProjectAcronym)?.Replace('\n', ' '), (string?[])[null, "ALPHA pour les uns BETA pour les autres"]);
    }

    [Fact]
    public void A_table_goes_on_over_the_page_without_its_headings()
    {
        double[] three = [50, 150, 400, 545];
        var extract = Read(new PdfFile().Table(200, three, "Catégorie | Libellé | Montant TTC", "Prestation | Conseil | 10 000", "Prestation | Réalisation | 20 000")
            .Page().Table(780, three, "Formation | Agents | 5 000", "Formation | Usagers | 1 000"));
        Assert.Equal([10_000m, 20_000m, 5_000m, 1_000m], extract.Says(Fields.BudgetLines).Select(line => line.Amount.Amount));
    }

    [Fact]
    public void An_answer_cut_by_the_end_of_the_page_is_whole()
    {
        var extract = Read(new PdfFile().Table(120, Two, "Titre du projet | Alpha", "Résumé du projet | Le début de la réponse,")
            .Page().Table(780, Two, "| et sa fin.", "Acronyme | ALPHA"));
        Assert.Equal("Le début de la réponse,\net sa fin.", extract.Says(Fields.ProjectSummary));
        Assert.Equal("ALPHA", extract.Says(Fields.ProjectAcronym));
    }

    [Fact]
    public void Larger_text_is_a_heading_and_what_follows_answers_it()
    {
        var extract = Read(new PdfFile().Text(50, 780, "2.3 - Résumé du projet", 16).Lines(50, 750, "Un baromètre ouvert de la fréquentation.").Text(50, 700, "2.4 - Calendrier", 16)
            .Lines(50, 670, "Deux ans."));
        Assert.Equal("Un baromètre ouvert de la fréquentation.", extract.Says(Fields.ProjectSummary));
    }

    [Fact]
    public void Headers_footers_and_page_numbers_do_not_cut_an_answer()
    {
        var extract = Read(new PdfFile().Text(50, 820, "Dossier de candidature").Text(50, 780, "Résumé du projet", 16).Text(50, 120, "Un début.").Text(290, 30, "1 / 2")
            .Page().Text(50, 820, "Dossier de candidature").Text(50, 780, "Une fin.").Text(290, 30, "2 / 2"));
        Assert.Equal("Un début.\nUne fin.", extract.Says(Fields.ProjectSummary));
    }

    [Fact]
    public void Grey_examples_are_no_answers() =>
        Assert.False(Read(new PdfFile().Lines(50, 780, "Acronyme :").Grey(110, 780, "exemple : BOURSES").Lines(50, 700, "Titre du projet : Alpha et Bêta pour tous")).Has(Fields.ProjectAcronym));

    [Fact]
    public void Form_fields_are_read_by_their_help_text_or_their_name()
    {
        var extract = Files.Read(PdfFile.Form("",
            PdfFile.Field("Tx", "champ_1", "/V (Alpha)", "200 700 500 718", "/TU (Titre du projet)"),
            PdfFile.Field("Tx", "Cout_total_TTC", "/V (450 000 EUR)", "200 670 500 688"),
            PdfFile.Field("Ch", "x", "/V (Ministère de la Culture) /Opt [(Ministère de la Culture) (Ministère des Armées)] /Ff 131072", "200 640 500 658", "/TU (Ministère)")), "formulaire.pdf");
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal(Euros.From(450_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal("page 1, champ « Titre du projet »", extract.PlaceOf(Fields.ProjectTitle));
    }

    [Fact]
    public void Form_fields_without_a_name_are_read_by_what_is_printed_beside_them()
    {
        var extract = Files.Read(PdfFile.Form(
            PdfFile.Drawn(50, 704, "Titre du projet :") + PdfFile.Drawn(50, 674, "Acronyme :") + PdfFile.Drawn(230, 644, "Code source ouvert") + PdfFile.Drawn(230, 614, "Accessibilit\u00E9 \\(RGAA\\)"),
            PdfFile.Field("Tx", "Texte1", "/V (Alpha)", "140 700 500 718"),
            PdfFile.Field("Tx", "Texte2", "/V (ALPHA)", "140 670 500 688"),
            PdfFile.Field("Btn", "Case1", "/V /Oui /AS /Oui", "210 640 222 652", "/AP << /N << /Oui 5 0 R /Off 5 0 R >> >>"),
            PdfFile.Field("Btn", "Case2", "/V /Off /AS /Off", "210 610 222 622", "/AP << /N << /Oui 5 0 R /Off 5 0 R >> >>")), "formulaire.pdf");
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal("ALPHA", extract.Says(Fields.ProjectAcronym));
        Assert.True(extract.Says(Fields.CommitmentsOpenSource));
        Assert.True(extract.Has(Fields.CommitmentsRgaa) && !extract.Says(Fields.CommitmentsRgaa));
    }

    [Fact]
    public void A_letter_is_kept_and_nothing_is_held_against_it()
    {
        var extract = Files.Read(Files.Sample("tri-courriers-ia/lettre_engagement.pdf"), "lettre_engagement.pdf");
        Assert.Equal((PieceKind.Pdf, 1), (extract.Kind, extract.Pages));
        Assert.DoesNotContain(extract.Findings, finding => finding.Severity == PieceSeverity.Blocking);
    }

    [Fact]
    public void A_scan_is_kept_and_its_original_asked_for() =>
        Assert.Equal(PieceSeverity.Reserve, Read(new PdfFile()).Tells("PDF-SCANNE")!.Severity);

    [Fact]
    public void Text_that_a_scanner_guessed_is_not_believed()
    {
        var extract = Files.Read(PdfFile.Form("3 Tr " + PdfFile.Drawn(50, 700, "Titre du projet : Alpha et la suite du titre tel que le scanner le croit")), "scan.pdf");
        Assert.False(extract.Has(Fields.ProjectTitle));
        Assert.NotNull(extract.Tells("PDF-SCANNE"));
    }

    [Fact]
    public void Pages_beyond_the_bound_are_said()
    {
        var extract = Read(new PdfFile().Lines(50, 780, "Titre du projet : Alpha et quelques mots encore").Page().Page(), ReadingBounds.Default with { Pages = 1 });
        Assert.Equal("page 2", extract.Tells("PAGES-NON-LUES")!.Place);
        Assert.Equal(3, extract.Pages);
    }

    [Fact]
    public void A_file_that_is_only_called_a_PDF_inside_is_damaged() =>
        Assert.Equal(PieceSeverity.Blocking, Files.Read("%PDF-1.7\nrien du tout"u8.ToArray(), "formulaire.pdf").Tells("FICHIER-ABIME")!.Severity);

    [Fact]
    public void An_encrypted_file_asks_for_one_without_a_password()
    {
        // Its key depends on a password that nobody gave.
        var bytes = PdfFile.Raw("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
            $"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{new string('4', 64)}> /U <{new string('5', 64)}> >>");
        var encrypted = System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(bytes)
            .Replace("/Root 1 0 R", $"/Root 1 0 R /Encrypt 3 0 R /ID [<{new string('0', 32)}> <{new string('0', 32)}>]", StringComparison.Ordinal));
        Assert.NotNull(Files.Read(encrypted, "formulaire.pdf").Tells("FICHIER-CHIFFRE"));
    }

    [Fact]
    public void Headings_left_at_the_foot_of_a_page_head_the_table_of_the_next()
    {
        double[] columns = [50, 200, 300, 400];
        var extract = Read(new PdfFile().Table(90, columns, "Source | Détenteur | Qualité").Page().Table(780, columns, "Inventaire forestier | IGN | Bonne", "Cadastre | DGFiP | Moyenne"));
        Assert.Equal([("Inventaire forestier", "IGN"), ("Cadastre", "DGFiP")], extract.Says(Fields.DataSources).Select(one => (one.Name, one.Holder!)));
    }
}
