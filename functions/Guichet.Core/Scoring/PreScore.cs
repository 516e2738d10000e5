using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;
using NodaTime;

namespace Guichet.Core.Scoring;

/// <summary>The pre-score: computed from evidence by published rules. It helps a reviewer; it decides nothing.</summary>
/// <param name="Total">Points, to one decimal.</param>
/// <param name="OutOf">The most that the criteria of this campaign give.</param>
/// <param name="Criteria">In the campaign's order.</param>
public sealed record PreScore(decimal Total, decimal OutOf, ImmutableArray<CriterionScore> Criteria)
{
    /// <summary>Scores an application by a campaign's criteria.</summary>
    public static PreScore Compute(Campaign campaign, GrantApplication application)
    {
        var criteria = campaign.Criteria.Select(criterion => Score(criterion, application)).ToImmutableArray();
        return new PreScore(criteria.Sum(score => score.Points), campaign.Criteria.Sum(criterion => criterion.Weight), criteria);
    }

    /// <summary>Best first: by points, and of equal points by the level of the criterion of the largest weight.</summary>
    public static readonly IComparer<PreScore> ByMerit = Comparer<PreScore>.Create((left, right) =>
        (right.Total, MainLevel(right)).CompareTo((left.Total, MainLevel(left))));

    private static decimal MainLevel(PreScore score) => score.Criteria.MaxBy(criterion => criterion.Weight)?.Level ?? 0;

    private static CriterionScore Score(Criterion criterion, GrantApplication application)
    {
        var parts = criterion.Subcriteria.Select(sub => (sub.Weight, Score: Score(sub, application))).ToList();
        var level = parts.Sum(part => part.Weight * part.Score.Level) / parts.Sum(part => part.Weight);
        return new CriterionScore(
            criterion.Id,
            criterion.Weight,
            decimal.Round(level, 2, MidpointRounding.AwayFromZero),
            SubcriterionScore.Highest,
            decimal.Round(criterion.Weight * level / SubcriterionScore.Highest, 1, MidpointRounding.AwayFromZero),
            [.. parts.Select(part => part.Score)]);
    }

    private static SubcriterionScore Score(Subcriterion sub, GrantApplication application)
    {
        var (level, reason) = sub.Evidence switch
        {
            IndicatorShare rule => Judge(rule, application),
            TextSays rule => Judge(rule, application),
            MonthsUntil rule => Judge(rule, application),
            _ => throw new InvalidOperationException($"No level is defined for {sub.Evidence.GetType().Name}."),
        };
        var evidence = sub.Evidence.Fields.Select(application.Find).OfType<FieldValue>()
            .Select(value => new Evidence(value.Field.Id, value.Source.File, value.Source.Place)).ToImmutableArray();
        return new SubcriterionScore(sub.Id, level, $"{sub.Label} : {reason}.", evidence);
    }

    private static (int Level, string Reason) Judge(IndicatorShare rule, GrantApplication application)
    {
        var indicators = application.Find(Fields.ImpactIndicators)?.Value ?? [];
        var having = indicators.Count(indicator => rule.Having.All(part => Has(indicator, part)));
        return indicators.IsEmpty
            ? (0, "le dossier ne présente aucun indicateur")
            : (having * SubcriterionScore.Highest / indicators.Length, $"{having} indicateur{(having > 1 ? "s" : "")} sur {indicators.Length}");
    }

    private static bool Has(Indicator indicator, IndicatorPart part) => part switch
    {
        IndicatorPart.Definition => !string.IsNullOrWhiteSpace(indicator.Definition),
        IndicatorPart.Unit => !string.IsNullOrWhiteSpace(indicator.Unit),
        IndicatorPart.Baseline => indicator.Baseline is not null,
        IndicatorPart.BaselineDate => indicator.BaselineDate is not null,
        IndicatorPart.Target => indicator.Target is not null,
        IndicatorPart.TargetDate => indicator.TargetDate is not null,
        IndicatorPart.Intermediate => !indicator.Intermediate.IsEmpty,
        IndicatorPart.Source => !string.IsNullOrWhiteSpace(indicator.Source),
        IndicatorPart.Method => !string.IsNullOrWhiteSpace(indicator.Method),
        IndicatorPart.Frequency => !string.IsNullOrWhiteSpace(indicator.Frequency),
        IndicatorPart.Owner => !string.IsNullOrWhiteSpace(indicator.Owner),
        _ => false,
    };

    private static (int Level, string Reason) Judge(TextSays rule, GrantApplication application)
    {
        if (application.Find(rule.Field)?.Value is not string text || string.IsNullOrWhiteSpace(text))
        {
            return (0, "le dossier n’en dit rien");
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var plain = FoldedText.Of(text);
        var said = rule.Saying.Select(group => group.FirstOrDefault(word => plain.Contains(FoldedText.Of(word), StringComparison.Ordinal))).OfType<string>().ToList();
        var level = Math.Min((words >= rule.Words ? 2 : 1) + said.Count, SubcriterionScore.Highest);
        return (level, said.Count == 0 ? $"{words} mots" : $"{words} mots, dont « {string.Join(" », « ", said)} »");
    }

    private static (int Level, string Reason) Judge(MonthsUntil rule, GrantApplication application)
    {
        if (application.Find(rule.From)?.Value is not LocalDate from || application.Find(rule.To)?.Value is not LocalDate to)
        {
            return (0, "le dossier ne donne pas les deux dates");
        }

        if (to < from)
        {
            return (0, "la seconde date vient avant la première");
        }

        var whole = NodaTime.Period.Between(from, to, PeriodUnits.Months).Months;
        var months = from.PlusMonths(whole) < to ? whole + 1 : whole;
        var bound = rule.AtMost.ToList().FindIndex(most => months <= most);
        return (bound < 0 ? 0 : SubcriterionScore.Highest - bound, $"{months.ToString(CultureInfo.InvariantCulture)} mois");
    }
}

/// <summary>What a criterion gives.</summary>
/// <param name="Id">The criterion's.</param>
/// <param name="Weight">Points that the highest level gives.</param>
/// <param name="Level">Weighted mean of the parts' levels, to two decimals.</param>
/// <param name="OutOf">The highest level.</param>
/// <param name="Points">To one decimal.</param>
/// <param name="Subcriteria">Its parts.</param>
public sealed record CriterionScore(string Id, decimal Weight, decimal Level, int OutOf, decimal Points, ImmutableArray<SubcriterionScore> Subcriteria);

/// <summary>What a part of a criterion gives.</summary>
/// <param name="Id">The part's.</param>
/// <param name="Level">0 to 4.</param>
/// <param name="Reason">One sentence in French.</param>
/// <param name="Evidence">What it rests on; empty where the dossier is silent.</param>
public sealed record SubcriterionScore(string Id, int Level, string Reason, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The highest level.</summary>
    public const int Highest = 4;
}

/// <summary>Where something that a score rests on was written.</summary>
public sealed record Evidence(string Field, string File, string Place);
