using System.Net;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Eligibility;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using Guichet.Local;
using Guichet.Pages;
using NodaTime;
using Xunit;

namespace Guichet.Pipeline.Tests.Pages;

public sealed class PagesFacts
{
    private const string Hostile = "<script>alert(1)</script>\" onload=\"x";

    private static readonly Campaign Campaign = Load("ftap-data", "2024-07");

    public static TheoryData<string, string> Shipped => new()
    {
        { "ftap-data", "2023-01" }, { "ftap-data", "2024-07" }, { "design-accessibilite", "2023-06" }, { "cloud-de-confiance", "2024-01" },
    };

    private static Campaign Load(string id, string version) =>
        CampaignFile.Read(File.ReadAllBytes(RepositoryFolder.Path("infra", "campaigns", id, $"{version}.json"))).Campaign!;

    private static Task<string> Rules(Campaign campaign, params Campaign[] versions) =>
        PageRenderer.Render<RulesPage>((nameof(RulesPage.Campaign), campaign), (nameof(RulesPage.Versions), versions));

    private static Task<string> Explained(Explanation explanation) =>
        PageRenderer.Render<ExplanationPage>((nameof(ExplanationPage.Explanation), explanation), (nameof(ExplanationPage.Campaign), Campaign));

    private static Explanation Example(string text) => new()
    {
        Dossier = DossierId.Parse("0123456789ab"),
        Campaign = Campaign.Id,
        CampaignVersion = Campaign.Version,
        Deposited = Instant.FromUtc(2024, 8, 1, 9, 0),
        Contribution = [text],
        Files = [new ExplainedFile(text, new string('a', 64), Instant.FromUtc(2024, 8, 1, 9, 0))],
        Outcome = Outcome.Recevable,
        Findings = [new Finding("TYPE", RuleVerdict.Satisfied, RuleSeverity.Blocking, text, [new RuleInput("project.title", JsonSerializer.SerializeToElement(text), text, text)])],
        PreScore = new PreScore(35, 100, [new CriterionScore("impact-model", 40, 3.5m, 4, 35, [new SubcriterionScore("definition", 3, text, [new Evidence("impact.indicators", text, text)])])]),
        Criteria = Campaign.Criteria,
        Differences = [],
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task The_rules_of_a_campaign_are_all_in_its_page_and_its_people_are_not(string id, string version)
    {
        var campaign = Load(id, version);
        var page = WebUtility.HtmlDecode(await Rules(campaign, campaign));
        Assert.All(EligibilityRules.Published(campaign), rule => Assert.Contains($">{rule.Id}</th><td>{rule.Asks}</td>", page, StringComparison.Ordinal));
        Assert.All(campaign.Criteria, criterion => Assert.Contains($"<h3>{criterion.Label}</h3>", page, StringComparison.Ordinal));
        Assert.All(campaign.Criteria.SelectMany(criterion => criterion.Subcriteria), sub => Assert.Contains($">{sub.Label}</th>", page, StringComparison.Ordinal));
        Assert.All(campaign.Indicators, indicator => Assert.Contains($"{indicator.Code} : {indicator.Name}", page, StringComparison.Ordinal));
        Assert.All(campaign.Reviewers, reviewer => Assert.DoesNotContain(reviewer.Name, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_versions_are_linked_with_their_dates()
    {
        var page = WebUtility.HtmlDecode(await Rules(Campaign, Load("ftap-data", "2023-01"), Campaign));
        Assert.Contains("<a href=\"?version=2023-01\">Version 2023-01, à partir du 16 janvier 2023</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"?version=2024-07\" aria-current=\"page\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_data_says_is_never_markup()
    {
        var campaign = Campaign with { Name = Hostile, Criteria = [.. Campaign.Criteria.Select(criterion => criterion with { Label = Hostile })] };
        foreach (var page in new[] { await Rules(campaign, campaign), await Explained(Example(Hostile)), await Explained(Example("x") with { Differences = [Hostile] }) })
        {
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\" onload=\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_criterion_shows_its_operation_and_each_value_its_place()
    {
        var page = WebUtility.HtmlDecode(await Explained(Example("formulaire.docx")));
        Assert.Contains("40 × 3,5 ÷ 4 = 35 points", page, StringComparison.Ordinal);
        Assert.Contains("<li>Titre du projet : formulaire.docx (formulaire.docx, formulaire.docx)</li>", page, StringComparison.Ordinal);
        Assert.Contains("le résultat est celui qui avait été enregistré", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_said_first()
    {
        var page = WebUtility.HtmlDecode(await Explained(Example("x") with { Differences = ["La règle TAUX avait donné autre chose."] }));
        Assert.Contains("La règle TAUX avait donné autre chose.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("celui qui avait été enregistré.</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_score_that_is_not_to_be_told_yet_is_not_in_the_page() =>
        Assert.DoesNotContain("sur 100", await Explained(Example("x") with { PreScore = null, Criteria = [] }), StringComparison.Ordinal);

    [Fact]
    public async Task A_page_can_be_walked_by_its_headings_and_its_tables()
    {
        foreach (var page in new[] { await Rules(Campaign, Campaign), await Explained(Example("x")) })
        {
            Assert.Equal(1, Count(page, "<h1>"));
            Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"fr\">", page, StringComparison.Ordinal);
            Assert.Equal(Count(page, "<table>"), Count(page, "<caption>"));
            Assert.DoesNotContain("<th>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        }
    }

    private static int Count(string page, string sought) => page.Split(sought).Length - 1;
}
