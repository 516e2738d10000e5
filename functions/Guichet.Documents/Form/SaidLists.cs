using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// Lists that are said in one breath: « une cheffe de produit (1 ETP), deux développeurs (2 ETP) », « capteurs en panne (gravité élevée). Réponse : redondance ».
/// Looked for where a document has no table or lines of the kind.
/// </summary>
internal sealed partial class SaidLists(Lexicon lexicon, Harvest harvest)
{
    private const int Least = 2;
    private const int LongestText = 4_000;

    public void Take(DocumentModel document)
    {
        // What cannot hold either is not looked into: a large sheet has as many cells as a long book has words.
        var texts = document.Blocks.SelectMany(Texts).Where(said => said.Text.Length is > 12 and < LongestText).ToList();
        TakeFirst("governance.team", [.. texts.Where(said => said.Text.Contains("ETP", StringComparison.OrdinalIgnoreCase) || said.Text.Contains("temps plein", StringComparison.OrdinalIgnoreCase))], Team);
        TakeFirst("project.milestones", [.. harvest.Candidates.Where(candidate => candidate.Field == Core.Deposit.Fields.ProjectMilestones).Select(candidate => candidate.Value)], Milestones);
        TakeAll("governance.risks", [.. texts.Where(said => said.Text.Contains("gravité", StringComparison.OrdinalIgnoreCase))], Risks);
    }

    private void TakeFirst(string list, List<Said> texts, Func<Said, List<Record>> read)
    {
        if (!IsKnown(list) && texts.Select(read).FirstOrDefault(records => records.Count >= Least) is { } found)
        {
            Add(list, found);
        }
    }

    private void TakeAll(string list, List<Said> texts, Func<Said, List<Record>> read)
    {
        if (!IsKnown(list) && texts.SelectMany(read).DistinctBy(record => FrenchText.Key(record.Cells[0].Value.Text)).ToList() is { Count: >= Least } found)
        {
            Add(list, found);
        }
    }

    private bool IsKnown(string list) => harvest.Tables.Any(table => table.List == list && table.Records.Count > 0);

    private void Add(string list, IEnumerable<Record> records)
    {
        var table = new RecordTable(list, null, null);
        table.Records.AddRange(records);
        harvest.Tables.Add(table);
    }

    private static IEnumerable<Said> Texts(Block block) => block switch
    {
        Paragraph { IsHint: false } paragraph => [new Said(paragraph.Text, paragraph.Place)],
        Answer answer => [new Said($"{answer.Label} : {answer.Text}", answer.Place)],
        Table table => table.Rows.SelectMany(row => row.Cells).Where(cell => !cell.IsSpread).Select(Said.Of),
        _ => [],
    };

    private List<Record> Team(Said said)
    {
        if (LabelledLine.Split(said.Text) is { } labelled && FrenchText.Fold(labelled.Label).Contains("etp", StringComparison.Ordinal) && lexicon.Field(labelled.Label, null, 0.8)?.Target == "governance.team")
        {
            var parts = labelled.Value.Split(';', '\n').Select(part => Counted().Match(part.Trim())).ToList();
            return parts.TrueForAll(part => part.Success) ? [.. parts.Select(part => Member(part.Groups[1].Value, part.Groups[2].Value, said))] : [];
        }

        var lines = said.Text.Split('\n', ';').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => CountFirst().Match(line)).ToList();
        if (lines.Count > 0 && lines.TrueForAll(line => line.Success))
        {
            return [.. lines.Select(line => Member(line.Groups[2].Value, line.Groups[1].Value, said))];
        }

        var members = new List<Record>();
        var from = 0;
        foreach (Match fte in FullTime().Matches(said.Text))
        {
            var role = said.Text[from..fte.Index];
            role = Opening().Replace(role[(role.LastIndexOfAny([':', '\n']) + 1)..], "");
            from = fte.Index + fte.Length;
            if (Article().Replace(role, "").Trim(' ', ',', ';', '.', '•', '–', '-', '(', '\u00A0') is { Length: > 2 and < 80 } bare)
            {
                members.Add(Member(bare, fte.Groups[1].Value, said));
            }
        }

        return members;
    }

    /// <summary>« 15/11/2023 – trois jeux publiés » line under line in one answer: each of them is a milestone, or none is.</summary>
    private static List<Record> Milestones(Said said)
    {
        var lines = said.Text.Split('\n', ';').Select(line => line.Trim(' ', '•', '-', '–', '.')).Where(line => line.Length > 0).Select(line => LineLists.Dated(line, _ => false)).ToList();
        return lines.Contains(null) ? [] : [.. lines.Select(line => new Record([Cell("label", line![0], said), Cell("date", line[1], said)]))];
    }

    private static List<Record> Risks(Said said) =>
    [
        .. said.Text.Split('\n').Select(line => Risk().Match(line.Trim())).Where(match => match.Success).Select(match => new Record(
        [
            Cell("risk", match.Groups["risk"].Value, said), Cell("severity", match.Groups["severity"].Value, said), Cell("answer", match.Groups["answer"].Value, said),
        ])),
    ];

    private static Record Member(string role, string fte, Said said) => new([Cell("role", role, said), Cell("fte", fte, said)]);

    private static RecordCell Cell(string column, string text, Said said) => new(column, column, new Said(text.Trim(' ', '.', ',', ';', '\u00A0'), said.Place));

    [GeneratedRegex(@"\s*[(:–—-]?\s*(\d+(?:[.,]\d+)?)\s*(?:ETP|équivalents? temps plein)\b\)?", RegexOptions.IgnoreCase)]
    private static partial Regex FullTime();

    /// <summary>« 0,8 ETP – Chef de projet ».</summary>
    [GeneratedRegex(@"^[•–-]?\s*(\d+(?:[.,]\d+)?)\s*(?:ETP|équivalents? temps plein)\s*[:–—-]\s*(\p{L}.{2,78})$", RegexOptions.IgnoreCase)]
    private static partial Regex CountFirst();

    [GeneratedRegex(@"^(\p{L}.*?)\s+(\d+(?:[.,]\d+)?)$")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^.*\b(?:réunit|comprend|regroupe|mobilise|composée? (?:de|d’)|est composée? (?:de|d’))\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^[\s,;•–-]*(?:et\s+(?:(?:une?|deux|trois|quatre|cinq|des|les?|la|\d+)\s+)?|(?:une?|deux|trois|quatre|cinq|des|les?|la|\d+)\s+)", RegexOptions.IgnoreCase)]
    private static partial Regex Article();

    [GeneratedRegex(@"^(?:risque\s*(?:n\s*°\s*)?\d{0,2}\s*[:–-]\s*|\d{1,2}[.)]\s*|[a-z]\)\s*|[•–-]\s*)?(?<risk>\p{L}[^()\[\]\n]{3,160}?)\s*[\[(]?\s*\bgravité\s*:?\s*(?<severity>\p{L}[\p{L} ]{2,18}?)\s*[\])]?\s*\.?\s*(?:→|(?:réponse|parade|mesure)\s*:)\s*(?<answer>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Risk();
}
