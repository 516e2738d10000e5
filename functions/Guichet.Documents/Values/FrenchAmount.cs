using System.Globalization;
using System.Text.RegularExpressions;
using Guichet.Core;

namespace Guichet.Documents.Values;

/// <summary>Amounts of money as French administrations write them: <c>1 234 567,89 €</c>, <c>350 k€</c>, <c>1,2 M€ TTC</c>.</summary>
internal static partial class FrenchAmount
{
    /// <summary>The one amount, all taxes included, that a text gives; nothing where it gives none, several, a range, a rate or an approximation.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="unit">What one stands for where the text has no unit of its own: 1,000 under a heading in k€.</param>
    public static Understood<Euros> Parse(string text, decimal unit = 1)
    {
        var folded = FrenchText.Fold(text).Trim();
        if (OfWhich().Match(folded) is { Success: true } whole)
        {
            // « 890 k€, dont 400 k€ demandés »: the parts are told after the whole.
            folded = whole.Groups["whole"].Value;
        }

        if (Foreign().IsMatch(folded))
        {
            return Understood<Euros>.No("le montant n’est pas en euros");
        }

        if (Vague().Match(folded) is { Success: true })
        {
            return Understood<Euros>.No("un montant exact est attendu, et non un ordre de grandeur, une fourchette ou un montant par période");
        }

        if (folded.LastIndexOf('=') is var equals and >= 0)
        {
            folded = folded[(equals + 1)..];
        }
        else if (Calculation().IsMatch(folded))
        {
            return Understood<Euros>.No("un calcul est donné au lieu d’un montant");
        }

        var mentions = Mentions(folded, unit);
        if (mentions.Any(mention => mention.Amount is null))
        {
            return Understood<Euros>.No("le montant n’est pas lisible");
        }

        var candidates = mentions.Where(mention => mention.Marked).ToList();
        if (candidates.Count == 0)
        {
            // A number without a unit is an amount only where there is nothing beside it.
            candidates = mentions.Count == 1 && Bare().IsMatch(folded) ? mentions : [];
        }

        if (candidates.Any(mention => mention.Tax == Tax.Included))
        {
            candidates = [.. candidates.Where(mention => mention.Tax == Tax.Included)];
        }
        else if (candidates.Any(mention => mention.Tax == Tax.Excluded))
        {
            return Understood<Euros>.No("le montant est donné hors taxes, il est attendu toutes taxes comprises");
        }

        return candidates.Select(mention => mention.Amount!.Value).Distinct().ToList() switch
        {
            [var amount] => amount,
            [] => Understood<Euros>.No("aucun montant n’a été reconnu"),
            _ => Understood<Euros>.No("plusieurs montants différents sont donnés"),
        };
    }

    /// <summary>The factor that a heading gives to the numbers under it: <c>Montant (k€)</c>, <c>en milliers d’euros</c>.</summary>
    public static decimal UnitOf(string heading)
    {
        var folded = FrenchText.Fold(heading);
        return Thousands().IsMatch(folded) ? 1_000m : Millions().IsMatch(folded) ? 1_000_000m : 1m;
    }

    private enum Tax
    {
        Unsaid,
        Included,
        Excluded,
    }

    private readonly record struct Mention(Euros? Amount, bool Marked, Tax Tax);

    private static List<Mention> Mentions(string folded, decimal unit)
    {
        var mentions = new List<Mention>();
        var found = Amounts().Matches(folded);
        for (var i = 0; i < found.Count; i++)
        {
            var match = found[i];
            if (match.Groups["percent"].Success || match.Groups["ordinal"].Success)
            {
                continue;
            }

            var after = folded[(match.Index + match.Length)..(i + 1 < found.Count ? found[i + 1].Index : folded.Length)];
            var tax = Excluding().IsMatch(after) ? Tax.Excluded : Including().IsMatch(after) ? Tax.Included : Tax.Unsaid;
            var scale = match.Groups["scale"].Value.TrimStart();
            var marked = match.Groups["scale"].Success || match.Groups["currency"].Success || match.Groups["before"].Success;
            var factor = scale.Length == 0 ? marked ? 1m : unit : scale.StartsWith("md", StringComparison.Ordinal) || scale.StartsWith("milliard", StringComparison.Ordinal) ? 1_000_000_000m
                : scale.StartsWith("milli", StringComparison.Ordinal) && !scale.StartsWith("million", StringComparison.Ordinal) || scale[0] == 'k' || scale.StartsWith("mille", StringComparison.Ordinal) ? 1_000m : 1_000_000m;
            mentions.Add(new Mention(Number(match.Groups["number"].Value, factor) is { } number ? Euros.TryFrom(number * factor) : null, marked, tax));
        }

        return mentions;
    }

