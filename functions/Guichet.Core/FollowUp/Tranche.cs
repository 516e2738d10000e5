using System.Collections.Immutable;
using System.Numerics;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>A part of an award, and how far its payment is.</summary>
public sealed record Tranche
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>How much.</summary>
    public required Euros Amount { get; init; }

    /// <summary>The number of the milestone on whose report it is paid; null for what is paid at signature.</summary>
    public int? Milestone { get; init; }

    /// <summary>Who of the office has released it; it is released once there are as many as the campaign wants.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];

    /// <summary>When it was released; null while it is not.</summary>
    public Instant? ReleasedAt { get; init; }

    /// <summary>The day on which it was paid; null while it is not.</summary>
    public LocalDate? PaidOn { get; init; }

    /// <summary>Whether the project was closed before it could be paid.</summary>
    public bool Lapsed { get; init; }

    /// <summary>
    /// The tranches of an award. As many as the project has periods between milestones where it is paid in tranches, else one: the first at signature, the
    /// k-th on the report of milestone k−1, none on the final report. In proportion to the budget of each period where every line says when it is spent and
    /// no period is without, else equal; to the cent, they add up to the award.
    /// </summary>
    /// <remarks>Source: règlement du guichet, « versement par tranches »; the shares by period are a default of ours.</remarks>
    /// <param name="budget">The lines of the application; empty where they are not known.</param>
    public static ImmutableArray<Tranche> Of(Agreement agreement, FollowUpRules rules, ImmutableArray<BudgetLine> budget)
    {
        var milestones = FollowUp.Milestone.Of(agreement, rules).Where(milestone => milestone.ReleasesTranche).ToList();
        var weights = Weights(agreement, [.. milestones.Select(milestone => milestone.Due)], budget) ?? [.. Enumerable.Repeat(BigInteger.One, milestones.Count + 1)];
        var whole = weights.Aggregate(BigInteger.Add);

        // Each tranche ends where the award's share up to it does: rounding down the sums, not the parts, is what adds up.
        Euros UpTo(int count) => new((long)(agreement.Award.Cents * weights.Take(count).Aggregate(BigInteger.Zero, BigInteger.Add) / whole));
        return
        [
            .. weights.Select((_, index) => new Tranche
            {
                Number = index + 1,
                Amount = UpTo(index + 1) - UpTo(index),
                Milestone = index == 0 ? null : milestones[index - 1].Number,
            }),
        ];
    }

    /// <summary>What is budgeted in each period, in cent-days over the least common length; null where a line or a period does not tell.</summary>
    private static ImmutableArray<BigInteger>? Weights(Agreement agreement, ImmutableArray<LocalDate> limits, ImmutableArray<BudgetLine> budget)
    {
        var spans = budget.Select(line => BudgetPeriod.Of(line.Period)).ToList();
        if (limits.IsEmpty || spans.Count == 0 || spans.Any(span => span is null))
        {
            return null;
        }

        var lengths = spans.Aggregate(BigInteger.One, (product, span) => product * span!.Length / BigInteger.GreatestCommonDivisor(product, span.Length));
        var weights = new BigInteger[limits.Length + 1];
        foreach (var (line, span) in budget.Zip(spans))
        {
            for (var period = 0; period < weights.Length; period++)
            {
                // What is spent before the signature or after the end falls to the first period or the last.
                var from = period == 0 ? span!.Start : LocalDate.Max(span!.Start, limits[period - 1]);
                var until = period == limits.Length ? span.End : LocalDate.Min(span.End, limits[period].PlusDays(-1));
                weights[period] += until < from ? 0 : line.Amount.Cents * (lengths / span.Length) * (NodaTime.Period.DaysBetween(from, until) + 1);
            }
        }

        return weights.All(weight => weight > 0) ? [.. weights] : null;
    }
}

/// <summary>Where the payment of a tranche is, for people.</summary>
public enum TrancheState
{
    /// <summary>What it waits for is not there.</summary>
    AVenir,

    /// <summary>Everything that it waits for is there: it is proposed for release.</summary>
    Proposee,

    /// <summary>One person has released it, and the campaign wants two for so much.</summary>
    AConfirmer,

    /// <summary>Released, to be paid.</summary>
    Liberee,

    /// <summary>Paid.</summary>
    Versee,

    /// <summary>The project was closed before.</summary>
    Abandonnee,
}
