using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Dashboard;

/// <summary>Brings a dossier's row for the office up to date.</summary>
public sealed class ProjectDossier(DossierStore dossiers, CampaignStore campaigns, OfficeTable office, TimeProvider clock)
{
    [Function(nameof(ProjectDossier))]
    public async Task Run([ServiceBusTrigger("projection", Connection = "GuichetBus")] string body, CancellationToken cancellation)
    {
        var message = DossierMessage.Parse(body);
        var dossier = await dossiers.Load(message.Dossier, cancellation);
        var rules = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
        var scoring = await campaigns.AtDeposit(dossier, rules, cancellation);
        await office.Project(rules, scoring, dossier, cancellation);
        await dossiers.StrikeOut(message, cancellation);
    }
}
