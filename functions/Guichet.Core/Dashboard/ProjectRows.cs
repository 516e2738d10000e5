using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using NodaTime;

namespace Guichet.Core.Dashboard;

/// <summary>A row of a table of the office.</summary>
/// <param name="Key">What makes it this row among those of its dossier.</param>
/// <param name="Columns">French columns; a column without a value is left out.</param>
public sealed record OfficeRow(string Key, IReadOnlyList<(string Column, object? Value)> Columns);

/// <summary>The rows of a funded project in <c>TableauSuivi</c>, one a milestone, and in <c>TableauIndicateurs</c>, one an indicator and milestone.</summary>
public static class ProjectRows
{
    /// <summary>A row a milestone, with the tranche that it releases; and one for the signature, with the tranche paid then.</summary>
    /// <param name="campaign">The version in force today.</param>
    public static IEnumerable<OfficeRow> FollowUp(Campaign campaign, Dossier dossier)
    {
        if (dossier.Agreement is not { SignedOn: { } signed } agreement)
        {
            yield break;
        }

        yield return new OfficeRow("00", [.. Project(dossier, agreement), ("Echeance", "signature"), ("DueLe", Day(campaign, signed)), .. Payment(campaign, dossier, null)]);
        foreach (var milestone in dossier.Milestones)
        {
            yield return new OfficeRow(milestone.Number.ToString("D2", CultureInfo.InvariantCulture),
            [
                .. Project(dossier, agreement),
                ("Echeance", milestone.InFrench),
                ("DueLe", Day(campaign, milestone.Due)),
                ("BilanRecuLe", milestone.ReportedAt?.ToDateTimeOffset()),
                ("JoursDeRetard", milestone.ReportedAt is { } at ? (double)Math.Max(0, NodaTime.Period.DaysBetween(milestone.Due, campaign.DateOf(at))) : null),
                ("Questions", milestone.Report is { Questions.IsEmpty: false } report ? DossierRow.Cut(string.Join(" ", report.Questions)) : null),
                ("ComiteLe", Day(campaign, milestone.SteeringMeetingOn)),
                ("AccordLe", milestone.Approval?.At.ToDateTimeOffset()),
                ("EconomiesRealisees", (double?)milestone.Report?.Savings?.Amount),
                ("Rappels", milestone.Reminders.IsEmpty ? null : string.Join(" ; ", milestone.Reminders.Select(one => one.Value is ReminderFate.Sent ? one.Key : $"{one.Key} (dépassé)"))),
                .. Payment(campaign, dossier, milestone.Number),
            ]);
        }
    }

    /// <summary>A row an indicator and milestone whose report gives it, and one for where it started.</summary>
    /// <param name="campaign">The version in force today.</param>
    public static IEnumerable<OfficeRow> Indicators(Campaign campaign, Dossier dossier)
    {
        if (dossier.Agreement is not { SignedOn: { } signed } agreement)
        {
            yield break;
        }

        foreach (var (indicator, index) in agreement.Indicators.Select((indicator, index) => (indicator, index + 1)))
        {
            string Key(int milestone) => string.Create(CultureInfo.InvariantCulture, $"{index:D2}|{milestone:D2}");
            (string, object?)[] common =
            [
                .. Project(dossier, agreement), ("Code", indicator.Code), ("Indicateur", indicator.Name), ("Unite", indicator.Unit),
                ("Depart", (double?)indicator.Baseline), ("Cible", (double?)indicator.Target), ("CibleLe", Day(campaign, indicator.TargetDate)),
            ];
            yield return new OfficeRow(Key(0), [.. common, ("Echeance", "départ"), ("MesureLe", Day(campaign, indicator.BaselineDate ?? signed)), ("Valeur", (double?)indicator.Baseline), ("Progression", 0d)]);
            foreach (var milestone in dossier.Milestones)
            {
                if (milestone.Report?.Of(indicator) is { } value)
                {
                    var progress = Progress.Of(agreement, indicator, value.Value, value.On, campaign.FollowUp);
                    yield return new OfficeRow(Key(milestone.Number),
                    [
                        .. common, ("Echeance", milestone.InFrench), ("MesureLe", Day(campaign, value.On)), ("Valeur", (double)value.Value),
                        ("Progression", (double?)progress?.Share), ("ProgressionAttendue", (double?)progress?.Expected), ("Tendance", progress?.Trend.InFrench()),
                    ]);
                }
            }
        }
    }

    private static IEnumerable<(string, object?)> Project(Dossier dossier, Agreement agreement) =>
        [("Dossier", dossier.Id.ToString()), ("Titre", DossierRow.Cut(agreement.Title)), ("Porteur", agreement.Applicant.Name), ("Statut", dossier.Status.InFrench())];

    private static IEnumerable<(string, object?)> Payment(Campaign campaign, Dossier dossier, int? milestone) => dossier.Tranches.FirstOrDefault(tranche => tranche.Milestone == milestone) is { } tranche
        ? [("Tranche", (double)tranche.Number), ("Montant", (double)tranche.Amount.Amount), ("Versement", dossier.StateOf(tranche).InFrench()), ("VerseLe", Day(campaign, tranche.PaidOn))]
        : [];

    private static DateTimeOffset? Day(Campaign campaign, LocalDate? date) => date?.AtStartOfDayInZone(campaign.Zone).ToDateTimeOffset();
}
