using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using NodaTime;
using NodaTime.Calendars;

namespace Guichet.Core.Review;

/// <summary>
/// When a campaign's digests leave, and what there is to say in them. Each dossier that is to be told of stands as a hint at the next occasion, so that
/// it is looked at once an occasion, and an occasion that was missed is caught up with the next.
/// </summary>
public static class Digest
{
    /// <summary>Days for which a decision is told: a weekly digest has it once.</summary>
    private const int DaysDecided = 8;

    private static readonly ImmutableHashSet<Field> Told = [Fields.ProjectTitle, Fields.ApplicantName, Fields.BudgetTotal, Fields.BudgetRequested];

    /// <summary>The first occasion after an instant.</summary>
    public static Instant Next(Campaign rules, Instant after)
    {
        var day = rules.DateOf(after);
        while (!IsDay(rules, day) || At(rules, day) <= after)
        {
            day = day.PlusDays(1);
        }

        return At(rules, day);
    }

    /// <summary>The occasion of the day on which an instant falls, once it has come; null on a day without one, and before its hour.</summary>
    public static Instant? Today(Campaign rules, Instant now)
    {
        var day = rules.DateOf(now);
        return IsDay(rules, day) && At(rules, day) <= now ? At(rules, day) : null;
    }

    /// <summary>Whether a person is due a digest at an occasion.</summary>
    /// <param name="told">When it was told last; null for never.</param>
    public static bool IsDue(Campaign rules, DigestFrequency frequency, Instant? told, Instant occasion) => frequency switch
    {
        DigestFrequency.Never => false,
        _ when told is null => true,
        DigestFrequency.Weekly => Week(rules.DateOf(told.Value)) != Week(rules.DateOf(occasion)),
        _ => rules.DateOf(told.Value) < rules.DateOf(occasion),
    };

    /// <summary>
    /// When a person's digest leaves: each has a minute of its own within the campaign's window, so that a mail server is not given them all at once.
    /// </summary>
    public static Instant LeavesAt(Campaign rules, string person, Instant occasion)
    {
        var draw = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{rules.Id}|{person}")));
        return occasion + Duration.FromMinutes(rules.Digests.WindowMinutes > 0 ? draw % (uint)rules.Digests.WindowMinutes : 0);
    }

    /// <summary>Whether a dossier is to be looked at for digests: while people have something to do with it, and a week after its decision.</summary>
    public static bool Concerns(Campaign rules, Dossier dossier, Instant now) => dossier.TakesReviews()
        || dossier.Status is DossierStatus.IrrecevablePropose or DossierStatus.Incomplet
        || OfficeDigest.IsToExamine(dossier) || OfficeDigest.IsToRelease(dossier)
        || (dossier.Decision is { } decision && !dossier.Reviews.IsEmpty && NodaTime.Period.DaysBetween(decision.DecidedOn, rules.DateOf(now)) <= DaysDecided);

    /// <summary>The hint that a dossier is to be told of.</summary>
    public static DueHint Hint(DossierId dossier, Instant at) => new(DueKind.Digest, at, dossier.ToString(), DueHint.Review);

    /// <summary>A reviewer's digest; null where there is nothing to say.</summary>
    /// <param name="since">When the reviewer was told last; null for never.</param>
    public static Letter? For(Campaign rules, Reviewer reviewer, IEnumerable<Dossier> dossiers, Instant? since, Instant now)
    {
        var mine = dossiers.Where(dossier => dossier.SheetOf(reviewer.Id) is { IsActive: true }).ToList();
        var content = ReviewerDigest.Of(reviewer.Id, mine, since, rules.DateOf(now));
        return content.IsEmpty ? null : Letter(rules, LetterKind.Digest, reviewer.Email, content.All, now) with { Since = since };
    }

    /// <summary>The office's digest; null where there is nothing to say.</summary>
    /// <param name="says">What stands in no dossier, in French: failures, refused mails.</param>
    public static Letter? ForOffice(Campaign rules, IReadOnlyCollection<Dossier> dossiers, ImmutableArray<string> says, Instant now)
    {
        var content = OfficeDigest.Of(rules, dossiers, rules.DateOf(now));
        return content.IsEmpty && says.IsEmpty ? null : Letter(rules, LetterKind.OfficeDigest, rules.Office.Email, content.All, now) with { Says = says };
    }

