using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>When a line of a budget is spent, read from what its porteur wrote: a year, years, a half-year, a quarter, a month, or two months.</summary>
internal static partial class BudgetPeriod
{
    private static readonly string[] Months = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

    /// <summary>The days, both ends included; null where they are not told in a way that leaves no doubt.</summary>
    public static DateInterval? Of(string? written)
    {
        var text = FoldedText.Of(written ?? "").Replace('\u00A0', ' ').Trim();
        if (Whole().Match(text) is { Success: true } years)
        {
            var first = Number(years.Groups["from"]);
            var last = years.Groups["to"].Success ? Number(years.Groups["to"]) : first;
            return last < first ? null : new DateInterval(new LocalDate(first, 1, 1), new LocalDate(last, 12, 31));
        }

        if (Part().Match(text) is { Success: true } part)
        {
            var months = part.Groups["kind"].Value[0] == 's' ? 6 : 3;
            var number = Number(part.Groups["number"]);
            return number * months > 12 || number == 0 ? null : Spanning(Number(part.Groups["year"]), (number - 1) * months + 1, months);
        }

        if (Named().Match(text) is { Success: true } named && Month(named.Groups["last"].Value) is { } lastMonth)
        {
            var (year, firstMonth) = (Number(named.Groups["year"]), named.Groups["first"].Success ? Month(named.Groups["first"].Value) : lastMonth);
            var firstYear = named.Groups["firstYear"].Success ? Number(named.Groups["firstYear"]) : year;
            var months = 12 * (year - firstYear) + lastMonth - firstMonth + 1;
            return months is > 0 ? Spanning(firstYear, firstMonth!.Value, months.Value) : null;
        }

        return null;
    }

    private static DateInterval Spanning(int year, int month, int months)
    {
        var start = new LocalDate(year, month, 1);
        return new DateInterval(start, start.PlusMonths(months).PlusDays(-1));
    }

    /// <summary>A month by its name or the beginning of it, as long as no other begins so.</summary>
    private static int? Month(string name) =>
        Months.Select((month, index) => (month, Number: index + 1)).Where(one => one.month.StartsWith(name.TrimEnd('.'), StringComparison.Ordinal)).ToList() is [var only] ? only.Number : null;

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:annees? )?(?<from>20\d\d)(?: ?(?:-|–|/|a|et) ?(?<to>20\d\d))?$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(?:(?<kind>[st])(?<number>\d)[ -]?(?<year>20\d\d)|(?<number>\d)(?:er|e|eme|nd)? (?<kind>semestre|trimestre) (?<year>20\d\d)|(?<year>20\d\d)[ -](?<kind>[st])(?<number>\d))$")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?:de )?(?:(?<first>[a-z]{3,9}\.?)(?: (?<firstYear>20\d\d))? ?(?:-|–|a|au) ?)?(?<last>[a-z]{3,9}\.?) (?<year>20\d\d)$")]
    private static partial Regex Named();
}
