using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using NodaTime;

namespace Guichet.Storage;

/// <summary>
/// What the guichet tells of its own work, by the runtime's own activities and meters: who listens is decided where the app is composed.
/// A dossier has one trace for ever, whose id is made from its number: whatever woke the app (a blob, a message, a timer, a request) and whatever context
/// was lost on the way, what is done to a dossier stands in its trace. Nothing told names a person.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Guichet";

    /// <summary>The tag that holds a dossier's number.</summary>
    public const string DossierTag = "guichet.dossier";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> DepositCount = Meter.CreateCounter<long>("guichet.deposits", "{deposit}", "Deposits closed for the first time, by campaign.");
    private static readonly Counter<long> StepCount = Meter.CreateCounter<long>("guichet.steps", "{step}", "Steps of dossiers, by operation.");
    private static readonly Counter<long> FindingCount = Meter.CreateCounter<long>("guichet.findings", "{finding}", "Rules that were not satisfied, by rule and verdict.");
    private static readonly Histogram<double> ScoringTime = Meter.CreateHistogram<double>("guichet.deposit.scored", "s", "From the closing of a deposit to its score.");
    private static readonly Histogram<double> StageTime = Meter.CreateHistogram<double>("guichet.stage.latency", "s", "From the sending of a message, or the arrival of a file, to the end of its stage.");
    private static readonly Counter<long> RetryCount = Meter.CreateCounter<long>("guichet.retries", "{retry}", "Messages put off for another attempt, by queue.");
    private static readonly Counter<long> FailureCount = Meter.CreateCounter<long>("guichet.failures", "{failure}", "Messages kept among the failures, by queue.");
    private static readonly Histogram<double> TickLateness = Meter.CreateHistogram<double>("guichet.tick.lateness", "s", "From the instant of a hint to the tick that looked at it, by timer.");
    private static readonly Counter<long> MailCount = Meter.CreateCounter<long>("guichet.mails", "{mail}", "Letters that a mail server was offered, by what became of them.");

    /// <summary>The context in which all that is done to a dossier stands.</summary>
    public static ActivityContext TraceOf(DossierId dossier)
    {
        var bytes = SHA256.HashData(Encoding.ASCII.GetBytes($"guichet|{dossier}")).AsSpan();
        return new(ActivityTraceId.CreateFromBytes(bytes[..16]), ActivitySpanId.CreateFromBytes(bytes[16..24]), ActivityTraceFlags.Recorded, isRemote: true);
    }

    /// <summary>Begins something that is done to a dossier; it ends with what is given. What runs it is linked, where it stands in another trace.</summary>
    public static Activity? Start(string name, DossierId dossier)
    {
        var (around, trace) = (Activity.Current, TraceOf(dossier));
        var activity = around?.TraceId == trace.TraceId
            ? Source.StartActivity(name)
            : Source.StartActivity(name, ActivityKind.Internal, trace, links: around is null ? null : [new ActivityLink(around.Context)]);
        return activity?.SetTag(DossierTag, dossier.ToString());
    }

    /// <summary>A step of a dossier was committed.</summary>
    internal static void Committed(Step step)
    {
        var (before, after) = (step.Before, step.After);
        var operation = step.Entry.Operation.Split('/')[0];
        StepCount.Add(1, new KeyValuePair<string, object?>("operation", operation));
        if (step.Entry.Operation == "close/1")
        {
            DepositCount.Add(1, new KeyValuePair<string, object?>("campaign", after.Campaign));
        }

        if (after.Verdict is { } verdict && verdict != before?.Verdict)
        {
            foreach (var finding in verdict.Findings.Where(finding => finding.Verdict is not RuleVerdict.Satisfied))
            {
                FindingCount.Add(1, new("rule", finding.Rule), new("verdict", finding.Verdict.ToString()));
            }
        }

        if (after.PreScore is not null && after.PreScore != before?.PreScore && after.Closing is { } closing)
        {
            ScoringTime.Record((step.Entry.At - closing.ClosedAt).TotalSeconds, new KeyValuePair<string, object?>("campaign", after.Campaign));
        }
    }

    /// <summary>A stage has done what it was woken for.</summary>
    /// <param name="stage">The queue, or <c>reception</c>.</param>
    public static void StageEnded(string stage, TimeSpan since) => StageTime.Record(since.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>A message was put off for another attempt.</summary>
    public static void Retried(string queue) => RetryCount.Add(1, new KeyValuePair<string, object?>("queue", queue));

    /// <summary>A message was kept among the failures.</summary>
    public static void Failed(string queue) => FailureCount.Add(1, new KeyValuePair<string, object?>("queue", queue));

    /// <summary>A hint is looked at.</summary>
    internal static void LookedAt(DueKind timer, Duration late) => TickLateness.Record(late.TotalSeconds, new KeyValuePair<string, object?>("timer", timer.ToString().ToLowerInvariant()));

    /// <summary>A letter was settled.</summary>
    internal static void Mailed(MailState state) => MailCount.Add(1, new KeyValuePair<string, object?>("outcome", state.ToString().ToLowerInvariant()));
}
