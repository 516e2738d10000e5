using System.Collections.Immutable;
using Guichet.Core.Eligibility;

namespace Guichet.Core.Scoring;

/// <summary>What one version of the rules makes of a dossier.</summary>
/// <param name="Outcome">Of eligibility.</param>
/// <param name="PreScore">Computed whatever the outcome.</param>
public sealed record Judged(Outcome Outcome, PreScore PreScore);

/// <summary>A dossier's place under one version of the rules.</summary>
/// <param name="Outcome">Of eligibility.</param>
/// <param name="Total">Points of its pre-score.</param>
/// <param name="Rank">From 1, among the eligible; dossiers that merit the same share it. Null where the dossier is not eligible.</param>
public sealed record Placed(Outcome Outcome, decimal Total, int? Rank);

/// <summary>What becomes of a dossier where one version of the rules takes another's place.</summary>
/// <param name="Dossier">Its number, or the path of its files.</param>
public sealed record ComparedDossier(string Dossier, Placed Before, Placed After)
{
    /// <summary>Whether the change of rules changes anything for it.</summary>
    public bool Changes => Before != After;
}

/// <summary>Compares two versions of the rules over the same dossiers, for an office that prepares a change.</summary>
public static class RulesComparison
{
    /// <summary>Each dossier under both versions, in the order given.</summary>
    public static ImmutableArray<ComparedDossier> Of(IReadOnlyList<(string Dossier, Judged Before, Judged After)> dossiers)
    {
        var before = dossiers.Select(one => one.Before).ToList();
        var after = dossiers.Select(one => one.After).ToList();
        return [.. dossiers.Select(one => new ComparedDossier(one.Dossier, Place(one.Before, before), Place(one.After, after)))];
    }

    private static Placed Place(Judged judged, List<Judged> all) => new(
        judged.Outcome,
        judged.PreScore.Total,
        judged.Outcome is Outcome.Recevable
            ? 1 + all.Count(other => other.Outcome is Outcome.Recevable && PreScore.ByMerit.Compare(other.PreScore, judged.PreScore) < 0)
            : null);
}
