using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Guichet.Core.Scoring;

/// <summary>A criterion of selection.</summary>
/// <param name="Id">Named by scores and exports.</param>
/// <param name="Label">For people.</param>
/// <param name="Weight">Points that the highest level gives.</param>
/// <param name="Subcriteria">What it is made of.</param>
public sealed record Criterion(string Id, string Label, decimal Weight, ImmutableArray<Subcriterion> Subcriteria);

/// <summary>A part of a criterion, judged on evidence that can be shown.</summary>
/// <param name="Id">Unique within the criterion.</param>
/// <param name="Label">For people.</param>
/// <param name="Weight">Against the other parts of the criterion.</param>
/// <param name="Evidence">What gives the level.</param>
public sealed record Subcriterion(string Id, string Label, decimal Weight, EvidenceRule Evidence);

/// <summary>How a level from 0 to 4 follows from what the dossier states.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(IndicatorShare), "indicator-share")]
[JsonDerivedType(typeof(TextSays), "text-says")]
[JsonDerivedType(typeof(MonthsUntil), "months-until")]
public abstract record EvidenceRule
{
    /// <summary>The ids of the fields that the rule looks at.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> Fields { get; }
}

/// <summary>The share of the dossier's indicators that state certain things: none gives 0, all 4, in proportion and rounded down between.</summary>
/// <param name="Having">What an indicator must state to count.</param>
public sealed record IndicatorShare(ImmutableArray<IndicatorPart> Having) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Fields => [Deposit.Fields.ImpactIndicators.Id];
}

/// <summary>A part of an indicator.</summary>
public enum IndicatorPart
{
#pragma warning disable CS1591 // the names are those of the indicator's members
    Definition,
    Unit,
    Baseline,
    BaselineDate,
    Target,
    TargetDate,
    Intermediate,
    Source,
    Method,
    Frequency,
    Owner,
#pragma warning restore CS1591
}

/// <summary>What a text of the application says: absent 0, there 1, long enough 2, and one more for each of two different things said.</summary>
/// <param name="Field">A field of text.</param>
/// <param name="Words">From how many words the text is long enough.</param>
/// <param name="Saying">Groups of words, case and accents aside; a group counts once.</param>
public sealed record TextSays(string Field, int Words, ImmutableArray<ImmutableArray<string>> Saying) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Fields => [Field];
}

/// <summary>Months from one date to another: the first bound not exceeded gives 4, the next 3, and so on; beyond the last, 0.</summary>
/// <param name="From">A field of date.</param>
/// <param name="To">A field of date.</param>
/// <param name="AtMost">Up to four numbers of months, growing.</param>
public sealed record MonthsUntil(string From, string To, ImmutableArray<int> AtMost) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Fields => [From, To];
}