    /// <summary>The reserves of a dossier's verdict: what a reviewer is to look at.</summary>
    public static IEnumerable<Finding> Reserves(Dossier dossier) =>
        (dossier.Verdict?.Findings ?? []).Where(finding => finding is { Severity: RuleSeverity.Reserve, Verdict: not RuleVerdict.Satisfied });

    /// <summary>A dossier with what digests tell of it and no more: on the morning after the last day of a campaign a digest tells of thousands.</summary>
    public static Dossier Brief(Dossier dossier) => dossier with
    {
        Pieces = [],
        Application = dossier.Application is { } application ? new GrantApplication { Values = [.. application.Values.Where(value => Told.Contains(value.Field))] } : null,
        Verdict = dossier.Verdict is null ? null : new([.. Reserves(dossier)]),
        PreScore = dossier.PreScore is { } score ? score with { Criteria = [] } : null,
    };

    private static Letter Letter(Campaign rules, LetterKind kind, string recipient, IEnumerable<Dossier> dossiers, Instant now) => new()
    {
        Kind = kind,
        Recipient = recipient,
        Date = rules.DateOf(now),
        Campaign = rules.Id,
        Dossiers = [.. dossiers.Select(dossier => dossier.Id)],
    };

    private static bool IsDay(Campaign rules, LocalDate day) => rules.Digests.Days.Contains(day.DayOfWeek) && !WorkingDays.IsHoliday(day, rules.Holidays);

    private static Instant At(Campaign rules, LocalDate day) => day.At(rules.Digests.At, rules.Zone);

    private static (int Year, int Week) Week(LocalDate day) => (WeekYearRules.Iso.GetWeekYear(day), WeekYearRules.Iso.GetWeekOfWeekYear(day));
}

/// <summary>How often a reviewer wants a digest; chosen by a link in it.</summary>
public enum DigestFrequency
{
    /// <summary>On each of the campaign's days.</summary>
    Daily,

    /// <summary>On the first of the campaign's days of a week.</summary>
    Weekly,

    /// <summary>Not at all: what waits is on the reviewer's list.</summary>
    Never,
}

/// <summary>What a reviewer's digest tells, each dossier under one head, the most pressing first.</summary>
/// <param name="New">Given, and nothing said yet of conflicts of interest.</param>
/// <param name="Asked">An arbitration, or something that the office asks to be made clear.</param>
/// <param name="Late">Awaited before today.</param>
/// <param name="Waiting">Awaited, the oldest first.</param>
/// <param name="Decided">Decided since the digest before.</param>
public sealed record ReviewerDigest(
    ImmutableArray<Dossier> New, ImmutableArray<Dossier> Asked, ImmutableArray<Dossier> Late, ImmutableArray<Dossier> Waiting, ImmutableArray<Dossier> Decided)
{
    /// <summary>Every dossier that it tells of.</summary>
    public IEnumerable<Dossier> All => [.. New, .. Asked, .. Late, .. Waiting, .. Decided];

    /// <summary>Whether it tells nothing.</summary>
    public bool IsEmpty => !All.Any();

    /// <summary>How many dossiers something is awaited on.</summary>
    public int Awaited => New.Length + Asked.Length + Late.Length + Waiting.Length;

    /// <summary>Sorts a reviewer's dossiers.</summary>
    /// <param name="dossiers">Those that it was given and still has.</param>
    /// <param name="since">When it was told last.</param>
    public static ReviewerDigest Of(string reviewer, IEnumerable<Dossier> dossiers, Instant? since, LocalDate today)
    {
        var heads = dossiers
            .Select(dossier => (Dossier: dossier, Sheet: dossier.SheetOf(reviewer)!))
            .OrderBy(one => one.Sheet.DueOn).ThenBy(one => one.Sheet.AssignedAt).ThenBy(one => one.Dossier.Id.ToString(), StringComparer.Ordinal)
            .ToLookup(one => HeadOf(one.Dossier, one.Sheet, since, today), one => one.Dossier);
        return new([.. heads[Head.New]], [.. heads[Head.Asked]], [.. heads[Head.Late]], [.. heads[Head.Waiting]], [.. heads[Head.Decided]]);
    }

    private static Head HeadOf(Dossier dossier, ReviewSheet sheet, Instant? since, LocalDate today) => (dossier, sheet) switch
    {
        _ when !dossier.TakesReviews() => dossier.Decision is { IsTold: true, At: { } decided } && (since is null || decided > since) ? Head.Decided : Head.None,
        (_, { IsAwaited: false }) => Head.None,
        (_, { Question: not null } or { Arbitration: true }) => Head.Asked,
        (_, { Conflict: null }) when sheet.DueOn >= today => Head.New,
        _ => sheet.DueOn < today ? Head.Late : Head.Waiting,
    };

    private enum Head
    {
        None,
        New,
        Asked,
        Late,
        Waiting,
        Decided,
    }
}

