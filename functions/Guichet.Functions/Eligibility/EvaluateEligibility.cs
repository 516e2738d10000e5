using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Review;
using Guichet.Functions.Deposit;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Eligibility;

/// <summary>Judges a closed dossier by the rules in force at its deposit; a refusal waits for a person, but where the campaign refuses by itself.</summary>
public sealed class EvaluateEligibility(DossierStore dossiers, CampaignStore campaigns, PieceReception pieces, ProjectTable projects, TimeProvider clock)
{
    [Function(nameof(EvaluateEligibility))]
    public Task Run([ServiceBusTrigger("eligibility", Connection = "GuichetBus")] string body, CancellationToken cancellation) =>
        dossiers.Handle(DossierMessage.Parse(body), async dossier =>
        {
            if (dossier is { AwaitsEligibility: false, Status: not DossierStatus.IrrecevablePropose })
            {
                return null; // Judged already: the message was delivered twice, or a later closing was faster.
            }

            var campaign = await campaigns.Version(dossier.Campaign, dossier.Closing!.CampaignVersion, cancellation);
            if (dossier.Status is DossierStatus.IrrecevablePropose)
            {
                return campaign.RefusesByItself ? dossier.ConfirmInadmissibility(campaign, null, Actor.Guichet, clock.Now()) : null;
            }

            dossier = await pieces.ReadThoseLeft(dossier, campaign, cancellation);
            var application = GrantApplication.Assemble(dossier.PiecesTaken.Select(piece => piece.Extract).OfType<PieceExtract>());
            dossier = dossier with { Twins = await projects.Enter(dossier, application, cancellation) };
            var verdict = EligibilityRules.Evaluate(campaign, application, dossier.DepositFacts());
            return dossier.Apply(campaign, application, verdict, clock.Now());
        }, cancellation);
}
