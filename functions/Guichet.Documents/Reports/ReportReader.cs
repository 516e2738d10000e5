using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.FollowUp;
using Guichet.Documents.Form;
using Guichet.Documents.Model;
using Guichet.Documents.Values;
using NodaTime;

namespace Guichet.Documents.Reports;

/// <summary>
/// From a document of any format to what an impact report tells. What is looked for is known: the indicators of the agreement, by their names or codes, in
/// tables and in lines; and the answers to the questions of the template, by its own words.
/// </summary>
internal sealed partial class ReportReader(string file, ImmutableArray<Indicator> indicators)
{
    /// <summary>Shorter names stand in texts by chance.</summary>
    private const int LeastName = 6;

    private readonly List<ReadValue> values = [];
    private readonly Dictionary<Asked, List<string>> answers = [];
    private Asked? open;

    private enum Asked
    {
        Done,
        Strategy,
        Savings,
    }

    /// <summary>Reads a report.</summary>
    public static ReportReading Read(DocumentModel document, string file, ImmutableArray<Indicator> indicators) => new ReportReader(file, indicators).Read(document);

    private ReportReading Read(DocumentModel document)
    {
        foreach (var block in document.Blocks)
        {
            switch (block)
            {
                case Heading heading:
                    open = Question(heading.Text);
                    break;
                case Paragraph { IsHint: false } paragraph:
                    foreach (var line in paragraph.Text.Split('\n'))
                    {
                        ReadLine(line, paragraph.Place);
                    }

                    break;
                case Answer answer:
                    Take(answer.Label, new Cell(0, answer.Text, answer.Place) { Number = answer.Number, Date = answer.Date });
                    break;
                case Table table:
                    open = null;
                    ReadTable(table);
                    break;
            }
        }

        return new ReportReading { Values = [.. values], Done = Said(Asked.Done), Strategy = Said(Asked.Strategy), Savings = Savings() };
    }

    private void ReadTable(Table table)
    {
        Columns? columns = null;
        foreach (var row in table.Rows)
        {
            if (Columns.Of(row) is { } headings)
            {
                columns = headings;
                continue;
            }

            var cells = row.Cells.Where(cell => !cell.IsSpread).ToList();
            if (columns is not null && cells.Select(cell => cell.Column < columns.Value ? Named(cell.Text) : null).FirstOrDefault(known => known is not null) is { } indicator)
            {
                if (row.At(columns.Value) is { } value)
                {
                    Add(indicator, value, columns.Date is { } date ? row.At(date) : null);
                }
            }
            else if (cells is [var label, var value, ..])
            {
                Take(label.Text, value, onlyPair: cells.Count == 2);
            }
        }
    }

    private void ReadLine(string line, string place)
    {
        if (LabelledLine.Split(line) is { } labelled && (Named(labelled.Label) is not null || Question(labelled.Label) is not null))
        {
            open = null;
            Take(labelled.Label, new Cell(0, labelled.Value, place));
            if (labelled.Value.Length == 0)
            {
                open = Question(labelled.Label);
            }
        }
        else if (Question(line) is { } question && line.Length < 120)
        {
            open = question;
        }
        else if (open is { } asked)
        {
            Answered(asked, line);
        }
    }

    private void Take(string label, Cell cell, bool onlyPair = true)
    {
        if (Question(label) is { } question)
        {
            Answered(question, cell.Text);
        }
        else if (onlyPair && Named(label) is { } indicator)
        {
            Add(indicator, cell, null);
        }
    }

    private void Add(Indicator indicator, Cell cell, Cell? date)
    {
        if (FrenchAnswer.IsEmpty(cell.Text))
        {
            return;
        }

        var number = cell.Number is { } typed && !cell.Text.Contains('%', StringComparison.Ordinal) ? typed : FrenchNumber.Parse(cell.Text).Value;
        var on = date is null ? null : date.Date ?? (FrenchDate.Parse(date.Text) is { Value: LocalDate day } ? day : (LocalDate?)null);
        values.Add(new ReadValue(indicator.Name, number, UnitIn(cell.Text), on, new Source(file, cell.Place, FrenchText.OneLine(cell.Text))));
    }

    private void Answered(Asked question, string text)
    {
        if (!FrenchAnswer.IsEmpty(text) && text.Trim().Length > 0)
        {
            if (!answers.TryGetValue(question, out var said))
            {
                answers[question] = said = [];
            }

            said.Add(text.Trim());
        }
    }

