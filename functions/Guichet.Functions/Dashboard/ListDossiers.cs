using System.Globalization;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Dashboard;

/// <summary>A page of a campaign's dossiers.</summary>
/// <param name="Next">What the next page is asked for with; null on the last. A page may be empty and not the last.</param>
public sealed record DossierList(IReadOnlyList<DossierLine> Dossiers, string? Next);

/// <summary>A line of the list.</summary>
public sealed record DossierLine(
    DossierId Dossier, DossierStatus Status, string StatusLabel, string Title, string? Applicant, Instant? Deposited, Euros? Requested, Euros? Awarded, decimal? PreScore, decimal? Score)
{
    internal static DossierLine Of(Campaign rules, Dossier dossier) => new(
        dossier.Id, dossier.Status, dossier.Status.InFrench(), dossier.Title, dossier.Applicant, dossier.Closing?.Deposited,
        dossier.Agreement?.Requested ?? dossier.Application?.Find(Fields.BudgetRequested)?.Value,
        dossier.Agreement?.Award ?? (dossier.HeldOfEnvelope() is { } held && held > Euros.Zero ? held : null),
        dossier.PreScore?.Total, ReviewScores.Of(rules, dossier).Mean);
}

/// <summary>Lists a campaign's dossiers, a page at a time.</summary>
public sealed class ListDossiers(DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    private const int Most = 100;

    [Function(nameof(ListDossiers))]
    [For(Caller.Office)]
    [Does("Liste les dossiers d’un guichet, une page à la fois.", Gives = typeof(DossierList), Query = ["status=Seulement ceux de ce statut, par exemple instruction.", "limit=Combien par page : 50, au plus 100.", "next=La suite : le « next » de la page d’avant."])]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/dossiers")] HttpRequest request,
        string campaign,
        CancellationToken cancellation)
    {
        if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is not { } rules)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        var (status, limit) = (request.Query["status"].ToString(), request.Query["limit"].ToString());
        DossierStatus? wanted = null;
        if (status.Length > 0)
        {
            if (!Enum.TryParse<DossierStatus>(status.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known) || !Enum.IsDefined(known))
            {
                return HttpAnswers.Refused(StatusCodes.Status400BadRequest, $"« {status} » n’est pas un statut : par exemple instruction, laureat ou liste-complementaire.");
            }

            wanted = known;
        }

        if (!int.TryParse(limit.Length == 0 ? "50" : limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > Most)
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, $"« limit » va de 1 à {Most}.");
        }

        var page = await dossiers.List(campaign, wanted, size, request.Query["next"].FirstOrDefault(), cancellation);
        if (page is not { } found)
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, "« next » n’est pas celui d’une page : reprenez celui de la dernière réponse.");
        }

        var lines = await Task.WhenAll(found.Dossiers.Select(id => dossiers.Load(id, cancellation)));
        return HttpAnswers.Ok(new DossierList([.. lines.Select(dossier => DossierLine.Of(rules, dossier))], found.Next));
    }
}
