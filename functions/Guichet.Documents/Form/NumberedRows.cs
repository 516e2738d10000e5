using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>
/// Lists that a form asks for row by row under numbered labels: « Jalon 1 (intitulé) », « Jalon 1 (date) », « Membre 2 : ETP ». Turned into the table that
/// they are: a row a number, a column a part.
/// </summary>
internal sealed partial class NumberedRows(Lexicon lexicon)
{
    /// <summary>The list that a noun speaks of, and what a number without a part says of its record. Indicators have cards of their own.</summary>
    private static readonly Dictionary<string, (string List, string Main)> Nouns = new(StringComparer.Ordinal)
    {
        ["jalon"] = ("project.milestones", "Jalon"),
        ["etape"] = ("project.milestones", "Étape"),
        ["risque"] = ("governance.risks", "Risque"),
        ["membre"] = ("governance.team", "Rôle"),
        ["role"] = ("governance.team", "Rôle"),
        ["profil"] = ("governance.team", "Profil"),
        ["source"] = ("data.sources", "Source de données"),
        ["financeur"] = ("budget.otherFinancing", "Financeur"),
        ["cofinanceur"] = ("budget.otherFinancing", "Cofinanceur"),
        ["depense"] = ("budget.lines", "Libellé"),
        ["ligne"] = ("budget.lines", "Libellé"),
        ["equipe"] = ("governance.team", "Rôle"),
        ["donnee"] = ("data.sources", "Source de données"),
    };

    private sealed record Part(string List, int Number, string Heading, string Target, Cell Value);

    /// <summary>A table without its numbered rows, and those as tables; the table itself where it has none that make a whole list.</summary>
    public (Table Others, IReadOnlyList<Table> Lists) Take(Table table)
    {
        var parts = new List<(Row Row, Part? Part)>();
        Part? before = null;
        foreach (var row in table.Rows)
        {
            before = PartOf(row) ?? BesideOf(row, before);
            if (before is not null)
            {
                parts.Add((row, before));
            }
        }

        var whole = parts.GroupBy(one => one.Part!.List, StringComparer.Ordinal)
            .Where(list => lexicon.List(list.Key).Required.All(required => list.Any(one => one.Part!.Target == required)))
            .ToList();
        if (whole.Count == 0)
        {
            return (table, []);
        }

        var taken = whole.SelectMany(list => list.Select(one => one.Row)).ToHashSet(ReferenceEqualityComparer.Instance);
        return (table with { Rows = [.. table.Rows.Where(row => !taken.Contains(row))] }, [.. whole.Select(list => Of([.. list.Select(one => one.Part!)]))]);
    }

    private static Table Of(ImmutableArray<Part> parts)
    {
        var columns = parts.Select(part => part.Target).Distinct(StringComparer.Ordinal).ToList();
        var place = parts[0].Value.Place;
        Cell Heading(string target, int column) => new(column, parts.First(part => part.Target == target).Heading, place);
        return new Table(place,
        [
            new Row([.. columns.Select(Heading)]),
            .. parts.GroupBy(part => part.Number).OrderBy(record => record.Key)
                .Select(record => new Row([.. record.DistinctBy(part => part.Target).Select(part => part.Value with { Column = columns.IndexOf(part.Target) }).OrderBy(cell => cell.Column)])),
        ]);
    }

    private Part? PartOf(Row row)
    {
        if (row.Cells is not [var label, var value] || Numbered().Match(label.Text) is not { Success: true } match)
        {
            return null;
        }

        var noun = FoldedText.Of(match.Groups["noun"].Value).Split((char[])[' ', ',', '\''], StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('s')).LastOrDefault(Nouns.ContainsKey);
        if (noun is null)
        {
            return null;
        }

        var (list, main) = Nouns[noun];
        // « Équipe – ETP 1 »: the part stands before the number.
        var before = match.Groups["noun"].Value.Split(" – ") is [_, var part] ? part : null;
        var heading = match.Groups["part"].Success ? match.Groups["part"].Value.Trim() : before is not null && lexicon.List(list).Columns.Find(before, 0.85) is not null ? before : main;
        return lexicon.List(list).Columns.Find(heading, 0.8)?.Target is { } target
            ? new Part(list, int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), heading, target, value)
            : null;
    }

    /// <summary>« Gravité 1 » after « Risque 1 »: another part of the same record.</summary>
    private Part? BesideOf(Row row, Part? before) =>
        before is not null && row.Cells is [var label, var value] && Numbered().Match(label.Text) is { Success: true } match && !match.Groups["part"].Success
        && match.Groups["number"].Value == before.Number.ToString(CultureInfo.InvariantCulture)
        && lexicon.List(before.List).Columns.Find(match.Groups["noun"].Value, 0.85)?.Target is { } target
            ? new Part(before.List, before.Number, match.Groups["noun"].Value.Trim(), target, value)
            : null;

    [GeneratedRegex(@"^\s*(?<noun>\p{L}[^\d:()]{2,40}?)\s*(?:n\s*[°o]\s*)?(?<number>\d{1,2})\s*(?:et\s+dates?\s*)?(?:[:,–—-]\s*(?<part>\p{L}[^:]{0,60}?)|\((?<part>\p{L}[^()]{0,60})\))?\s*:?\s*$")]
    private static partial Regex Numbered();
}
