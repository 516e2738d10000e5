using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>What was agreed on a funded project.</summary>
public sealed record Agreement
{
    /// <summary>The project's title.</summary>
    public required string Title { get; init; }

    /// <summary>Who carries it.</summary>
    public required FundedApplicant Applicant { get; init; }

    /// <summary>Who answers for its reports.</summary>
    public required Person Contact { get; init; }

    /// <summary>Who committed the administration.</summary>
    public required Person Sponsor { get; init; }

    /// <summary>Total cost, all taxes included.</summary>
    public required Euros Total { get; init; }

    /// <summary>Co-financing requested.</summary>
    public required Euros Requested { get; init; }

    /// <summary>Co-financing awarded.</summary>
    public required Euros Award { get; init; }

    /// <summary>Day of the signature: milestones are counted from it.</summary>
    public required LocalDate SignedOn { get; init; }

    /// <summary>Day on which the project ends.</summary>
    public required LocalDate EndsOn { get; init; }

    /// <summary>Project types, by id.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>The indicators on which the project reports.</summary>
    public ImmutableArray<Indicator> Indicators { get; init; } = [];

    /// <summary>The number under which the funding was decided elsewhere; null where it was decided here.</summary>
    public string? Reference { get; init; }
}

/// <summary>The body that carries a funded project.</summary>
public sealed record FundedApplicant(string Siret, string Name);

/// <summary>A person to write to.</summary>
public sealed record Person(string Name, string Email);

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

    /// <summary>
    /// The milestones of an agreement (defaults): where it is paid in tranches, every six months until the project ends; then, always, a final
    /// report three months later. Of n = ceil(months / 6) tranches the first is paid at signature and the k-th on the report of milestone k−1.
    /// </summary>
    public static ImmutableArray<Milestone> Of(Agreement agreement, FollowUpRules rules)
    {
        LocalDate Due(int number) => agreement.SignedOn.PlusMonths(number * rules.MilestoneMonths);
        var inTranches = agreement.Requested > rules.SinglePaymentUpTo || agreement.EndsOn > Due(1);
        var interim = Enumerable.Range(1, int.MaxValue).TakeWhile(number => inTranches && Due(number) <= agreement.EndsOn)
            .Select(number => new Milestone { Number = number, Due = Due(number), ReleasesTranche = Due(number) < agreement.EndsOn })
            .ToList();
        return [.. interim, new Milestone { Number = interim.Count + 1, Due = agreement.EndsOn.PlusMonths(rules.FinalReportMonths), Final = true }];
    }
}

/// <summary>What became of a reminder.</summary>
public enum ReminderFate
{
    /// <summary>It left.</summary>
    Sent,

    /// <summary>A later one left in its place.</summary>
    Depasse,
}
