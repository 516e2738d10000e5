using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// What follows when a dossier is given up: what it held of the envelope is free, and the complementary list moves up in the order that the committees
/// gave it, as far as the money goes. Nobody is passed over for a smaller project further down.
/// </summary>
public sealed class MoveUpList(DossierStore dossiers, CampaignStore campaigns, SessionTable sessions, LedgerTable ledger, SessionClosing closing, TimeProvider clock)
{
    [Function(nameof(MoveUpList))]
    public Task Run([ServiceBusTrigger("committee", Connection = "GuichetBus")] string body, CancellationToken cancellation) =>
        dossiers.Handle(DossierMessage.Parse(body), async dossier =>
        {
            await closing.Settle(dossier, cancellation);
            await MoveUp(dossier.Campaign, cancellation);
            return null;
        }, cancellation);

    private async Task MoveUp(string campaign, CancellationToken cancellation)
    {
        var rules = await campaigns.InForce(campaign, clock.Now(), cancellation);
        foreach (var session in (await sessions.List(campaign, cancellation)).Where(session => session.State is SessionState.Closed))
        {
            foreach (var item in session.Items.Where(item => item.Outcome is DecisionOutcome.ListeComplementaire))
            {
                var listed = await dossiers.Load(item.Dossier, cancellation);
                if (listed is not { Status: DossierStatus.ListeComplementaire, Decision.Award: { } award })
                {
                    continue;
                }

                if (await Reserve(listed, award.Amount, rules.Amounts.Envelope, cancellation) is null)
                {
                    return;
                }

                var after = await dossiers.Change(
                    listed.Id, standing => Task.FromResult(standing.Status is DossierStatus.ListeComplementaire ? standing.MoveUp(rules, clock.Now()) : null), cancellation);
                await closing.Settle(after, cancellation);
            }
        }
    }

    private Task<IReadOnlyDictionary<DossierId, Holding>?> Reserve(Dossier dossier, Euros amount, Euros? envelope, CancellationToken cancellation) =>
        ledger.Settle(LedgerAccount.Envelope(dossier.Campaign), [dossier.Id], standing =>
        {
            var others = new Euros(standing.Totals[LedgerAccount.Award] - standing.Of(dossier.Id)[LedgerAccount.Award]);
            return envelope is null || others + amount <= envelope
                ? new Dictionary<DossierId, Holding> { [dossier.Id] = SessionClosing.Award(amount) }
                : null;
        }, cancellation);
}
