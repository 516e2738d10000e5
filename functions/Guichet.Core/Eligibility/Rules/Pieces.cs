using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>PIECES: every piece that the campaign requires is there and could be read.</summary>
internal sealed class Pieces() : EligibilityRule("PIECES")
{
    protected override RuleSeverity SeverityFor(Campaign campaign) => RuleSeverity.Completion;

    protected override Judgement Decide(Subject subject)
    {
        var pieces = subject.Deposit.Pieces;
        var given = Fact("deposit.pieces", pieces.Select(piece => piece.FileName).Order(StringComparer.Ordinal));
        var unusable = pieces
            .SelectMany(piece => piece.Extract.Findings)
            .Where(finding => finding is { Severity: PieceSeverity.Blocking, Field: null })
            .Select(finding => $"« {finding.File} » : {finding.Message}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var missing = subject.Campaign.Pieces.Where(required => !pieces.Any(piece => Is(required, piece))).Select(required => required.Label).ToList();
        if (missing.Count == 0 && unusable.Count == 0)
        {
            return Satisfied("Toutes les pièces demandées sont là et ont pu être lues.", given);
        }

        var parts = new List<string>();
        if (missing.Count > 0)
        {
            parts.Add($"Il manque : {string.Join(" ; ", missing)}.");
        }

        parts.AddRange(unusable);
        return Unsatisfied(string.Join(" ", parts), given);
    }

    private static bool Is(RequiredPiece required, ReadPiece piece) =>
        piece.Extract.Values.Any(value => required.Fields.Contains(value.Field.Id)) ||
        (Usable(piece) && required.Names.Any(name => FoldedText.Of(piece.FileName).Contains(FoldedText.Of(name), StringComparison.Ordinal)));

    private static bool Usable(ReadPiece piece) => !piece.Extract.Findings.Any(finding => finding is { Severity: PieceSeverity.Blocking, Field: null });
}
