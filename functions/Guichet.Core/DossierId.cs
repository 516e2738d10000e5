using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guichet.Core;

/// <summary>
/// A dossier's tracking number: 12 characters of Crockford's base 32 (digits and lower-case letters without i, l, o, u), so that it can be
/// read out on the telephone, and stand in an address, a blob name and a table key as it is.
/// </summary>
[JsonConverter(typeof(DossierIdJson))]
public readonly record struct DossierId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 12;
    private readonly string? _value;

    private DossierId(string value) => _value = value;

    /// <summary>The id that eight random bytes give; whoever draws them answers for their being random.</summary>
    /// <param name="random">At least eight bytes, of which 60 bits are used.</param>
    public static DossierId FromRandom(ReadOnlySpan<byte> random)
    {
        var bits = BitConverter.ToUInt64(random);
        return new(string.Create(Length, bits, static (text, rest) =>
        {
            for (var i = 0; i < text.Length; i++, rest >>= 5)
            {
                text[i] = Alphabet[(int)(rest & 31)];
            }
        }));
    }

    /// <summary>Reads an id as a person may have typed it: spaces, dashes and case do not count.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DossierId id)
    {
        var plain = (text ?? "").Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var valid = plain.Length == Length && plain.All(c => Alphabet.Contains(c, StringComparison.Ordinal));
        id = valid ? new(plain) : default;
        return valid;
    }

    /// <summary>The id in a text that our own code has written.</summary>
    /// <exception cref="FormatException">The text is no dossier's id.</exception>
    public static DossierId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"« {text} » n’est pas un numéro de dossier.");

    /// <summary>The 12 characters.</summary>
    public override string ToString() => _value ?? "";
}

/// <summary>An id as a JSON string.</summary>
internal sealed class DossierIdJson : JsonConverter<DossierId>
{
    public override DossierId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DossierId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Ce n’est pas un numéro de dossier.");

    public override void Write(Utf8JsonWriter writer, DossierId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
