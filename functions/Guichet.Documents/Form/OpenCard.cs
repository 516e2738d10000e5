using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>An indicator described line by line under its title.</summary>
internal sealed partial class OpenCard(Lexicon lexicon, Harvest harvest)
{
    private readonly List<RecordCell> cells = [];
    private string? title;
    private string? awaited;

    /// <summary>Whether a text announces one indicator: <c>Indicateur n° 1 – Taux de conversion</c>, <c>P2 – Taux de conversion</c>.</summary>
    public static bool IsTitle(string text) => IsCoded(text) || FrenchText.Fold(text) is var folded &&
        (folded.StartsWith("indicateur", StringComparison.Ordinal) && folded.Length > 11 && folded.AsSpan(0, Math.Min(16, folded.Length)).IndexOfAnyInRange('0', '9') > 0 || text.Length < 140 && Counted().IsMatch(folded));

    /// <summary>Whether a text is a code of the programme's and the name of its indicator.</summary>
    public static bool IsCoded(string text) => text.Length < 140 && Coded().IsMatch(text);

    /// <summary>Begins a card where the heading announces an indicator.</summary>
    public void Open(string heading) => title = IsTitle(heading) ? heading : null;

    /// <summary>Begins a card under a title that only its place makes one.</summary>
    public void OpenUncoded(string heading) => title = heading;

    /// <summary>Whether a text is the title of a part of an indicator.</summary>
    public bool IsPart(string text) => Column(text.TrimEnd('?', ':', ' ', '\u00A0')) is not null;

    /// <summary>« Indicateur 2 : Taux de conversion »: begins a card where a label numbers an indicator and its value names it.</summary>
    public bool OpenNamed(string label, string name)
    {
        if (!Numbered().IsMatch(label) || name.Length is 0 or > 200)
        {
            return false;
        }

        Close();
        title = name;
        return true;
    }

    /// <summary>Whether a line describes the indicator whose card is open.</summary>
    public bool Describes(string line) => title is not null && LabelledLine.Split(line) is { Value.Length: > 0 } split && Column(split.Label) is not null;

    /// <summary>Takes a line in; false where it does not describe an indicator.</summary>
    public bool Take(string label, Said value)
    {
        if (title is null || Column(label) is not { } target)
        {
            return false;
        }

        cells.AddRange(JoinedColumns.Cells(target, label, value));
        return true;
    }

    /// <summary>
    /// Takes in a table under the title of an indicator whose rows are by turns its labels and their values: « Unité | Valeur initiale | Cible » over « % | 7 | 40 », or dates over
    /// « Valeur | départ : 2 | 10 | cible : 80 ».
    /// </summary>
    public bool TakeTable(Table table)
    {
        if (title is null || table.Rows.Length is 0 or > 8 || table.Rows.Length % 2 == 1)
        {
            return false;
        }

        var taken = new List<RecordCell>();
        foreach (var (labels, values) in table.Rows.Zip(table.Rows.Skip(1)).Where((_, at) => at % 2 == 0))
        {
            foreach (var label in labels.Cells)
            {
                if (label.Number is not null || Column(label.Text) is not { } target || target == "name" && !Numbered().IsMatch(title))
                {
                    return false;
                }

                if (values.At(label.Column) is { } value)
                {
                    taken.AddRange(Marked(target, label.Text, Said.Of(value)));
                }
            }

            if (labels.Cells.Length < 2 || values.Cells.Length > labels.Cells.Length + 1)
            {
                return false;
            }
        }

        cells.AddRange(taken);
        return true;
    }

    /// <summary>« départ : 2 », « cible : 80 » under a date.</summary>
    private static IEnumerable<RecordCell> Marked(string target, string label, Said value) =>
        target == "intermediate" && Mark().Match(value.Text) is { Success: true } mark
            ? [new RecordCell(FrenchText.Fold(mark.Groups["what"].Value) is "cible" or "objectif" ? "target" : "baseline", label, value with { Text = value.Text[mark.Length..] })]
            : JoinedColumns.Cells(target, label, value);

    [GeneratedRegex(@"^\s*(?<what>départ|référence|initial|cible|objectif)\s*:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Mark();

    /// <summary>Whether a text is the title of a part of the indicator, whose value the next line is.</summary>
    public bool Expect(string label)
    {
        if (title is null || lexicon.List("impact.indicators").Columns.Find(label, 0.9) is not { Target: not "note" })
        {
            return false;
        }

        awaited = label;
        return true;
    }

    /// <summary>Takes the value of the part that was announced; false where none was.</summary>
    public bool TakeAwaited(Said value)
    {
        var label = awaited;
        awaited = null;
        return label is not null && Take(label, value);
    }

    private string? Column(string label)
    {
        var columns = lexicon.List("impact.indicators").Columns;
        if (lexicon.Fields.Find(label, 0.95)?.Target == "impact.evaluation")
        {
            return null; // How the whole is evaluated is of no indicator.
        }

        return IndicatorLabel.Target(columns, label) ?? (RecordHeaders.IsIntermediate(label) && columns.Find(label, 0.9)?.Target is not "intermediateDate" ? "intermediate" : RecordHeaders.IsMeasuredOn(label) ? "baselineDate" : (columns.Find(label, 0.8)?.Target ?? JoinedColumns.Find(columns, label)) is { } target and not "note" ? target : null);
    }

    public void Close()
    {
        if (cells.Count > 1 && title is not null)
        {
            var table = new RecordTable("impact.indicators", title, null);
            table.Records.Add(new Record([.. cells]));
            harvest.Tables.Add(table);
        }

        cells.Clear();
        (title, awaited) = (null, null);
    }

    [GeneratedRegex(@"^\s*indicateur\s*(?:n\s*[°o]\s*)?\d{1,2}\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    /// <summary>« 2.1 Indicateur P1 – Retraités touchés », « Projets de réutilisation (M1) ».</summary>
    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+indicateur\b[^a-z]*[:–—-]?\s*\S|^\s*indicateur [a-h]\s*[:–—-]\s*\S|^\p{L}[^:]{4,}\((?:indicateur )?[pm][1-9]\)$")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^\s*[PM][1-9]\s*[–—:-]\s*\p{L}[^:]*$")]
    private static partial Regex Coded();
}
