using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Walks a document in reading order and harvests what stands beside or under the labels that the lexicon knows.</summary>
internal sealed partial class FormScan
{
    private const double SureEnough = 0.85;

    /// <summary>As many lines « label : value » make a form that is filled in line by line.</summary>
    private const int AFormOfLines = 3;

    private readonly Lexicon lexicon;
    private readonly Harvest harvest = new();
    private readonly Stack<(int Level, string Text, string? Section)> headings = new();
    private readonly OpenCard card;
    private readonly OptionBoxes options;
    private readonly TableScan tables;
    private readonly LineLists lists;
    private Pending? pending;
    private int labelledLines;
    private string? caption;
    private string? announced;

    public FormScan(Lexicon lexicon)
    {
        this.lexicon = lexicon;
        card = new OpenCard(lexicon, harvest);
        options = new OptionBoxes(lexicon, harvest);
        tables = new TableScan(lexicon, harvest, Answer);
        lists = new LineLists(lexicon, ReadList, Read);
    }

    private sealed record Pending(Field Field, string Label, double Score, string Place, bool IsSlanted = false)
    {
        public List<string> Lines { get; } = [];
    }

    public Harvest Scan(DocumentModel document)
    {
        foreach (var block in document.Blocks)
        {
            if (block is Heading or Model.Answer || block is Paragraph { Text: var between } && !PageNumber().IsMatch(between))
            {
                tables.Break();
            }

            if (block is Paragraph line && lists.Take(line, $"{Title} {announced}", Section))
            {
                Flush();
                continue;
            }

            lists.Close();
            announced = block is Paragraph { Text: [.., ':'] and { Length: < 140 } } announcing ? announcing.Text : block is Heading ? null : announced;

            switch (block)
            {
                case Heading heading:
                    Enter(heading);
                    break;
                case Paragraph { IsHint: true }:
                    break;
                case Paragraph { IsBold: true } bold when IsTitle(bold.Text):
                    Enter(new Heading(8, bold.Text, bold.Place));
                    break;
                case Paragraph paragraph:
                    Read(paragraph);
                    break;
                case Answer answer:
                    Read(answer);
                    break;
                case Table table:
                    Flush();
                    tables.Scan(table, table.Title ?? caption ?? Title, Section);
                    caption = null;
                    break;
            }
        }

        lists.Close();
        Flush();
        card.Close();
        return harvest;
    }

    private void ReadList(Table list)
    {
        tables.Break();
        tables.Scan(list, Title, Section);
        tables.Break();
    }

    private string? Section => headings.Select(heading => heading.Section).FirstOrDefault(section => section is not null);

    private string? Title => headings.Count > 0 ? headings.Peek().Text : null;

    private bool IsTitle(string text) => text.Length < 100 && !text.Contains('\n', StringComparison.Ordinal) && !text.TrimEnd().EndsWith(':') &&
        !text.Contains(FrenchAnswer.Ticked, StringComparison.Ordinal) && !text.Contains(FrenchAnswer.Unticked, StringComparison.Ordinal) &&
        (char.IsDigit(text[0]) || lexicon.Sections.Find(text, 0.9) is not null || OpenCard.IsTitle(text));

    private void Enter(Heading heading)
    {
        Flush();
        card.Close();
        caption = null;
        while (headings.Count > 0 && (headings.Peek().Level >= heading.Level || heading.Text.Length == 0))
        {
            headings.Pop();
        }

        if (heading.Text.Length == 0)
        {
            return;
        }

        var split = Split(heading.Text);
        headings.Push((heading.Level, heading.Text, lexicon.Sections.Find(split?.Label ?? heading.Text, 0.8)?.Target));
        card.Open(heading.Text);
        if (split is { Value.Length: > 0 } && Answer(split.Value.Label, new Said(split.Value.Value, heading.Place), SureEnough, Section))
        {
            return;
        }

        Expect(heading.Text, heading.Place, 0.6);
    }

    /// <summary>A title that names a field announces its answer below.</summary>
    private bool Expect(string label, string place, double least, bool isSlanted = false)
    {
        if (lexicon.Field(label, Section, least) is not { } match || Fields.Find(match.Target) is not { } field ||
            match.Score < SureEnough && field.ValueType != typeof(string))
        {
            return false;
        }

        pending = new Pending(field, label, match.Score, place, isSlanted);
        return true;
    }

