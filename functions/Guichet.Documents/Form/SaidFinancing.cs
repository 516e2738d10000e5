using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// Who pays, said in sentences: « Nous sollicitons 300 000 € ; la direction apporte 302 000 € et l’Office de l’eau 40 000 € ». Believed only where the amounts add up to the total
/// that is known, for a sentence about money may say anything.
/// </summary>
internal sealed partial class SaidFinancing(Harvest harvest)
{
    private const double Score = 0.85;
    private const int LongestText = 2_000;

    public void Take(DocumentModel document)
    {
        if (Has(Fields.BudgetRequested) || Has(Fields.BudgetOwnShare))
        {
            return;
        }

        foreach (var paragraph in document.Blocks.OfType<Paragraph>().Where(paragraph => paragraph is { IsHint: false, Text.Length: < LongestText } && paragraph.Text.Contains('€', StringComparison.Ordinal)))
        {
            if (Take(paragraph))
            {
                return;
            }
        }
    }

    private bool Take(Paragraph paragraph)
    {
        var text = FrenchText.OneLine(paragraph.Text);
        if (Requested().Matches(text) is not [var requested] || Own().Matches(text) is not [var own] || Amount(requested) is not { } asked || Amount(own) is not { } brought)
        {
            return false;
        }

        var others = Beside().Matches(text).Concat(Added().Matches(text)).Where(other => Amount(other) is { } euros && euros > Euros.Zero)
            .Where(other => !Overlaps(other, requested) && !Overlaps(other, own)).ToList();
        if (!Totals(text).Contains(asked + brought + others.Select(other => Amount(other)!.Value).Sum()))
        {
            return false;
        }

        harvest.Add(Fields.BudgetRequested, "Montant demandé", Score, new Said(requested.Groups["amount"].Value, paragraph.Place));
        harvest.Add(Fields.BudgetOwnShare, "Part du porteur", Score, new Said(own.Groups["amount"].Value, paragraph.Place));
        if (others.Count > 0 && !harvest.Tables.Any(table => table.List == Fields.BudgetOtherFinancing.Id && table.Records.Count > 0))
        {
            var records = new RecordTable(Fields.BudgetOtherFinancing.Id, null, null);
            records.Records.AddRange(others.Select(other => new Record(
            [
                new RecordCell("from", "Financeur", new Said(other.Groups["who"].Value.Trim(), paragraph.Place)),
                new RecordCell("amount", "Montant", new Said(other.Groups["amount"].Value, paragraph.Place)),
            ])));
            harvest.Tables.Add(records);
        }

        return true;
    }

    private IEnumerable<Euros> Totals(string text) =>
        harvest.Candidates.Where(candidate => candidate.Field == Fields.BudgetTotal)
            .Select(candidate => candidate.Value.Number is { } number ? Euros.TryFrom(Math.Round(number, 2)) : FrenchAmount.Parse(candidate.Value.Text).Value).OfType<Euros>()
            .Concat(Total().Matches(text).Select(Amount).OfType<Euros>());

    private bool Has(Field field) => harvest.Candidates.Exists(candidate => candidate.Field == field && FrenchAmount.Parse(candidate.Value.Text).Value is not null);

    private static bool Overlaps(Match a, Match b) => a.Groups["amount"].Index == b.Groups["amount"].Index;

    private static Euros? Amount(Match match) => FrenchAmount.Parse(match.Groups["amount"].Value).Value;

    [GeneratedRegex(@"\bcoût\s+(?:total|complet|global)\b[^.;€]{0,60}?(?<amount>\d[\d\s\u00A0\u202F.,]*(?:k€|M€|€))", RegexOptions.IgnoreCase)]
    private static partial Regex Total();

    [GeneratedRegex(@"\b(?:sollicit|demand)\w*\b[^.;€\d]{0,70}?(?<amount>\d[\d\s\u00A0\u202F.,]*(?:k€|M€|€))", RegexOptions.IgnoreCase)]
    private static partial Regex Requested();

    [GeneratedRegex(@"(?:\b(?:apporte(?:ra|rons|ons)?|prend(?:ra)? en charge|autofinance(?:ra)?|finance(?:ra)? le solde)\b|\b(?:part|apport|contribution|participation)\s+(?:du|de\s+la|de\s+l’|de\s+l'|de\s+notre)\b)[^.;€\d]{0,50}?(?<amount>\d[\d\s\u00A0\u202F.,]*(?:k€|M€|€))", RegexOptions.IgnoreCase)]
    private static partial Regex Own();

    /// <summary>« et l’Office de la biodiversité 40 000 € ».</summary>
    [GeneratedRegex(@"(?:\bet|,)\s+(?:la\s+|le\s+|les\s+|l’|l')(?<who>\p{L}[^,;.:€\d]{2,80}?)(?:\s+(?:apporte|verse|finance|pour|à hauteur de))?\s+(?<amount>\d[\d\s\u00A0\u202F.,]*(?:k€|M€|€))")]
    private static partial Regex Beside();

    /// <summary>« S’y ajoutent 80 k€ de la Fondation ».</summary>
    [GeneratedRegex(@"\bajoute(?:nt)?\s+(?<amount>\d[\d\s\u00A0\u202F.,]*(?:k€|M€|€))\s+(?:de\s+la|de\s+l[’']|du|des|de|par\s+la|par\s+le|par)\s*(?<who>\p{Lu}[^,;.:€\d]{2,80})")]
    private static partial Regex Added();
}
