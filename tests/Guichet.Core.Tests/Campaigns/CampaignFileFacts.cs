using System.Text;
using Guichet.Core.Campaigns;

namespace Guichet.Core.Tests.Campaigns;

public sealed class CampaignFileFacts
{
    private static readonly string Sound = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "campaigns", "ftap-data", "2023-01.json"));

    public static TheoryData<string> Shipped => [.. Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "campaigns")).SelectMany(Directory.EnumerateFiles)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_campaign_that_ships_can_run(string file) => Assert.Empty(CampaignFile.Read(File.ReadAllBytes(file)).Faults);

    [Theory]
    [InlineData("\"rate\": 0.5", "\"rate\": 50", "amounts.rate")]
    [InlineData("\"minimumTotal\": 100000.00", "\"minimumTotal\": 2000000.00", "dépasse le maximum")]
    [InlineData("\"codes\": [\"P1\", \"P2\"]", "\"codes\": [\"P1\", \"P9\"]", "« P9 » n’est pas défini")]
    [InlineData("\"fields\": [\"project.title\"]", "\"fields\": [\"project.titel\"]", "« project.titel » n’est pas un champ")]
    [InlineData("\"fields\": [\"impact.evaluation\"]", "\"fields\": [\"impact.evaluations\"]", "« impact.evaluations » n’est pas un champ")]
    [InlineData("\"timeZone\": \"Europe/Paris\"", "\"timeZone\": \"Europe/Pariss\"", "n’est pas un fuseau")]
    [InlineData("\"closes\": \"2025-12-31T23:59:59\"", "\"closes\": \"2022-12-31T23:59:59\"", "se ferme avant de s’ouvrir")]
    [InlineData("\"labels\": {}", "\"labels\": {\"budget.total\":[\"Montant\"],\"budget.requested\":[\"montant\"]}", "ne désigne qu’un champ")]
    [InlineData("\"milestoneMonths\": 6", "\"milestoneMonths\": 0", "followUp.milestoneMonths : 0")]
    [InlineData("\"mostFiles\": 40", "\"mostFiles\": 400", "mostFiles : 400")]
    [InlineData("\"email\": \"guichet-donnees@exemple.gouv.fr\"", "\"email\": \"guichet-donnees\"", "« guichet-donnees » n’est pas une adresse")]
    [InlineData("[6, 9, 12, 18]", "[6, 9, 9, 18]", "croissants")]
    [InlineData("\"commitments.rgaa\"", "\"commitments.licence\"", "« commitments.licence » n’est pas un engagement")]
    [InlineData("\"to\": \"project.firstImpact\"", "\"to\": \"project.title\"", "« project.title » n’est pas une date")]
    [InlineData("\"weight\": 40", "\"weight\": 0", "poids supérieur à 0")]
    [InlineData("\"weight\": 40", "\"weight\": 39", "les poids du type « proactivite », bonus exclus, font 99.0 ; il faut 100")]
    [InlineData("\"weight\": 40", "\"weight\": 41", "les poids du type « proactivite », bonus exclus, font 101.0 ; il faut 100")]
    [InlineData("\"types\": [\"amelioration\"]", "\"types\": [\"ameliorations\"]", "« ameliorations » n’est pas un type de projet de ce guichet ; ses types sont proactivite")]
    [InlineData("\"having\": [\"intermediate\"]", "\"having\": [\"intermediaire\"]", "« intermediaire » n’est pas une partie de « impact.indicators » ; ses parties sont baseline")]
    [InlineData("\"field\": \"data.sources\"", "\"field\": \"project.title\"", "« project.title » n’est pas une liste")]
    [InlineData("\"id\": \"ibenali\"", "\"id\": \"croussel\"", "reviewers[1].id : « croussel » est donné deux fois")]
    [InlineData("\"specialities\": [\"proactivite\"]", "\"specialities\": [\"cloud\"]", "reviewers[0].specialities[0] : « cloud » n’est pas un type")]
    [InlineData("\"130026032\"", "\"130026033\"", "applicants.operators[0] : « 130026033 » n’est pas un SIREN")]
    [InlineData("\"excludedCategories\": []", "\"excludedCategories\": [\"materiel\"]", "amounts.excludedCategories[0] : « materiel » n’est pas une catégorie de dépense ; elles sont rh-interne")]
    [InlineData("\"rule\": \"months-until\"", "\"rule\": \"mois\"", "criteria[0].subcriteria[6].evidence")]
    [InlineData("\"name\": \"Exploitation et valorisation des données\",", "", "le fichier : il manque name")]
    [InlineData("\"rate\": 0.5", "\"rate\": \"moitié\"", "amounts.rate : la valeur n’est pas de la sorte attendue")]
    public void A_file_that_cannot_run_is_refused_with_what_is_wrong(string right, string wrong, string said)
    {
        var (campaign, faults) = CampaignFile.Read(Encoding.UTF8.GetBytes(Sound.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Null(campaign);
        Assert.Contains(faults, fault => fault.Message.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"rate\": 0.5,", "", "amounts : il manque rate.")]
    [InlineData("\"rate\": 0.5,", "\"rate\": 0.5, \"taux\": 0.5,", "amounts.taux : « taux » n’est pas connu ici ; on attend envelope, minimumTotal")]
    [InlineData("\"field\": \"governance.risks\"", "\"field\": \"governance.risk\"", "« governance.risk » n’est pas un champ")]
    [InlineData("\"mostFiles\": 40", "\"mostFiles\": 400", "files.mostFiles : 400")]
    public void A_fault_says_its_line_and_column(string right, string wrong, string said)
    {
        var lines = Sound.Split('\n');
        var line = Array.FindIndex(lines, text => text.Contains(right, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(right, wrong, StringComparison.Ordinal);
        var fault = CampaignFile.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Faults[0];
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        // Of a member that is missing, the serializer says where the object that lacks it ends.
        Assert.InRange(fault.Line ?? 0, line + 1, line + (said.Contains("manque", StringComparison.Ordinal) ? 4 : 1));
        Assert.True(fault.Column > 1);
        Assert.StartsWith($"ligne {fault.Line}, colonne {fault.Column} : ", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_a_value_points_at_the_value()
    {
        var fault = Assert.Single(CampaignFile.Read(Encoding.UTF8.GetBytes(Sound.Replace("\"mostFiles\": 40", "\"mostFiles\": 400", StringComparison.Ordinal))).Faults);
        var line = Encoding.UTF8.GetBytes(Sound.Split('\n')[fault.Line!.Value - 1]);
        Assert.StartsWith("40", Encoding.UTF8.GetString(line.AsSpan((int)fault.Column!.Value - 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_campaign_is_refused(string text) => Assert.NotEmpty(CampaignFile.Read(Encoding.UTF8.GetBytes(text)).Faults);
}
