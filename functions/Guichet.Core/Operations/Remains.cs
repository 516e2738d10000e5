using System.Collections.Frozen;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using Guichet.Core.Scoring;

namespace Guichet.Core.Operations;

/// <summary>
/// What is left of a dossier once its personal data is erased: what is published or counted (the administration, the title, statuses, decisions, amounts, dates,
/// scores, the values of indicators) and the ids of those who acted. Everything else goes, whether it names somebody or not: a free text may.
/// </summary>
/// <remarks>What holds texts is made anew from what stays, so that a member that is added later is erased until somebody decides that it stays.</remarks>
public static class Remains
{
    /// <summary>What stands where a text was.</summary>
    public const string Erased = "effacé";

    private static readonly FrozenSet<string> Kept = new Field[]
    {
        Fields.ApplicantSiret, Fields.ApplicantName, Fields.ApplicantLegalCategory, Fields.ApplicantMinistry, Fields.ProjectTitle, Fields.ProjectTypes,
        Fields.ProjectStart, Fields.ProjectEnd, Fields.ProjectDurationMonths, Fields.ProjectFirstImpact, Fields.BudgetTotal, Fields.BudgetRequested, Fields.BudgetOwnShare,
    }.Select(field => field.Id).ToFrozenSet(StringComparer.Ordinal);

    private static readonly Source Nowhere = new(Erased, Erased, Erased);

    /// <summary>Whether the value of a field of the application stays.</summary>
    public static bool Keeps(string fieldId) => Kept.Contains(fieldId);

    /// <summary>What is left of a dossier.</summary>
    public static Dossier Of(Dossier dossier) => new()
    {
        Id = dossier.Id,
        Campaign = dossier.Campaign,
        Status = dossier.Status,
        Version = dossier.Version,
        OpenedAt = dossier.OpenedAt,
        OverSince = dossier.OverSince,
        Email = "",
        LinkGeneration = dossier.LinkGeneration + 1,
        Closing = dossier.Closing,
        JudgedRound = dossier.JudgedRound,
        Application = dossier.Application is { } application ? new GrantApplication { Values = [.. application.Values.Where(value => Keeps(value.Field.Id)).Select(value => value with { Source = Nowhere })] } : null,
        Verdict = dossier.Verdict is { } verdict ? new EligibilityVerdict([.. verdict.Findings.Select(finding => new Finding(finding.Rule, finding.Verdict, finding.Severity, Erased, []))]) : null,
        PreScore = dossier.PreScore is { } score ? score with { Criteria = [.. score.Criteria.Select(Of)] } : null,
        Reviews = [.. dossier.Reviews.Select(Of)],
        Decision = dossier.Decision is { } decision ? Of(decision) : null,
        Agreement = dossier.Agreement is { } agreement ? Of(agreement) : null,
        Milestones = [.. dossier.Milestones.Select(Of)],
        Tranches = dossier.Tranches,
        Closure = dossier.Closure is { } closure ? closure with { Reason = Erased } : null,
        Journal = dossier.Journal,
        ETag = dossier.ETag,
    };

    /// <summary>What is left of a dossier's line in a committee session.</summary>
    private static SessionItem Of(SessionItem item) => new()
    {
        Dossier = item.Dossier,
        Recused = item.Recused,
        Outcome = item.Outcome,
        Reason = item.Reason is null ? null : Erased,
        Amount = item.Amount,
        Support = [.. item.Support.Select(Of)],
    };

    /// <summary>What is left of a committee session once one of its dossiers is erased.</summary>
    /// <param name="isLast">Whether all the others are: then who sat there, and the note, go as well.</param>
    public static CommitteeSession Of(CommitteeSession session, DossierId erased, bool isLast) => session with
    {
        Items = [.. session.Items.Select(item => item.Dossier == erased ? Of(item) : item)],
        Members = isLast ? [.. session.Members.Select(member => new CommitteeMember(member.Id, Erased))] : session.Members,
        Note = isLast && session.Note is not null ? Erased : session.Note,
    };

    private static CriterionScore Of(CriterionScore score) => new(
        score.Id, score.Weight, score.Level, score.OutOf, score.Points, [.. score.Subcriteria.Select(sub => new SubcriterionScore(sub.Id, sub.Level, Erased, []))])
    { Bonus = score.Bonus };

    private static ReviewSheet Of(ReviewSheet sheet) => new()
    {
        Reviewer = sheet.Reviewer,
        AssignedAt = sheet.AssignedAt,
        DueOn = sheet.DueOn,
        Why = Erased,
        Arbitration = sheet.Arbitration,
        Conflict = sheet.Conflict is { } word ? new ConflictDeclaration(word.Exists, null, word.At) : null,
        Marks = [.. sheet.Marks.Select(mark => new Mark(mark.Criterion, mark.Level, mark.Reason is null ? null : Erased))],
        SubmittedAt = sheet.SubmittedAt,
        WithdrawnBecause = sheet.WithdrawnBecause is null ? null : Erased,
        Revision = sheet.Revision,
    };

    private static Decision Of(Decision decision) => new()
    {
        Outcome = decision.Outcome,
        Reason = decision.Reason is null ? null : Erased,
        Award = decision.Award is { } award ? new Award(award.Amount, award.EligibleBase) { Support = [.. award.Support.Select(Of)] } : null,
        DecidedOn = decision.DecidedOn,
        At = decision.At,
        By = decision.By,
        Session = decision.Session,
        Previous = decision.Previous is { } previous ? Of(previous) : null,
    };

    private static Support Of(Support support) => new(support.Kind, Erased, null, support.State);

    private static Agreement Of(Agreement agreement) => new()
    {
        Title = agreement.Title,
        Applicant = agreement.Applicant,
        Contact = new Person(Erased, ""),
        Sponsor = new Person(Erased, ""),
        Total = agreement.Total,
        Requested = agreement.Requested,
        Award = agreement.Award,
        SignedOn = agreement.SignedOn,
        EndsOn = agreement.EndsOn,
        Types = agreement.Types,
        Indicators = [.. agreement.Indicators.Select(Of)],
        ExpectedSavings = agreement.ExpectedSavings,
        Signatures = agreement.Signatures,
        Amendments = [.. agreement.Amendments.Select(one => one with { Reason = Erased })],
        Reference = agreement.Reference,
    };

    private static Indicator Of(Indicator indicator) => new(indicator.Code, indicator.Name)
    {
        Unit = indicator.Unit,
        Baseline = indicator.Baseline,
        BaselineDate = indicator.BaselineDate,
        Target = indicator.Target,
        TargetDate = indicator.TargetDate,
        Intermediate = indicator.Intermediate,
    };

    private static Milestone Of(Milestone milestone) => new()
    {
        Number = milestone.Number,
        Due = milestone.Due,
        Final = milestone.Final,
        ReportedAt = milestone.ReportedAt,
        Reminders = milestone.Reminders,
        ReleasesTranche = milestone.ReleasesTranche,
        Report = milestone.Report is { } report ? new ImpactReport { Values = [.. report.Values.Select(value => value with { Source = null })], Savings = report.Savings } : null,
        SteeringMeetingOn = milestone.SteeringMeetingOn,
        Approval = milestone.Approval,
    };
}
