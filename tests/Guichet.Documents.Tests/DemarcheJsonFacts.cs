using System.Text;
using Guichet.Core;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Documents.Tests;

public sealed class DemarcheJsonFacts(ReadingFixture reading)
{
    private const string Applicant = """
        "demandeur":{"__typename":"PersonneMorale","siret":"13002526500013","entreprise":{"siren":"130025265","raisonSociale":"DIRECTION INTERMINISTERIELLE DU NUMERIQUE","formeJuridiqueCode":"7120"}}
        """;

    private Task<PieceExtract> Read(string json) => reading.Read(Encoding.UTF8.GetBytes(json), "dossier.json");

    private Task<PieceExtract> Champs(string champs) =>
        Read($$$$"""{"data":{"dossier":{"__typename":"Dossier","number":42,"usager":{"email":"porteur@exemple.gouv.fr"},{{{{Applicant}}}},"champs":[{{{{champs}}}}]}}}""");

    [Fact]
    public async Task A_dossier_gives_its_applicant_and_its_champs()
    {
        var extract = await Champs("""
            {"__typename":"DecimalNumberChamp","id":"a","label":"Coût total TTC","stringValue":"350000.5","decimalNumber":350000.5},
            {"__typename":"IntegerNumberChamp","id":"b","label":"Durée (mois)","stringValue":"18","integerNumber":"18"},
            {"__typename":"DateChamp","id":"c","label":"Début du projet","stringValue":"03 février 2025","date":"2025-02-03"},
            {"__typename":"MultipleDropDownListChamp","id":"d","label":"Types de projet","stringValue":"A, B","values":["Administration proactive","Amélioration d’une politique publique"]},
            {"__typename":"CheckboxChamp","id":"e","label":"Code source ouvert","stringValue":"true","checked":true},
            {"__typename":"YesNoChamp","id":"f","label":"AIPD réalisée","stringValue":"","selected":null},
            {"__typename":"RepetitionChamp","id":"g","label":"Budget détaillé","rows":[{"id":"1","champs":[
              {"__typename":"TextChamp","id":"h","champDescriptorId":"h","label":"Poste","stringValue":"Prestation"},
              {"__typename":"DecimalNumberChamp","id":"i","champDescriptorId":"i","label":"Montant TTC","stringValue":"350000.5","value":350000.5}]}]}
            """);
        Assert.Equal("13002526500013", extract.Value(Fields.ApplicantSiret));
        Assert.Equal("7120", extract.Value(Fields.ApplicantLegalCategory));
        Assert.Equal("porteur@exemple.gouv.fr", extract.Value(Fields.ContactEmail));
        Assert.Equal(Euros.From(350_000.5m), extract.Value(Fields.BudgetTotal));
        Assert.Equal(18, extract.Value(Fields.ProjectDurationMonths));
        Assert.Equal(new LocalDate(2025, 2, 3), extract.Value(Fields.ProjectStart));
        Assert.Equal(["proactivite", "amelioration"], extract.Value(Fields.ProjectTypes));
        Assert.True(extract.Value(Fields.CommitmentsOpenSource));
        Assert.Equal("legal.dpia", extract.Finding("CHAMP-VIDE")!.Field);
        Assert.Equal([new BudgetLine("prestation", "Prestation", Euros.From(350_000.5m))], extract.Value(Fields.BudgetLines));
        Assert.Equal("bloc « Budget détaillé », ligne 1", extract.Of(Fields.BudgetLines)!.Source.Place);
    }

    [Fact]
    public async Task A_contact_in_the_form_wins_over_the_account() =>
        Assert.Equal("marie@exemple.gouv.fr", (await Champs("""{"__typename":"TextChamp","id":"a","label":"Courriel du contact","stringValue":"marie@exemple.gouv.fr"}""")).Value(Fields.ContactEmail));

    [Theory]
    [InlineData("""{"errors":[{"message":"x","extensions":{"code":"unauthorized"}}],"data":null}""", "REPONSE-EN-ERREUR")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "EXPORT-CARTE")]
    [InlineData("""{"hello":1}""", "FORMAT-INCONNU")]
    [InlineData("""{"data":{"demarche":{"dossiers":{"nodes":[{"number":1,"champs":[]},{"number":2,"champs":[]}]}}}}""", "PLUSIEURS-DOSSIERS")]
    [InlineData("""{"data":{"dossier":{"number":1,"demandeur":{"siret":"13002526500013"}}}}""", "CHAMPS-ABSENTS")]
    [InlineData("""{"data":""", "FICHIER-ABIME")]
    public async Task What_is_no_dossier_says_what_is_wanted(string json, string expected) => Assert.NotNull((await Read(json)).Finding(expected));
}