    /// <summary>A number whose separators can be read one way only.</summary>
    private static decimal? Number(string written, decimal factor)
    {
        var compact = written.Replace("'", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var commas = compact.Count(c => c == ',');
        var dots = compact.Count(c => c == '.');
        string plain;
        if (commas > 1 && dots <= 1 || commas == 1 && dots == 1 && compact.IndexOf('.', StringComparison.Ordinal) > compact.IndexOf(',', StringComparison.Ordinal))
        {
            // 1,234,567.89: English, and readable one way only.
            plain = English().IsMatch(compact) ? compact.Replace(",", "", StringComparison.Ordinal) : "";
        }
        else if (commas == 1 && dots == 0 && compact.Length - compact.IndexOf(',', StringComparison.Ordinal) == 4 && factor == 1)
        {
            // 1,234 is a thousand in English and a bit more than one in French.
            plain = "";
        }
        else if (dots > 1 || dots == 1 && (commas == 1 || factor == 1 && compact.Length - compact.IndexOf('.', StringComparison.Ordinal) == 4))
        {
            plain = Dotted().IsMatch(compact) ? compact.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : "";
        }
        else
        {
            plain = compact.Replace(',', '.');
        }

        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    [GeneratedRegex(@"^(?<whole>\D{0,80}\d[\d\s.,]*\s*(?:k€|m€|€|k?euros?|millions?(?: d.euros)?)[^,;(.\d]{0,20})\s*[,;(]\s*dont\b")]
    private static partial Regex OfWhich();

    [GeneratedRegex(@"(?<before>€ ?)?(?<![\p{L}\d.,]|\d[ ])(?<number>-?(?:\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*\d|\d))(?![\d])(?:(?<percent> ?(?:%|pour ?cent))|(?<ordinal>(?:er|e|eme|ere)\b)|(?<scale> ?(?:k|m|md|mds|millions?|milliards?|milliers?|mille|kilo)(?= ?(?:€|euros?\b|eur\b|d'euros?\b|d'€)|\s+d'euros?\b))?(?<currency>\s?(?:€|euros?\b|eur\b|d'euros?\b|d'€))?)")]
    private static partial Regex Amounts();

    [GeneratedRegex(@"\$|\busd\b|\bchf\b|£|\bgbp\b|\bfrancs?\b")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\b(?:environ|approximativement|autour de|de l'ordre|ordre de grandeur|estime\w* entre|entre|plus de|moins de|au moins|au plus|maximum|minimum|maximal|minimal|max|min|jusqu'a|a partir de|plafond|plancher|par an|par mois|par jour|annuels?|mensuels?|centimes?)\b|[~≈<>≤≥±]|/ ?(?:an|mois|jour|j|h)\b|\d\s*(?:\ba\b|-|\bou\b)\s*\d[\d .,]*(?:k|m)?\s?(?:€|euro)|(?:k€|m€|€|\beuros?)\s*(?:\ba\b|-|\bou\b)\s*\d")]
    private static partial Regex Vague();

    [GeneratedRegex(@"\d\s?(?:€|k€|m€|euros?|j|jours?)?\s*(?:[x×*+÷]|\bfois\b)\s*\d")]
    private static partial Regex Calculation();

    [GeneratedRegex(@"^[^\p{L}\d(]*-?\d[\d .,']*\s*(?:\(?(?:ttc|toutes taxes comprises)\)?)?[\s.*;]*$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"^[\s(,:/-]*(?:en\s+)?(?:\bht\b|\bh\.t\b|hors[ -]?taxes?|hors tva)")]
    private static partial Regex Excluding();

    [GeneratedRegex(@"\bttc\b|t\.t\.c|toutes taxes|taxes comprises")]
    private static partial Regex Including();

    [GeneratedRegex(@"(?<![\p{L}])k ?€|\bkeuros?\b|\bkeur\b|\bk euros?\b|milliers? d'euros?|milliers d'€")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(?<![\p{L}])m ?€|\bmeuros?\b|\bmeur\b|millions? d'euros?")]
    private static partial Regex Millions();

    [GeneratedRegex(@"^-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$")]
    private static partial Regex English();

    [GeneratedRegex(@"^-?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$")]
    private static partial Regex Dotted();
}
