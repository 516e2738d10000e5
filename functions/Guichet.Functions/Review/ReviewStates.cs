using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Functions.Review;

/// <summary>A dossier as one of its reviewers may see it.</summary>
/// <param name="Applicant">Who carries it: enough to know whether there is a conflict of interest.</param>
/// <param name="Sheet">The reviewer's own part.</param>
/// <param name="Criteria">What is to be scored.</param>
/// <param name="Content">What the dossier says; null until the reviewer has said that it has no conflict of interest.</param>
/// <param name="Others">The other reviews; null until the reviewer has submitted its own.</param>
/// <param name="NextStep">What the reviewer is to do now: one sentence in French.</param>
public sealed record ReviewState(
    DossierId Dossier, string Campaign, string Status, string Title, string? Applicant, string? Ministry, ReviewSheet Sheet,
    IReadOnlyList<CriterionToScore> Criteria, DossierContent? Content, IReadOnlyList<ReviewSheet>? Others, string NextStep)
{
    internal static ReviewState Of(ReviewerPart part)
    {
        var (dossier, sheet) = (part.Dossier, part.Sheet);
        return new(
            dossier.Id,
            dossier.Campaign,
            dossier.Status.InFrench(),
            dossier.Title,
            dossier.Applicant,
            dossier.Application?.Find(Fields.ApplicantMinistry)?.Value,
            sheet,
            CriterionToScore.Of(part.Rules, dossier),
            sheet.MayRead ? DossierContent.Of(dossier) : null,
            sheet.Counts ? [.. dossier.Reviews.Where(other => other.Counts && other.Reviewer != sheet.Reviewer)] : null,
            Next(dossier, sheet));
    }

    private static string Next(Dossier dossier, ReviewSheet sheet) => sheet switch
    {
        _ when !dossier.TakesReviews() => "La décision est prise : il n’y a plus rien à faire.",
        { Conflict: null } => "Dites si vous avez un conflit d’intérêts avec le porteur ; le dossier s’ouvre ensuite.",
        { Question: { } question } => $"Le bureau vous demande une précision : « {question} » Complétez votre avis et rendez-le de nouveau.",
        { SubmittedAt: null } => $"Notez chaque critère avec sa raison et rendez votre avis avant le {sheet.DueOn.InFrench()}.",
        _ => "Votre avis est rendu. Vous pouvez encore le modifier jusqu’au comité.",
    };
}

/// <summary>A criterion that reviewers score.</summary>
/// <param name="Weight">Points that level 4 gives.</param>
/// <param name="Main">Whether it is the one that breaks ties.</param>
/// <param name="Bonus">Whether its points come on top.</param>
public sealed record CriterionToScore(string Id, string Label, decimal Weight, bool Main, bool Bonus)
{
    internal static IReadOnlyList<CriterionToScore> Of(Campaign rules, Dossier dossier)
    {
        var grid = Grid.Of(rules, dossier.Application ?? new GrantApplication());
        return
        [
            .. grid.Criteria.Select(one => new CriterionToScore(
                one.Criterion.Id, one.Criterion.Label, decimal.Round(one.Weight, 2, MidpointRounding.AwayFromZero), one == grid.Main, one.Criterion.Bonus)),
        ];
    }
}

/// <summary>What a dossier says and what the rules made of it.</summary>
/// <param name="Application">Every value with its file and place.</param>
/// <param name="Findings">Of the rules of eligibility.</param>
/// <param name="PreScore">Computed; it decides nothing.</param>
/// <param name="Pieces">The files, by the slot that their address names.</param>
public sealed record DossierContent(GrantApplication? Application, ImmutableArray<Finding> Findings, PreScore? PreScore, IReadOnlyList<PieceToRead> Pieces)
{
    internal static DossierContent Of(Dossier dossier) => new(
        dossier.Application,
        dossier.Verdict?.Findings ?? [],
        dossier.PreScore,
        [.. dossier.PiecesTaken.Select(piece => new PieceToRead(piece.Slot, piece.FileName, piece.Received?.Bytes ?? 0, $"api/dossiers/{dossier.Id}/pieces/{piece.Slot}"))]);
}

/// <summary>A file that can be fetched.</summary>
public sealed record PieceToRead(string Slot, string Name, long Bytes, string Address);

/// <summary>A dossier's reviews side by side, for the office: each reviewer's, their mean, and apart from them the pre-score.</summary>
/// <param name="Lacking">How many reviewers it still lacks; more than are to be found where conflicts leave nobody.</param>
public sealed record ReviewsState(
    DossierId Dossier, string Title, DossierStatus Status, decimal? Mean, decimal OutOf, IReadOnlyList<ReviewerScore> Scores,
    IReadOnlyList<ReviewSheet> Sheets, bool Arbitrated, int Lacking, PreScore? PreScore)
{
    internal static ReviewsState Of(Campaign rules, Campaign scoring, Dossier dossier)
    {
        var scores = ReviewScores.Of(scoring, dossier);
        return new(
            dossier.Id, dossier.Title, dossier.Status, scores.Mean, scores.OutOf, scores.Reviewers, dossier.Reviews,
            Assignment.IsArbitrated(rules, scoring, dossier), Assignment.Lacking(rules, scoring, dossier), dossier.PreScore);
    }
}

/// <summary>A line of a reviewer's list.</summary>
/// <param name="State"><c>à déclarer</c>, <c>à noter</c>, <c>à préciser</c>, <c>rendu</c>, <c>décidé</c>.</param>
public sealed record ReviewLine(DossierId Dossier, string Title, string? Applicant, string State, bool Arbitration, LocalDate DueOn, bool Late)
{
    internal static ReviewLine Of(Dossier dossier, ReviewSheet sheet, LocalDate today) => new(
        dossier.Id, dossier.Title, dossier.Applicant, StateOf(dossier, sheet), sheet.Arbitration, sheet.DueOn,
        dossier.TakesReviews() && sheet.IsAwaited && sheet.DueOn < today);

    private static string StateOf(Dossier dossier, ReviewSheet sheet) => sheet switch
    {
        _ when !dossier.TakesReviews() => "décidé",
        { Conflict: null } => "à déclarer",
        { Question: not null } => "à préciser",
        { SubmittedAt: null } => "à noter",
        _ => "rendu",
    };
}
