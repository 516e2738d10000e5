using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Guichet.Core.Campaigns;

/// <summary>What is wrong in a campaign's file, and where.</summary>
/// <param name="Line">From 1; null where no line is at fault, as in a letter.</param>
/// <param name="Column">From 1, in bytes; null with the line.</param>
/// <param name="Message">One sentence in French: what is wrong and what would be right.</param>
public sealed record CampaignFault(long? Line, long? Column, string Message)
{
    /// <summary><c>ligne 12, colonne 5 : …</c></summary>
    public override string ToString() => Line is null ? Message : string.Create(CultureInfo.InvariantCulture, $"ligne {Line}, colonne {Column} : {Message}");
}

/// <summary>A campaign's file: read strictly, because a rule that was mistyped must be refused at load and not ignored at deposit.</summary>
public static partial class CampaignFile
{
    /// <summary>Reads a campaign, or says why it cannot run; exactly one of the two is given.</summary>
    public static (Campaign? Campaign, ImmutableArray<CampaignFault> Faults) Read(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8;
        Campaign campaign;
        try
        {
            campaign = JsonSerializer.Deserialize<Campaign>(text, GuichetJson.Options)
                ?? throw new JsonException("Le fichier ne contient que « null » : il faut un objet.");
        }
        catch (JsonException fault)
        {
            return (null, [new(fault.LineNumber + 1, fault.BytePositionInLine + 1, InFrench(fault))]);
        }

        var found = CampaignChecks.Of(campaign).ToList();
        if (found.Count == 0)
        {
            return (campaign, []);
        }

        var positions = new JsonPositions(text);
        return (null, [.. found
            .Select(fault => (Position: positions.Of(fault.Path), Sentence: $"{fault.Path} : {fault.Message}"))
            .OrderBy(fault => fault.Position)
            .Select(fault => new CampaignFault(fault.Position.Line, fault.Position.Column, fault.Sentence))]);
    }

    /// <summary>The serializer knows what is wrong and says it in English, with the names of types that the office never sees.</summary>
    private static string InFrench(JsonException fault)
    {
        var path = fault.Path is null or "$" ? "le fichier" : fault.Path.TrimStart('$', '.');
        if (Unmapped().Match(fault.Message) is { Success: true } unmapped)
        {
            var known = typeof(Campaign).Assembly.GetType(unmapped.Groups["type"].Value) is { } type ? GuichetJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name) : [];
            return $"{path} : « {unmapped.Groups["name"].Value} » n’est pas connu ici ; on attend {string.Join(", ", known)}.";
        }

        if (Missing().Match(fault.Message) is { Success: true } missing)
        {
            return $"{path} : il manque {missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal)}.";
        }

        return Unconverted().IsMatch(fault.Message)
            ? $"{path} : la valeur n’est pas de la sorte attendue ; le schéma du fichier (propriété $schema) dit laquelle."
            : fault.Message.StartsWith("Le fichier", StringComparison.Ordinal) ? fault.Message : $"{path} : le JSON est mal formé ici ({fault.Message})";
    }

    [GeneratedRegex("^The JSON property '(?<name>[^']*)' could not be mapped to any .NET member contained in type '(?<type>[^']*)'")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.( Path|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON value could not be converted to")]
    private static partial Regex Unconverted();
}
