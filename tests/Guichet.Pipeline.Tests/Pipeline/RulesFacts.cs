using Azure.Storage.Blobs;
using Guichet.Local;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>The office changes its rules by uploading a file.</summary>
public sealed class RulesFacts(GuichetFixture guichet)
{
    private const string Office = "bureau-regles@exemple.gouv.fr";

    private static readonly string Sound = File.ReadAllText(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2023-01.json"))
        .Replace("\"id\": \"ftap-data\"", "\"id\": \"essai-regles\"", StringComparison.Ordinal)
        .Replace("guichet-donnees@exemple.gouv.fr", Office, StringComparison.Ordinal);

    private Task Upload(string version, string content) => new BlobContainerClient(guichet.Local.ProxiedStorageConnection, "campaigns")
        .GetBlobClient($"essai-regles/{version}.json").UploadAsync(BinaryData.FromString(content), overwrite: true, TestContext.Current.CancellationToken);

    private async Task<(string? State, string? Faults)> Row(string version, string state)
    {
        var row = await GuichetFixture.Until(
            () => GuichetFixture.Row(guichet.Local.OfficeConnection, "TableauRegles", "essai-regles", version),
            row => row?.GetString("Etat").StartsWith(state, StringComparison.Ordinal) is true);
        return (row!.GetString("Etat"), row.GetString("Constats"));
    }

    [Fact]
    public async Task A_bad_file_changes_nothing_and_says_why_in_a_table_and_by_mail_until_it_is_mended()
    {
        await Upload("2023-01", Sound);
        Assert.Equal("", (await Row("2023-01", "Applicable")).Faults);

        var next = Sound.Replace("\"version\": \"2023-01\"", "\"version\": \"2024-02\"", StringComparison.Ordinal);
        await Upload("2024-02", next.Replace("\"rate\": 0.5", "\"rate\": 50", StringComparison.Ordinal));
        var (_, faults) = await Row("2024-02", "Refusé");
        Assert.Matches("^ligne [0-9]+, colonne [0-9]+ : amounts.rate : 50 ; un taux est supérieur à 0", faults);
        Assert.Equal("Exploitation et valorisation des données : fichier de règles à corriger", Assert.Single(await guichet.Mails(Office)).Subject);

        await Upload("2024-02", next.Replace("\"mostFiles\": 40", "\"mostFiles\": 0", StringComparison.Ordinal));
        Assert.Equal(2, (await guichet.Mails(Office, 2)).Count);
        Assert.Contains("files.mostFiles : 0", (await Row("2024-02", "Refusé")).Faults, StringComparison.Ordinal);

        await Upload("2024-02", next);
        Assert.Equal("", (await Row("2024-02", "Applicable")).Faults);
        var rules = await guichet.Api.GetStringAsync("api/campaigns/essai-regles/rules?version=2024-02", TestContext.Current.CancellationToken);
        Assert.Contains("\"version\":\"2024-02\"", rules, StringComparison.Ordinal);
        Assert.Equal(2, (await guichet.Mails(Office, 2)).Count);
    }
}
