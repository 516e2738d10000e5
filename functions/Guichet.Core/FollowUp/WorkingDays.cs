using NodaTime;
using PublicHoliday;

namespace Guichet.Core.FollowUp;

/// <summary>Days on which a French administration works (metropolitan France).</summary>
internal static class WorkingDays
{
    private static readonly FrancePublicHoliday Holidays = new();

    /// <summary>The day itself, or the first working day after it.</summary>
    public static LocalDate OnOrAfter(LocalDate date) => LocalDate.FromDateTime(Holidays.NextWorkingDay(date.ToDateTimeUnspecified()));
}
