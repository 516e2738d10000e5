using System.Collections.Immutable;

namespace Guichet.Core.Scoring;

/// <summary>A criterion of selection. That of the largest weight is the main one: it breaks ties.</summary>
/// <param name="Id">Named by scores and exports.</param>
/// <param name="Label">For people.</param>
/// <param name="Weight">Points that the highest level gives.</param>
/// <param name="Subcriteria">What its pre-score is made of; empty where only people can judge it, which a bonus alone may be.</param>
public sealed record Criterion(string Id, string Label, decimal Weight, ImmutableArray<Subcriterion> Subcriteria)
{
    /// <summary>The project types that it is for, by id; empty where it is for all.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Whether it is a favourable factor: its points come on top of the others' and can only add.</summary>
    public bool Bonus { get; init; }

    /// <summary>Whether it stands in the grid of a project type.</summary>
    public bool IsFor(string type) => Types.IsEmpty || Types.Contains(type);
}

/// <summary>A part of a criterion, judged on evidence that can be shown.</summary>
/// <param name="Id">Unique within the criterion.</param>
/// <param name="Label">For people.</param>
/// <param name="Weight">Against the other parts of the criterion.</param>
/// <param name="Evidence">What gives the level.</param>
public sealed record Subcriterion(string Id, string Label, decimal Weight, EvidenceRule Evidence);
