using System.Collections.Immutable;
using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>What a porteur has reported for a milestone: all its files together, the last word on each thing.</summary>
public sealed record ImpactReport
{
    /// <summary>The files that came, the first first.</summary>
    public ImmutableArray<ReportFile> Files { get; init; } = [];

    /// <summary>The values of the indicators, one each at most.</summary>
    public ImmutableArray<ReportedValue> Values { get; init; } = [];

    /// <summary>What was done since the report before; null where it does not say.</summary>
    public string? Done { get; init; }

    /// <summary>The strategy, confirmed or adjusted; null where it does not say.</summary>
    public string? Strategy { get; init; }

    /// <summary>Savings realised since the beginning; null where it does not say.</summary>
    public Euros? Savings { get; init; }

    /// <summary>What the guichet asks about it, in French; nothing is refused for it.</summary>
    public ImmutableArray<string> Questions { get; init; } = [];

    /// <summary>The value of an indicator; null where it gives none.</summary>
    public ReportedValue? Of(Indicator indicator) => Values.FirstOrDefault(value => value.Indicator == indicator.Name);
}

/// <summary>A file of a report.</summary>
/// <param name="Slot">Where it came in; an id of ours.</param>
/// <param name="Name">The porteur's own name for it: data, shown and never interpreted.</param>
/// <param name="Received">When, how large, and under which hash its bytes are kept.</param>
/// <param name="Trouble">Why it could not be read, in French; null where it was.</param>
public sealed record ReportFile(string Slot, string Name, Reception Received, string? Trouble);

/// <summary>The value of an indicator as it was reported.</summary>
/// <param name="Indicator">Its name in the agreement.</param>
/// <param name="On">The day that it was measured.</param>
/// <param name="Source">Where it was written; null where the office typed it in.</param>
public sealed record ReportedValue(string Indicator, decimal Value, LocalDate On, Source? Source);

/// <summary>What was read of a file of a report, before anything of it is believed.</summary>
public sealed record ReportReading
{
    /// <summary>Why the file could not be used, in French; null where it could.</summary>
    public string? Trouble { get; init; }

    /// <summary>What stands where the value of an indicator is asked for.</summary>
    public ImmutableArray<ReadValue> Values { get; init; } = [];

    /// <summary>What was done since the report before.</summary>
    public string? Done { get; init; }

    /// <summary>The strategy, confirmed or adjusted.</summary>
    public string? Strategy { get; init; }

    /// <summary>Savings realised since the beginning.</summary>
    public Euros? Savings { get; init; }
}

/// <summary>What stands where a value is asked for.</summary>
/// <param name="Indicator">The name in the agreement of the indicator that it is about.</param>
/// <param name="Value">The number; null where it is none.</param>
/// <param name="Unit">The unit written beside the number; null where there is none.</param>
/// <param name="On">The day written beside it; null where there is none.</param>
/// <param name="Source">Where, and what was written.</param>
public sealed record ReadValue(string Indicator, decimal? Value, string? Unit, LocalDate? On, Source Source);
