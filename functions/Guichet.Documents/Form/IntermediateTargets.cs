using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>The values that an indicator is to reach on its way: a column a date, or dates and values in one cell.</summary>
internal sealed partial class IntermediateTargets(Action<Said, Field, string> tell)
{
    public ImmutableArray<IntermediateTarget> Read(Record record)
    {
        var targets = new List<IntermediateTarget>();
        var dates = record.Cells.Where(cell => cell.Column == "intermediateDate").Select(cell => cell.Value.Date ?? FrenchDate.Parse(cell.Value.Text).Value).ToList();
        var undated = 0;
        foreach (var cell in record.Cells.Where(cell => cell.Column == "intermediate" && (cell.Value.Number is not null || !FrenchAnswer.IsEmpty(cell.Value.Text))))
        {
            var inHeading = FrenchDate.Parse(cell.Header).Value ?? (undated < dates.Count ? dates[undated] : null);
            if (inHeading is not null)
            {
                undated++;
            }

            if (inHeading is { } date && (cell.Value.Number ?? FrenchNumber.Parse(cell.Value.Text).Value) is { } value)
            {
                targets.Add(new IntermediateTarget(date, value));
                continue;
            }

            if (Pairs(cell.Value.Text) is { } pairs)
            {
                targets.AddRange(pairs);
            }
            else
            {
                tell(cell.Value, Fields.ImpactIndicators, "une date et une valeur sont attendues pour chaque cible intermédiaire");
            }
        }

        return [.. targets.OrderBy(target => target.Date)];
    }

    /// <summary>Each part has one date and one value, or none of them is believed.</summary>
    private static List<IntermediateTarget>? Pairs(string text)
    {
        var targets = new List<IntermediateTarget>();
        var parts = Separator().Split(text).Where(part => part.Trim().Length > 0).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            // Two cells side by side, value then date, come joined by a semicolon.
            var alone = FrenchDate.Parse(parts[i]).Value is null && i + 1 < parts.Count && FrenchDate.Parse(parts[i + 1]).Value is not null && FrenchNumber.Parse(parts[i + 1]).Value is null;
            var part = alone ? $"{parts[i]} : {parts[++i]}" : parts[i];
            if (FrenchDate.Parse(part).Value is not { } date || FrenchNumber.Parse(part).Value is not { } value)
            {
                return null;
            }

            targets.Add(new IntermediateTarget(date, value));
        }

        return targets.Count > 0 ? targets : null;
    }

    [GeneratedRegex(@"[;\n|•]|,\s(?=\D)|\s-\s|(?<=\))\s*,|,\s+(?=\d{1,2}/)|,\s+(?=\d[\d\s\u00A0\u202F]*(?:%|\p{L}+)?\s+(?:en|au|fin|à fin|d.ici)\s)|\spuis\s|\set\s")]
    private static partial Regex Separator();
}

/// <summary>The code and the name of an indicator: <c>Indicateur P2 – Taux de conversion</c>.</summary>
internal static partial class IndicatorName
{
    public static (string? Code, string Name) Read(string written, Lexicon lexicon)
    {
        var line = WithoutCount(FrenchText.OneLine(written));
        var bare = Prefix().Match(line) is { Success: true, Length: var length } && length < line.Length ? line[length..] : line;
        var coded = Coded().Match(line);
        if (coded.Success && Find(coded.Groups["code"].Value, lexicon) is { } code)
        {
            var name = line[(coded.Index + coded.Length)..].Trim(' ', '-', '–', '—', ':', '.', ')');
            return (code, name.Length > 0 ? name : bare);
        }

        if (Trailing().Match(bare) is { Success: true } trailing && Find(trailing.Groups["code"].Value, lexicon) is { } last)
        {
            return (last, bare[..trailing.Index].Trim());
        }

        return (lexicon.Indicators.Find(bare, 0.85)?.Target, bare.Trim());
    }

    /// <summary>A title without what its form counts it by: « 3.1. Indicateur : taux de renvoi ».</summary>
    public static string WithoutCount(string title) => Counted().Replace(title, "");

    public static string? CodeIn(string text, Lexicon lexicon) =>
        text.Split([' ', '(', ')', ':', '.', '-', '–'], StringSplitOptions.RemoveEmptyEntries).Select(word => Find(word, lexicon)).FirstOrDefault(code => code is not null);

    private static string? Find(string code, Lexicon lexicon) => lexicon.IndicatorCodes.FirstOrDefault(known => string.Equals(known, code, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+(?=\p{L})")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^(?:indicateur\s*)?(?:n\s?(?:[°º]|o(?!\p{L}))\s?)?(?:(?<=indicateur\s+)[A-H](?=\s*[-–—:.)])|(?<=indicateur\s+)\d{1,2}\.\d{1,2}|\d{0,2})\s*[-–—:.)]*\s*(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?:indicateur\s*)?(?:n\s?(?:[°º]|o(?!\p{L}))\s?)?(?:\d{1,2}\s*(?:[-–—:.)]\s*|(?=[(\[])))?[(\[]?(?<code>[A-Za-z]\d{1,2}[a-z]?)\b[)\]]?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Coded();

    [GeneratedRegex(@"\s*[(\[](?:indicateur\s+)?(?<code>[A-Za-z]\d{1,2})[)\]]\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Trailing();
}
