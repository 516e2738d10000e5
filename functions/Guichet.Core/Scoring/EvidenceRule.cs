using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Guichet.Core.Scoring;

/// <summary>How a level from 0 to 4 follows from what the dossier states.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(ListShare), "list-share")]
[JsonDerivedType(typeof(ListCount), "list-count")]
[JsonDerivedType(typeof(TextSays), "text-says")]
[JsonDerivedType(typeof(AnsweredYes), "answered-yes")]
[JsonDerivedType(typeof(MonthsUntil), "months-until")]
public abstract record EvidenceRule
{
    /// <summary>The ids of the fields that the rule looks at.</summary>
    public abstract IEnumerable<string> Looked();
}

/// <summary>The share of a list's lines that state certain things: none gives 0, all 4, in proportion and rounded down between.</summary>
/// <param name="Field">A field that is a list: indicators, data sources, team, risks, milestones, budget lines.</param>
/// <param name="Having">What a line must state to count, by the names of <see cref="ListParts"/>.</param>
public sealed record ListShare(string Field, ImmutableArray<string> Having) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Looked() => [Field];
}

/// <summary>How many lines a list has: each number reached gives a level.</summary>
/// <param name="Field">A field that is a list.</param>
/// <param name="AtLeast">Up to four numbers of lines, growing.</param>
public sealed record ListCount(string Field, ImmutableArray<int> AtLeast) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Looked() => [Field];
}

/// <summary>What texts of the application say: absent 0, there 1, long enough 2, and one more for each of two different things said.</summary>
/// <param name="Fields">Fields of text, taken together.</param>
/// <param name="Words">From how many words the texts are long enough.</param>
/// <param name="Saying">Groups of words, case and accents aside; a group counts once.</param>
public sealed record TextSays(ImmutableArray<string> Fields, int Words, ImmutableArray<ImmutableArray<string>> Saying) : EvidenceRule
{
    /// <summary>The groups with each word as it is looked for, folded once for all dossiers.</summary>
    internal ImmutableArray<ImmutableArray<(string Word, string Folded)>> Sought { get; } =
        [.. Saying.Select(group => group.Select(word => (word, FoldedText.Of(word))).ToImmutableArray())];

    /// <inheritdoc/>
    public override IEnumerable<string> Looked() => Fields;
}

/// <summary>The share of questions that are answered yes: none gives 0, all 4, in proportion and rounded down between.</summary>
/// <param name="Fields">Fields of yes or no.</param>
public sealed record AnsweredYes(ImmutableArray<string> Fields) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Looked() => Fields;
}

/// <summary>Months from one date to another: the first bound not exceeded gives 4, the next 3, and so on; beyond the last, 0.</summary>
/// <param name="From">A field of date.</param>
/// <param name="To">A field of date.</param>
/// <param name="AtMost">Up to four numbers of months, growing.</param>
public sealed record MonthsUntil(string From, string To, ImmutableArray<int> AtMost) : EvidenceRule
{
    /// <inheritdoc/>
    public override IEnumerable<string> Looked() => [From, To];
}
