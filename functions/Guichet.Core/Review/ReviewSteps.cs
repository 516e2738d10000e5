using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>The steps of the review, from the assignment of reviewers to their submitted sheets.</summary>
public static class ReviewSteps
{
    /// <summary>Characters of a text that a reviewer writes.</summary>
    public const int LongestText = 10_000;

    /// <summary>Whether reviews may still be written and amended: until the committee has decided.</summary>
    public static bool TakesReviews(this Dossier dossier) =>
        dossier.Status is DossierStatus.Note or DossierStatus.Instruction or DossierStatus.Preselectionne or DossierStatus.Auditionne;

    /// <summary>A reviewer's sheet, or null where the dossier was never given to it.</summary>
    public static ReviewSheet? SheetOf(this Dossier dossier, string reviewer) => dossier.Reviews.FirstOrDefault(sheet => sheet.Reviewer == reviewer);

    /// <summary>Gives the dossier to reviewers; null where none is given, because there are no more without a conflict.</summary>
    /// <param name="rules">The campaign in force today.</param>
    /// <param name="picks">Who, and why.</param>
    /// <param name="arbitration">Whether the others were too far apart.</param>
    public static Step? Assign(this Dossier dossier, Campaign rules, IReadOnlyList<(string Reviewer, string Why)> picks, bool arbitration, string actor, Instant now)
    {
        var seats = dossier.Reviews.Count(sheet => sheet.IsActive);
        var sheets = picks.Select((pick, index) => new ReviewSheet
        {
            Reviewer = pick.Reviewer,
            AssignedAt = now,
            DueOn = WorkingDays.OnOrAfter(rules.DateOf(now).PlusDays(rules.Review.Days), rules.Holidays),
            Why = pick.Why,
            Arbitration = arbitration && seats + index >= rules.Review.ReviewersPerDossier,
        }).ToList();
        if (sheets.Count == 0)
        {
            return null;
        }

        var after = dossier with { Status = dossier.Status is DossierStatus.Note ? DossierStatus.Instruction : dossier.Status, Reviews = [.. dossier.Reviews, .. sheets] };
        return Step.From(
                dossier, after, $"assign/{dossier.Reviews.Length.ToString(CultureInfo.InvariantCulture)}", actor, now,
                ("reviewers", string.Join(' ', sheets.Select(sheet => sheet.Reviewer))), ("arbitration", sheets.Any(sheet => sheet.Arbitration) ? "yes" : "no"))
            .Telling(QueueName.Projection);
    }

    /// <summary>A reviewer's word on conflicts of interest. One that exists ends its part, and somebody else is looked for.</summary>
    public static Step Declare(this Dossier dossier, string reviewer, bool conflict, string? nature, Instant now)
    {
        var sheet = dossier.SheetOf(reviewer)!;
        var after = dossier.With(sheet with
        {
            Conflict = new ConflictDeclaration(conflict, Trimmed(nature), now),
            WithdrawnBecause = conflict ? "Conflit d’intérêts déclaré." : sheet.WithdrawnBecause,
        });
        var step = Step.From(dossier, after, Operation("declare", dossier), reviewer, now, ("reviewer", reviewer), ("conflict", conflict ? "yes" : "no"));
        return conflict ? step.Telling(QueueName.Assignment, QueueName.Projection) : step;
    }

    /// <summary>A reviewer gives the dossier back: somebody else is looked for.</summary>
    /// <param name="actor">The reviewer, or the office for one that does not answer.</param>
    public static Step Withdraw(this Dossier dossier, string reviewer, string reason, string actor, Instant now) =>
        Step.From(dossier, dossier.With(dossier.SheetOf(reviewer)! with { WithdrawnBecause = reason.Trim() }), Operation("withdraw", dossier), actor, now, ("reviewer", reviewer))
            .Telling(QueueName.Assignment, QueueName.Projection);

