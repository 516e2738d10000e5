using System.Collections.Immutable;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;

namespace Guichet.Core.Eligibility;

/// <summary>One thing that a porteur is asked to complete.</summary>
/// <param name="Message">One sentence: what is wrong and what to do.</param>
/// <param name="Places">Where it was seen, a file each; empty where it was seen nowhere.</param>
public sealed record Completion(string Message, ImmutableArray<string> Places)
{
    /// <summary>
    /// All that a dossier lacks, as letter and page tell it: what the rules ask for, then the values that were found and could not be used, so that
    /// nobody is told « indiquez le coût total » without being told that it was given twice.
    /// </summary>
    public static ImmutableArray<Completion> Of(Dossier dossier) => dossier.Verdict is not { } verdict ? [] :
    [
        .. verdict.Findings.Where(finding => finding.AsksForCompletion).Select(Of),
        .. dossier.PiecesTaken.SelectMany(piece => piece.Extract?.Findings ?? [])
            .Concat(dossier.Application?.Findings ?? [])
            .Where(finding => finding is { Severity: PieceSeverity.Blocking, Field: not null })
            .Select(finding => new Completion(finding.Message, finding.Place is null ? [finding.File] : [$"{finding.File} ({finding.Place})"]))
            .DistinctBy(completion => completion.Message, StringComparer.Ordinal),
    ];

    private static Completion Of(Finding finding) => new(finding.Message, finding.Places);
}
