using System.Collections.Immutable;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility;

/// <summary>A value as a rule uses it: typed, with the place that it came from.</summary>
public sealed record Stated<T>(T Value, Source Source);

/// <summary>
/// The application that a dossier's pieces amount to. Of each field there is one value or none: where two places disagree and neither is
/// plainly the authority, there is none, because a wrong value is worse than a missing one.
/// </summary>
public sealed record GrantApplication
{
    /// <summary>One value a field at most.</summary>
    public ImmutableArray<FieldValue> Values { get; init; } = [];

    /// <summary>Where the pieces disagree, and which was believed.</summary>
    public ImmutableArray<PieceFinding> Findings { get; init; } = [];

    /// <summary>What the pieces together say. The order of the pieces changes nothing.</summary>
    public static GrantApplication Assemble(IEnumerable<PieceExtract> extracts)
    {
        var settled = extracts
            .SelectMany(extract => extract.Values)
            .GroupBy(value => value.Field.Id, StringComparer.Ordinal)
            .OrderBy(group => Fields.OrderOf(group.Key))
            .Select(Settle)
            .ToList();
        return new GrantApplication
        {
            Values = [.. settled.Select(pair => pair.Value).OfType<FieldValue>()],
            Findings = [.. settled.Select(pair => pair.Finding).OfType<PieceFinding>()],
        };
    }

    /// <summary>The value of a field, or null where the dossier states none that can be relied on.</summary>
    public Stated<T>? Find<T>(Field<T> field) where T : notnull =>
        Find(field.Id) is { } found ? new Stated<T>((T)found.Value, found.Source) : null;

    /// <summary>The value of the field of an id, of the field's type.</summary>
    public FieldValue? Find(string fieldId)
    {
        foreach (var value in Values)
        {
            if (value.Field.Id == fieldId)
            {
                return value;
            }
        }

        return null;
    }

    private static (FieldValue? Value, PieceFinding? Finding) Settle(IGrouping<string, FieldValue> candidates)
    {
        var ranked = candidates
            .OrderByDescending(value => value.Authority)
            .ThenBy(value => value.Source.File, StringComparer.Ordinal)
            .ThenBy(value => value.Source.Place, StringComparer.Ordinal)
            .ToList();
        var first = ranked[0];
        var other = ranked.FirstOrDefault(value => !SameValue(value, first));
        if (other is null)
        {
            return (first, null);
        }

        var rivals = ranked.Where(value => value.Authority == first.Authority && !SameValue(value, first)).ToList();
        return rivals.Count == 0
            ? (first, Disagreement(PieceSeverity.Reserve, first, other, $"la valeur retenue est celle de « {first.Source.File} »"))
            : (null, Disagreement(PieceSeverity.Blocking, first, rivals[0], "aucune des deux n’est retenue : corrigez celle qui est fausse"));
    }

    private static bool SameValue(FieldValue left, FieldValue right) =>
        left.Value.Equals(right.Value) || FieldValueText.Of(left) == FieldValueText.Of(right);

    private static PieceFinding Disagreement(PieceSeverity severity, FieldValue first, FieldValue second, string consequence) => new(
        "VALEURS-DISCORDANTES",
        severity,
        first.Source.File,
        first.Source.Place,
        $"{first.Field.Label} : « {first.Source.Text} » ({first.Source.File}, {first.Source.Place}) et « {second.Source.Text} » ({second.Source.File}, {second.Source.Place}) ne concordent pas ; {consequence}.",
        first.Field.Id);
}
