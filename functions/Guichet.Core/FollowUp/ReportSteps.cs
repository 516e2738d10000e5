using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>The steps of impact reports and of what they release.</summary>
public static class ReportSteps
{
    /// <summary>The milestone of a number; null where the agreement has none, or reports are not taken yet.</summary>
    public static Milestone? MilestoneOf(this Dossier dossier, int number) =>
        dossier is { Erasure: null, Status: DossierStatus.Suivi or DossierStatus.Clos } ? dossier.Milestones.FirstOrDefault(milestone => milestone.Number == number) : null;

    /// <summary>
    /// A file of a report has come. Where it could be read the report is received, which stops its reminders; the porteur is told either way. A later file
    /// completes or corrects an earlier one. Null where this file was taken in before.
    /// </summary>
    /// <param name="campaign">The version in force today.</param>
    public static Step? Receive(this Dossier dossier, Campaign campaign, int number, ReportFile file, ReportReading reading, Instant now)
    {
        var milestone = dossier.MilestoneOf(number) ?? throw new InvalidOperationException($"Dossier {dossier.Id} has no milestone {number}.");
        var report = milestone.Report ?? new ImpactReport();
        if (report.Files.Any(known => known.Slot == file.Slot))
        {
            return null;
        }

        var read = file.Trouble is null;
        var after = Reported(dossier, campaign, milestone, report with { Files = [.. report.Files, file] }, read ? reading : new ReportReading(), read ? file.Received.At : null, now);
        var name = number.ToString(CultureInfo.InvariantCulture);
        return Step.From(dossier, after, $"report/{name}/{file.Slot}", Actor.Porteur, now, ("milestone", name), ("slot", file.Slot), ("read", read ? "yes" : "no"))
            .Telling(QueueName.Projection)
            .LookingAgain(Digest.Hint(dossier.Id, now))
            .Writing(FollowUpSteps.ToContact(campaign, after, LetterKind.ReportReceived, $"{name}.{(report.Files.Length + 1).ToString(CultureInfo.InvariantCulture)}", now));
    }

    /// <summary>The office enters a report that came by another way, or corrects one. Null where the report says all of it already.</summary>
    /// <param name="campaign">The version in force today.</param>
    public static Step? Enter(this Dossier dossier, Campaign campaign, int number, ReportReading reading, string actor, Instant now)
    {
        var milestone = dossier.MilestoneOf(number) ?? throw new InvalidOperationException($"Dossier {dossier.Id} has no milestone {number}.");
        var after = Reported(dossier, campaign, milestone, milestone.Report ?? new ImpactReport(), reading, now, now);
        if (milestone is { Report: { } standing, ReportedAt: not null } && Says(after.MilestoneOf(number)!.Report!, standing))
        {
            return null;
        }

        return Step.From(dossier, after, $"enter-report/{Next(dossier)}", actor, now, ("milestone", number.ToString(CultureInfo.InvariantCulture)))
            .Telling(QueueName.Projection)
            .LookingAgain(Digest.Hint(dossier.Id, now));
    }

    /// <summary>Why the programme cannot agree to go on; null where it can.</summary>
    public static string? ApprovalRefusal(this Milestone milestone) =>
        milestone.ReportedAt is null ? $"Le {milestone.InFrench} n’est pas reçu : l’accord se donne au vu du bilan." : null;

    /// <summary>The steering meeting that looked at a report is recorded.</summary>
    public static Step RecordMeeting(this Dossier dossier, int number, LocalDate on, string actor, Instant now) => Step.From(
        dossier, dossier.With(number, milestone => milestone with { SteeringMeetingOn = on }), $"meeting/{Next(dossier)}", actor, now, ("milestone", number.ToString(CultureInfo.InvariantCulture)))
        .Telling(QueueName.Projection).LookingAgain(Digest.Hint(dossier.Id, now));

    /// <summary>The programme agrees, in view of a report, that the project goes on.</summary>
    public static Step Approve(this Dossier dossier, int number, string actor, Instant now) => Step.From(
        dossier, dossier.With(number, milestone => milestone with { Approval = new Approval(actor, now) }), $"approve/{Next(dossier)}", actor, now, ("milestone", number.ToString(CultureInfo.InvariantCulture)))
        .Telling(QueueName.Projection).LookingAgain(Digest.Hint(dossier.Id, now));

    private static Dossier Reported(Dossier dossier, Campaign campaign, Milestone milestone, ImpactReport report, ReportReading reading, Instant? at, Instant now)
    {
        var (values, questions) = ReportChecks.Of(dossier, milestone, reading, campaign.FollowUp, campaign.DateOf(at ?? now));
        var after = report with
        {
            Values = [.. dossier.Agreement!.Indicators.Select(indicator => values.FirstOrDefault(value => value.Indicator == indicator.Name) ?? report.Of(indicator)).OfType<ReportedValue>()],
            Done = reading.Done ?? report.Done,
            Strategy = reading.Strategy ?? report.Strategy,
            Savings = reading.Savings ?? report.Savings,
        };
        var lacking = at is null ? [] : dossier.Agreement!.Indicators.Where(indicator => after.Of(indicator) is null && !questions.Any(question => question.StartsWith($"« {indicator.Name} »", StringComparison.Ordinal)))
            .Select(indicator => $"« {indicator.Name} » : le bilan n’en donne pas la valeur, ou nous ne l’avons pas trouvée. Quelle est-elle ?");
        return dossier.With(milestone.Number, standing => standing with
        {
            ReportedAt = standing.ReportedAt ?? at,
            Report = after with { Questions = at is null ? report.Questions : [.. questions, .. lacking] },
        });
    }

    private static bool Says(ImpactReport report, ImpactReport standing) =>
        report.Values.SequenceEqual(standing.Values) && (report.Done, report.Strategy, report.Savings) == (standing.Done, standing.Strategy, standing.Savings);

    private static Dossier With(this Dossier dossier, int number, Func<Milestone, Milestone> change) =>
        dossier with { Milestones = [.. dossier.Milestones.Select(milestone => milestone.Number == number ? change(milestone) : milestone)] };

    private static string Next(Dossier dossier) => (dossier.Version + 1).ToString(CultureInfo.InvariantCulture);
}
