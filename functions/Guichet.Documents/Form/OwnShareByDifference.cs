using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// The own share under a name of the form's own: « Fonds propres de l’Office », « Crédits de la DIR ». Believed where a label that may be one stands beside
/// the very amount that the total leaves once the request and whoever else pays are taken off, and only then.
/// </summary>
internal sealed partial class OwnShareByDifference(Lexicon lexicon, Harvest harvest)
{
    private const double Sure = 0.85;
    private const int LongestTable = 200;

    public void Take(DocumentModel document)
    {
        if (harvest.Candidates.Exists(candidate => candidate.Field == Fields.BudgetOwnShare && AmountOf(candidate) is not null) ||
            Only(Fields.BudgetTotal) is not { } total || Only(Fields.BudgetRequested) is not { } requested)
        {
            return;
        }

        var left = total - requested;
        var inTables = harvest.Tables.Where(table => table.List == "budget.otherFinancing").SelectMany(table => table.Records)
            .Select(record => record["amount"]).OfType<RecordCell>().Select(cell => Amount(cell.Value)).OfType<Euros>().Sum();
        var beside = harvest.Candidates.Where(candidate => candidate.Field == Fields.BudgetOtherFinancing).Select(AmountOf).OfType<Euros>().Sum();
        var possible = new[] { left, left - inTables, left - beside, left - inTables - beside }.Where(amount => amount > Euros.Zero).ToHashSet();
        var found = document.Blocks.SelectMany(Pairs).Where(pair => Own().IsMatch(FrenchText.Fold(pair.Label)) && (!Other().IsMatch(FrenchText.Fold(pair.Label)) || IsOfApplicant(pair.Label)))
            .Where(pair => Amount(pair.Value) is { } amount && possible.Contains(amount)).ToList();
        if (found.Select(pair => Amount(pair.Value)).Distinct().Count() == 1)
        {
            harvest.Add(Fields.BudgetOwnShare, found[0].Label, Sure, found[0].Value);
        }
    }

    /// <summary>« Part de la caisse », where the applicant is one.</summary>
    private bool IsOfApplicant(string label) => OfWhom().Match(FrenchText.Fold(label)) is { Success: true } whom &&
        harvest.Candidates.Exists(candidate => candidate.Field == Fields.ApplicantName && FrenchText.Fold(candidate.Value.Text).Contains(whom.Groups[1].Value, StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:part|apport|contribution|participation) (?:de la|du|de l['’]) ?(\p{L}{4,})$")]
    private static partial Regex OfWhom();

    private Euros? Only(Field field)
    {
        var amounts = harvest.Candidates.Where(candidate => candidate.Field == field).Select(AmountOf).OfType<Euros>().Distinct().ToList();
        return amounts is [var only] ? only : null;
    }

    private static Euros? AmountOf(Candidate candidate) =>
        candidate.Value.Number is { } number ? Euros.TryFrom(Math.Round(number * FrenchAmount.UnitOf(candidate.Label), 2)) : FrenchAmount.Parse(candidate.Value.Text, FrenchAmount.UnitOf(candidate.Label)).Value;

    private static Euros? Amount(Said said) => said.Number is { } number ? Euros.TryFrom(Math.Round(number, 2)) : FrenchAmount.Parse(said.Text).Value;

    private IEnumerable<(string Label, Said Value)> Pairs(Block block) => block switch
    {
        Paragraph { IsHint: false } paragraph => paragraph.Text.Split('\n').Select(LabelledLine.Split).Where(line => line is { Value.Length: > 0 }).Select(line => (line!.Value.Label, new Said(line.Value.Value, paragraph.Place))),
        Answer answer when lexicon.Field(answer.Label, null, Sure) is null => [(answer.Label, new Said(answer.Text, answer.Place) { Number = answer.Number })],
        Table { Rows.Length: <= LongestTable } table => table.Rows.Select(row => row.Cells.Where(cell => !cell.IsSpread).ToList()).Where(cells => cells.Count > 1 && cells[0].Number is null)
            .Select(cells => (cells[0].Text, Said.Of(cells[^1]))),
        _ => [],
    };

    [GeneratedRegex(@"^\W*(?:\d{1,2}(?:\.\d{1,2})?\.?\s+)?(?:part\b|apports?\b|auto-?financement|fonds propres|financement (?:propre|interne|par|de l|du|assure)|contribution|participation|credits?\b|budget (?:propre|de l|du)|ressources (?:propres|internes)|quote-part|solde\b|reste\b|restant\b|montant (?:apporte|pris en charge|finance|restant|a la charge)|a la charge|prise? en charge)")]
    private static partial Regex Own();

    /// <summary>Whoever else may give a part, or is asked for one.</summary>
    [GeneratedRegex(@"\b(?:ftap|guichet|dinum|demande\w*|sollicite\w*|subvention\w*|autres?|d'autres|tiers|partenaires?|cofinanceurs?|region(?:al\w*)?|departement(?:al)?|commune\w*|metropole|feder|europe\w*|union|caisse|banque|total|%)(?!\w)")]
    private static partial Regex Other();
}
