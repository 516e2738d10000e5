using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// Sources of data and risks that are written out in paragraphs: each under its name, or each opened by « Source : … », its parts line after line or in one breath. Put into a
/// table as its author could have written it, and read as one.
/// </summary>
internal sealed partial class WrittenRecords(Lexicon lexicon, Action<Table, string> scan, Action<Block> giveBack)
{
    private static readonly string[] Lists = ["data.sources", "governance.risks"];

    private readonly List<Block> taken = [];
    private readonly List<Row> rows = [];
    private ListWords? open;
    private Block? name;
    private int parts;
    private bool isWhole;

    /// <summary>Takes a block in where it is a part of such a record.</summary>
    public bool Take(Block block)
    {
        if (block is not (Paragraph { IsHint: false } or Heading) || Text(block) is not { Length: > 2 and < 600 } text)
        {
            Close();
            return false;
        }

        foreach (var list in MayHold(text) ? open is null ? Lists.Select(lexicon.List) : [open] : [])
        {
            if (WrittenRecord.Rows(text, block.Place, list, name is null ? null : Text(name)) is { } whole)
            {
                return Accept(list, block, whole, startsAnew: true);
            }

            if (WrittenRecord.PartOf(text, block.Place, list) is { } part)
            {
                var column = WrittenRecord.Column(part.Cells[0].Text, list);
                if (column == list.Required[0])
                {
                    return Accept(list, block, [part], startsAnew: true);
                }

                if (name is not null)
                {
                    return Accept(list, block, [WrittenRecord.Named(Text(name)!, name.Place, list), part], startsAnew: true);
                }

                if (open is not null && !isWhole)
                {
                    return Accept(list, block, [part], startsAnew: false);
                }
            }
        }

        if (IsName(block, text))
        {
            if (name is { } before)
            {
                name = null;
                giveBack(before);
            }

            name = block;
            return true;
        }

        Close();
        return false;
    }

    /// <summary>What follows is no part of a record.</summary>
    public void Close()
    {
        var (list, blocks, standing, after) = (open, taken.ToList(), rows.ToList(), name);
        var isOne = list is not null && (parts >= 3 || standing.Count >= 6);
        (open, name, parts, isWhole) = (null, null, 0, false);
        taken.Clear();
        rows.Clear();
        if (isOne)
        {
            scan(new Table(standing[0].Cells[0].Place, [.. standing]), list!.Field == "data.sources" ? "data" : "governance");
        }
        else
        {
            blocks.ForEach(giveBack);
        }

        if (after is not null)
        {
            giveBack(after);
        }
    }

    /// <summary>Asked of every paragraph: nearly all of them are none, and to look a label up takes longer than to read the rest.</summary>
    private bool MayHold(string text) => text.Contains(':', StringComparison.Ordinal) && (open is not null || name is not null || Opening().IsMatch(text));

    [GeneratedRegex(@"^\W*(?:\d{1,2}(?:\.\d{1,2})*\W+)?(?:source|donnée|jeu|base|fichier|référentiel|registre|risque|aléa|menace|difficulté)", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    private bool Accept(ListWords list, Block block, IEnumerable<Row> more, bool startsAnew)
    {
        open = list;
        if (name is not null)
        {
            taken.Add(name);
            name = null;
        }

        taken.Add(block);
        var before = rows.Count;
        rows.AddRange(more);
        parts = startsAnew ? rows.Count - before : parts + 1;
        isWhole = startsAnew && parts >= 3;
        return true;
    }

    private static string? Text(Block block) => block switch { Paragraph paragraph => paragraph.Text, Heading heading => heading.Text, _ => null };

    /// <summary>A short title of its own, which names a source or a risk if parts of one follow.</summary>
    private bool IsName(Block block, string text) =>
        block is Heading { Level: > 2 } or Paragraph { IsBold: true } && text.Length < 100 && !text.Contains(':', StringComparison.Ordinal) && !char.IsDigit(text[0]) &&
        lexicon.Sections.Find(text, 0.85) is null && lexicon.Fields.Find(text, 0.85) is null && FrenchAnswer.Normalize(text).AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) < 0;
}
