using System.Globalization;
using System.Text;
using System.Text.Json;
using Guichet.Core;
using nietras.SeparatedValues;

namespace Guichet.Local.Commands;

/// <summary>A body of the State's published list of its operators.</summary>
/// <param name="Siren">Nine digits.</param>
/// <param name="Name">As the list names it; null where it does not.</param>
internal sealed record ListedOperator(string Siren, string? Name);

/// <summary>
/// The State's list of operators as it is published: a CSV of any delimiter with a header, or a JSON of objects, with a column named SIREN or, for want
/// of one, SIRET. Where the list has a column of names, they are kept for whoever reads the rules.
/// </summary>
/// <param name="Operators">In order of SIREN, each once.</param>
/// <param name="Unread">The lines without a valid SIREN, each with what it holds.</param>
internal sealed record OperatorList(IReadOnlyList<ListedOperator> Operators, IReadOnlyList<string> Unread)
{
    private static readonly string[] Numbers = ["siren", "siret"];
    private static readonly string[] Names = ["nom", "denomination", "libelle", "operateur", "raison sociale", "intitule", "organisme"];

    /// <exception cref="LocalProblemException">It is no such list: the message says why.</exception>
    public static OperatorList Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new LocalProblemException($"« {file} » n’existe pas : donnez la liste des opérateurs, en CSV ou en JSON.");
        }

        var bytes = File.ReadAllBytes(file);
        var text = Decoded(bytes);
        var rows = text.TrimStart().StartsWith('[') || text.TrimStart().StartsWith('{') ? JsonRows(file, text) : CsvRows(file, text);
        var operators = new SortedDictionary<string, ListedOperator>(StringComparer.Ordinal);
        var unread = new List<string>();
        foreach (var (place, number, name) in rows)
        {
            var digits = Siret.Digits(number);
            var siren = digits.Length == 14 ? digits[..9] : digits;
            if (Siret.IsSiren(siren))
            {
                operators.TryAdd(siren, new ListedOperator(siren, string.IsNullOrWhiteSpace(name) ? null : string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
            }
            else
            {
                unread.Add($"{place} : « {number} »");
            }
        }

        return operators.Count > 0 ? new OperatorList([.. operators.Values], unread) : throw new LocalProblemException($"« {file} » ne contient aucun SIREN valable.");
    }

    private static string Decoded(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // Older exports are in Windows-1252, which differs from Latin-1 in signs that no name of a body has.
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static List<(string Place, string Number, string? Name)> CsvRows(string file, string text)
    {
        using var reader = Sep.Reader(options => options with { Unescape = true, DisableColCountCheck = true }).FromText(text);
        var header = reader.Header.ColNames;
        var number = IndexOf(header, Numbers) ?? throw new LocalProblemException($"« {file} » n’a pas de colonne SIREN ni SIRET ; ses colonnes sont {string.Join(", ", header)}.");
        var name = IndexOf(header, Names);
        var rows = new List<(string, string, string?)>();
        foreach (var row in reader)
        {
            if (row.Span.Trim().Length > 0)
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"ligne {row.LineNumberFrom}");
                rows.Add((place, number < row.ColCount ? row[number].ToString() : "", name is { } at && at < row.ColCount ? row[at].ToString() : null));
            }
        }

        return rows;
    }

    private static List<(string Place, string Number, string? Name)> JsonRows(string file, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var rows = Objects(document.RootElement).Select((item, index) =>
            {
                var members = item.EnumerateObject().ToList();
                var names = members.ConvertAll(member => member.Name);
                return IndexOf(names, Numbers) is { } number
                    ? (Place: string.Create(CultureInfo.InvariantCulture, $"objet {index + 1}"), Number: members[number].Value.ToString(), Name: IndexOf(names, Names) is { } name ? members[name].Value.ToString() : null)
                    : default;
            }).Where(row => row.Place is not null).ToList();
            return rows.Count > 0 ? rows : throw new LocalProblemException($"« {file} » ne contient aucun objet qui ait un membre SIREN ou SIRET.");
        }
        catch (JsonException fault)
        {
            throw new LocalProblemException($"« {file} », ligne {fault.LineNumber + 1} : le JSON est mal formé.");
        }
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(element),
        _ => [],
    };

    /// <summary>The first column of the words, in the order of the words: by its whole name, else by a word of it.</summary>
    private static int? IndexOf(IReadOnlyList<string> columns, string[] words)
    {
        var folded = columns.Select(column => FoldedText.Of(column).Replace('_', ' ').Trim()).ToList();
        foreach (var word in words)
        {
            var at = folded.IndexOf(word);
            at = at < 0 ? folded.FindIndex(column => column.Split(' ').Contains(word)) : at;
            if (at >= 0)
            {
                return at;
            }
        }

        return null;
    }
}
