using System.Text.RegularExpressions;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Labels of an indicator that say when: « Situation au 1er septembre 2023 », « Valeur au 31.08.2024 », « Cible (30/11/2025) ».</summary>
internal static partial class DatedLabel
{
    private const double Sure = 0.85;

    /// <summary>The column of an indicator that a dated label asks for; null where it holds no date, or says more than that.</summary>
    public static string? Target(LabelIndex columns, string label)
    {
        if (label.Length is < 6 or > 80 || !label.Any(char.IsAsciiDigit) || FrenchDate.Parse(label).Value is null)
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

    [GeneratedRegex(@"\(\s*\)|\b(?:au|le|en|du|a la date)\s*(?=\W*$)|[:;,–—-]\s*$|^\W+|\s+")]
    private static partial Regex Around();

    [GeneratedRegex(@"\((?:reference|depart|initiale?|point zero)\)|^(?:situation|ref|point de mesure initial)\.?(?: au)?$")]
    private static partial Regex Start();

    [GeneratedRegex(@"\((?:cible|objectif|etape|palier)\)|^(?:au|le|en|a)?$|^(?:valeur|niveau|resultat|mesure|point|etape|palier|jalon)s?(?: (?:vise|attendu|prevu|cible|espere)e?s?)?(?: (?:au|le|en))?$")]
    private static partial Regex Step();
}
