using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>
/// What the guichet asks about the values of a report. A value that surprises is believed and asked about; what is no number, or of another unit than agreed,
/// is not taken for a value.
/// </summary>
public static class ReportChecks
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>The values that can be believed, and the questions.</summary>
    /// <param name="dossier">As it stands, with the reports before.</param>
    /// <param name="milestone">The one that the report is for.</param>
    /// <param name="today">The day of values that give none.</param>
    public static (ImmutableArray<ReportedValue> Values, ImmutableArray<string> Questions) Of(
        Dossiers.Dossier dossier, Milestone milestone, ReportReading reading, FollowUpRules rules, LocalDate today)
    {
        var (values, questions) = (ImmutableArray.CreateBuilder<ReportedValue>(), ImmutableArray.CreateBuilder<string>());
        foreach (var indicator in dossier.Agreement!.Indicators)
        {
            var read = reading.Values.Where(one => one.Indicator == indicator.Name).ToList();
            var numbers = read.Where(one => one.Value is not null).DistinctBy(one => one.Value).ToList();
            if (numbers.Count > 1)
            {
                questions.Add($"« {indicator.Name} » : le bilan donne plusieurs valeurs ({string.Join(" ; ", numbers.Select(one => $"{one.Source.Text}, {one.Source.Place}"))}). Laquelle est la bonne ?");
            }
            else if (numbers is [var one])
            {
                if (UnitQuestion(indicator, one) is { } unit)
                {
                    questions.Add(unit);
                }
                else
                {
                    var on = one.On is { } said && said <= today ? said : today;
                    values.Add(new ReportedValue(indicator.Name, one.Value!.Value, on, one.Source));
                    questions.AddRange(ValueQuestions(dossier, milestone, indicator, one, rules, today));
                }
            }
            else if (read is [var unread, ..])
            {
                questions.Add($"« {indicator.Name} » : « {unread.Source.Text} » ({unread.Source.Place}) n’est pas un nombre. Quelle est la valeur{InUnit(indicator)} ?");
            }
        }

        return (values.ToImmutable(), questions.ToImmutable());
    }

    /// <summary>The last value that a report before this one gave; null where none did.</summary>
    public static ReportedValue? LastBefore(Dossiers.Dossier dossier, Indicator indicator, int milestone) =>
        dossier.Milestones.Where(other => other.Number < milestone).OrderByDescending(other => other.Number).Select(other => other.Report?.Of(indicator)).FirstOrDefault(value => value is not null);

    private static string? UnitQuestion(Indicator indicator, ReadValue read) =>
        read.Unit is { } unit && indicator.Unit is { } agreed && !SameUnit(unit, agreed)
            ? $"« {indicator.Name} » : le bilan donne « {read.Source.Text} » ({read.Source.Place}), et la valeur est attendue en « {agreed} ». Quelle est la valeur dans cette unité ?"
            : null;

    private static IEnumerable<string> ValueQuestions(Dossiers.Dossier dossier, Milestone milestone, Indicator indicator, ReadValue read, FollowUpRules rules, LocalDate today)
    {
        var value = read.Value!.Value;
        if (read.On > today)
        {
            yield return $"« {indicator.Name} » : la date de mesure ({read.On.Value.InFrench()}) est à venir. Quand la valeur a-t-elle été mesurée ?";
        }

        if (value < 0 && indicator.Baseline >= 0 && indicator.Target >= 0)
        {
            yield return $"« {indicator.Name} » : la valeur est négative ({Shown(value, indicator)}). Est-ce bien cela ?";
        }

        if (indicator.Unit is { } agreed && FoldedText.Of(agreed).Trim() is "%" or "pourcent" or "pour cent" or "pourcentage" && (value > 100 && indicator.Target <= 100 || value is > 0 and < 1 && indicator.Target > 1 && indicator.Baseline is null or >= 1))
        {
            yield return $"« {indicator.Name} » : {Shown(value, indicator)} surprend pour un pourcentage. Est-ce bien cela ?";
        }

        var last = LastBefore(dossier, indicator, milestone.Number);
        if ((last?.Value ?? indicator.Baseline) is { } before && indicator is { Baseline: { } baseline, Target: { } target }
            && Math.Abs(value - before) > rules.ImplausibleJump * Math.Abs(target - baseline) && target != baseline)
        {
            yield return $"« {indicator.Name} » passe de {Shown(before, indicator)} à {Shown(value, indicator)} : c’est bien plus que le chemin prévu jusqu’à la cible ({Shown(target, indicator)}). Est-ce bien cela ?";
        }
    }

    private static bool SameUnit(string written, string agreed)
    {
        string Key(string unit) => string.Concat(FoldedText.Of(unit).Where(char.IsLetterOrDigit)).TrimEnd('s');
        static string Sign(string unit) => unit.Contains('%', StringComparison.Ordinal) ? "%" : unit.Contains('€', StringComparison.Ordinal) ? "€" : "";
        var (one, other) = (Key(written), Key(agreed));
        return Sign(written) == Sign(agreed) && (one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal)
            || agreed.Split(' ').Any(word => Key(word) == one) || written.Split(' ').Any(word => Key(word) == other));
    }

    private static string InUnit(Indicator indicator) => indicator.Unit is { } unit ? $" en « {unit} »" : "";

    private static string Shown(decimal value, Indicator indicator) => string.Create(French, $"{value:#,0.##} {indicator.Unit}").TrimEnd();
}
