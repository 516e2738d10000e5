using System.Text;
using Guichet.Core.Campaigns;

namespace Guichet.Core.Tests.Campaigns;

public sealed class CampaignFileFacts
{
    private static readonly string Sound = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "campaigns", "ftap-data", "2023-01.json"));

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "campaigns"), "*.json", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_campaign_that_ships_can_run(string file) => Assert.Empty(CampaignFile.Read(File.ReadAllBytes(file)).Faults);

    [Theory]
    [InlineData("\"rate\": 0.5", "\"rate\": 50", "amounts.rate")]
    [InlineData("\"minimumTotal\": 100000.00", "\"minimumTotal\": 2000000.00", "dépasse le maximum")]
    [InlineData("\"codes\": [\"P1\", \"P2\"]", "\"codes\": [\"P1\", \"P9\"]", "« P9 » n’est pas défini")]
    [InlineData("\"fields\": [\"project.title\"]", "\"fields\": [\"project.titel\"]", "« project.titel » n’est pas un champ")]
    [InlineData("\"field\": \"impact.evaluation\"", "\"field\": \"impact.evaluations\"", "« impact.evaluations » n’est pas un champ")]
    [InlineData("\"timeZone\": \"Europe/Paris\"", "\"timeZone\": \"Europe/Pariss\"", "n’est pas un fuseau")]
    [InlineData("\"closes\": \"2025-12-31T23:59:59\"", "\"closes\": \"2022-12-31T23:59:59\"", "se ferme avant de s’ouvrir")]
    [InlineData("\"labels\": {}", "\"labels\": {\"budget.total\":[\"Montant\"],\"budget.requested\":[\"montant\"]}", "ne désigne qu’un champ")]
    [InlineData("\"milestoneMonths\": 6", "\"milestoneMonths\": 0", "milestoneMonths : 0")]
    [InlineData("\"mostFiles\": 40", "\"mostFiles\": 400", "mostFiles : 400")]
    [InlineData("\"email\": \"guichet-donnees@exemple.gouv.fr\"", "\"email\": \"guichet-donnees\"", "« guichet-donnees » n’est pas une adresse")]
    [InlineData("[6, 9, 12, 18]", "[6, 9, 9, 18]", "croissantes")]
    [InlineData("\"commitments.rgaa\"", "\"commitments.licence\"", "« commitments.licence » n’est pas un engagement")]
    [InlineData("\"to\": \"project.firstImpact\"", "\"to\": \"project.title\"", "« project.title » n’est pas une date")]
    [InlineData("\"weight\": 40", "\"weight\": 0", "poids supérieur à 0")]
    public void A_file_that_cannot_run_is_refused_with_what_is_wrong(string right, string wrong, string said)
    {
        var (campaign, faults) = CampaignFile.Read(Encoding.UTF8.GetBytes(Sound.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Null(campaign);
        Assert.Contains(faults, fault => fault.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistyped_member_is_refused_with_its_line()
    {
        var line = Sound.Split('\n').ToList().FindIndex(text => text.Contains("\"rate\"", StringComparison.Ordinal)) + 1;
        var (_, faults) = CampaignFile.Read(Encoding.UTF8.GetBytes(Sound.Replace("\"rate\"", "\"taux\"", StringComparison.Ordinal)));
        Assert.Equal(line, Assert.Single(faults).Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_campaign_is_refused(string text) => Assert.NotEmpty(CampaignFile.Read(Encoding.UTF8.GetBytes(text)).Faults);
}
