using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Guichet.Local.Commands;

/// <summary><c>operators LIST --campaign FILE</c>: puts the State's published list of operators into a campaign's rules, and leaves all else of the file as it is.</summary>
internal static class ImportOperators
{
    public const string Usage = "Usage : dotnet run --project infra/local -- operators LISTE --campaign FICHIER";

    /// <returns>0; what cannot be done is a <see cref="LocalProblemException"/>.</returns>
    public static async Task<int> Run(string[] args)
    {
        var (list, file) = args switch
        {
            [var first, "--campaign", var last] => (first, last),
            ["--campaign", var first, var last] => (last, first),
            _ => throw new LocalProblemException($"Donnez la liste publiée et le fichier de règles. {Usage}"),
        };

        var before = CampaignFiles.Load(file);
        var read = OperatorList.Read(list);
        var text = await File.ReadAllBytesAsync(file);
        var (start, end) = OperatorsIn(text) ?? throw new LocalProblemException($"« {file} » n’a pas de liste applicants.operators à remplacer : ajoutez « \"operators\": [] ».");
        await File.WriteAllBytesAsync(file, [.. text.AsSpan(0, start), .. Encoding.UTF8.GetBytes(Written(read.Operators)), .. text.AsSpan(end)]);
        CampaignFiles.Load(file);

        var (was, now) = (before.Applicants.Operators.ToHashSet(StringComparer.Ordinal), read.Operators.Select(one => one.Siren).ToHashSet(StringComparer.Ordinal));
        Say.Line(string.Create(CultureInfo.InvariantCulture, $"{file} : opérateurs de la liste, {now.Count} ; ajoutés, {now.Count(siren => !was.Contains(siren))} ; retirés, {was.Count(siren => !now.Contains(siren))}."));
        foreach (var line in read.Unread)
        {
            Say.Line($"{list}, {line} n’est pas un SIREN ; cette ligne est laissée de côté.");
        }

        Say.Line("Une version qui a servi ne change plus : donnez à ce fichier une version et une date d’effet nouvelles avant de le déposer.");
        return 0;
    }

    /// <summary>Where the list stands in the file, brackets included, in bytes.</summary>
    private static (int Start, int End)? OperatorsIn(ReadOnlySpan<byte> text)
    {
        var preamble = text.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(text[preamble..], new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var inApplicants = false;
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                inApplicants = reader.ValueTextEquals("applicants");
            }
            else if (inApplicants && reader.CurrentDepth == 2 && reader.ValueTextEquals("operators"))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return (start + preamble, (int)reader.BytesConsumed + preamble);
            }
        }

        return null;
    }

    private static string Written(IReadOnlyList<ListedOperator> operators)
    {
        var lines = operators.Select((one, index) => $"      \"{one.Siren}\"{(index < operators.Count - 1 ? "," : "")}{(one.Name is { } name ? $" // {name}" : "")}");
        return $"[\n{string.Join('\n', lines)}\n    ]";
    }
}
