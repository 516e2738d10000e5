using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// Gives a dossier the reviewers that it lacks: at first, after one has withdrawn, and a third once two are far apart. Their time is reserved in the
/// campaign's ledger first; what was reserved before a crash is taken up again, and what the dossier no longer holds is given back.
/// </summary>
public sealed class AssignReviewers(DossierStore dossiers, CampaignStore campaigns, LedgerTable ledger, TimeProvider clock)
{
    [Function(nameof(AssignReviewers))]
    public Task Run([ServiceBusTrigger("assignment", Connection = "GuichetBus")] string body, CancellationToken cancellation) =>
        dossiers.Handle(DossierMessage.Parse(body), async dossier =>
        {
            var rules = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
            var scoring = await campaigns.AtDeposit(dossier, rules, cancellation);
            var lacking = Assignment.Lacking(rules, scoring, dossier);
            var picks = await Reserve(rules, dossier, lacking, cancellation);
            return dossier.Assign(rules, picks, Assignment.IsArbitrated(rules, scoring, dossier), Actor.Guichet, clock.Now());
        }, cancellation);

    private async Task<ImmutableArray<(string Reviewer, string Why)>> Reserve(Campaign rules, Dossier dossier, int lacking, CancellationToken cancellation)
    {
        var picks = ImmutableArray<(string, string)>.Empty;
        var active = dossier.Reviews.Where(sheet => sheet.IsActive).Select(sheet => sheet.Reviewer).ToList();
        await ledger.Settle(LedgerAccount.Reviewers(dossier.Campaign), [dossier.Id], standing =>
        {
            var held = standing.Of(dossier.Id);
            var loads = standing.Totals.Less(held).Parts;
            var reserved = held.Parts.Keys.Where(reviewer => dossier.SheetOf(reviewer) is null).Take(lacking).ToList();
            var chosen = Assignment.Choose(rules, dossier, loads, lacking + reserved.Count).Except(reserved, StringComparer.Ordinal).Take(lacking - reserved.Count);
            picks = [.. reserved.Concat(chosen).Select(reviewer => (reviewer, Assignment.Why(rules, dossier, reviewer, loads.GetValueOrDefault(reviewer))))];
            var all = active.Concat(picks.Select(pick => pick.Item1));
            return new Dictionary<DossierId, Holding> { [dossier.Id] = Holding.OneOf(dossier.Status.IsLive() ? all : []) };
        }, cancellation);
        return picks;
    }
}
