using System.Globalization;
using Azure.Messaging.ServiceBus;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Functions.Deposit;
using Guichet.Functions.FollowUp;
using Guichet.Functions.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>
/// Looks at what is due: promises that may not have been kept, deposits that may have gone quiet. It costs by what is due, and what a missed
/// run left is caught up by the next.
/// </summary>
public sealed class Tick(DossierStore dossiers, CampaignStore campaigns, DueTable due, DepositClosing closing, LetterPost post, SessionClosing session, ReportReception reports, FailureDesk desk, ServiceBusClient bus, GuichetSettings settings, TimeProvider clock)
{
    [Function(nameof(Tick))]
    public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var backlog = new Backlog(bus);
        return due.LookAt(
            DueKind.Tick,
            hint => hint.Hint.Purpose switch
            {
                DueHint.Promises => LookAtPromises(hint, backlog, cancellation),
                DueHint.Quiet or DueHint.LateFiles => LookAtQuiet(hint, cancellation),
                DueHint.Mail => LookAtMail(hint, cancellation),
                DueHint.Session => LookAtSession(hint, cancellation),
                DueHint.Report => LookAtReport(hint, cancellation),
                _ => due.DropUnconfirmed(hint, cancellation),
            },
            cancellation);
    }

    private async Task LookAtPromises(Due hint, Backlog backlog, CancellationToken cancellation)
    {
        var (stands, exhausted) = await dossiers.Redrive(DossierId.Parse(hint.Hint.Subject), Suffix(), (queue, promised) => backlog.MayHold(queue, promised, cancellation), cancellation);
        foreach (var message in exhausted)
        {
            // Given up last: what fails in between is found by the next run, and a promise that is given up is never without its failure.
            var failure = Failure.Of(message, hint.Hint.Subject, "Renvoyé plusieurs fois sans effet : ce message met fin à ce qui le traite.");
            await desk.Keep(failure, cancellation);
            if (PromiseIn.Message(failure.Queue, failure.Body) is { } promise)
            {
                await dossiers.GiveUp(promise, cancellation);
            }
        }

        if (stands)
        {
            await due.Write(hint.Hint with { At = clock.Now() + Duration.FromTimeSpan(settings.Allowance) }, cancellation);
            await due.Drop(hint, cancellation);
        }
        else
        {
            await due.DropUnconfirmed(hint, cancellation);
        }
    }

    private async Task LookAtMail(Due hint, CancellationToken cancellation)
    {
        await (await post.SendAgain(hint.Hint.Subject, Suffix(), cancellation) ? due.Drop(hint, cancellation) : due.DropUnconfirmed(hint, cancellation));
    }

    private async Task LookAtSession(Due hint, CancellationToken cancellation)
    {
        await (await session.Resume(hint.Hint.Subject, cancellation) ? due.Drop(hint, cancellation) : due.DropUnconfirmed(hint, cancellation));
    }

    private async Task LookAtReport(Due hint, CancellationToken cancellation)
    {
        var (subject, number) = hint.Hint.Subject.Split('/') is [var one, var other] ? (one, other) : throw new FinalFailure($"« {hint.Hint.Subject} » n’est pas un bilan.");
        if (await dossiers.Find(DossierId.Parse(subject), cancellation) is { } dossier && dossier.MilestoneOf(int.Parse(number, CultureInfo.InvariantCulture)) is { } milestone)
        {
            await reports.ReceiveThoseLeft(dossier, milestone, cancellation);
        }

        await due.DropUnconfirmed(hint, cancellation);
    }

    private async Task LookAtQuiet(Due hint, CancellationToken cancellation)
    {
        if (await dossiers.Find(DossierId.Parse(hint.Hint.Subject), cancellation) is not { TakesFiles: true } dossier)
        {
            await due.DropUnconfirmed(hint, cancellation);
            return;
        }

        var campaign = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
        var quiet = Duration.FromHours(campaign.Delays.QuietHours);
        var (after, lastFile) = await closing.Close(dossier, Actor.Guichet, clock.Now() - quiet, cancellation);
        if (hint.Hint.Purpose is DueHint.Quiet)
        {
            await due.Write(DepositSteps.LateFiles(campaign, hint.Hint), cancellation);
        }
        else if (after is { Status: DossierStatus.Depot, Closing: null })
        {
            await due.Write(Retention.Hint(after.Id, clock.Now()), cancellation);
        }

        if (lastFile is { } last && last + quiet > clock.Now())
        {
            await due.Write(DepositSteps.Quiet(campaign, dossier, last), cancellation);
        }

        await due.Drop(hint, cancellation);
    }

    private string Suffix() => $"/redrive-{clock.Now().ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)}";
}
