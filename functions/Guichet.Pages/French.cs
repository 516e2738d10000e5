using System.Globalization;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using NodaTime.Text;

namespace Guichet.Pages;

/// <summary>What pages call things.</summary>
internal static class French
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");

    public static string Number(decimal number) => number.ToString("0.##", Culture);

    public static string Consequence(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Blocking => "irrecevabilité proposée",
        RuleSeverity.Completion => "complément demandé",
        _ => "réserve pour les instructeurs",
    };

    public static string Verdict(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Satisfied => "satisfaite",
        RuleVerdict.Unsatisfied => "non satisfaite",
        _ => "ne peut pas être jugée",
    };

    public static string Outcome(Outcome outcome) => outcome switch
    {
        Core.Eligibility.Outcome.Recevable => "recevable",
        Core.Eligibility.Outcome.Incomplet => "incomplet",
        _ => "irrecevabilité proposée",
    };

    public static string Wanted(IndicatorRule rule) => rule.Kind switch
    {
        IndicatorRuleKind.AllOf => "Tous ces indicateurs :",
        IndicatorRuleKind.AtLeastOneOf => "Au moins un de ces indicateurs :",
        _ => "Au moins un indicateur choisi par le porteur.",
    };

    public static string For(Criterion criterion, Campaign campaign) => criterion.Types.IsEmpty
        ? "pour tous les projets"
        : $"pour le type « {string.Join(" », « ", campaign.Types.Where(type => criterion.IsFor(type.Id)).Select(type => type.Label))} »";

    /// <summary>How a level follows from the dossier.</summary>
    public static string Rule(EvidenceRule rule) => rule switch
    {
        ListShare share => $"La part des lignes de « {Label(share.Field)} » qui donnent {string.Join(", ", share.Having.Select(Part))} : aucune vaut 0, toutes 4, en proportion entre les deux.",
        ListCount count => $"Le nombre de lignes de « {Label(count.Field)} » : un niveau à partir de {string.Join(", ", count.AtLeast)}.",
        TextSays text => $"Ce que dit « {string.Join(" », « ", text.Fields.Select(Label))} » : rien vaut 0, quelque chose 1, au moins {text.Words} mots 2, et un niveau de plus pour chaque groupe de mots trouvé : {string.Join(" ; ", text.Saying.Select(group => string.Join(", ", group)))}.",
        AnsweredYes answers => $"La part des oui parmi : {string.Join(" ; ", answers.Fields.Select(Label))}.",
        MonthsUntil months => $"Les mois de « {Label(months.From)} » à « {Label(months.To)} » : {string.Join(" ; ", months.AtMost.Select((most, index) => $"au plus {most}, niveau {SubcriterionScore.Highest - index}"))} ; au-delà, 0.",
        _ => "",
    };

    public static string Name(RuleInput input) => Fields.Find(input.Field)?.Label ?? input.Field switch
    {
        "deposit.instant" => "Instant du dépôt",
        "deposit.pieces" => "Fichiers du dossier",
        "deposit.twins" => "Autres dossiers du même projet",
        _ => input.Field,
    };

    public static string Value(RuleInput input, Campaign campaign) => input.Value.ValueKind switch
    {
        JsonValueKind.String when input.Field == "deposit.instant" => InstantPattern.ExtendedIso.Parse(input.Value.GetString()!).Value.InFrench(campaign.Zone),
        JsonValueKind.True => "oui",
        JsonValueKind.False => "non",
        JsonValueKind.Number => input.Value.GetDecimal().ToString("#,0.##", Culture),
        JsonValueKind.String => Cut(input.Value.GetString()!),
        JsonValueKind.Array when input.Value.GetArrayLength() == 0 => "aucun",
        JsonValueKind.Array when input.Value[0].ValueKind is JsonValueKind.String => Cut(string.Join(" ; ", input.Value.EnumerateArray().Select(item => Named(item.GetString()!, campaign)))),
        JsonValueKind.Array => $"{input.Value.GetArrayLength()} lignes",
        _ => "",
    };

    /// <summary>A project type by its label; any other text as it is.</summary>
    private static string Named(string text, Campaign campaign) => campaign.Types.FirstOrDefault(type => type.Id == text)?.Label ?? text;

    private static string Label(string field) => Fields.Find(field)?.Label ?? field;

    private static string Cut(string text) => text.Length <= 300 ? text : text[..300] + "…";

    private static string Part(string part) => part switch
    {
        "code" => "un code du guichet",
        "definition" => "la définition",
        "unit" => "l’unité",
        "baseline" => "la valeur de départ",
        "baseline-date" => "sa date",
        "target" => "la cible",
        "target-date" => "sa date",
        "intermediate" => "des cibles intermédiaires",
        "source" => "la source",
        "method" => "la méthode",
        "frequency" => "la fréquence",
        "owner" => "le responsable",
        "holder" => "le détenteur",
        "personal" => "le caractère personnel",
        "sensitive" => "le caractère sensible",
        "available" => "la disponibilité",
        "quality" => "la qualité",
        "fte" => "le temps de travail",
        "severity" => "la gravité",
        "answer" => "la réponse",
        "date" => "la date",
        "category" => "la catégorie",
        "period" => "la période",
        _ => part,
    };
}
