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

    /// <summary>The person that the answer before is of: « Titre » under a name is that person's.</summary>
    private string? person;

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
            announced = block is Paragraph { Text: [.., ':'] and { Length: < 140 } } announcing ? announcing.Text
                : block is Paragraph { IsSlanted: true } question && NumberedQuestion().IsMatch(question.Text) ? question.Text : block is Heading ? null : announced;

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
        tables.Break();
        new NumberedAnswers(lexicon, harvest, list => tables.Scan(list, null, null)).Take(document);
        new FinancingPlan(lexicon, harvest).Take(document);
        new SaidLists(lexicon, harvest).Take(document);
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

        heading = heading with { Text = Frame().Replace(heading.Text, "") };
        var split = LabelledLine.Split(heading.Text);
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
            harvest.Add(waiting.Field, waiting.Label, waiting.Score, new Said(string.Join('\n', waiting.Lines), waiting.Place));
        }

        pending = null;
    }

    private void Read(Answer answer)
    {
        Flush();
        var said = new Said(answer.Text, answer.Place) { Number = answer.Number, Date = answer.Date, IsBounded = true };
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
        foreach (var raw in FrenchAnswer.Normalize(paragraph.Text).Split('\n').SelectMany(SentencesOf))
        {
            string? about = null;
            foreach (var line in LabelledLine.SideBySide(raw))
            {
                var split = LabelledLine.Split(line);
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
        if (LabelledLine.OfLead(paragraph) is not { } line)
        {
            return false;
        }

        var (label, value) = line;
        if (card.OpenNamed(label, value) || card.Take(label, new Said(value, paragraph.Place)))
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

    /// <summary>« Début : 3 avril 2023. Fin : 30/06/2024. »: a line whose sentences are each a label and its value, where two of the labels are known.</summary>
    private IEnumerable<string> SentencesOf(string line)
    {
        var parts = Sentence().Split(line);
        return parts.Length > 1 && parts.All(part => LabelledLine.Split(part) is { Value.Length: > 0 }) && parts.Count(part => lexicon.Field(LabelledLine.Split(part)!.Value.Label, Section, SureEnough) is not null) > 1
            ? parts.Select(part => part.TrimEnd('.', ' '))
            : [line];
    }

    private void ReadLine(string line, Paragraph paragraph)
    {
        if (line.AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) is var box and >= 0 && (ReadBoxes(line, box, paragraph.Place) || box == 0))
        {
            // An option of a question that is not known is neither a label nor the answer to another.
            return;
        }

        if (card.TakeAwaited(new Said(line, paragraph.Place)))
        {
            Flush();
            return;
        }

        if (OpenCard.IsTitle(line) && (paragraph.IsBold || paragraph.IsSlanted || OpenCard.IsCoded(line) && Section is "impact") && line.Length < 140)
        {
            Flush();
            card.Close();
            card.Open(line);
            return;
        }

        if (line.Length < 60 && card.Expect(line.TrimEnd('?', ':', ' ', '\u00A0')))
        {
            Flush();
            return;
        }

        if (LabelledLine.Split(line) is { } split)
        {
            if (card.OpenNamed(split.Label, split.Value) || card.Take(split.Label, new Said(split.Value, paragraph.Place)))
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

        if (paragraph.IsSlanted && NumberedQuestion().IsMatch(line))
        {
            // A question that is not known: nothing under it answers what was asked before.
            Flush();
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

    /// <summary>Takes a value in where its label names a field.</summary>
    private bool Answer(string label, Said value, double least, string? section)
    {
        if (lexicon.Field(label, section, least) is not { } match)
        {
            return false;
        }

        Flush();
        var target = match.Target == "project.title" && person is not null && Post().IsMatch(value.Text) ? $"{person}.role" : match.Target;
        person = target.Split('.') is [var whose and ("contact" or "sponsor"), _] ? whose : null;
        if (target == "project.period")
        {
            harvest.AddPeriod(label, match.Score, value);
        }
        else if (Fields.Find(target) is { } field)
        {
            harvest.Add(field, label, match.Score, value);
            foreach (var (part, text) in field == Fields.BudgetTotal ? AmountsWithin.Of(value.Text) : [])
            {
                harvest.Add(part, label, match.Score, new Said(text, value.Place));
            }
        }

        return true;
    }

    [GeneratedRegex(@"^(?:la |le )?(?:directeur|directrice|chef|cheffe|sous-|secrétaire|responsable|préfet|préfète|président|présidente|délégué|déléguée|chargée?|adjoint|adjointe|recteur|rectrice|commissaire|inspecteur|inspectrice)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Post();

    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+\p{L}.*\?|^\s*\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+\p{Lu}[^:]{3,90}$")]
    private static partial Regex NumberedQuestion();

    [GeneratedRegex(@"(?<=\.)\s+(?=\p{Lu}[^.:]{2,60}(?:\.[a-z]{2,4}(?:\.fr)?)?\s?:\s)")]
    private static partial Regex Sentence();

    /// <summary>« Cadre 3 – », « Rubrique II. »: what a form counts its parts by.</summary>
    [GeneratedRegex(@"^\s*(?:cadre|bloc|rubrique|volet|encadré|fiche|partie)\s+(?:[\dIVX]+(?:\.\d+)*)\s*[-–—:.]\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^\s*(?:page\s*)?\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();
}
