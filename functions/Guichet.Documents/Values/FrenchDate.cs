using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Guichet.Documents.Values;

/// <summary>Dates as French administrations write them; a date given to the month, quarter or half-year is its first day.</summary>
internal static partial class FrenchDate
{
    private static readonly string[] Months =
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

    /// <summary>The one date that a text gives.</summary>
    public static Understood<LocalDate> Parse(string text) => Find(Cut().IsMatch(text.Trim()) ? Spaces().Replace(text, "") : text) switch
    {
        { Unreadable: true } => Understood<LocalDate>.No("la date n’existe pas ou n’est pas lisible"),
        { Dates: [var date] } => date,
        { Dates: [] } => Understood<LocalDate>.No("aucune date n’a été reconnue"),
        { Dates: var several } => several.Distinct().Count() == 1
            ? several[0]
            : Understood<LocalDate>.No("plusieurs dates différentes sont données"),
    };

    /// <summary>The two dates of a period, where a text gives two and the second is later: <c>du 1er mars 2024 au 31/08/2025</c>.</summary>
    public static (LocalDate Start, LocalDate End)? ParsePeriod(string text) =>
        Find(text) is { Unreadable: false, Dates: [var start, var end] } && start < end ? (start, end) : null;

    /// <summary>The text without its dates: what else it says.</summary>
    public static string Without(string text)
    {
        var folded = FrenchText.Fold(text);
        return Written().Replace(folded, " ");
    }

    /// <summary>The day that a spreadsheet's serial number stands for, where it can be a day of a project.</summary>
    public static LocalDate? FromSerial(decimal serial, bool from1904 = false)
    {
        var days = decimal.Truncate(serial) + (from1904 ? 1462 : 0);
        return days is >= 20_000 and <= 90_000 ? new LocalDate(1899, 12, 30).PlusDays((int)days) : null;
    }

    private readonly record struct Found(List<LocalDate> Dates, bool Unreadable);

    private static Found Find(string text)
    {
        var dates = new List<LocalDate>();
        foreach (Match match in Written().Matches(FrenchText.Fold(text)))
        {
            if (Read(match.Groups) is not { } date)
            {
                return new Found(dates, true);
            }

            dates.Add(date);
        }

        return new Found(dates, false);
    }

    private static LocalDate? Read(GroupCollection groups)
    {
        if (groups["quarter"].Success)
        {
            return Day(Number(groups["year"]), (Ordinal(groups["quarter"].Value) - 1) * 3 + 1, 1);
        }

        if (groups["half"].Success)
        {
            return Day(Number(groups["year"]), (Ordinal(groups["half"].Value) - 1) * 6 + 1, 1);
        }

        var month = groups["name"].Success ? MonthOf(groups["name"].Value) : Number(groups["month"]);
        var day = groups["day"].Success ? Number(groups["day"]) : 1;
        var year = Number(groups["year"]);
        return Day(year < 100 ? year + 2000 : year, month, day);
    }

    private static LocalDate? Day(int year, int month, int day) =>
        year is >= 1950 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day)
            : null;

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Ordinal(string word) => word[0] switch { 'p' => 1, 'd' => 2, 's' => 2, 't' => 3, 'q' => 4, var digit => digit - '0' };

    private static int MonthOf(string name)
    {
        var start = name.TrimEnd('.');
        var matching = Enumerable.Range(0, 12).Where(i => Months[i].StartsWith(start, StringComparison.Ordinal)).ToList();
        return matching is [var month] ? month + 1 : start switch { "sept" => 9, "jul" or "juil" => 7, "fev" or "fevr" => 2, "aou" => 8, _ => 0 };
    }

    /// <summary>A date that a narrow cell broke: digits and separators alone, as many as a date has.</summary>
    [GeneratedRegex(@"^(?=(?:\D*\d){8}\D*$)[\d/.\s-]+$")]
    private static partial Regex Cut();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // The five-digit guard keeps a SIRET or a phone number from being read as a date.
    [GeneratedRegex("""
        (?<![\d/.-])(?:
          (?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[t\ ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?)?
        | (?<day>\d{1,2})\ ?[/.-]\ ?(?<month>\d{1,2})\ ?[/.-]\ ?(?<year>\d{4}|\d{2}(?!\s?\d))
        | (?:(?<day>\d{1,2})(?:\ ?er)?\ )?\b(?<name>janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout?|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\.?\ (?<year>\d{4})
        | (?<month>\d{1,2})/(?<year>\d{4})
        | (?<year>\d{4})-(?<month>0[1-9]|1[0-2])(?!\d|-)
        | \bt\ ?(?<quarter>[1-4])[\ /-]{0,3}(?:de\ )?(?<year>\d{4})
        | (?<year>\d{4})[\ /-]{0,3}t\ ?(?<quarter>[1-4])\b
        | \b(?<quarter>[1-4]|premier|deuxieme|second|troisieme|quatrieme)\ ?(?:er|e|eme|nd)?\ trimestre\ (?:de\ |de\ l'annee\ )?(?<year>\d{4})
        | \bs\ ?(?<half>[12])[\ /-]{0,3}(?<year>\d{4})
        | (?<year>\d{4})[\ /-]{0,3}s\ ?(?<half>[12])\b
        | \b(?<half>[12]|premier|second|deuxieme)\ ?(?:er|e|eme|nd)?\ semestre\ (?:de\ |de\ l'annee\ )?(?<year>\d{4})
        )(?![\d])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Written();
}
