using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
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
    public async Task The_rules_of_a_campaign_are_all_in_its_page(string id, string version)
    {
        var campaign = Load(id, version);
        var page = WebUtility.HtmlDecode(await Rules(campaign, campaign));
        Assert.All(EligibilityRules.Published(campaign), rule => Assert.Contains($">{rule.Id}</th><td data-label=\"Ce qu’elle demande\">{rule.Asks}</td>", page, StringComparison.Ordinal));
        Assert.All(campaign.Criteria, criterion => Assert.Contains($"<h3>{criterion.Label}</h3>", page, StringComparison.Ordinal));
        Assert.All(campaign.Criteria.SelectMany(criterion => criterion.Subcriteria), sub => Assert.Contains($">{sub.Label}</th>", page, StringComparison.Ordinal));
        Assert.All(campaign.Indicators, indicator => Assert.Contains($"{indicator.Code} : {indicator.Name}", page, StringComparison.Ordinal));
        Assert.Contains($"conservées {campaign.Retention.PersonalDataMonths} mois", page, StringComparison.Ordinal);
        Assert.All(campaign.Pieces, piece => Assert.Contains($"<li>{piece.Label}</li>", page, StringComparison.Ordinal));
        Assert.All(campaign.Types, type => Assert.Contains($"<h3>{type.Label}</h3>", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_the_people_of_a_campaign_the_page_names_the_office_alone()
    {
        var campaign = Campaign with
        {
            Reviewers = [new Reviewer("r", "Une Relectrice", "relectrice@exemple.gouv.fr")],
            Committee = new() { Members = [new CommitteeMember("m", "Un Membre")] },
        };
        var page = WebUtility.HtmlDecode(await Rules(campaign, campaign));
        Assert.DoesNotContain("relectrice", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Un Membre", page, StringComparison.Ordinal);
        Assert.Contains(campaign.Office.Email, page, StringComparison.Ordinal);
    }

    public static TheoryData<EvidenceRule, string> Sentences => new()
    {
        { new ListShare("impact.indicators", ["target", "target-date"]), "Part des éléments de « Indicateurs d’impact » qui donnent la cible et la date de la cible : aucun vaut 0, tous valent 4" },
        { new ListCount("governance.team", [1, 3]), "Nombre d’éléments de « Équipe » : niveau 1 à partir de 1 ; niveau 2 à partir de 3 ; moins, niveau 0." },
        { new TextSays(["project.summary"], 60, [["partage", "ouverture"], ["IA"]]), "au moins 60 mots, niveau 2. Un niveau de plus, jusqu’à 4, pour chacun de ces points évoqués, accents et majuscules mis à part : « partage » ou « ouverture » ; « IA »." },
        { new TextSays(["project.summary"], 60, []), "au moins 60 mots, niveau 2.</td>" },
        { new AnsweredYes(["commitments.rgaa", "commitments.ecoDesign"]), "Part des oui parmi ces réponses : Engagement : accessibilité (RGAA) ; Engagement : écoconception. Aucun oui vaut 0" },
        { new MonthsUntil("project.start", "project.firstImpact", [6, 12]), "de « Début du projet » à « Date du premier impact » : niveau 4 jusqu’à 6 ; niveau 3 jusqu’à 12 ; au-delà" },
    };

    [Theory]
    [MemberData(nameof(Sentences), DisableDiscoveryEnumeration = true)]
    public async Task Each_rule_of_evidence_is_a_sentence(EvidenceRule rule, string sentence)
    {
        var campaign = Campaign with { Criteria = [new Criterion("c", "Critère", 100, [new Subcriterion("s", "Part", 1, rule)])] };
        Assert.Contains(sentence, WebUtility.HtmlDecode(await Rules(campaign, campaign)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_part_of_a_line_has_a_name_in_French()
    {
        var parts = Fields.All.SelectMany(field => ListParts.Of(field.Id).Select(part => new Subcriterion($"{field.Id}-{part}", "Part", 1, new ListShare(field.Id, [part])))).ToList();
        var campaign = Campaign with { Criteria = [new Criterion("c", "Critère", 100, [.. parts])] };
        var page = WebUtility.HtmlDecode(await Rules(campaign, campaign));
        Assert.NotEmpty(parts);
        Assert.All(parts, sub => Assert.DoesNotContain($"qui donnent {((ListShare)sub.Evidence).Having[0]} :", page, StringComparison.Ordinal));
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
    public async Task What_is_missing_is_asked_for_and_refuses_nothing()
    {
        var page = await Findings(
            new Finding("MONTANT", RuleVerdict.Unknown, RuleSeverity.Blocking, "x", []),
            new Finding("TAUX", RuleVerdict.Unsatisfied, RuleSeverity.Blocking, "x", []),
            new Finding("DOUBLON", RuleVerdict.Unknown, RuleSeverity.Reserve, "x", []));
        Assert.Contains("ne peut pas être jugée</span> : complément demandé", page, StringComparison.Ordinal);
        Assert.Contains("non satisfaite</span> : irrecevabilité proposée", page, StringComparison.Ordinal);
        Assert.Contains("ne peut pas être jugée</span> : réserve pour les instructeurs", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_written_as_people_write_them()
    {
        var page = await Findings(new Finding("X", RuleVerdict.Satisfied, RuleSeverity.Blocking, "x",
        [
            Input("deposit.instant", Instant.FromUtc(2024, 8, 1, 9, 0)),
            Input(Fields.BudgetTotal.Id, Euros.From(1234.5m)),
            Input(Fields.ProjectStart.Id, new LocalDate(2024, 9, 1)),
            Input(Fields.ProjectTypes.Id, ImmutableArray.Create("proactivite")),
            Input(Fields.CommitmentsRgaa.Id, false),
            Input(Fields.BudgetLines.Id, new[] { new BudgetLine(null, "Prestation", Euros.From(60_000)) }),
            Input(Fields.ImpactIndicators.Id, new[] { new Indicator("P2", "taux") { Baseline = 1.5m, BaselineDate = new LocalDate(2024, 1, 2), Target = 3 } }),
        ]));
        Assert.Contains("Instant du dépôt : 1er août 2024 à 11\u00A0h\u00A000<", page, StringComparison.Ordinal);
        Assert.Contains("Coût total TTC : 1\u202F234,50\u00A0€<", page, StringComparison.Ordinal);
        Assert.Contains("Début du projet : 1er septembre 2024<", page, StringComparison.Ordinal);
        Assert.Contains("Type de projet : Administration proactive<", page, StringComparison.Ordinal);
        Assert.Contains("(RGAA) : non<", page, StringComparison.Ordinal);
        Assert.Contains("Lignes du budget : Prestation, 60\u202F000\u00A0€<", page, StringComparison.Ordinal);
        Assert.Contains("P2, taux, départ 1,5 au 2 janvier 2024, cible 3 sans date<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_there_is_no_score_is_said()
    {
        var none = Example("x") with { PreScore = null, Criteria = [] };
        Assert.Contains("elle est calculée une fois le dossier recevable", WebUtility.HtmlDecode(await Explained(none)), StringComparison.Ordinal);
        var withheld = await PageRenderer.Render<ExplanationPage>(
            (nameof(ExplanationPage.Explanation), none), (nameof(ExplanationPage.Campaign), Campaign), (nameof(ExplanationPage.ScoreIsWithheld), true));
        Assert.Contains("elle sera dite ici avec elle", WebUtility.HtmlDecode(withheld), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_lets_the_style_of_the_page_in_and_no_other()
    {
        var page = await Rules(Campaign, Campaign);
        var style = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", PageRenderer.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
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

    private static async Task<string> Findings(params Finding[] findings) => WebUtility.HtmlDecode(await Explained(Example("x") with { Findings = [.. findings] }));

    private static RuleInput Input<T>(string field, T value) => new(field, JsonSerializer.SerializeToElement(value, GuichetJson.Options));

    private static int Count(string page, string sought) => page.Split(sought).Length - 1;
}
