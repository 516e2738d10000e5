using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guichet.Core;

/// <summary>An amount of money: whole cents, so that sums are exact and a rounding is always somebody's decision.</summary>
/// <param name="Cents">The amount in cents; may be negative in a difference.</param>
[JsonConverter(typeof(EurosJson))]
public readonly record struct Euros(long Cents) : IComparable<Euros>
{
    private static readonly NumberFormatInfo French = new()
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = "\u202F",
        NumberDecimalDigits = 2,
    };

    /// <summary>No money.</summary>
    public static Euros Zero => default;

    /// <summary>The amount as decimal euros.</summary>
    public decimal Amount => Cents / 100m;

    /// <summary>An amount given in euros; a fraction of a cent is refused, because rounding it would be a choice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than two decimals, or beyond what cents can hold.</exception>
    public static Euros From(decimal amount) => TryFrom(amount) ??
        throw new ArgumentOutOfRangeException(nameof(amount), amount, "An amount in euros has at most two decimals and 15 digits.");

    /// <summary>An amount given in euros, or nothing where it has a fraction of a cent or exceeds what a public budget can hold.</summary>
    public static Euros? TryFrom(decimal amount) =>
        Math.Abs(amount) < 10_000_000_000_000m && amount * 100m == Math.Truncate(amount * 100m) ? new Euros((long)(amount * 100m)) : null;

    /// <summary>A share of the amount, rounded down to the cent: a programme never owes the cent that does not exist.</summary>
    public Euros Share(decimal rate) => new((long)Math.Floor(Cents * rate));

    /// <inheritdoc/>
    public int CompareTo(Euros other) => Cents.CompareTo(other.Cents);

    /// <summary>As French readers write it: <c>1 234 567,89 €</c>, without decimals where there are no cents.</summary>
    public override string ToString() => Amount.ToString(Cents % 100 == 0 ? "N0" : "N2", French) + "\u00A0€";

#pragma warning disable CS1591 // operators are what they are
    public static Euros operator +(Euros left, Euros right) => new(left.Cents + right.Cents);
    public static Euros operator -(Euros left, Euros right) => new(left.Cents - right.Cents);
    public static bool operator <(Euros left, Euros right) => left.Cents < right.Cents;
    public static bool operator >(Euros left, Euros right) => left.Cents > right.Cents;
    public static bool operator <=(Euros left, Euros right) => left.Cents <= right.Cents;
    public static bool operator >=(Euros left, Euros right) => left.Cents >= right.Cents;
#pragma warning restore CS1591
}

/// <summary>Money as a JSON number with two decimals.</summary>
internal sealed class EurosJson : JsonConverter<Euros>
{
    public override Euros Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Euros.TryFrom(reader.GetDecimal()) ?? throw new JsonException("Un montant a deux décimales au plus.");

    public override void Write(Utf8JsonWriter writer, Euros value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Amount.ToString("F2", CultureInfo.InvariantCulture));
}

/// <summary>Sums of money.</summary>
public static class EurosSums
{
    /// <summary>The sum of amounts; zero where there are none.</summary>
    public static Euros Sum(this IEnumerable<Euros> amounts) => amounts.Aggregate(Euros.Zero, (sum, amount) => sum + amount);
}
