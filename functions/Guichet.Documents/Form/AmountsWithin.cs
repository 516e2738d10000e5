using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>The parts of a total that are told after it: « 890 k€ TTC, dont 400 k€ demandés et 340 k€ de fonds propres ».</summary>
internal static partial class AmountsWithin
{
    /// <summary>Each part that its words name, as they were written.</summary>
    public static IEnumerable<(Field Field, string Text)> Of(string text)
    {
        var at = text.IndexOf("dont ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            yield break;
        }

        var parts = text[at..];
        foreach (var (field, words) in new (Field<Euros>, Regex)[] { (Fields.BudgetRequested, Requested()), (Fields.BudgetOwnShare, Own()) })
        {
            // Two amounts of one name are no answer.
            if (words.Matches(parts) is [var only] && FrenchAmount.Parse(only.Groups["amount"].Value).Value is not null)
            {
                yield return (field, only.Groups["amount"].Value);
            }
        }
    }

    private const string Amount = @"(?<amount>\d[\d\s\u00A0\u202F.,]*\s?(?:k€|M€|€|euros))(?:\s+(?:TTC|HT))?\s+";

    [GeneratedRegex(Amount + @"(?:de\s+(?:subvention|cofinancement|financement)\s+)?(?:sont\s+)?(?:demandés?|sollicités?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Requested();

    [GeneratedRegex(Amount + @"(?:de\s+fonds\s+propres|d[’']autofinancement|autofinancés?|sur\s+(?:nos\s+)?fonds\s+propres)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Own();
}
