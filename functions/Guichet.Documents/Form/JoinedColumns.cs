using System.Buffers;
using System.Text.RegularExpressions;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Headings that ask for two things at once: « Définition et unité », « Qui, à quel rythme », « Valeur cible et date ».</summary>
internal static partial class JoinedColumns
{
    private const double Sure = 0.85;
    private const int LongestHeading = 80;

    private static readonly SearchValues<char> Signs = SearchValues.Create("/&+,");

    /// <summary>The column that a heading names, or two of them joined by a plus; null where it names none.</summary>
    public static string? Find(LabelIndex columns, string heading)
    {
        // Asked of every cell of a sheet: nearly all of them are told from their first sign.
        if (heading.Length is < 5 or > LongestHeading || !char.IsLetter(heading[0]) || heading.AsSpan().IndexOfAny(Signs) < 0 && !heading.Contains(" et ", StringComparison.OrdinalIgnoreCase) || Joint().Split(heading) is not [{ Length: > 1 } first, { Length: > 1 } second])
        {
            return null;
        }

        var (a, b) = (Column(columns, first), Column(columns, second));
        if (a is "baseline" or "target" && FrenchText.Fold(second).Contains("date", StringComparison.Ordinal))
        {
            return a; // A date beside a value is read with it.
        }

        return (a, b) switch
        {
            (null, _) or (_, null) => null,
            ("note", var other) => other,
            (var other, "note") => other,
            var (one, other) when one == other => one,
            _ => $"{a}+{b}",
        };
    }

    /// <summary>« Qui » is too small a word for a label, and heads a column all the same where another is asked for beside it.</summary>
    private static string? Column(LabelIndex columns, string part) => columns.Find(part, Sure)?.Target ?? (FrenchText.HasKey(part, "qui") ? "owner" : null);

    /// <summary>What a cell says in each of its heading's columns; of two only where it plainly has two parts.</summary>
    public static IEnumerable<RecordCell> Cells(string target, string heading, Said said)
    {
        if (target.Split('+') is not [var first, var second])
        {
            return [new RecordCell(target, heading, said)];
        }

        var parts = Separators().Select(separator => separator.Split(said.Text.Trim())).FirstOrDefault(parts => parts.Length == 2 && parts.All(part => part.Trim().Length > 0));
        RecordCell Part(string column, string text) => new(column, heading, new Said(Own().Replace(text.Trim(), ""), said.Place));
        return parts is [var one, var other] ? [Part(first, one), Part(second, other)] : first is "definition" ? [new RecordCell(first, heading, said)] : [];
    }

    private static Regex[] Separators() => [Line(), Semicolon(), Slash(), Dash(), Comma()];

    [GeneratedRegex(@"\s+et\s+|\s*[/&+]\s*|\s*,\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Line();

    [GeneratedRegex(@"\s*;\s+")]
    private static partial Regex Semicolon();

    [GeneratedRegex(@"\s+/\s+")]
    private static partial Regex Slash();

    [GeneratedRegex(@"\s+[–—-]\s+")]
    private static partial Regex Dash();

    [GeneratedRegex(@"\s*,\s+")]
    private static partial Regex Comma();

    /// <summary>« Unité : jours » in the cell itself.</summary>
    [GeneratedRegex(@"^(?:définition|unité|source|méthode|fréquence|périodicité|responsable|date|valeur)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Own();
}