    private void Flush()
    {
        if (pending is { Lines.Count: > 0 } waiting)
        {
            Add(waiting.Field, waiting.Label, waiting.Score, new Said(string.Join('\n', waiting.Lines), waiting.Place));
        }

        pending = null;
    }

    private void Read(Answer answer)
    {
        Flush();
        var said = new Said(answer.Text, answer.Place) { Number = answer.Number, Date = answer.Date };
        if (answer.Field is { } field)
        {
            harvest.Candidates.Add(new Candidate(field, said, answer.Label, 1) { Authority = answer.Authority });
        }
        else
        {
            Answer(answer.Label, said, SureEnough, Section);
        }
    }

    private void Read(Paragraph paragraph)
    {
        if (ReadLead(paragraph))
        {
            return;
        }

        caption = paragraph.Text.Length < 140 && !paragraph.Text.Contains('\n', StringComparison.Ordinal) ? paragraph.Text : null;
        foreach (var raw in FrenchAnswer.Normalize(paragraph.Text).Split('\n'))
        {
            string? about = null;
            foreach (var line in SideBySide(raw))
            {
                var split = Split(line);
                var target = split is { Value.Length: > 0 } ? lexicon.Field(split.Value.Label, Section, SureEnough)?.Target : null;
                if (about is null || target is not null || split is not { Value.Length: > 0 } || !Answer(split.Value.Label, new Said(split.Value.Value, paragraph.Place), SureEnough, about))
                {
                    ReadLine(line, paragraph);
                }

                // « Personne à contacter : …     Fonction : … »: the second is that person's.
                about = target?.Split('.') is [var person and ("contact" or "sponsor"), "name"] ? person : about;
            }
        }
    }

    /// <summary>« <b>Acronyme.</b> PLAGE »: what a paragraph opens with is its label, where it ends as one. A label that is not known ends the answer before it.</summary>
    private bool ReadLead(Paragraph paragraph)
    {
        if (paragraph.Lead is not { Length: < 90 } lead || !paragraph.Text.StartsWith(lead, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = paragraph.Text[lead.Length..].TrimStart();
        if (lead[^1] is not ('.' or ':' or '?' or '–' or '—') && rest is not [':' or '–' or '—' or '-', ..])
        {
            return false;
        }

        var (label, value) = (lead.TrimEnd('.', ':', '–', '—', ' ', '\u00A0'), rest.TrimStart(':', '–', '—', '-', ' ', '\u00A0'));
        if (label.Length == 0 || value.Length == 0 || FrenchAnswer.Normalize(value).AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) >= 0)
        {
            return false;
        }

        if (card.Take(label, new Said(value, paragraph.Place)))
        {
            Flush();
            return true;
        }

        if (!Answer(label, new Said(value, paragraph.Place), SureEnough, Section))
        {
            return false;
        }

        labelledLines++;
        return true;
    }

    private void ReadLine(string line, Paragraph paragraph)
    {
        if (line.AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) is var box and >= 0 && (ReadBoxes(line, box, paragraph.Place) || box == 0))
        {
            // An option of a question that is not known is neither a label nor the answer to another.
            return;
        }

        if (Split(line) is { } split)
        {
            if (card.Take(split.Label, new Said(split.Value, paragraph.Place)))
            {
                Flush();
                return;
            }

            if (split.Value.Length > 0 && !Lexicon.IsInstruction(split.Value))
            {
                if (Answer(split.Label, new Said(split.Value, paragraph.Place), SureEnough, Section))
                {
                    labelledLines++;
                    return;
                }

                if (labelledLines >= AFormOfLines && split.Label.Length < 90 && char.IsUpper(split.Label[0]) && !split.Label.Contains('.', StringComparison.Ordinal) && pending is { Lines.Count: > 0 })
                {
                    // Where answers stand after a colon, a label that is not known ends the answer before it.
                    Flush();
                    return;
                }
            }
            else if (lexicon.Field(split.Label, Section, SureEnough) is not null)
            {
                Flush();
                Expect(split.Label, paragraph.Place, SureEnough);
                return;
            }
        }

        if (Lexicon.IsInstruction(line))
        {
            return;
        }

        if (line.Length < 100 && line[^1] is not ('.' or ';' or ',') && lexicon.Field(line, Section, paragraph.IsBold || line[^1] == '?' ? SureEnough : 0.97) is not null)
        {
            Flush();
            Expect(line, paragraph.Place, SureEnough, paragraph.IsSlanted);
            return;
        }

        if ((paragraph.IsBold || paragraph.IsSlanted && pending is { IsSlanted: true }) && line.Length < 140 && pending is { Lines.Count: > 0 })
        {
            // A label that is not known: what follows is its answer, and not the one before's.
            Flush();
            return;
        }

        pending?.Lines.Add(line);
    }

