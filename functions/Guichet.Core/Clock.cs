using System.Globalization;
using NodaTime;

namespace Guichet.Core;

/// <summary>Instants and dates, as the guichet takes them from a clock and shows them to people.</summary>
public static class Clock
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>The present instant.</summary>
    public static Instant Now(this TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>The first instant of a local time that people have agreed on; a time that a change of hour skips is taken just after it.</summary>
    public static Instant At(this LocalDate date, LocalTime time, DateTimeZone zone) => zone.AtLeniently(date + time).ToInstant();

    /// <summary><c>13 mars 2024</c>, <c>1er mars 2024</c>.</summary>
    public static string InFrench(this LocalDate date) =>
        (date.Day == 1 ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture)) + date.ToString(" MMMM yyyy", French);

    /// <summary><c>13 mars 2024 à 10 h 05</c>, in the given zone.</summary>
    public static string InFrench(this Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone);
        return $"{local.Date.InFrench()} à {local.Hour}\u00A0h\u00A0{local.Minute:00}";
    }
}
