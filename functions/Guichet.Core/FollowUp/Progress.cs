using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>How far an indicator is on its way.</summary>
/// <param name="Share">(value − baseline) / (target − baseline): 1 at the target, negative where it went backwards.</param>
/// <param name="Expected">The same share on the straight line from baseline to target, on the day of the measure.</param>
/// <param name="Trend">What the difference means.</param>
public sealed record Progress(decimal Share, decimal Expected, Trend Trend)
{
    /// <summary>The progress of a value; null where the indicator has no baseline, no target, or the same for both.</summary>
    /// <param name="agreement">Its signature and end stand for dates that the indicator does not give.</param>
    public static Progress? Of(Agreement agreement, Indicator indicator, decimal value, LocalDate on, FollowUpRules rules)
    {
        if (indicator is not { Baseline: { } baseline, Target: { } target } || baseline == target)
        {
            return null;
        }

        var start = indicator.BaselineDate ?? agreement.SignedOn ?? on;
        var end = indicator.TargetDate ?? agreement.EndsOn;
        var whole = NodaTime.Period.DaysBetween(start, end);
        var expected = whole <= 0 ? 1 : Math.Clamp((decimal)NodaTime.Period.DaysBetween(start, on) / whole, 0, 1);
        var share = (value - baseline) / (target - baseline);
        return new Progress(share, expected, share - expected > rules.Tolerance ? Trend.EnAvance : expected - share > rules.Tolerance ? Trend.EnRetard : Trend.Conforme);
    }
}

/// <summary>Where an indicator is against the straight line to its target. The names are those that the programme uses.</summary>
public enum Trend
{
    /// <summary>Behind it.</summary>
    EnRetard,

    /// <summary>On it, within the campaign's tolerance.</summary>
    Conforme,

    /// <summary>Ahead of it.</summary>
    EnAvance,
}

/// <summary>What people call them.</summary>
public static class FollowUpWords
{
    /// <summary>Of a trend.</summary>
    public static string InFrench(this Trend trend) => trend switch
    {
        Trend.EnRetard => "en retard",
        Trend.EnAvance => "en avance",
        _ => "conforme",
    };

    /// <summary>Of the state of a tranche.</summary>
    public static string InFrench(this TrancheState state) => state switch
    {
        TrancheState.AVenir => "à venir",
        TrancheState.Proposee => "à libérer",
        TrancheState.AConfirmer => "à confirmer par une seconde personne",
        TrancheState.Liberee => "libérée",
        TrancheState.Versee => "versée",
        _ => "abandonnée",
    };

    /// <summary>Of how a project ended.</summary>
    public static string InFrench(this ClosureOutcome outcome) => outcome is ClosureOutcome.Acheve ? "achevé" : "arrêté";
}
