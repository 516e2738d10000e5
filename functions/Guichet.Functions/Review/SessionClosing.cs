using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Storage;
using NodaTime;

namespace Guichet.Functions.Review;

/// <summary>
/// Has a session's decisions take effect: marked as closing, the envelope reserved for all its laureates at once, then each dossier decided. What a crash
/// cuts short is taken up by the tick, from a hint that was written first; each part done twice is done once.
/// </summary>
public sealed class SessionClosing(
    SessionTable sessions, DossierStore dossiers, CampaignStore campaigns, LedgerTable ledger, DueTable due, GuichetSettings settings, TimeProvider clock)
{
    /// <summary>Closes a session.</summary>
    /// <returns>It as it stands afterwards, and why it was not closed: one sentence each; none where it was, or already is.</returns>
    public async Task<(CommitteeSession Session, IReadOnlyList<string> Faults)> Close(CommitteeSession session, string actor, CancellationToken cancellation)
    {
        if (session.State is SessionState.Closed)
        {
            return (session, []);
        }

        if (session.State is SessionState.Draft)
        {
            var faults = session.Faults(await Subjects(session, cancellation)).ToList();
            if (session.Items.Length > LedgerTable.MostDossiers)
            {
                faults.Add($"La séance appelle {session.Items.Length} dossiers ; elle en décide au plus {LedgerTable.MostDossiers} : partagez-la en deux.");
            }

            if (faults.Count > 0)
            {
                return (session, faults);
            }

            await due.Write(Hint(session), cancellation);
            if (await sessions.Save(session with { State = SessionState.Closing, ClosedBy = actor }, cancellation) is not { } closing)
            {
                return (session, ["La séance a été modifiée entre-temps : relisez-la, puis fermez-la."]);
            }

            session = closing;
        }

        return await Carry(session, cancellation);
    }

    /// <summary>Takes up a closing that was cut short.</summary>
    /// <param name="subject">As the hint names it.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> Resume(string subject, CancellationToken cancellation)
    {
        if (subject.Split('|') is not [var campaign, var id] || await sessions.Find(campaign, id, cancellation) is not { State: SessionState.Closing } session)
        {
            return false;
        }

        await due.Write(Hint(session), cancellation);
        await Carry(session, cancellation);
        return true;
    }

    /// <summary>The dossiers of a session that are of its campaign, each with the rules in force at its deposit.</summary>
    public async Task<IReadOnlyDictionary<DossierId, (Dossier Dossier, Campaign Rules)>> Subjects(CommitteeSession session, CancellationToken cancellation)
    {
        var subjects = new Dictionary<DossierId, (Dossier, Campaign)>();
        foreach (var item in session.Items.DistinctBy(item => item.Dossier))
        {
            if (await dossiers.Find(item.Dossier, cancellation) is { } dossier && dossier.Campaign == session.Campaign && dossier.Closing is { } closing)
            {
                subjects[item.Dossier] = (dossier, await campaigns.Version(session.Campaign, closing.CampaignVersion, cancellation));
            }
        }

        return subjects;
    }

    private async Task<(CommitteeSession, IReadOnlyList<string>)> Carry(CommitteeSession session, CancellationToken cancellation)
    {
        if (await Reserve(session, cancellation) is { } refusal)
        {
            var draft = await sessions.Save(session with { State = SessionState.Draft, ClosedBy = null }, cancellation);
            return (draft ?? session, [refusal]);
        }

        foreach (var item in session.Items)
        {
            await Decide(session, item, cancellation);
        }

        var closed = session with { State = SessionState.Closed, ClosedAt = clock.Now() };
        return (await sessions.Save(closed, cancellation) ?? await sessions.Find(session.Campaign, session.Id, cancellation) ?? closed, []);
    }

    /// <summary>Reserves the envelope for all laureates of the session at once; the sentence that says why not, where it does not suffice.</summary>
    private async Task<string?> Reserve(CommitteeSession session, CancellationToken cancellation)
    {
        var rules = await campaigns.InForce(session.Campaign, clock.Now(), cancellation);
        var awards = session.Items.Where(item => item.Outcome is DecisionOutcome.Laureat).ToDictionary(item => item.Dossier, item => item.Amount!.Value);
        var left = Euros.Zero;
        var decided = await ledger.Settle(LedgerAccount.Envelope(session.Campaign), awards.Keys, standing =>
        {
            var others = new Euros(standing.Totals[LedgerAccount.Award] - awards.Keys.Sum(dossier => standing.Of(dossier)[LedgerAccount.Award]));
            left = (rules.Amounts.Envelope ?? Euros.Zero) - others;
            var isReserved = awards.All(pair => standing.Of(pair.Key).Equals(Award(pair.Value))); // Before a crash: what began is ended.
            return rules.Amounts.Envelope is null || isReserved || session.Awarded <= left
                ? awards.ToDictionary(pair => pair.Key, pair => Award(pair.Value))
                : null;
        }, cancellation);
        return decided is null && awards.Count > 0
            ? $"La séance attribue {session.Awarded}, et il reste {left} de l’enveloppe du guichet ({rules.Amounts.Envelope}). Réduisez des montants ou inscrivez des projets sur la liste complémentaire ; aucune décision n’a pris effet."
            : null;
    }

    private async Task Decide(CommitteeSession session, SessionItem item, CancellationToken cancellation)
    {
        var after = await dossiers.Change(item.Dossier, async standing => standing.TakesDecision()
            ? standing.Decide(await campaigns.Version(standing.Campaign, standing.Closing!.CampaignVersion, cancellation), session, item, session.ClosedBy ?? Actor.Office, clock.Now())
            : null, cancellation);

        // One that was withdrawn, or decided elsewhere, between the session's closing and now holds what its own word says.
        if (item.Outcome is DecisionOutcome.Laureat && after.HeldOfEnvelope() != item.Amount)
        {
            await Settle(after, cancellation);
        }
    }

    /// <summary>Has the ledger say of the envelope what a dossier says.</summary>
    public Task Settle(Dossier dossier, CancellationToken cancellation) => ledger.Settle(
        LedgerAccount.Envelope(dossier.Campaign), [dossier.Id], _ => new Dictionary<DossierId, Holding> { [dossier.Id] = Award(dossier.HeldOfEnvelope()) }, cancellation);

    /// <summary>What a dossier holds that is given an amount.</summary>
    public static Holding Award(Euros amount) => Holding.Of([KeyValuePair.Create(LedgerAccount.Award, amount.Cents)]);

    private DueHint Hint(CommitteeSession session) =>
        new(DueKind.Tick, clock.Now() + Duration.FromTimeSpan(settings.Allowance), $"{session.Campaign}|{session.Id}", DueHint.Session);
}
