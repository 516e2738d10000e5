using System.Globalization;
using Guichet.Core.Eligibility;
using NodaTime;

namespace Guichet.Core.Scoring;

/// <summary>Levels of evidence, each with its reason: the end of a French sentence that begins with the sub-criterion's label.</summary>
internal static class EvidenceLevel
{
    /// <summary>0 to 4.</summary>
    public static (int Level, string Reason) Of(EvidenceRule rule, GrantApplication application) => rule switch
    {
        ListShare share => Judge(share, application),
        ListCount count => Judge(count, application),
        TextSays text => Judge(text, application),
        AnsweredYes answers => Judge(answers, application),
        MonthsUntil months => Judge(months, application),
        _ => throw new InvalidOperationException($"No level is defined for {rule.GetType().Name}."),
    };

    private static (int Level, string Reason) Judge(ListShare rule, GrantApplication application)
    {
        var lines = ListParts.Lines(application.Find(rule.Field)?.Value);
        var having = lines.Count(line => rule.Having.All(part => ListParts.Has(rule.Field, line, part)));
        return lines.Count == 0 ? (0, "le dossier n’en présente aucun") : (having * SubcriterionScore.Highest / lines.Count, $"{having} sur {lines.Count}");
    }

    private static (int Level, string Reason) Judge(ListCount rule, GrantApplication application)
    {
        var count = ListParts.Lines(application.Find(rule.Field)?.Value).Count;
        return (rule.AtLeast.Count(least => count >= least), count == 0 ? "le dossier n’en présente aucun" : $"{count} dans le dossier");
    }

    private static (int Level, string Reason) Judge(TextSays rule, GrantApplication application)
    {
        var text = string.Join('\n', rule.Fields.Select(field => application.Find(field)?.Value).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)));
        if (text.Length == 0)
        {
            return (0, "le dossier n’en dit rien");
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var plain = FoldedText.Of(text);
        var said = rule.Saying.Select(group => group.FirstOrDefault(word => Says(plain, FoldedText.Of(word)))).OfType<string>().ToList();
        var level = Math.Min((words >= rule.Words ? 2 : 1) + said.Count, SubcriterionScore.Highest);
        return (level, said.Count == 0 ? $"{words} mots" : $"{words} mots, dont « {string.Join(" », « ", said)} »");
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

    private static (int Level, string Reason) Judge(AnsweredYes rule, GrantApplication application)
    {
        var yes = rule.Fields.Count(field => application.Find(field)?.Value is true);
        return (yes * SubcriterionScore.Highest / rule.Fields.Length, $"{yes} engagement{(yes > 1 ? "s" : "")} pris sur {rule.Fields.Length}");
    }

    private static (int Level, string Reason) Judge(MonthsUntil rule, GrantApplication application)
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
