using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Guichet.Functions.Review;

/// <summary>
/// Explains what the rules said of a dossier, computed again from what is stored and compared with what was recorded: to its porteur by its token,
/// to the office by its key. A difference is a fault of ours: a row among the failures, which
/// raises an alert. As a page or as JSON.
/// </summary>
public sealed partial class ExplainDossier(PorteurAccess access, DossierStore dossiers, CampaignStore campaigns, FailureTable failures, ILogger<ExplainDossier> log)
{
    [Function(nameof(ExplainDossier))]
    [For(Caller.Porteur)]
    [Does("Explique au porteur comment son dossier a été examiné.", Gives = typeof(Explanation), IsPage = true)]
    public async Task<IResult> ToPorteur(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/explanation")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        if (await access.Find(request, dossier, cancellation) is not { } found)
        {
            return HttpAnswers.NotYours();
        }

        return await Explain(request, found, ofPorteur: true, cancellation);
    }

    [Function($"{nameof(ExplainDossier)}ToOffice")]
    [For(Caller.Office)]
    [Does("Explique au bureau comment un dossier a été examiné.", Gives = typeof(Explanation), IsPage = true)]
    public async Task<IResult> ToOffice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/dossiers/{dossier}/explanation")] HttpRequest request,
        string campaign,
        string dossier,
        CancellationToken cancellation)
    {
        if (!DossierId.TryParse(dossier, out var id) || await dossiers.Find(id, cancellation) is not { } found || found.Campaign != campaign)
        {
            return HttpAnswers.Refused(StatusCodes.Status404NotFound, $"Le dossier « {dossier} » n’existe pas dans la campagne « {campaign} » : vérifiez son numéro.");
        }

        return await Explain(request, found, ofPorteur: false, cancellation);
    }

    private async Task<IResult> Explain(HttpRequest request, Dossier dossier, bool ofPorteur, CancellationToken cancellation)
    {
        if (dossier.ErasedSentence() is { } erased)
        {
            return HttpAnswers.Erased(erased);
        }

        if (dossier.Closing is not { } closing)
        {
            return NotJudged(dossier);
        }

        var rules = await campaigns.Version(dossier.Campaign, closing.CampaignVersion, cancellation);
        if (Explanation.Of(rules, dossier) is not { } explanation)
        {
            return NotJudged(dossier);
        }

        if (!explanation.Differences.IsEmpty)
        {
            LogDiffers(log, dossier.Id, explanation.Differences.Length, closing.CampaignVersion);
            // A row among the failures is what raises the alert, and stays until somebody has looked.
            await failures.Keep(
                new Failure("explanation", $"{dossier.Id}/{dossier.JudgedRound}", closing.CampaignVersion, dossier.Id.ToString(), string.Join(" ", explanation.Differences), 1),
                cancellation);
        }

        // It is of one dossier, and for whoever asked alone.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var told = ofPorteur ? explanation.ForPorteur(dossier) : explanation;
        return await HttpAnswers.PageOrJson<ExplanationPage>(
            request,
            told,
            (nameof(ExplanationPage.Explanation), told),
            (nameof(ExplanationPage.Campaign), rules),
            (nameof(ExplanationPage.ScoreIsWithheld), told.PreScore is null && explanation.PreScore is not null));
    }

    private static IResult NotJudged(Dossier dossier) => HttpAnswers.Refused(
        StatusCodes.Status409Conflict, $"Le dossier est au statut « {dossier.Status.InFrench()} » : les règles ne lui ont pas encore été appliquées, ou le sont en ce moment. Revenez dans quelques minutes.");

    [LoggerMessage(LogLevel.Error, "{Dossier}: {Count} results computed again differ from those recorded, by the rules {Version}")]
    private static partial void LogDiffers(ILogger logger, DossierId dossier, int count, string version);
}
