using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using Guichet.Local;
using Guichet.Mail;
using Guichet.Pages;
using Microsoft.AspNetCore.Components;
using NodaTime;
using Xunit;

namespace Guichet.Pipeline.Tests.Injection;

/// <summary>Every page, with every text of its dossier written by somebody hostile.</summary>
public sealed class PageInjectionFacts
{
    private static readonly Campaign Rules = CampaignFile.Read(File.ReadAllBytes(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2024-07.json"))).Campaign!;
    private static readonly Instant Now = Instant.FromUtc(2024, 8, 1, 9, 0);

    public static TheoryData<string> Pages => [.. Renderings.Keys];

    private static Dictionary<string, (Type Page, Func<Subject, Task<string>> Render)> Renderings { get; } = new()
    {
        ["dossier"] = Of<DossierPage>(of => [(nameof(DossierPage.Dossier), of.Dossier), (nameof(DossierPage.Campaign), of.Rules)]),
        ["dossier to complete"] = Of<DossierPage>(of => [(nameof(DossierPage.Dossier), of.Dossier with { Status = DossierStatus.Incomplet }), (nameof(DossierPage.Campaign), of.Rules)]),
        ["project"] = Of<ProjectPage>(of => [(nameof(ProjectPage.Dossier), of.Dossier), (nameof(ProjectPage.Campaign), of.Rules), (nameof(ProjectPage.Today), new LocalDate(2024, 8, 1))]),
        ["report"] = Of<ReportPage>(of => [(nameof(ReportPage.Dossier), of.Dossier), (nameof(ReportPage.Milestone), of.Dossier.Milestones[0]), (nameof(ReportPage.Campaign), of.Rules), (nameof(ReportPage.Token), of.Text)]),
        ["review"] = Of<ReviewPage>(of => [(nameof(ReviewPage.Dossier), of.Dossier with { Status = DossierStatus.Instruction }), (nameof(ReviewPage.Campaign), of.Rules), (nameof(ReviewPage.Sheet), of.Dossier.Reviews[0]), (nameof(ReviewPage.Message), of.Text)]),
        ["explanation"] = Of<ExplanationPage>(of => [(nameof(ExplanationPage.Explanation), of.Explanation), (nameof(ExplanationPage.Campaign), of.Rules)]),
        ["failures"] = Of<FailuresPage>(of => [(nameof(FailuresPage.Failures), (IReadOnlyList<FailureLine>)[new FailureLine(of.Text, of.Text, of.Text, of.Text, 1, Now, true, Now, of.Text)])]),
        ["refusal"] = Of<RefusalPage>(of => [(nameof(RefusalPage.Title), of.Text), (nameof(RefusalPage.Sentence), of.Text), (nameof(RefusalPage.OffersLink), true), (nameof(RefusalPage.SignIn), $"/principals?{of.Text}")]),
        ["rules"] = Of<RulesPage>(of => [(nameof(RulesPage.Campaign), of.Rules), (nameof(RulesPage.Versions), new[] { of.Rules, of.Rules })]),
        ["digest"] = Of<DigestPage>(of => [(nameof(DigestPage.Campaign), of.Rules), (nameof(DigestPage.Frequency), DigestFrequency.Daily), (nameof(DigestPage.Saved), true)]),
        ["retention"] = Of<RetentionPage>(of => [(nameof(RetentionPage.Preview), new RetentionPreview(new LocalDate(2029, 8, 1), [new RetentionLine(of.Text, of.Text, of.Text, of.Text, new LocalDate(2029, 7, 1), 1, 1, new LegalHold(of.Text, of.Text, Now), false)], 1, 1, true, of.Text))]),
    };

    private static (Type Page, Func<Subject, Task<string>> Render) Of<TPage>(Func<Subject, (string Name, object? Value)[]> parameters) where TPage : IComponent =>
        (typeof(TPage), of => PageRenderer.Render<TPage>(parameters(of)));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_that_anybody_wrote_becomes_markup(string page)
    {
        var plain = new Subject("texte", Rules, Full(), Explained());
        var hostile = new Subject(Hostile.Text, Rules with { Name = Hostile.Text, Office = Hostile.Everywhere(Rules.Office) }, Hostile.Everywhere(plain.Dossier), Hostile.Everywhere(plain.Explanation));
        var rendered = await Renderings[page].Render(hostile);
        Hostile.IsText(await Renderings[page].Render(plain), rendered);
        Assert.Contains(Hostile.Script, Hostile.Parse(rendered).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_that_there_is_is_tried() => Assert.Equal(
        typeof(PageRenderer).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IComponent)) && type.Name.EndsWith("Page", StringComparison.Ordinal)).Select(type => type.Name).Order(StringComparer.Ordinal),
        Renderings.Values.Select(one => one.Page.Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_text_of_a_dossier_is_replaced()
    {
        var said = JsonSerializer.Serialize(Hostile.Everywhere(Full()), GuichetJson.Options);
        Assert.All(["Fréquentation", "affaires culturelles", "Claire", "Dominique", "formulaire.docx", "bilan", "partage de données", "recrutement", "Avis de", "Lien de", "vient de"], word => Assert.DoesNotContain(word, said, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The example of a letter, and what only pages show.</summary>
    internal static Dossier Full()
    {
        var dossier = LetterExample.Of(LetterKind.Award, Rules).Dossiers[0];
        return dossier with
        {
            Hold = new LegalHold("Avis de recours.", "bureau", Now),
            Reviews =
            [
                new ReviewSheet
                {
                    Reviewer = Rules.Reviewers.IsEmpty ? "r1" : Rules.Reviewers[0].Id,
                    AssignedAt = Now,
                    DueOn = new LocalDate(2024, 8, 20),
                    Why = "Avis de droit.",
                    Conflict = new ConflictDeclaration(false, "Lien de parenté.", Now),
                    Comment = "Avis de la relectrice.",
                    Question = "D’où vient de cela ?",
                    Marks = [.. Rules.Criteria.Select(criterion => new Mark(criterion.Id, 2, "Avis de détail."))],
                },
            ],
            Application = dossier.Application! with
            {
                Values =
                [
                    .. dossier.Application.Values,
                    FieldValue.Of(Fields.ImpactIndicators, ImmutableArray.Create(new Indicator("M1", "Fréquentation mesurée") { Unit = "visites", Baseline = 1, Target = 2 }), new Source("formulaire.docx", "tableau 1", "Fréquentation")),
                    FieldValue.Of(Fields.BudgetLines, ImmutableArray.Create(new BudgetLine(null, "Fréquentation : prestation", Euros.From(60_000))), new Source("formulaire.docx", "tableau 3", "Fréquentation")),
                ],
            },
        };
    }

    private static Explanation Explained() => new()
    {
        Dossier = DossierId.Parse("0123456789ab"),
        Campaign = Rules.Id,
        CampaignVersion = Rules.Version,
        Deposited = Now,
        Contribution = ["texte"],
        Files = [new ExplainedFile("texte", new string('a', 64), Now)],
        Outcome = Outcome.Recevable,
        Findings = [new Finding("TYPE", RuleVerdict.Satisfied, RuleSeverity.Blocking, "texte", [new RuleInput("project.title", JsonSerializer.SerializeToElement(Hostile.Text), "texte", "texte")])],
        PreScore = new PreScore(35, 100, [new CriterionScore("impact-model", 40, 3.5m, 4, 35, [new SubcriterionScore("definition", 3, "texte", [new Evidence("impact.indicators", "texte", "texte")])])]),
        Criteria = Rules.Criteria,
        Differences = ["texte"],
    };

    private sealed record Subject(string Text, Campaign Rules, Dossier Dossier, Explanation Explanation);
}
