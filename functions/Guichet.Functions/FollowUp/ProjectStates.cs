using System.Globalization;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Functions.FollowUp;

/// <summary>A funded project as the office follows it.</summary>
/// <param name="Committed">What the programme is engaged for.</param>
/// <param name="Paid">What was paid.</param>
/// <param name="SavingsRealised">As the last report that says so gives them.</param>
public sealed record ProjectState(
    DossierId Dossier, string Campaign, DossierStatus Status, string StatusLabel, string Title, Agreement? Agreement,
    IReadOnlyList<MilestoneState> Milestones, IReadOnlyList<TrancheLine> Tranches, Euros Committed, Euros Paid, Euros? SavingsRealised, Closure? Closure,
    LegalHold? Hold, Erasure? Erasure)
{
    internal static ProjectState Of(Campaign campaign, Dossier dossier) => new(
        dossier.Id,
        dossier.Campaign,
        dossier.Status,
        dossier.Status.InFrench(),
        dossier.Title,
        dossier.Agreement,
        [.. dossier.Milestones.Select(milestone => MilestoneState.Of(campaign, dossier, milestone))],
        [.. dossier.Tranches.Select(tranche => TrancheLine.Of(dossier, tranche))],
        dossier.Committed(),
        dossier.Paid(),
        dossier.Milestones.Select(milestone => milestone.Report?.Savings).LastOrDefault(savings => savings is not null),
        dossier.Closure,
        dossier.Hold,
        dossier.Erasure);
}

/// <summary>A milestone of a project.</summary>
/// <param name="Label">As people call it.</param>
/// <param name="Indicators">Each indicator of the agreement, with what the report gives.</param>
/// <param name="Reminders">What became of each reminder, by the id of its rule: <c>sent</c> or <c>depasse</c>.</param>
public sealed record MilestoneState(
    int Number, string Label, LocalDate Due, bool Final, bool ReleasesTranche, Instant? ReportedAt, IReadOnlyList<ReportFile> Files, string? Done, string? Strategy,
    IReadOnlyList<string> Questions, LocalDate? SteeringMeetingOn, Approval? Approval, IReadOnlyList<IndicatorState> Indicators, IReadOnlyDictionary<string, ReminderFate> Reminders)
{
    internal static MilestoneState Of(Campaign campaign, Dossier dossier, Milestone milestone) => new(
        milestone.Number, milestone.InFrench, milestone.Due, milestone.Final, milestone.ReleasesTranche, milestone.ReportedAt,
        milestone.Report?.Files ?? [], milestone.Report?.Done, milestone.Report?.Strategy, milestone.Report?.Questions ?? [],
        milestone.SteeringMeetingOn, milestone.Approval,
        [.. dossier.Agreement!.Indicators.Select(indicator => IndicatorState.Of(campaign, dossier.Agreement, indicator, milestone))],
        milestone.Reminders);
}

/// <summary>An indicator at a milestone.</summary>
/// <param name="Share">Of the way from baseline to target: 1 at the target.</param>
/// <param name="Expected">The same on the straight line to the target, on the day of the measure.</param>
/// <param name="Trend"><c>en avance</c>, <c>conforme</c> or <c>en retard</c>; null where there is no value or no way to go.</param>
public sealed record IndicatorState(
    string? Code, string Name, string? Unit, decimal? Baseline, decimal? Target, LocalDate? TargetDate, decimal? Value, LocalDate? On, Source? Source, decimal? Share, decimal? Expected, string? Trend)
{
    internal static IndicatorState Of(Campaign campaign, Agreement agreement, Indicator indicator, Milestone milestone)
    {
        var value = milestone.Report?.Of(indicator);
        var progress = value is null ? null : Progress.Of(agreement, indicator, value.Value, value.On, campaign.FollowUp);
        return new(
            indicator.Code, indicator.Name, indicator.Unit, indicator.Baseline, indicator.Target, indicator.TargetDate, value?.Value, value?.On, value?.Source,
            progress?.Share, progress?.Expected, progress?.Trend.InFrench());
    }
}

/// <summary>A tranche of a project.</summary>
/// <param name="State">For people: <c>à venir</c>, <c>à libérer</c>, <c>à confirmer par une seconde personne</c>, <c>libérée</c>, <c>versée</c>, <c>abandonnée</c>.</param>
/// <param name="Awaits">What it still waits for, in French.</param>
public sealed record TrancheLine(int Number, Euros Amount, int? Milestone, string State, IReadOnlyList<string> Awaits, IReadOnlyList<Approval> Approvals, Instant? ReleasedAt, LocalDate? PaidOn)
{
    internal static TrancheLine Of(Dossier dossier, Tranche tranche) => new(
        tranche.Number, tranche.Amount, tranche.Milestone, dossier.StateOf(tranche).InFrench(),
        dossier.StateOf(tranche) is TrancheState.AVenir && dossier.Milestones.FirstOrDefault(milestone => milestone.Number == tranche.Milestone) is { } milestone ? [.. TrancheSteps.Awaited(milestone)] : [],
        tranche.Approvals, tranche.ReleasedAt, tranche.PaidOn);
}

/// <summary>A number in an address.</summary>
internal static class NumberInRoute
{
    public static int? Of(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
