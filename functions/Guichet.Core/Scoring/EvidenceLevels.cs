using System.Globalization;
using Guichet.Core.Eligibility;
using NodaTime;

namespace Guichet.Core.Scoring;

/// <summary>Levels of evidence in an application, each with its reason: the end of a French sentence that begins with the sub-criterion's label.</summary>
internal sealed class EvidenceLevels(GrantApplication application)
{
    // Several rules look at one text: it is folded once.
    private readonly Dictionary<string, string> folded = new(StringComparer.Ordinal);

    /// <summary>0 to 4.</summary>
    public (int Level, string Reason) Of(EvidenceRule rule) => rule switch
    {
        ListShare share => Judge(share),
        ListCount count => Judge(count),
        TextSays text => Judge(text),
        AnsweredYes answers => Judge(answers),
        MonthsUntil months => Judge(months),
        _ => throw new InvalidOperationException($"No level is defined for {rule.GetType().Name}."),
    };

    private (int Level, string Reason) Judge(ListShare rule)
    {
        var lines = ListParts.Lines(application.Find(rule.Field)?.Value);
        var having = lines.Count(line => rule.Having.All(part => ListParts.Has(rule.Field, line, part)));
        return lines.Count == 0 ? (0, "le dossier n’en présente aucun") : (having * SubcriterionScore.Highest / lines.Count, $"{having} sur {lines.Count}");
    }

    private (int Level, string Reason) Judge(ListCount rule)
    {
        var count = ListParts.Lines(application.Find(rule.Field)?.Value).Count;
        return (rule.AtLeast.Count(least => count >= least), count == 0 ? "le dossier n’en présente aucun" : $"{count} dans le dossier");
    }

    private (int Level, string Reason) Judge(TextSays rule)
    {
        var texts = rule.Fields.Select(field => application.Find(field)?.Value).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        if (texts.Count == 0)
        {
            return (0, "le dossier n’en dit rien");
        }

        var words = texts.Sum(Words);
        var plain = texts.ConvertAll(Folded);
        var said = rule.Sought.Select(group => group.FirstOrDefault(sought => plain.Exists(text => Says(text, sought.Folded))).Word).OfType<string>().ToList();
        var level = Math.Min((words >= rule.Words ? 2 : 1) + said.Count, SubcriterionScore.Highest);
        return (level, said.Count == 0 ? $"{words} mots" : $"{words} mots, dont « {string.Join(" », « ", said)} »");
    }

    private string Folded(string text) => folded.TryGetValue(text, out var known) ? known : folded[text] = FoldedText.Of(text);

    private static int Words(string text)
    {
        var (words, inWord) = (0, false);
        foreach (var c in text)
        {
            var isSpace = char.IsWhiteSpace(c);
            words += !isSpace && !inWord ? 1 : 0;
            inWord = !isSpace;
        }

        return words;
    }

    /// <summary>Whether a text has a word, its plural or its compounds included; a short one stands alone, or « IA » would be found in « fiable ».</summary>
    private static bool Says(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var end = at + word.Length;
            if (begins && (word.Length > 3 || end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private (int Level, string Reason) Judge(AnsweredYes rule)
    {
        var yes = rule.Fields.Count(field => application.Find(field)?.Value is true);
        return (yes * SubcriterionScore.Highest / rule.Fields.Length, $"{yes} engagement{(yes > 1 ? "s" : "")} pris sur {rule.Fields.Length}");
    }

    private (int Level, string Reason) Judge(MonthsUntil rule)
    {
        if (application.Find(rule.From)?.Value is not LocalDate from || application.Find(rule.To)?.Value is not LocalDate to)
        {
            return (0, "le dossier ne donne pas les deux dates");
        }

        if (to < from)
        {
            return (0, "la seconde date vient avant la première");
        }

        var whole = NodaTime.Period.Between(from, to, PeriodUnits.Months).Months;
        var months = from.PlusMonths(whole) < to ? whole + 1 : whole;
        var bound = rule.AtMost.ToList().FindIndex(most => months <= most);
        return (bound < 0 ? 0 : SubcriterionScore.Highest - bound, $"{months.ToString(CultureInfo.InvariantCulture)} mois");
    }
}
