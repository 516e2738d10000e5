using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Scoring;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Scoring;

/// <summary>Computes the pre-score of an eligible dossier by the rules in force at its deposit.</summary>
public sealed class ScoreDossier(DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    [Function(nameof(ScoreDossier))]
    public Task Run([ServiceBusTrigger("scoring", Connection = "GuichetBus")] string body, CancellationToken cancellation) =>
        dossiers.Handle(DossierMessage.Parse(body), async dossier =>
        {
            if (!dossier.AwaitsScoring)
            {
                return null; // Scored already: the message was delivered twice.
            }

            var campaign = await campaigns.Version(dossier.Campaign, dossier.Closing!.CampaignVersion, cancellation);
            return dossier.Apply(campaign, PreScore.Compute(campaign, dossier.Application!), clock.Now());
        }, cancellation);
}
