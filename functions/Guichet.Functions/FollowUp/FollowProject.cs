using Guichet.Core;
using Guichet.Functions.Access;
using Guichet.Functions.Operations;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>Shows the office a funded project: agreement, reports and progress, payments.</summary>
public sealed class FollowProject(DossierStore dossiers, CampaignStore campaigns, RetentionForecast retention, TimeProvider clock)
{
    [Function(nameof(FollowProject))]
    [For(Caller.Office)]
    [Does("Montre un projet suivi : convention, bilans et progrès, versements.", Gives = typeof(ProjectState), IsPage = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/follow-up")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        if (!DossierId.TryParse(dossier, out var id) || await dossiers.Find(id, cancellation) is not { } found)
        {
            return HttpAnswers.UnknownDossier(dossier);
        }

        var rules = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await HttpAnswers.PageOrJson<ProjectPage>(
            request, ProjectState.Of(rules, found), ProjectPage.ContentSecurityPolicy, (nameof(ProjectPage.Dossier), found), (nameof(ProjectPage.Campaign), rules), (nameof(ProjectPage.Today), rules.DateOf(clock.Now())), (nameof(ProjectPage.DueOn), await retention.DueOn(found, cancellation)));
    }
}
