using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

public sealed class PlatformExportFacts
{
    private const string Headers = "ID;Email;FranceConnect ?;Établissement SIRET;Établissement NAF;Entreprise raison sociale;Entreprise forme juridique;Entreprise forme juridique code;À archiver;État du dossier;Dernière mise à jour le;Déposé le;Passé en instruction le;Traité le;Motivation de la décision;Instructeurs;Groupe instructeur;Titre du projet;Code source ouvert;Coût total TTC;Date de début";
    private const string Dossier = "42;porteur@exemple.gouv.fr;Non;13002526500013;8411Z;DIRECTION INTERMINISTERIELLE DU NUMERIQUE;Service central d'un ministère;7120;false;En construction;2024-03-10;2024-03-01;;;;;défaut;Alpha;on;350000.5;2025-02-03";

    private static PieceExtract Csv(params string[] rows) => Files.Read(Files.Utf8(string.Join('\n', rows)), "dossiers.csv");

    [Fact]
    public void A_dossier_is_read_by_its_headers()
    {
        var extract = Csv(Headers, Dossier);
        Assert.Equal("13002526500013", extract.Says(Fields.ApplicantSiret));
        Assert.Equal("7120", extract.Says(Fields.ApplicantLegalCategory));
        Assert.Equal("DIRECTION INTERMINISTERIELLE DU NUMERIQUE", extract.Says(Fields.ApplicantName));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.True(extract.Says(Fields.CommitmentsOpenSource));
        Assert.Equal(Euros.From(350_000.50m), extract.Says(Fields.BudgetTotal));
        Assert.Equal("ligne 2, colonne R", extract.PlaceOf(Fields.ProjectTitle));
    }

    [Fact]
    public void Columns_in_another_order_give_the_same()
    {
        static string Turned(string row) => string.Join(';', row.Split(';')[..17].Reverse().Concat(row.Split(';')[17..].Reverse()));
        var extract = Csv(Turned(Headers), Turned(Dossier));
        Assert.Equal("13002526500013", extract.Says(Fields.ApplicantSiret));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
    }

    [Fact]
    public void Several_dossiers_cannot_be_told_apart() => Assert.NotNull(Csv(Headers, Dossier, Dossier).Tells("PLUSIEURS-DOSSIERS"));

    [Fact]
    public void Repeated_blocks_have_a_sheet_each()
    {
        static string Row(string row) => row.Replace(';', '|');
        var extract = Files.Read(OdfFile.Spreadsheet(
            OdfFile.Sheet("Dossiers", Row(Headers), Row(Dossier)) +
            OdfFile.Sheet("Etablissements", "Dossier ID | Champ | Établissement SIRET", "42 | Partenaire | 41816609600051") +
            OdfFile.Sheet("(1234) Budget", "Dossier ID | Ligne | Catégorie | Libellé | Montant TTC", "42 | 1 | Prestation | Conseil | 250000.5", "42 | 2 | Formation | Agents | 100000")), "dossiers.ods");
        Assert.Equal("13002526500013", extract.Says(Fields.ApplicantSiret));
        Assert.Equal([("Conseil", 250_000.50m), ("Agents", 100_000m)], extract.Says(Fields.BudgetLines).Select(line => (line.Label, line.Amount.Amount)));
        Assert.StartsWith("feuille (1234) Budget, ", extract.PlaceOf(Fields.BudgetLines), StringComparison.Ordinal);
    }
}
