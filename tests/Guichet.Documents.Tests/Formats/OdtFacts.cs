using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

public sealed class OdtFacts
{
    private static PieceExtract Read(string body, string styles = "", params (string, byte[])[] parts) => Files.Read(OdfFile.Text(body, styles, parts), "formulaire.odt");

    [Fact]
    public void A_real_form_gives_its_fields_and_their_places()
    {
        var extract = Files.Read(Files.Sample("barometre-incomplet/formulaire-barometre.odt"), "formulaire-barometre.odt");
        Assert.Equal(PieceKind.Odt, extract.Kind);
        Assert.Equal("11004601800013", extract.Says(Fields.ApplicantSiret));
        Assert.Equal("tableau 1, ligne 1", extract.PlaceOf(Fields.ApplicantSiret));
        Assert.Equal(Euros.From(148_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal(["mise-a-disposition"], extract.Says(Fields.ProjectTypes));
        Assert.Equal(3, extract.Says(Fields.DataSources).Length);
        Assert.StartsWith("Publication de deux jeux", extract.Says(Fields.ProjectDeployment), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_and_its_value_side_by_side_are_read_whatever_splits_them()
    {
        var extract = Read("<table:table><table:table-row><table:table-cell><text:p>Coût total <text:span>T</text:span>TC</text:p></table:table-cell><table:table-cell><text:p><text:span>45</text:span>0<text:s/>000,00<text:s text:c=\"1\"/>€</text:p></table:table-cell></table:table-row></table:table>");
        Assert.Equal(Euros.From(450_000), extract.Says(Fields.BudgetTotal));
        Assert.Equal(4, extract.Pages);
    }

    [Fact]
    public void A_heading_and_the_paragraphs_below_it_make_an_answer()
    {
        var extract = Read("<text:h text:outline-level=\"1\">2.3 – Résumé du projet</text:h><text:p>Un premier paragraphe.</text:p><text:list><text:list-item><text:p>Un point.</text:p></text:list-item></text:list>");
        Assert.Equal("Un premier paragraphe.\nUn point.", extract.Says(Fields.ProjectSummary));
    }

    [Fact]
    public void Deleted_text_is_gone_and_inserted_text_is_there()
    {
        var extract = Read(
            "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><text:p>Ancien</text:p></text:deletion></text:changed-region></text:tracked-changes>" +
            OdfFile.Table("Titre du projet | <text:change text:change-id=\"c1\"/>Nouveau<text:change-start text:change-id=\"c2\"/> titre<text:change-end text:change-id=\"c2\"/>"));
        Assert.Equal("Nouveau titre", extract.Says(Fields.ProjectTitle));
        Assert.NotNull(extract.Tells("MODIFICATIONS-SUIVIES"));
    }

    [Fact]
    public void Hidden_text_is_left_out_and_said()
    {
        var extract = Read(OdfFile.Table("Titre du projet | Alpha<text:span text:style-name=\"T1\"> caché</text:span>") + "<text:section text:display=\"none\"><text:p>Acronyme : CACHE</text:p></text:section>",
            "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>");
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.False(extract.Has(Fields.ProjectAcronym));
        Assert.NotNull(extract.Tells("TEXTE-MASQUE"));
    }

    [Fact]
    public void Grey_examples_and_placeholders_are_no_answers()
    {
        var extract = Read(OdfFile.Table("Titre du projet | <text:span text:style-name=\"T1\">Exemple : un beau titre</text:span>", "Acronyme | <text:placeholder text:placeholder-type=\"text\">&lt;sigle&gt;</text:placeholder>"),
            "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:color=\"#a6a6a6\"/></style:style>");
        Assert.False(extract.Has(Fields.ProjectTitle));
        Assert.False(extract.Has(Fields.ProjectAcronym));
    }

    [Fact]
    public void Boxes_are_read_from_controls_field_marks_and_symbol_fonts()
    {
        var extract = Read(
            "<office:forms><form:form><form:checkbox xml:id=\"control1\" form:label=\"Accessibilité (RGAA)\" form:current-state=\"checked\"/></form:form></office:forms>" +
            "<text:h text:outline-level=\"1\">Engagements</text:h>" +
            "<text:p><draw:control draw:control=\"control1\"/></text:p>" +
            "<text:p><field:fieldmark field:type=\"vnd.oasis.opendocument.field.FORMCHECKBOX\"><field:param field:name=\"Checkbox_Checked\" field:value=\"true\"/></field:fieldmark> Code source ouvert</text:p>" +
            "<text:p><text:span text:style-name=\"W\">\uF0A8</text:span> Écoconception</text:p>" +
            "<text:p><loext:content-control loext:checkbox=\"true\" loext:checked=\"true\">x</loext:content-control> Référencement sur data.gouv.fr</text:p>",
            "<style:style style:name=\"W\" style:family=\"text\"><style:text-properties style:font-name=\"Wingdings\"/></style:style>");
        Assert.True(extract.Says(Fields.CommitmentsRgaa));
        Assert.True(extract.Says(Fields.CommitmentsOpenSource));
        Assert.True(extract.Has(Fields.CommitmentsEcoDesign) && !extract.Says(Fields.CommitmentsEcoDesign));
        Assert.True(extract.Says(Fields.CommitmentsDataGouv));
    }

    [Fact]
    public void A_cell_merged_downwards_is_spread_over_its_rows()
    {
        var extract = Read("""
            <table:table>
              <table:table-header-rows><table:table-row><table:table-cell><text:p>Catégorie</text:p></table:table-cell><table:table-cell><text:p>Libellé</text:p></table:table-cell><table:table-cell><text:p>Montant TTC</text:p></table:table-cell></table:table-row></table:table-header-rows>
              <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Prestation</text:p></table:table-cell><table:table-cell><text:p>Conseil</text:p></table:table-cell><table:table-cell><text:p>10 000 €</text:p></table:table-cell></table:table-row>
              <table:table-row><table:covered-table-cell/><table:table-cell><text:p>Réalisation</text:p></table:table-cell><table:table-cell><text:p>20 000 €</text:p></table:table-cell></table:table-row>
            </table:table>
            """);
        Assert.Equal([("prestation", "Conseil", Euros.From(10_000)), ("prestation", "Réalisation", Euros.From(20_000))],
            extract.Says(Fields.BudgetLines).Select(line => (line.Category!, line.Label, line.Amount)));
    }

    [Fact]
    public void A_document_type_definition_is_refused()
    {
        var bytes = Files.Zip(("mimetype", "application/vnd.oasis.opendocument.text"u8.ToArray()),
            ("content.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>"u8.ToArray()));
        Assert.NotNull(Files.Read(bytes, "formulaire.odt").Tells("FICHIER-ABIME"));
    }

    [Fact]
    public void An_encrypted_file_asks_for_one_without_a_password()
    {
        var manifest = Files.Utf8("<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry></m:manifest>");
        Assert.Equal(PieceSeverity.Blocking, Read("<text:p/>", "", ("META-INF/manifest.xml", manifest)).Tells("FICHIER-CHIFFRE")!.Severity);
    }

    [Fact]
    public void Elements_nested_without_end_are_refused() =>
        Assert.NotNull(Read(string.Concat(Enumerable.Repeat("<text:section>", 5_000)) + string.Concat(Enumerable.Repeat("</text:section>", 5_000))).Tells("FICHIER-TROP-GRAND"));

    [Fact]
    public void Macros_are_said_and_never_run() =>
        Assert.NotNull(Read("<text:p>Bonjour</text:p>", "", ("Basic/Standard/Module1.xml", [1])).Tells("MACROS"));
}
