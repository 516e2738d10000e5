using System.Globalization;
using System.Text.RegularExpressions;

namespace Guichet.Documents.Values;

/// <summary>Numbers that are not money: the value of an indicator, a duration, full-time equivalents.</summary>
internal static partial class FrenchNumber
{
    /// <summary>The one number of a text, whatever unit follows it: <c>12 000 usagers</c>, <c>≥ 80 %</c>, <c>45 % (2023)</c>.</summary>
    public static Understood<decimal> Parse(string text)
    {
        var folded = FrenchDate.Without(text);
        if (Relative().IsMatch(folded))
        {
            return Understood<decimal>.No("une valeur est attendue, et non une évolution ou un ordre de grandeur");
        }

        folded = Year().Replace(Season().Replace(folded, " "), " ");
        var found = Numbers().Matches(folded).Select(Read).ToList();
        return found switch
        {
            [{ } number] => number,
            [null] => Understood<decimal>.No("le nombre n’est pas lisible"),
            [] => Understood<decimal>.No("aucun nombre n’a été reconnu"),
            _ => Understood<decimal>.No("plusieurs nombres sont donnés"),
        };
    }

    /// <summary>A duration in months: <c>18 mois</c>, <c>2 ans</c>, <c>1 an et 6 mois</c>, <c>un an et demi</c>; a bare number is months.</summary>
    public static Understood<decimal> ParseMonths(string text)
    {
        var folded = Words().Replace(FrenchText.Fold(text), match => Word(match.Value));
        if (Range().IsMatch(folded) || Vague().IsMatch(folded))
        {
            return Understood<decimal>.No("une durée unique est attendue");
        }

        if (Duration().Match(folded.Trim(' ', '.', ';')) is not { Success: true } match)
        {
            return Understood<decimal>.No("la durée n’est pas lisible");
        }

        decimal Of(string group) => match.Groups[group] is { Success: true, Value: var value }
            ? decimal.Parse(value.Replace(',', '.'), CultureInfo.InvariantCulture) : 0;
        var months = Of("years") * 12 + Of("months") + (match.Groups["half"].Success ? 6 : 0);
        return months is > 0 and <= 240 ? months : Understood<decimal>.No("la durée n’est pas plausible");
    }

    private static decimal? Read(Match match)
    {
        var compact = match.Groups["number"].Value.Replace(" ", "", StringComparison.Ordinal);
        if (compact.Count(c => c is ',' or '.') > 1 ||
            compact.Contains('.', StringComparison.Ordinal) && compact.Length - compact.IndexOf('.', StringComparison.Ordinal) == 4)
        {
            return null;
        }

        var factor = match.Groups["scale"].Value switch { "" => 1m, var s when s.StartsWith("million", StringComparison.Ordinal) => 1_000_000m, _ => 1_000m };
        return decimal.TryParse(compact.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number * factor
            : null;
    }

    private static string Word(string word) => word switch
    {
        "un" or "une" => "1",
        "deux" => "2",
        "trois" => "3",
        "quatre" => "4",
        "cinq" => "5",
        "six" => "6",
        "huit" => "8",
        "neuf" => "9",
        "dix" => "10",
        "douze" => "12",
        "quinze" => "15",
        "dix-huit" => "18",
        "vingt" => "20",
        "vingt-quatre" => "24",
        "trente" => "30",
        "trente-six" => "36",
        _ => word,
    };

    [GeneratedRegex(@"(?<![\p{L}\d.,])(?<number>-?(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,]\d+)*)(?: (?<scale>millions?|milliers?))?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?:\(|\ben |\bfin |\bdebut |\bannee |\bsur |\ba |\bd'ici |\bpour )\s*(?:fin |debut )?(?:l'annee )?(?:19|20)\d{2}\b\)?|\(\s*(?:19|20)\d{2}\s*\)")]
    private static partial Regex Year();

    /// <summary>« hiver 2022-2023 », « campagne 2023/24 ».</summary>
    [GeneratedRegex(@"\b(?:19|20)\d{2}\s?[-/]\s?(?:(?:19|20)\d{2}|\d{2})\b(?!\s?[-/])")]
    private static partial Regex Season();

    [GeneratedRegex(@"^\s*\+|\b(?:reduction|baisse|hausse|augmentation|gain|divis\w+|doubl\w+|tripl\w+|multipli\w+|environ|entre|moins de|quelques)\b|[~≈±]|\bx ?\d|\d ?k\b")]
    private static partial Regex Relative();

    [GeneratedRegex(@"\d\s*(?:a|-|ou|/)\s*\d")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:environ|entre|minimum|maximum|au moins|plus de|moins de|semaines?|jours?|trimestres?|semestres?)\b|[~≈<>≤≥]")]
    private static partial Regex Vague();

    [GeneratedRegex(@"\b(?:dix-huit|vingt-quatre|trente-six|une?|deux|trois|quatre|cinq|six|huit|neuf|dix|douze|quinze|vingt|trente)\b")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?:duree\s*:?\s*)?(?:(?<years>\d+(?:[.,]\d+)?) ?an(?:nee)?s?(?: et (?<half>demie?))?(?: et)?)?\s*(?:(?<months>\d+(?:[.,]\d+)?)(?: ?mois)?(?: calendaires?)?)?(?:\s*\(.*\))?$")]
    private static partial Regex Duration();
}
