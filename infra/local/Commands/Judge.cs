using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using Guichet.Documents;
using NodaTime;

namespace Guichet.Local.Commands;

/// <summary>
/// <c>judge PATH...</c>: what the guichet would say of these dossiers, without any service and without storing anything; for a porteur before the
/// deposit, and for an office that tries a new version of its rules.
/// </summary>
internal static class Judge
{
    public const string Usage = "Usage : dotnet run --project infra/local -- judge CHEMIN... [--campaign FICHIER] [--against FICHIER] [--on AAAA-MM-JJ] [--json]";

    public static async Task<int> Run(string[] args)
    {
        var options = DossierOptions.Read(args, Usage, "--campaign", "--against", "--on", "--json");
        using var readers = new ReaderPool();
        if (options.Against is { } against)
        {
            await Compare(options, against, readers);
            return 0;
        }

        foreach (var path in options.Paths)
        {
            var judged = await Of(path, options.Campaign, options.On, readers);
            if (options.Json)
            {
                Say.Line(JsonSerializer.Serialize(judged, GuichetJson.Options));
            }
            else
            {
                Print(judged);
            }
        }

        return 0;
    }

    private static async Task Compare(DossierOptions options, Campaign against, ReaderPool readers)
    {
        var judged = new List<(string, Judged, Judged)>();
        foreach (var path in options.Paths)
        {
            var (before, after) = (await Of(path, options.Campaign, options.On, readers), await Of(path, against, options.On, readers));
            judged.Add((path, new Judged(before.Outcome, before.PreScore), new Judged(after.Outcome, after.PreScore)));
        }

        RulesChange.Print(options.Campaign, against, judged, options.Json);
    }

    private static async Task<JudgedDossier> Of(string path, Campaign campaign, LocalDate on, ReaderPool readers)
    {
        var pieces = await DossierPaths.Read(path, readers, campaign.Form);
        var application = GrantApplication.Assemble(pieces.Select(piece => piece.Extract));
        var deposit = new DepositFacts(on.At(LocalTime.Noon, campaign.Zone), [.. pieces]);
        var verdict = EligibilityRules.Evaluate(campaign, application, deposit);
        return new JudgedDossier(path, campaign.Id, campaign.Version, on, verdict.Outcome, verdict.Findings, PreScore.Compute(campaign, application));
    }

    private static void Print(JudgedDossier judged)
    {
        Say.Title($"{judged.Dossier} : {InFrench(judged.Outcome)} (règles {judged.Campaign}, version {judged.CampaignVersion}, dépôt le {judged.On.InFrench()})");
        foreach (var finding in judged.Findings)
        {
            Say.Line($"  {Mark(finding)} {finding.Rule} : {finding.Message}");
            foreach (var input in finding.Verdict is RuleVerdict.Satisfied ? [] : finding.Inputs.Where(input => input.File is not null))
            {
                Say.Line($"      vu dans {input.File}, {input.Place}");
            }
        }

        var score = judged.PreScore;
        Say.Line(string.Create(CultureInfo.GetCultureInfo("fr-FR"), $"  Pré-notation : {score.Total:0.#} sur {score.OutOf:0.#} (elle aide les instructeurs et ne décide rien)"));
        foreach (var part in score.Criteria.SelectMany(criterion => criterion.Subcriteria))
        {
            Say.Line($"    {part.Level}/{SubcriterionScore.Highest} {part.Reason}");
        }
    }

    public static string InFrench(Outcome outcome) => outcome switch
    {
        Outcome.Recevable => "recevable",
        Outcome.Incomplet => "à compléter",
        _ => "irrecevable",
    };

    private static char Mark(Finding finding) => finding switch
    {
        { Verdict: RuleVerdict.Satisfied } => '✓',
        { ProposesRefusal: true } => '✗',
        { AsksForCompletion: true } => '…',
        _ => '!',
    };

    private sealed record JudgedDossier(
        string Dossier, string Campaign, string CampaignVersion, LocalDate On, [property: JsonPropertyOrder(1)] Outcome Outcome,
        [property: JsonPropertyOrder(2)] IReadOnlyList<Finding> Findings, [property: JsonPropertyOrder(3)] PreScore PreScore);
}
