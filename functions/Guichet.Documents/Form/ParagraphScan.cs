using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Reads paragraphs: lines that hold a label and its value, questions whose answer stands below, boxes, the lines of an indicator's card.</summary>
/// <param name="sectionNow">The part of the form that the scan stands in.</param>
internal sealed partial class ParagraphScan(Lexicon lexicon, AnswerTaking answers, OpenCard card, OptionBoxes options, Func<string?> sectionNow)
{
    private const double SureEnough = 0.85;

    /// <summary>As many lines « label : value » make a form that is filled in line by line.</summary>
    private const int AFormOfLines = 3;

    private int labelledLines;

    private int capitals; // Labels written in capitals so far.

    private string? Section => sectionNow();

    /// <summary>Whether a text is a question that a form counts: « 2.1 Quel public ? ».</summary>
    public static bool IsNumberedQuestion(string text) => NumberedQuestion().IsMatch(text);

    /// <summary>Reads a paragraph; false where it is a label and its value, and so no title of what follows.</summary>
    public bool Read(Paragraph paragraph)
    {
        if (ReadLead(paragraph))
        {
            return false;
        }

        foreach (var raw in Glued().Replace(FrenchAnswer.Normalize(paragraph.Text), "\n").Split('\n').SelectMany(SentencesOf))
        {
            string? about = null;
            foreach (var line in LabelledLine.SideBySide(raw))
            {
                var split = LabelledLine.Split(line);
                var target = split is { Value.Length: > 0 } ? lexicon.Field(split.Value.Label, Section, SureEnough)?.Target : null;
                if (about is null || target is not null || split is not { Value.Length: > 0 } || !answers.Take(split.Value.Label, new Said(split.Value.Value, paragraph.Place), SureEnough, about))
                {
                    ReadLine(line, paragraph);
                }

                // « Personne à contacter : …     Fonction : … »: the second is that person's.
                about = target?.Split('.') is [var person and ("contact" or "sponsor"), "name"] ? person : about;
            }
        }

        return true;
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
            answers.Close();
            return true;
        }

        if (!answers.Take(label, new Said(value, paragraph.Place), SureEnough, Section))
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
            answers.Close();
            return;
        }

        if (OpenCard.IsTitle(line) && (paragraph.IsBold || paragraph.IsSlanted || OpenCard.IsCoded(line) && Section is "impact") && line.Length < 140)
        {
            answers.Close();
            card.Close();
            card.Open(line);
            return;
        }

        if (paragraph.IsBold && Section is "impact" && !answers.IsAsking && line.Length < 140 && LabelledLine.Split(line) is null && lexicon.Field(line, Section, SureEnough) is null && lexicon.Sections.Find(line, SureEnough) is null && !card.IsPart(line))
        {
            // An indicator of the applicant's own has no code; what describes it follows, or it was none.
            card.Close();
            card.OpenUncoded(line);
            return;
        }

        if (line.Length < 60 && card.Expect(line.TrimEnd('?', ':', ' ', '\u00A0')))
        {
            answers.Close();
            return;
        }

        if (LabelledLine.Split(line) is { } split && ReadSplit(split, paragraph) || Lexicon.IsInstruction(line))
        {
            return;
        }

        if (ReadCounted(line, paragraph.Place))
        {
            return;
        }

        var isCapital = IsCapital(line);
        if (line.Length < 100 && line[^1] is not ('.' or ';' or ',') && lexicon.Field(line, Section, paragraph.IsBold || isCapital || line[^1] == '?' ? SureEnough : 0.97) is not null)
        {
            capitals += isCapital ? 1 : 0;
            answers.Close();
            answers.Expect(line, paragraph.Place, Section, SureEnough, paragraph.IsSlanted);
            return;
        }

        if (isCapital && capitals >= AFormOfLines && answers.IsAnswered)
        {
            // Where labels are written in capitals, one that is not known ends the answer before it.
            answers.Close();
            return;
        }

        if (paragraph.IsSlanted && NumberedQuestion().IsMatch(line) || (paragraph.IsBold || paragraph.IsSlanted && answers.IsSlanted) && line.Length < 140 && answers.IsAnswered)
        {
            // A question or a label that is not known: what follows is its answer, and not the one before's.
            answers.Close();
            return;
        }

        answers.Add(line);
    }

    /// <summary>« 5.1 Description – Saisie guidée des chantiers »: a label that is counted, and its answer after a dash.</summary>
    private bool ReadCounted(string line, string place)
    {
        if (CountedAnswer().Match(line) is not { Success: true } match || !answers.Take(match.Groups["label"].Value, new Said(match.Groups["value"].Value, place), SureEnough, Section))
        {
            return false;
        }

        labelledLines++;
        return true;
    }

    private static bool IsCapital(string line) => line.Length is > 3 and < 80 && line.Count(char.IsLetter) is > 3 and var letters && line.Count(char.IsUpper) == letters && !line.Any(char.IsAsciiDigit) && line[^1] is not ('.' or ';' or ',');

    /// <summary>A line « label : value », or a label whose value stands below it; false where it is neither.</summary>
    private bool ReadSplit((string Label, string Value) split, Paragraph paragraph)
    {
        if (card.OpenNamed(split.Label, split.Value) || card.Take(split.Label, new Said(split.Value, paragraph.Place)))
        {
            answers.Close();
            return true;
        }

        if (split.Value.Length == 0 || Lexicon.IsInstruction(split.Value) || Answers.IsHeading(split.Value))
        {
            if (lexicon.Field(split.Label, Section, SureEnough) is null)
            {
                return false;
            }

            answers.Close();
            answers.Expect(split.Label, paragraph.Place, Section, SureEnough);
            return true;
        }

        if (answers.Take(split.Label, new Said(split.Value, paragraph.Place), SureEnough, Section))
        {
            labelledLines++;
            return true;
        }

        if (labelledLines < AFormOfLines || split.Label.Length >= 90 || !char.IsUpper(split.Label[0]) || split.Label.Contains('.', StringComparison.Ordinal) || !answers.IsAnswered)
        {
            return false;
        }

        // Where answers stand after a colon, a label that is not known ends the answer before it.
        answers.Close();
        return true;
    }

    private bool ReadBoxes(string line, int box, string place)
    {
        var before = line[..box].Trim(' ', ':', '\t');
        if (before.Length > 0)
        {
            return answers.Take(before, new Said(line[box..], place), SureEnough, Section);
        }

        if (answers.Asked is { } field && (field.ValueType == typeof(bool) || field == Fields.ProjectTypes || field == Fields.SupportRequested))
        {
            answers.Add(line);
            return true;
        }

        return options.TakeAll(line, place, Section);
    }

    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+(?<label>\p{L}[^:–—]{2,60}?)\s+[–—-]\s+(?<value>\S.*)$")]
    private static partial Regex CountedAnswer();

    [GeneratedRegex(@"^\s*\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+\p{L}.*\?|^\s*\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+\p{Lu}[^:]{3,90}$")]
    private static partial Regex NumberedQuestion();

    /// <summary>« … de l’acheteur 5.2 – AIPD : non »: the next question, that a page put on the line of the answer before it.</summary>
    [GeneratedRegex(@"(?<=\p{L}[.»)]?)[ \u00A0]+(?=\d{1,2}\.\d{1,2}\s+[–—-]\s+\p{Lu}[^:\n]{2,60}\s:\s)")]
    private static partial Regex Glued();

    [GeneratedRegex(@"(?<=\.)\s+(?=\p{Lu}[^.:]{2,60}(?:\.[a-z]{2,4}(?:\.fr)?)?\s?:\s)")]
    private static partial Regex Sentence();
}
