using System.Text.RegularExpressions;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Labels of an indicator that their words alone do not tell: « Situation au 1er septembre 2023 », « Cible (30/11/2025) », « Ce qu’il mesure ».</summary>
internal static partial class IndicatorLabel
{
    private const double Sure = 0.85;

    /// <summary>The column of an indicator that such a label asks for; null where it is none.</summary>
    public static string? Target(LabelIndex columns, string label)
    {
        if (label.StartsWith("Ce qu", StringComparison.OrdinalIgnoreCase) && Meant().IsMatch(FrenchText.Fold(label)))
        {
            return "definition"; // « Qui mesure » has the same words.
        }

        // Asked of every cell of a sheet: nearly all of them hold no year.
        if (label.Length is < 6 or > 80 || !HasYear(label) || FrenchDate.Parse(label).Value is null)
        {
            return null;
        }

        var bare = Around().Replace(FrenchDate.Without(label), " ").Trim();
        if (Start().IsMatch(bare))
        {
            return "baseline";
        }

        // The last of them may be the target itself: that is told from all of them.
        return Step().IsMatch(bare) ? "intermediate" : columns.Find(bare, Sure)?.Target switch
        {
            "baseline" => "baseline",
            "target" or "intermediate" => "intermediate",
            _ => null,
        };
    }

    private static bool HasYear(ReadOnlySpan<char> label)
    {
        for (int at; (at = label.IndexOf("20", StringComparison.Ordinal)) >= 0; label = label[(at + 1)..])
        {
            if (at + 3 < label.Length && char.IsAsciiDigit(label[at + 2]) && char.IsAsciiDigit(label[at + 3]))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^ce qu\W?(?:il|elle|on|e (?:l.)?(?:on|nous)|e)\s+(?:l.on\s+|nous\s+|on\s+)?(?:mesur|compt)")]
    private static partial Regex Meant();

    [GeneratedRegex(@"\(\s*\)|\b(?:au|le|en|du|a la date)\s*(?=\W*$)|[:;,–—-]\s*$|^\W+|\s+")]
    private static partial Regex Around();

    [GeneratedRegex(@"\((?:reference|depart|initiale?|point zero)\)|^(?:situation|ref|point de mesure initial)\.?(?: au)?$")]
    private static partial Regex Start();

    [GeneratedRegex(@"\((?:cible|objectif|etape|palier)\)|^(?:au|le|en|a)?$|^(?:valeur|niveau|resultat|mesure|point|etape|palier|jalon)s?(?: (?:vise|attendu|prevu|cible|espere)e?s?)?(?: (?:au|le|en))?$")]
    private static partial Regex Step();
}
