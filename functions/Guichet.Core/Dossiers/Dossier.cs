using System.Collections.Immutable;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Dossiers;

/// <summary>
/// A dossier as it stands: everything that a step may decide on. It changes by a <see cref="Step"/> alone, save that each piece is read into
/// a row of its own, so that files that arrive together do not contend for the head.
/// </summary>
public sealed record Dossier
{
    /// <summary>The tracking number.</summary>
    public required DossierId Id { get; init; }

    /// <summary>The campaign's id.</summary>
    public required string Campaign { get; init; }

    /// <summary>Where it stands.</summary>
    public required DossierStatus Status { get; init; }

    /// <summary>How many steps it has made: what depends on a dossier is newer when this is greater.</summary>
    public long Version { get; init; }

    /// <summary>When its tracking number was given.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>Since when nothing more may come of it; null while something may.</summary>
    public Instant? OverSince { get; init; }

    /// <summary>What keeps it from being erased; null where nothing does.</summary>
    public LegalHold? Hold { get; init; }

    /// <summary>That its personal data was erased; null while it is kept.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>Where letters to the porteur go. Given at opening, so that whoever sends an unreadable form can be told. Empty once it is erased.</summary>
    public required string Email { get; init; }

    /// <summary>SHA-256 of the porteur's token, lower-case hexadecimal; null where the office opened the dossier.</summary>
    public string? TokenHash { get; init; }

    /// <summary>Links to the dossier that name an earlier number no longer open it.</summary>
    public int LinkGeneration { get; init; }

    /// <summary>What was closed last; null while the porteur is still sending.</summary>
    public Closing? Closing { get; init; }

    /// <summary>The round of the closing that was judged last; 0 before any.</summary>
    public int JudgedRound { get; init; }

    /// <summary>Until when the porteur may complete, where it was asked to.</summary>
    public LocalDate? CompleteBefore { get; init; }

    /// <summary>What the pieces say, as it was judged last.</summary>
    public GrantApplication? Application { get; init; }

    /// <summary>The last judgement of the rules.</summary>
    public EligibilityVerdict? Verdict { get; init; }

    /// <summary>Other live dossiers that presented the same project when this one was judged; null where nobody has looked.</summary>
    public ImmutableArray<DossierId>? Twins { get; init; }

    /// <summary>The pre-score of the application.</summary>
    public PreScore? PreScore { get; init; }

    /// <summary>The parts that reviewers have in it, in the order in which they were given.</summary>
    public ImmutableArray<ReviewSheet> Reviews { get; init; } = [];

    /// <summary>What was decided last by whoever may decide; null before.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What was agreed, once the project is funded.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>The impact reports that the agreement asks for, in order of number.</summary>
    public ImmutableArray<Milestone> Milestones { get; init; } = [];

    /// <summary>The parts in which the award is paid, in order of number.</summary>
    public ImmutableArray<Tranche> Tranches { get; init; } = [];

    /// <summary>How the follow-up ended; null while it has not.</summary>
    public Closure? Closure { get; init; }

    /// <summary>The upload slots given and what came into each, in the order in which they were given.</summary>
    public ImmutableArray<Piece> Pieces { get; init; } = [];

    /// <summary>The end of the journal's chain.</summary>
    public JournalEnd Journal { get; init; } = JournalEnd.Empty;

    /// <summary>Opaque: what storage compares on the next write. Empty before the first.</summary>
    public string ETag { get; init; } = "";

    /// <summary>Whether files are taken: while the porteur deposits or completes.</summary>
    public bool TakesFiles => Erasure is null && Status is DossierStatus.Depot or DossierStatus.Incomplet;

    /// <summary>Whether a closing waits to be judged.</summary>
    public bool AwaitsEligibility => TakesFiles && Closing is { } closing && closing.Round > JudgedRound;

    /// <summary>Whether it waits for its pre-score.</summary>
    public bool AwaitsScoring => Status is DossierStatus.Recevable;

    /// <summary>What people call it: the project's title, or the tracking number where none is known yet.</summary>
    public string Title => Agreement?.Title ?? Application?.Find(Fields.ProjectTitle)?.Value ?? $"Dossier {Id}";

    /// <summary>The applicant's name, where it is known.</summary>
    public string? Applicant => Agreement?.Applicant.Name ?? Application?.Find(Fields.ApplicantName)?.Value;

    /// <summary>
    /// The pieces that the last closing took in. Of several files of one name the last received stands for all: that is how a porteur
    /// corrects a file.
    /// </summary>
    public ImmutableArray<Piece> PiecesTaken => Closing is not { } closing ? [] :
    [
        .. Pieces
            .Where(piece => closing.Slots.Contains(piece.Slot))
            .GroupBy(piece => piece.FileName, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.OrderBy(piece => piece.Received?.At).ThenBy(piece => piece.Slot, StringComparer.Ordinal).Last()),
    ];
}

/// <summary>A closing of the deposit: the first, or that of a completion.</summary>
/// <param name="Round">1 for the first.</param>
/// <param name="Deposited">When the last file present at the <b>first</b> closing was received; later closings keep it.</param>
/// <param name="ClosedAt">When this closing was made.</param>
/// <param name="CampaignVersion">The version of the rules in force at the deposit.</param>
/// <param name="Slots">The slots that held a file, in order.</param>
public sealed record Closing(int Round, Instant Deposited, Instant ClosedAt, string CampaignVersion, ImmutableArray<string> Slots);
