using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Storage;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>
/// Erases the personal data of dossiers whose period has ended and that nobody holds: first the dossier's own step, from which nobody reads it any more, then all
/// that lies in other places under its number, then the word that it is done. A crash anywhere leaves the hint that says so; each part done twice is done once.
/// </summary>
public sealed class Erasing(
    DossierStore dossiers, CampaignStore campaigns, DueTable due, UploadFolder folder, MailTable mails, FailureTable failures, SessionTable sessions, RequestTable requests, DeadLetters letters, TimeProvider clock)
{
    /// <summary>Well below the function's time-out: what is left goes on with the next run.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>How long the answers of requests that bear a key are kept.</summary>
    private static readonly Duration RequestsKept = Duration.FromDays(30);

    /// <summary>Erases what is due by now.</summary>
    /// <param name="actor">Who has it done; see <see cref="Actor"/>.</param>
    /// <returns>The dossiers of which nothing is left in storage now, in order of their due dates.</returns>
    /// <exception cref="AggregateException">Some could not be erased, or not to the end; the others were.</exception>
    public async Task<IReadOnlyList<DossierId>> Run(string actor, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var (begun, done, failed) = (new List<(Due Hint, Dossier Dossier)>(), new List<DossierId>(), new List<Exception>());
        async Task Try(Func<Task> what)
        {
            try
            {
                await what();
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failed.Add(failure); // One dossier's fault is not the others'.
            }
        }

        await Try(() => due.LookAt(DueKind.Retention, async hint =>
        {
            if (clock.GetElapsedTime(start) < Longest / 2 && await Begin(hint, actor, cancellation) is { } dossier)
            {
                begun.Add((hint, dossier));
            }
        }, cancellation));
        await Try(() => requests.ForgetBefore(clock.Now() - RequestsKept, cancellation));
        if (begun.Count > 0)
        {
            await Try(async () =>
            {
                DossierId[] erased = [.. begun.Select(one => one.Dossier.Id).Distinct()];
                await mails.Forget(erased, cancellation);
                await letters.Forget(erased, cancellation);
                foreach (var (hint, dossier) in begun.TakeWhile(_ => clock.GetElapsedTime(start) < Longest))
                {
                    await Try(async () =>
                    {
                        await End(hint, dossier, cancellation);
                        done.Add(dossier.Id);
                    });
                }
            });
        }

        return failed.Count == 0 ? [.. done.Distinct()] : throw new AggregateException(failed);
    }

    /// <summary>The dossier of a hint once its personal data is erased; null where it is kept, and the hint says when to look again where that is known.</summary>
    private async Task<Dossier?> Begin(Due hint, string actor, CancellationToken cancellation)
    {
        if (await dossiers.Find(DossierId.Parse(hint.Hint.Subject), cancellation) is not { } dossier)
        {
            await due.DropUnconfirmed(hint, cancellation);
            return null;
        }

        if (dossier.Erasure is not null)
        {
            return dossier;
        }

        var rules = await campaigns.AtDeposit(dossier, await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation), cancellation);
        if (Retention.DueAt(rules, dossier) is not { } at)
        {
            await due.DropUnconfirmed(hint, cancellation);
            return null;
        }

        if (at > clock.Now())
        {
            await due.Write(Retention.Hint(dossier.Id, at), cancellation);
            await due.DropUnconfirmed(hint, cancellation); // Not while the step that wrote it may still come: it may be due earlier then.
            return null;
        }

        // Where it is held the hint stands: the preview shows it, and the first run after the hold is lifted erases.
        var after = await dossiers.Change(dossier.Id, standing => Task.FromResult(standing.Erase(rules, actor, clock.Now())), cancellation);
        return after.Erasure is null ? null : after;
    }

    /// <summary>Takes away what lies in other places than the dossier's remains, and then the hint: not before all is gone.</summary>
    private async Task End(Due hint, Dossier dossier, CancellationToken cancellation)
    {
        await folder.Forget(dossier.Campaign, dossier.Id, cancellation);
        await failures.Forget(dossier.Id, cancellation);
        await ForgetInSessions(dossier, cancellation);
        await dossiers.Forget(dossier.Id, cancellation);
        var rules = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
        await dossiers.Change(dossier.Id, standing => Task.FromResult(standing.CompleteErasure(rules, clock.Now())), cancellation);
        await due.Drop(hint, cancellation);
    }

    /// <summary>What committees said of it goes from their sessions; who sat in one, and its note, once every dossier of the session is erased.</summary>
    private async Task ForgetInSessions(Dossier dossier, CancellationToken cancellation)
    {
        foreach (var session in (await sessions.List(dossier.Campaign, cancellation)).Where(session => session.Items.Any(item => item.Dossier == dossier.Id)))
        {
            var isLast = true;
            foreach (var item in session.Items.Where(item => item.Dossier != dossier.Id))
            {
                isLast &= (await dossiers.Find(item.Dossier, cancellation))?.Erasure is not null;
            }

            var remains = Remains.Of(session, dossier.Id, isLast);
            if (JsonSerializer.Serialize(remains, GuichetJson.Options) != JsonSerializer.Serialize(session, GuichetJson.Options))
            {
                _ = await sessions.Save(remains, cancellation) ?? throw new PassingFailure($"La séance « {session.Id} » change en ce moment : à reprendre au prochain passage.");
            }

            await sessions.ForgetEarlier(session, cancellation);
        }
    }
}