    /// <summary>Why marks cannot be saved or submitted; null where they can.</summary>
    /// <param name="campaign">The version in force at the deposit.</param>
    /// <param name="submit">Whether they are to count.</param>
    public static string? MarksRefusal(Campaign campaign, Dossier dossier, IReadOnlyList<Mark> marks, string? comment, bool submit)
    {
        var criteria = Grid.Of(campaign, dossier.Application ?? new GrantApplication()).Criteria;
        foreach (var mark in marks)
        {
            if (criteria.FirstOrDefault(one => one.Criterion.Id == mark.Criterion) is null)
            {
                return $"« {mark.Criterion} » n’est pas un critère de ce dossier : {string.Join(", ", criteria.Select(one => one.Criterion.Id))}.";
            }

            if (mark.Level is < 0 or > SubcriterionScore.Highest)
            {
                return $"Le niveau donné à « {mark.Criterion} » est {mark.Level} ; un niveau va de 0 à {SubcriterionScore.Highest}.";
            }
        }

        if (marks.GroupBy(mark => mark.Criterion, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"« {twice.Key} » est noté deux fois : gardez un seul niveau.";
        }

        if (marks.Select(mark => mark.Reason).Append(comment).FirstOrDefault(text => text?.Length > LongestText) is { } longest)
        {
            return $"Un texte compte {longest.Length} caractères ; il en a au plus {LongestText}.";
        }

        var open = submit
            ? criteria.Where(one => marks.FirstOrDefault(mark => mark.Criterion == one.Criterion.Id) is not { Level: not null, Reason: { } reason } || string.IsNullOrWhiteSpace(reason)).ToList()
            : [];
        return open.Count > 0
            ? $"Il manque un niveau ou une raison à : {string.Join(", ", open.Select(one => $"« {one.Criterion.Label} » ({one.Criterion.Id})"))}. Enregistrez un brouillon, ou complétez avant de rendre."
            : null;
    }

    /// <summary>Saves a reviewer's marks, as a draft or to count. What was submitted stays submitted when it is amended.</summary>
    public static Step SaveMarks(this Dossier dossier, string reviewer, ImmutableArray<Mark> marks, string? comment, bool submit, Instant now)
    {
        var sheet = dossier.SheetOf(reviewer)!;
        var after = dossier.With(sheet with
        {
            Marks = marks,
            Comment = Trimmed(comment),
            SubmittedAt = submit ? now : sheet.SubmittedAt,
            Question = submit ? null : sheet.Question,
        });
        var step = Step.From(dossier, after, Operation(submit ? "submit" : "draft", dossier), reviewer, now, ("reviewer", reviewer));
        return submit ? step.Telling(QueueName.Assignment, QueueName.Projection) : step;
    }

    /// <summary>The dossier as it would stand with what a reviewer has typed: to show it again, not to keep it.</summary>
    public static Dossier Typed(this Dossier dossier, string reviewer, ImmutableArray<Mark> marks, string? comment) => dossier with
    {
        Reviews = [.. dossier.Reviews.Select(sheet => sheet.Reviewer == reviewer ? sheet with { Marks = marks, Comment = comment } : sheet)],
    };

    /// <summary>The office asks a reviewer to make its review clear: the reviewer's next digest says so.</summary>
    public static Step Ask(this Dossier dossier, string reviewer, string question, string actor, Instant now) =>
        Step.From(dossier, dossier.With(dossier.SheetOf(reviewer)! with { Question = question.Trim() }), Operation("ask", dossier), actor, now, ("reviewer", reviewer));

    /// <summary>The office has reviewers looked for again, after the campaign has got more of them.</summary>
    public static Step LookForReviewers(this Dossier dossier, string actor, Instant now) =>
        Step.From(dossier, dossier, Operation("look-for-reviewers", dossier), actor, now).Telling(QueueName.Assignment);

    private static Dossier With(this Dossier dossier, ReviewSheet changed) => dossier with
    {
        Reviews = [.. dossier.Reviews.Select(sheet => sheet.Reviewer == changed.Reviewer ? changed with { Revision = sheet.Revision + 1 } : sheet)],
    };

    private static string Operation(string name, Dossier dossier) => $"{name}/{dossier.Version.ToString(CultureInfo.InvariantCulture)}";

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
