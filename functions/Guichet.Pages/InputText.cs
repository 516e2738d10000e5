using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Pages;

/// <summary>How a value that a rule was judged on is written for people.</summary>
internal static class InputText
{
    private const int LongestText = 300; // A strategy of a whole page is recognised by its beginning.

    public static string Name(RuleInput input) => Fields.Find(input.Field)?.Label ?? input.Field switch
    {
        "deposit.instant" => "Instant du dépôt",
        "deposit.pieces" => "Fichiers du dossier",
        "deposit.twins" => "Autres dossiers du même projet",
        _ => input.Field,
    };

    public static string Value(RuleInput input, Campaign campaign)
    {
        if (input.Field == "deposit.instant")
        {
            return input.Value.Deserialize<Instant>(GuichetJson.Options).InFrench(campaign.Zone);
        }

        var type = Fields.Find(input.Field)?.ValueType ?? typeof(ImmutableArray<string>);
        var value = input.Value.Deserialize(type, GuichetJson.Options);
        return input.Field == Fields.ProjectTypes.Id && value is ImmutableArray<string> ids ? Listed(ids, id => TypeOf(id, campaign)) : Written(value);
    }

    /// <summary>What was looked at for a level, and where it stands.</summary>
    public static string Place(Evidence evidence) => $"{Fields.Find(evidence.Field)?.Label ?? evidence.Field} ({evidence.File}, {evidence.Place})";

    private static string Written(object? value) => value switch
    {
        bool yes => yes ? "oui" : "non",
        decimal number => French.Number(number),
        LocalDate date => date.InFrench(),
        ImmutableArray<string> texts => Listed(texts, text => text),
        ImmutableArray<BudgetLine> lines => Listed(lines, line => $"{line.Label}, {line.Amount}"),
        ImmutableArray<OtherFinancing> financings => Listed(financings, financing => $"{financing.From}, {financing.Amount}"),
        ImmutableArray<Indicator> indicators => Listed(indicators, Written),
        string text => Cut(text),
        _ => value?.ToString() ?? "",
    };

    private static string Written(Indicator indicator) =>
        (indicator.Code is { } code ? $"{code}, {indicator.Name}" : indicator.Name)
        + Bound("départ", indicator.Baseline, indicator.BaselineDate) + Bound("cible", indicator.Target, indicator.TargetDate);

    private static string Bound(string name, decimal? value, LocalDate? date) => (value, date) switch
    {
        ({ } number, { } day) => $", {name} {French.Number(number)} au {day.InFrench()}",
        ({ } number, null) => $", {name} {French.Number(number)} sans date",
        (null, { } day) => $", {name} sans valeur au {day.InFrench()}",
        _ => $", sans {name}",
    };

    private static string Listed<T>(ImmutableArray<T> items, Func<T, string> write) =>
        items.IsEmpty ? "aucun" : string.Join(" ; ", items.Select(write));

    private static string TypeOf(string id, Campaign campaign) => campaign.Types.FirstOrDefault(type => type.Id == id)?.Label ?? id;

    private static string Cut(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…";
}
