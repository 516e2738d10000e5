using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Walks a document in reading order and harvests what stands beside or under the labels that the lexicon knows.</summary>
internal sealed partial class FormScan
{
    private const double SureEnough = 0.85;

    private readonly Lexicon lexicon;
    private readonly Harvest harvest = new();
    private readonly Stack<(int Level, string Text, string? Section)> headings = new();
    private readonly AnswerTaking answers;
    private readonly OpenCard card;
    private readonly TableScan tables;
    private readonly ParagraphScan paragraphs;
    private readonly LineLists lists;
    private readonly WrittenRecords written;
    private string? caption;
    private string? announced;

    public FormScan(Lexicon lexicon)
    {
        this.lexicon = lexicon;
        answers = new AnswerTaking(lexicon, harvest);
        card = new OpenCard(lexicon, harvest);
        tables = new TableScan(lexicon, harvest, answers);
        paragraphs = new ParagraphScan(lexicon, answers, card, new OptionBoxes(lexicon, harvest), () => Section);
        lists = new LineLists(lexicon, ReadList, Read);
        written = new WrittenRecords(lexicon, ReadWritten, See);
    }

    public Harvest Scan(DocumentModel document)
    {
        var isOfAnswers = document.Blocks.Any(block => block is Answer { Field: null }); // Whose labels tell more than its paragraphs.
        foreach (var block in document.Blocks)
        {
            if (block is Paragraph { Text: var described } && card.Describes(described))
            {
                written.Close();
                See(block);
            }
            else if (isOfAnswers || !written.Take(block))
            {
                See(block);
            }
        }

        written.Close();
        lists.Close();
        answers.Close();
        card.Close();
        tables.Break();
        new NumberedAnswers(lexicon, harvest, list => tables.Scan(list, null, null)).Take(document);
        answers.PutNamesTogether();
        new FinancingPlan(lexicon, harvest).Take(document);
        new OwnShareByDifference(lexicon, harvest).Take(document);
        new SaidLists(lexicon, harvest).Take(document);
        new SaidFinancing(harvest).Take(document);
        new SaidCommitments(lexicon, harvest).Take(document);
        return harvest;
    }

    private void See(Block block)
    {
        if (block is Heading or Answer || block is Paragraph { Text: var between } && !PageNumber().IsMatch(between))
        {
            tables.Break();
        }

        if (block is Paragraph line && !card.Describes(line.Text) && lists.Take(line, $"{Title} {announced}", Section))
        {
            answers.Close();
            return;
        }

        lists.Close();
        announced = block switch
        {
            Paragraph { Text: [.., ':'] and { Length: < 140 } } announcing => announcing.Text,
            Paragraph { IsSlanted: true } question when ParagraphScan.IsNumberedQuestion(question.Text) => question.Text,
            Paragraph { IsBold: true, Text: { Length: < 60 } title } => title,
            Paragraph { IsBold: true } => null,
            Heading => null,
            _ => announced,
        };
        Read(block);
    }

    private string? Section => headings.Select(heading => heading.Section).FirstOrDefault(section => section is not null);

    private string? Title => headings.Count > 0 ? headings.Peek().Text : null;

    private void Read(Block block)
    {
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
            case Table { Sheet: { } sheet } when Choices().IsMatch(FrenchText.Fold(sheet)):
                break;
            case Table table when card.TakeTable(table):
                answers.Close();
                break;
            case Table table:
                answers.Close();
                tables.Scan(table, table.Title ?? caption ?? Title, Section);
                caption = null;
                break;
        }
    }

    private void ReadList(Table list)
    {
        tables.Break();
        tables.Scan(list, Title, Section);
        tables.Break();
    }

    private void ReadWritten(Table records, string section)
    {
        lists.Close();
        answers.Close();
        tables.Break();
        tables.Scan(records, null, section);
        tables.Break();
    }

    private bool IsTitle(string text) => text.Length < 100 && !text.Contains('\n', StringComparison.Ordinal) && !text.TrimEnd().EndsWith(':') &&
        !text.Contains(FrenchAnswer.Ticked, StringComparison.Ordinal) && !text.Contains(FrenchAnswer.Unticked, StringComparison.Ordinal) &&
        (char.IsDigit(text[0]) || lexicon.Sections.Find(text, 0.9) is not null || OpenCard.IsTitle(text));

    private void Enter(Heading heading)
    {
        answers.Close();
        answers.Forget();
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
        headings.Push((heading.Level, heading.Text, SectionOf(split?.Label ?? heading.Text)));
        card.Open(heading.Text);
        if (split is { Value.Length: > 0 } && !Answers.IsHeading(split.Value.Value) && answers.Take(split.Value.Label, new Said(split.Value.Value, heading.Place), SureEnough, Section))
        {
            return;
        }

        if (answers.Expect(heading.Text, heading.Place, Section, 0.6))
        {
            answers.Head();
        }
        else if (Section is "impact" && Numbered().Match(heading.Text) is { Success: true, Length: var length } && headings.Count > 1 && lexicon.Sections.Find(heading.Text, SureEnough) is null && !OpenCard.IsTitle(heading.Text))
        {
            card.OpenUncoded(heading.Text[length..]); // « 3.1 Pics annoncés à temps »: what describes it follows, or it was none.
        }
    }

    /// <summary>The part of the form that a title opens: « Interlocuteur pour l’instruction » is one of a person as much as « Contact ».</summary>
    private string? SectionOf(string title) => lexicon.Part(title);

    private void Read(Paragraph paragraph)
    {
        if (paragraphs.Read(paragraph))
        {
            caption = paragraph.Text.Length < 140 && !paragraph.Text.Contains('\n', StringComparison.Ordinal) ? paragraph.Text : null;
        }
    }

    private void Read(Answer answer)
    {
        answers.Close();
        var said = new Said(answer.Text, answer.Place) { Number = answer.Number, Date = answer.Date, IsBounded = true };
        if (answer.Field is { } field)
        {
            harvest.Candidates.Add(new Candidate(field, said, answer.Label, 1) { Authority = answer.Authority });
        }
        else
        {
            answers.Take(answer.Label, said, SureEnough, Section);
        }
    }

    /// <summary>A sheet that holds what may be chosen elsewhere answers nothing.</summary>
    [GeneratedRegex(@"^(?:listes?(?: deroulantes?| de choix)?|parametres?|nomenclatures?|choix|valeurs possibles|menus?)$")]
    private static partial Regex Choices();

    /// <summary>« Cadre 3 – », « Rubrique II. »: what a form counts its parts by.</summary>
    [GeneratedRegex(@"^\s*(?:cadre|bloc|rubrique|volet|encadré|fiche|partie)\s+(?:[\dIVX]+(?:\.\d+)*)\s*[-–—:.]\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\s*(?:page\s*)?\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();
}
