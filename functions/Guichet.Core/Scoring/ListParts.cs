using System.Collections.Frozen;
using System.Collections.Immutable;
using Guichet.Core.Deposit;

namespace Guichet.Core.Scoring;

/// <summary>What a line of a list may state, by the names that the rules of a campaign use.</summary>
public static class ListParts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, Func<object, bool>>> ByField = new Dictionary<string, FrozenDictionary<string, Func<object, bool>>>
    {
        [Fields.ImpactIndicators.Id] = Of<Indicator>(
            ("code", line => Says(line.Code)), ("definition", line => Says(line.Definition)), ("unit", line => Says(line.Unit)),
            ("baseline", line => line.Baseline is not null), ("baseline-date", line => line.BaselineDate is not null),
            ("target", line => line.Target is not null), ("target-date", line => line.TargetDate is not null),
            ("intermediate", line => !line.Intermediate.IsEmpty), ("source", line => Says(line.Source)), ("method", line => Says(line.Method)),
            ("frequency", line => Says(line.Frequency)), ("owner", line => Says(line.Owner))),
        [Fields.DataSources.Id] = Of<DataSource>(
            ("holder", line => Says(line.Holder)), ("personal", line => line.Personal is not null), ("sensitive", line => line.Sensitive is not null),
            // A source that is said not to be available is no evidence that the project has its data.
            ("available", line => line.Available is true), ("quality", line => Says(line.Quality))),
        [Fields.GovernanceTeam.Id] = Of<TeamMember>(("fte", line => line.Fte is not null)),
        [Fields.GovernanceRisks.Id] = Of<Risk>(("severity", line => Says(line.Severity)), ("answer", line => Says(line.Answer))),
        [Fields.ProjectMilestones.Id] = Of<ProjectMilestone>(("date", line => line.Date is not null)),
        [Fields.BudgetLines.Id] = Of<BudgetLine>(("category", line => line.Category is not null), ("period", line => Says(line.Period))),
    }.ToFrozenDictionary();

    /// <summary>The parts that a line of a field may state; empty where the field is no such list.</summary>
    public static IEnumerable<string> Of(string field) => ByField.TryGetValue(field, out var parts) ? parts.Keys : [];

    /// <summary>The lines of a field's value.</summary>
    internal static IReadOnlyList<object> Lines(object? value) => value switch
    {
        ImmutableArray<Indicator> lines => [.. lines],
        ImmutableArray<DataSource> lines => [.. lines],
        ImmutableArray<TeamMember> lines => [.. lines],
        ImmutableArray<Risk> lines => [.. lines],
        ImmutableArray<ProjectMilestone> lines => [.. lines],
        ImmutableArray<BudgetLine> lines => [.. lines],
        _ => [],
    };

    /// <summary>Whether a line states a part.</summary>
    internal static bool Has(string field, object line, string part) => ByField[field][part](line);

    private static FrozenDictionary<string, Func<object, bool>> Of<T>(params ReadOnlySpan<(string Name, Func<T, bool> Has)> parts) =>
        parts.ToArray().ToFrozenDictionary(part => part.Name, part => (Func<object, bool>)(line => part.Has((T)line)));

    private static bool Says(string? text) => !string.IsNullOrWhiteSpace(text);
}
