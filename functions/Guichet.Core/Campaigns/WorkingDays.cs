using NodaTime;
using PublicHoliday;

namespace Guichet.Core.Campaigns;

/// <summary>Days on which an administration works where the campaign says.</summary>
internal static class WorkingDays
{
    /// <summary>The day itself, or the first working day after it.</summary>
    public static LocalDate OnOrAfter(LocalDate date, HolidayZone zone) => LocalDate.FromDateTime(Of(zone).NextWorkingDay(date.ToDateTimeUnspecified()));

    /// <summary>Whether a day is a public holiday; a Sunday is none by itself.</summary>
    public static bool IsHoliday(LocalDate date, HolidayZone zone) => Of(zone).IsPublicHoliday(date.ToDateTimeUnspecified());

    private static FrancePublicHoliday Of(HolidayZone zone) => new()
    {
        Region = zone switch
        {
            HolidayZone.Metropole => FrancePublicHoliday.Regions.OnlyOfficial,
            HolidayZone.AlsaceMoselle => FrancePublicHoliday.Regions.AlsaceMoselle,
            HolidayZone.Guadeloupe => FrancePublicHoliday.Regions.Guadeloupe,
            HolidayZone.Guyane => FrancePublicHoliday.Regions.Guyane,
            HolidayZone.Martinique => FrancePublicHoliday.Regions.Martinique,
            HolidayZone.Mayotte => FrancePublicHoliday.Regions.Mayotte,
            HolidayZone.Reunion => FrancePublicHoliday.Regions.Reunion,
            _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, null),
        },
    };
}
