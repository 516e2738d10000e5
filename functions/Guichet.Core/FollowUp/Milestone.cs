using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Guichet.Core.Campaigns;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>An impact report that an agreement asks for.</summary>
public sealed record Milestone
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>The day on which the report is due; it never drifts.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>Whether it is the final report.</summary>
    public bool Final { get; init; }

    /// <summary>When the report came; null while it has not.</summary>
    public Instant? ReportedAt { get; init; }

    /// <summary>What became of each reminder, by the id of its rule.</summary>
    public ImmutableSortedDictionary<string, ReminderFate> Reminders
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary<string, ReminderFate>.Empty;

    /// <summary>Whether the report releases a tranche of the co-financing.</summary>
    public bool ReleasesTranche { get; init; }

    /// <summary>What the report says; null while none came, and for one that was given elsewhere.</summary>
    public ImpactReport? Report { get; init; }

    /// <summary>The day of the steering meeting that looked at the report; null until the office has recorded it.</summary>
    public LocalDate? SteeringMeetingOn { get; init; }

    /// <summary>The programme's agreement to go on; null until it is given.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Whether everything is there that a tranche waits for: the report, the steering meeting, the programme's agreement.</summary>
    [JsonIgnore]
    public bool IsComplete => ReportedAt is not null && SteeringMeetingOn is not null && Approval is not null;

    /// <summary>As people call it: « bilan d’impact n° 2 », « bilan final ».</summary>
    [JsonIgnore]
    public string InFrench => Final ? "bilan final" : $"bilan d’impact n°\u00A0{Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>
    /// The milestones of an agreement (defaults): where it is paid in tranches, every six months until the project ends; then, always, a final
    /// report three months later. Of n = ceil(months / 6) tranches the first is paid at signature and the k-th on the report of milestone k−1.
    /// </summary>
    public static ImmutableArray<Milestone> Of(Agreement agreement, FollowUpRules rules)
    {
        var signed = agreement.SignedOn ?? throw new InvalidOperationException("Milestones are counted from a signature, and there is none.");
        LocalDate Due(int number) => signed.PlusMonths(number * rules.MilestoneMonths);
        var inTranches = agreement.Requested > rules.SinglePaymentUpTo || agreement.EndsOn > Due(1);
        var interim = Enumerable.Range(1, int.MaxValue).TakeWhile(number => inTranches && Due(number) <= agreement.EndsOn)
            .Select(number => new Milestone { Number = number, Due = Due(number), ReleasesTranche = Due(number) < agreement.EndsOn })
            .ToList();
        return [.. interim, new Milestone { Number = interim.Count + 1, Due = agreement.EndsOn.PlusMonths(rules.FinalReportMonths), Final = true }];
    }
}

/// <summary>Somebody's word on something.</summary>
/// <param name="By">Who; see <see cref="Dossiers.Actor"/>.</param>
/// <param name="At">When.</param>
public sealed record Approval(string By, Instant At);

/// <summary>What became of a reminder.</summary>
public enum ReminderFate
{
    /// <summary>It left.</summary>
    Sent,

    /// <summary>A later one left in its place.</summary>
    Depasse,
}