    private bool ReadBoxes(string line, int box, string place)
    {
        var before = line[..box].Trim(' ', ':', '\t');
        if (before.Length > 0)
        {
            return Answer(before, new Said(line[box..], place), SureEnough, Section);
        }

        if (pending is { Field: var field } && (field.ValueType == typeof(bool) || field == Fields.ProjectTypes || field == Fields.SupportRequested))
        {
            pending.Lines.Add(line);
            return true;
        }

        return options.TakeAll(line, place, Section);
    }

    /// <summary>The parts of a line on which several labels have their value each, far apart.</summary>
    private static IEnumerable<string> SideBySide(string line)
    {
        var start = 0;
        for (var colon = line.IndexOf(':', StringComparison.Ordinal); colon >= 0;)
        {
            var next = NextLabel().Match(line, colon + 1);
            if (!next.Success)
            {
                break;
            }

            yield return line[start..next.Index].Trim();
            start = next.Index;
            colon = line.IndexOf(':', next.Index);
        }

        if (line[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    /// <summary>Label and value of a line: apart by a colon, a tab, or a row of dots.</summary>
    private static (string Label, string Value)? Split(string line)
    {
        var at = line.AsSpan(0, Math.Min(line.Length, 140)).IndexOfAny(':', '\t');
        if (at > 0 && line[at] == ':' && at + 2 < line.Length && line[at + 1] == '/' && line[at + 2] == '/')
        {
            return null;
        }

        return at > 0 ? (line[..at].Trim(), line[(at + 1)..].Trim(' ', '\t', ':', '.', '…', '_') is { Length: 0 } ? "" : line[(at + 1)..].Trim()) : null;
    }

    /// <summary>Takes a value in where its label names a field.</summary>
    private bool Answer(string label, Said value, double least, string? section)
    {
        if (lexicon.Field(label, section, least) is not { } match)
        {
            return false;
        }

        Flush();
        if (match.Target == "project.period")
        {
            AddPeriod(label, match.Score, value);
        }
        else if (Fields.Find(match.Target) is { } field)
        {
            Add(field, label, match.Score, value);
        }

        return true;
    }

    private void Add(Field field, string label, double score, Said value)
    {
        var lines = value.Text.Split('\n').Where(line => !Lexicon.IsInstruction(line)).ToList();
        value = value with { Text = string.Join('\n', lines) };
        if ((field == Fields.ProjectStart || field == Fields.ProjectEnd) && FrenchDate.ParsePeriod(value.Text) is not null)
        {
            AddPeriod(label, score, value);
            return;
        }

        if ((field == Fields.ContactName || field == Fields.SponsorName) && Person.Of(value.Text) is { } person)
        {
            var isContact = field == Fields.ContactName;
            harvest.Candidates.Add(new Candidate(field, value with { Text = person.Name }, label, score));
            Also(isContact ? Fields.ContactRole : Fields.SponsorRole, person.Role);
            Also(isContact ? Fields.ContactEmail : null, person.Email);
            Also(isContact ? Fields.ContactPhone : null, person.Phone);
            return;
        }

        harvest.Candidates.Add(new Candidate(field, value, label, score));
        void Also(Field? other, string? text)
        {
            if (other is not null && text is not null)
            {
                harvest.Candidates.Add(new Candidate(other, value with { Text = text }, label, score - 0.05));
            }
        }
    }

    private void AddPeriod(string label, double score, Said value)
    {
        if (FrenchDate.ParsePeriod(value.Text) is { } period)
        {
            harvest.Candidates.Add(new Candidate(Fields.ProjectStart, value with { Date = period.Start }, label, score));
            harvest.Candidates.Add(new Candidate(Fields.ProjectEnd, value with { Date = period.End }, label, score));
        }
    }

    [GeneratedRegex(@"(?:\s{3,8}|\t)(?=\p{L}[^:\n]{1,60}\s?:\s?\S)")]
    private static partial Regex NextLabel();

    [GeneratedRegex(@"^\s*(?:page\s*)?\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();
}