/// <summary>What the office's digest tells of dossiers.</summary>
/// <param name="Proposed">Refusals that the rules propose and that wait for a person.</param>
/// <param name="Overdue">Not completed by the day that was asked for.</param>
/// <param name="Lacking">Without all the reviewers that the campaign wants: there are no more without a conflict.</param>
/// <param name="Late">With a review that was awaited before today.</param>
/// <param name="Ready">All reviews are in: for the next committee.</param>
/// <param name="Reported">A report came, and its steering meeting or the programme's agreement is missing.</param>
/// <param name="Releases">A tranche is to be released, or confirmed by a second person.</param>
public sealed record OfficeDigest(
    ImmutableArray<Dossier> Proposed, ImmutableArray<Dossier> Overdue, ImmutableArray<Dossier> Lacking, ImmutableArray<Dossier> Late, ImmutableArray<Dossier> Ready,
    ImmutableArray<Dossier> Reported, ImmutableArray<Dossier> Releases)
{
    /// <summary>Every dossier that it tells of, once.</summary>
    public IEnumerable<Dossier> All => Proposed.Concat(Overdue).Concat(Lacking).Concat(Late).Concat(Ready).Concat(Reported).Concat(Releases).DistinctBy(dossier => dossier.Id);

    /// <summary>Whether nothing in it asks for anything: dossiers that are ready are told beside what does.</summary>
    public bool IsEmpty => Proposed.IsEmpty && Overdue.IsEmpty && Lacking.IsEmpty && Late.IsEmpty && Reported.IsEmpty && Releases.IsEmpty;

    /// <summary>Whether a report of a project is to be looked at: one that came here, of a project that goes on.</summary>
    public static bool IsToExamine(Dossier dossier) =>
        dossier.Status is DossierStatus.Suivi && dossier.Milestones.Any(milestone => milestone is { ReleasesTranche: true, Report: not null, ReportedAt: not null, IsComplete: false });

    /// <summary>Whether a tranche of a project waits for somebody of the office.</summary>
    public static bool IsToRelease(Dossier dossier) => dossier.Tranches.Any(tranche => dossier.StateOf(tranche) is TrancheState.Proposee or TrancheState.AConfirmer);

    /// <summary>Sorts a campaign's dossiers.</summary>
    public static OfficeDigest Of(Campaign rules, IEnumerable<Dossier> dossiers, LocalDate today)
    {
        var ordered = dossiers.OrderBy(dossier => dossier.Closing?.Deposited).ThenBy(dossier => dossier.Id.ToString(), StringComparer.Ordinal).ToList();
        bool IsReviewed(Dossier dossier) => dossier.TakesReviews() && dossier.Reviews.Count(sheet => sheet.Counts) >= rules.Review.ReviewersPerDossier && !dossier.Reviews.Any(sheet => sheet.IsAwaited);
        return new(
            [.. ordered.Where(dossier => dossier.Status is DossierStatus.IrrecevablePropose)],
            [.. ordered.Where(dossier => dossier.Status is DossierStatus.Incomplet && dossier.CompleteBefore < today)],
            [.. ordered.Where(dossier => dossier.Status is DossierStatus.Note or DossierStatus.Instruction && dossier.Reviews.Count(sheet => sheet.IsActive) < rules.Review.ReviewersPerDossier)],
            [.. ordered.Where(dossier => dossier.TakesReviews() && dossier.Reviews.Any(sheet => sheet.IsAwaited && sheet.DueOn < today))],
            [.. ordered.Where(IsReviewed)],
            [.. ordered.Where(IsToExamine)],
            [.. ordered.Where(IsToRelease)]);
    }
}
