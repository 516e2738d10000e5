using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Functions.Access;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Eligibility;

/// <summary>
/// Publishes the rules of a campaign (CRPA, L. 312-1-3): the version in force, or that of the parameter <c>version</c>. As a page or as JSON; not who reviews and decides: that is no rule.
/// </summary>
public sealed class PublishRules(CampaignStore campaigns, TimeProvider clock)
{
    [Function(nameof(PublishRules))]
    [For(Caller.Anyone)]
    [Does("Publie les règles d’un guichet.", Gives = typeof(Campaign), IsPage = true, Query = ["version=Une autre version que celle en vigueur."])]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/rules")] HttpRequest request,
        string campaign,
        CancellationToken cancellation)
    {
        if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is not { } inForce)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        var version = request.Query["version"].ToString();
        var rules = version.Length == 0 ? inForce : await campaigns.FindVersion(campaign, version, cancellation);
        return rules is null
            ? HttpAnswers.Refused(StatusCodes.Status404NotFound, $"La campagne « {campaign} » n’a pas de version « {version} » ; celle en vigueur est « {inForce.Version} ».")
            : await HttpAnswers.PageOrJson<RulesPage>(
                request,
                rules with { Reviewers = [], Committee = new() },
                (nameof(RulesPage.Campaign), rules),
                (nameof(RulesPage.Versions), await campaigns.Versions(campaign, cancellation)));
    }
}
