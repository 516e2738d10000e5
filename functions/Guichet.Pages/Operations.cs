using Guichet.Core.Scoring;

namespace Guichet.Pages;

/// <summary>The operations of a pre-score as one writes them down: <c>40 × 3,5 ÷ 4 = 35 points</c>.</summary>
internal static class Operations
{
    /// <summary>The weighted mean of the parts of a criterion; null where people alone judge it.</summary>
    public static string? Level(CriterionScore score, Criterion? rules)
    {
        var parts = score.Subcriteria.Select(sub => (sub.Level, Weight: WeightOf(sub, rules))).ToList();
        return parts.Count == 0
            ? null
            : $"({string.Join(" + ", parts.Select(part => $"{French.Number(part.Weight)} × {part.Level}"))}) ÷ {French.Number(parts.Sum(part => part.Weight))} = {French.Number(score.Level)}";
    }

    /// <summary>The points of a criterion.</summary>
    public static string Points(CriterionScore score) =>
        $"{French.Number(score.Weight)} × {French.Number(score.Level)} ÷ {score.OutOf} = {French.Points(score.Points)}";

    /// <summary>The sum of the criteria, held at the most that the grid gives.</summary>
    public static string Total(PreScore score)
    {
        var sum = score.Criteria.Sum(criterion => criterion.Points);
        var held = sum > score.OutOf ? $", ramenés à {French.Number(score.OutOf)}" : "";
        return $"{string.Join(" + ", score.Criteria.Select(criterion => French.Number(criterion.Points)))} = {French.Points(sum)}{held}";
    }

    /// <summary>The weight of a part within its criterion.</summary>
    public static decimal WeightOf(SubcriterionScore score, Criterion? rules) => rules?.Subcriteria.FirstOrDefault(sub => sub.Id == score.Id)?.Weight ?? 1;
}
