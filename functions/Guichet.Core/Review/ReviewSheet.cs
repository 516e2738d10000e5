using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>One reviewer's part in a dossier: given, declared free of conflict, filled in, submitted; or withdrawn, and then it stays as it was.</summary>
public sealed record ReviewSheet
{
    /// <summary>The reviewer's id; a reviewer has one sheet a dossier at most.</summary>
    public required string Reviewer { get; init; }

    /// <summary>When it was given.</summary>
    public required Instant AssignedAt { get; init; }

    /// <summary>The day by which it is awaited.</summary>
    public required LocalDate DueOn { get; init; }

    /// <summary>Why this reviewer: one sentence in French.</summary>
    public required string Why { get; init; }

    /// <summary>Whether it is that of the third reviewer, asked for because two were far apart.</summary>
    public bool Arbitration { get; init; }

    /// <summary>The reviewer's word on conflicts of interest; null until given, and until then the dossier's content is closed to it.</summary>
    public ConflictDeclaration? Conflict { get; init; }

    /// <summary>What the reviewer gives each criterion; a draft until it is submitted.</summary>
    public ImmutableArray<Mark> Marks { get; init; } = [];

    /// <summary>What the reviewer says of the dossier as a whole.</summary>
    public string? Comment { get; init; }

    /// <summary>What the office asks the reviewer to make clear; null where it asks nothing, or was answered by submitting again.</summary>
    public string? Question { get; init; }

    /// <summary>When it was submitted last; null while it is a draft.</summary>
    public Instant? SubmittedAt { get; init; }

    /// <summary>Why the reviewer does not review; null where it does.</summary>
    public string? WithdrawnBecause { get; init; }

    /// <summary>How often it was changed: what whoever edits it compares.</summary>
    public int Revision { get; init; }

    /// <summary>Whether the reviewer still has it.</summary>
    [JsonIgnore]
    public bool IsActive => WithdrawnBecause is null;

    /// <summary>Whether something is awaited of the reviewer.</summary>
    [JsonIgnore]
    public bool IsAwaited => IsActive && (SubmittedAt is null || Question is not null);

    /// <summary>Whether it counts in the dossier's score.</summary>
    [JsonIgnore]
    public bool Counts => IsActive && SubmittedAt is not null;

    /// <summary>Whether the reviewer may see what the dossier says.</summary>
    [JsonIgnore]
    public bool MayRead => IsActive && Conflict is { Exists: false };
}

/// <summary>A reviewer's word on conflicts of interest.</summary>
/// <param name="Exists">Whether there is one.</param>
/// <param name="Nature">What links the reviewer to the applicant; null where nothing does.</param>
/// <param name="At">When it was given.</param>
public sealed record ConflictDeclaration(bool Exists, string? Nature, Instant At);

/// <summary>What a reviewer gives a criterion.</summary>
/// <param name="Criterion">The criterion's id.</param>
/// <param name="Level">0 to 4; null in a draft that leaves it open.</param>
/// <param name="Reason">Required to submit.</param>
public sealed record Mark(string Criterion, int? Level, string? Reason);
