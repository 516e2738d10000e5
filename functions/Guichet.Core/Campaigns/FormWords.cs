using System.Collections.Immutable;

namespace Guichet.Core.Campaigns;

/// <summary>The words that a campaign's own forms use, beside those that any French form uses.</summary>
public sealed record FormWords
{
    /// <summary>No words beyond the common lexicon.</summary>
    public static readonly FormWords None = new();

    /// <summary>Field id to the labels that its form gives it: <c>"budget.total": ["Montant global du projet"]</c>.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Labels { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Project type id to the words by which a form ticks it: <c>"amelioration": ["Améliorer une politique publique"]</c>.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ProjectTypes { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Indicator code to the words by which a form names it: <c>"P2": ["Taux de conversion"]</c>.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Indicators { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}
