using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>
/// PIECES: every piece that the campaign requires is there and could be read. A further file that could not be read is told of and stops nothing:
/// its porteur could not take it back.
/// </summary>
internal sealed class Pieces() : EligibilityRule("PIECES")
{
    protected override string Ask(Campaign campaign) => $"Le dossier contient, lisibles : {string.Join(" ; ", campaign.Pieces.Select(piece => piece.Label))}.";

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
        return missing.Count == 0
            ? Satisfied(string.Join(" ", unusable.Prepend("Toutes les pièces demandées sont là.")), given)
            : Unsatisfied(string.Join(" ", unusable.Prepend($"Il manque : {string.Join(" ; ", missing)}.")), given);
    }

    private static bool Is(RequiredPiece required, ReadPiece piece) =>
        piece.Extract.Values.Any(value => required.Fields.Contains(value.Field.Id)) ||
        (Usable(piece) && NamesOf(piece).Any(file => required.Names.Any(name => FoldedText.Of(file).Contains(FoldedText.Of(name), StringComparison.Ordinal))));

    /// <summary>An archive is known by the names of its files as well: the reader tells each in a finding.</summary>
    private static IEnumerable<string> NamesOf(ReadPiece piece) =>
        piece.Extract.Findings.Where(finding => finding.Id == "FICHIER-DE-L-ARCHIVE").Select(finding => finding.File).Prepend(piece.FileName);

    private static bool Usable(ReadPiece piece) => !piece.Extract.Findings.Any(finding => finding is { Severity: PieceSeverity.Blocking, Field: null });
}
