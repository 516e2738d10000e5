using System.Text;
using Guichet.Local;
using Guichet.Local.Commands;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

public sealed class ImportOperatorsFacts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("operateurs").FullName;

    private readonly string _rules;

    public ImportOperatorsFacts()
    {
        _rules = Path.Combine(_folder, "regles.json");
        File.Copy(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2024-07.json"), _rules);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string List(string name, byte[] content)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    private async Task<string[]> Imported(string name, byte[] content)
    {
        Assert.Equal(0, await ImportOperators.Run([List(name, content), "--campaign", _rules]));
        return [.. CampaignFiles.Load(_rules).Applicants.Operators];
    }

    [Theory]
    [InlineData("Programme;Opérateur;SIREN\n150;Cnam;197534712\n112;ANCT;130 026 032\n")]
    [InlineData("SIREN,Nom\n130026032,\"ANCT, siège\"\n197534712,\"Cnam\nParis\"\n")]
    [InlineData("nom\tnumero_siret\nCnam\t19753471200017\nANCT\t13002603200016\nfaux\t123\n\n")]
    [InlineData("[{\"siren\":\"197534712\"},{\"siren\":130026032}]")]
    [InlineData("{\"total\":2,\"results\":[{\"fields\":{\"SIREN\":\"197534712\",\"nom\":\"Cnam\"}},{\"fields\":{\"SIREN\":\"130026032\",\"nom\":\"ANCT\"}}]}")]
    public async Task The_list_is_read_as_it_is_published(string list)
    {
        Assert.Equal(["130026032", "197534712"], await Imported("liste", Encoding.UTF8.GetBytes(list)));
        Assert.Equal(["130026032", "197534712"], await Imported("liste", Encoding.Latin1.GetBytes(list)));
    }

    [Fact]
    public async Task All_else_of_the_rules_stays_as_it_was()
    {
        var before = await File.ReadAllLinesAsync(_rules, TestContext.Current.CancellationToken);
        await Imported("liste.csv", "SIREN;Opérateur\n197534712;Cnam\n"u8.ToArray());
        var after = await File.ReadAllLinesAsync(_rules, TestContext.Current.CancellationToken);
        Assert.Equal("      \"197534712\" // Cnam", Assert.Single(after.Except(before)));
        Assert.StartsWith("      \"130026032\"", Assert.Single(before.Except(after)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nom;Numéro\nCnam;197534712\n", "n’a pas de colonne SIREN ni SIRET ; ses colonnes sont Nom, Numéro")]
    [InlineData("SIREN\n123456789\n", "aucun SIREN valable")]
    [InlineData("[{\"nom\":\"Cnam\"}]", "aucun objet")]
    [InlineData("[{\"siren\":", "le JSON est mal formé")]
    public async Task What_is_no_list_is_refused_and_changes_nothing(string list, string said)
    {
        var before = await File.ReadAllBytesAsync(_rules, TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<LocalProblemException>(() => Imported("liste", Encoding.UTF8.GetBytes(list)));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_rules, TestContext.Current.CancellationToken));
    }
}
