using System.Collections.Immutable;
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

    /// <summary>Day of the last signature: milestones are counted from it. Null while a signature is missing.</summary>
    public LocalDate? SignedOn { get; init; }

    /// <summary>Day on which the project ends.</summary>
    public required LocalDate EndsOn { get; init; }

    /// <summary>Project types, by id.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>The indicators on which the project reports.</summary>
    public ImmutableArray<Indicator> Indicators { get; init; } = [];

    /// <summary>The savings that the project is to bring by its target dates; null where none are expected.</summary>
    public Euros? ExpectedSavings { get; init; }

    /// <summary>Who has signed, and when.</summary>
    public ImmutableArray<Signature> Signatures { get; init; } = [];

    /// <summary>What was moved since, the first first; each keeps what stood before it.</summary>
    public ImmutableArray<Amendment> Amendments { get; init; } = [];

    /// <summary>The number under which the funding was decided elsewhere; null where it was decided here.</summary>
    public string? Reference { get; init; }

    /// <summary>The indicator of a name, or of a code of the campaign; null where the agreement has none.</summary>
    public Indicator? Find(string nameOrCode) => Indicators.FirstOrDefault(one => one.Name == nameOrCode) ?? Indicators.FirstOrDefault(one => one.Code == nameOrCode);
}

/// <summary>A signature of an agreement.</summary>
/// <param name="Party">Whose.</param>
/// <param name="On">The day that stands beside it.</param>
public sealed record Signature(SigningParty Party, LocalDate On);

/// <summary>The parties of an agreement.</summary>
public enum SigningParty
{
    /// <summary>The administration that carries the project.</summary>
    Administration,

    /// <summary>The programme.</summary>
    Programme,
}

/// <summary>An amendment: what it moved, from what to what, and why.</summary>
/// <param name="Number">From 1.</param>
/// <param name="On">The day it was recorded.</param>
/// <param name="Reason">Why, in the office's words.</param>
/// <param name="End">The end of the project, where it moved.</param>
/// <param name="Targets">The targets that moved.</param>
public sealed record Amendment(int Number, LocalDate On, string Reason, EndMoved? End, ImmutableArray<TargetMoved> Targets);

/// <summary>The end of a project, before an amendment and after.</summary>
public sealed record EndMoved(LocalDate Before, LocalDate After);

/// <summary>The target of an indicator, before an amendment and after.</summary>
/// <param name="Indicator">Its name.</param>
public sealed record TargetMoved(string Indicator, decimal? Before, LocalDate? DateBefore, decimal After, LocalDate? DateAfter);

/// <summary>The body that carries a funded project.</summary>
public sealed record FundedApplicant(string Siret, string Name);

/// <summary>A person to write to.</summary>
public sealed record Person(string Name, string Email);