    private string? Said(Asked question) => answers.TryGetValue(question, out var said) ? string.Join('\n', said) : null;

    private Euros? Savings() => answers.TryGetValue(Asked.Savings, out var said) && said.Select(text => FrenchAmount.Parse(text)).FirstOrDefault(one => one.Problem is null) is { Value: Euros amount } ? amount : null;

    /// <summary>The indicator that a label names: by its code, its name, or what begins so.</summary>
    private Indicator? Named(string label)
    {
        var key = FrenchText.Key(label);
        return indicators.FirstOrDefault(one => key == FrenchText.Key(one.Name))
            ?? indicators.FirstOrDefault(one => one.Code is { } code && key == FrenchText.Key(code))
            ?? indicators.Where(one => FrenchText.Key(one.Name) is { Length: >= LeastName } name && key.StartsWith(name, StringComparison.Ordinal)).MaxBy(one => one.Name.Length)
            ?? indicators.FirstOrDefault(one => one.Code is { } code && CodeFirst().Match(label) is { Success: true } first && FrenchText.Key(first.Groups[1].Value) == FrenchText.Key(code));
    }

    private static Asked? Question(string label)
    {
        var folded = FrenchText.Fold(label);
        return SavingsAsked().IsMatch(folded) ? Asked.Savings : DoneAsked().IsMatch(folded) ? Asked.Done : StrategyAsked().IsMatch(folded) ? Asked.Strategy : null;
    }

    private static string? UnitIn(string text) => UnitAfter().Match(text) is { Success: true } unit ? unit.Groups[1].Value.Trim() : null;

    /// <summary>Where a table of values has them.</summary>
    private sealed record Columns(int Value, int? Date)
    {
        private static readonly Regex[] Kinds = [ValueNow(), Bare()];

        /// <summary>Of a row of headings; null where it is none.</summary>
        public static Columns? Of(Row row)
        {
            var cells = row.Cells.Where(cell => cell.Number is null && cell.Text.Length < 80).Select(cell => (cell.Column, Text: FrenchText.Fold(cell.Text))).ToList();
            foreach (var kind in Kinds)
            {
                if (cells.Where(cell => kind.IsMatch(cell.Text) && !OfAnother().IsMatch(cell.Text)).ToList() is [var value, ..] && cells.Count > 1)
                {
                    return new Columns(value.Column, cells.Where(cell => cell.Column > value.Column && DateOf().IsMatch(cell.Text)).Select(cell => (int?)cell.Column).FirstOrDefault());
                }
            }

            return null;
        }
    }

    [GeneratedRegex(@"^(?:valeurs? (?:a ce jour|a date|actuelle|constatee|mesuree|atteinte|observee|realisee|reelle|obtenue|du bilan|relevee)|(?:realise|constate|atteint|mesure|resultat)e?s?$|resultat (?:a ce jour|actuel|constate|obtenu)|a ce jour|releve)")]
    private static partial Regex ValueNow();

    [GeneratedRegex(@"^valeurs?$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"depart|initial|cible|objectif|precedent|derniere|attendu|prevu|reference|date")]
    private static partial Regex OfAnother();

    [GeneratedRegex(@"^(?:date|mesuree? le|releve le|au$)(?!.*(?:cible|depart|initial))")]
    private static partial Regex DateOf();

    [GeneratedRegex(@"\b(?:fait depuis|actions? (?:menees?|realisees?)|realisations?|travaux realises|avancement)\b")]
    private static partial Regex DoneAsked();

    [GeneratedRegex(@"^(?:\d[\d.]*\s*)?(?:la |notre )?strategie\b")]
    private static partial Regex StrategyAsked();

    [GeneratedRegex(@"\b(?:economies|gains budgetaires) (?:realisee?s|constatee?s|obtenue?s|effectives)\b")]
    private static partial Regex SavingsAsked();

    [GeneratedRegex(@"^\s*(\w{1,6})\s*[-–:.)]")]
    private static partial Regex CodeFirst();

    [GeneratedRegex(@"^[\s\d.,\u00A0\u202F+\-−]*\d\s*([^\d\s(][^\d(]{0,40})")]
    private static partial Regex UnitAfter();
}
