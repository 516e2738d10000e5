using System.Diagnostics.CodeAnalysis;

namespace Guichet.Core;

/// <summary>
/// The number of an establishment in SIRENE: 14 digits, the first nine being the SIREN of the body that it belongs to. The last digit is a
/// Luhn key, except at La Poste, whose offices outnumbered the keys: there a sum of digits that is a multiple of five serves as well.
/// </summary>
/// <remarks>Source: INSEE, définition du SIRET.</remarks>
public readonly record struct Siret
{
    private const string LaPoste = "356000000";
    private readonly string? _digits;

    private Siret(string digits) => _digits = digits;

    /// <summary>The nine digits of the body.</summary>
    public string Siren => ToString()[..9];

    /// <summary>Reads a SIRET; spaces, dots and dashes between its digits do not count.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Siret siret)
    {
        var digits = Digits(text);
        var valid = digits.Length == 14 && (Luhn(digits) || (digits.StartsWith(LaPoste, StringComparison.Ordinal) && digits.Sum(c => c - '0') % 5 == 0));
        siret = valid ? new(digits) : default;
        return valid;
    }

    /// <summary>Whether a text is a SIREN: nine digits, the last being a Luhn key.</summary>
    public static bool IsSiren(string text) => text.Length == 9 && text.All(char.IsAsciiDigit) && Luhn(text);

    /// <summary>What is left of a text without the spaces, dots and dashes that people put between digits.</summary>
    public static string Digits(string? text) =>
        string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-'))) is var kept && kept.All(char.IsAsciiDigit) ? kept : "";

    /// <summary>The 14 digits.</summary>
    public override string ToString() => _digits ?? "";

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }
}
