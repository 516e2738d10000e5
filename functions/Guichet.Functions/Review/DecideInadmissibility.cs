using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Functions.Deposit;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>A person's word on a refusal that the rules proposed.</summary>
/// <param name="Confirm">False to overrule it.</param>
/// <param name="Reason">Read by the porteur where it confirms, beside the findings; required where it overrules.</param>
public sealed record InadmissibilityDecision(bool Confirm, string? Reason);

/// <summary>Confirms a proposed inadmissibility, and the porteur is told why; or overrules it, and the dossier goes on. Asking twice decides once.</summary>
public sealed class DecideInadmissibility(DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    [Function(nameof(DecideInadmissibility))]
    [For(Caller.Office)]
    [Does("Confirme ou écarte une irrecevabilité proposée.", Takes = typeof(InadmissibilityDecision), Gives = typeof(DossierState))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/inadmissibility")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        if (!DossierId.TryParse(dossier, out var id) || await dossiers.Find(id, cancellation) is null)
        {
            return HttpAnswers.UnknownDossier(dossier);
        }

        var (asked, refusal) = await HttpAnswers.Read<InadmissibilityDecision>(request, cancellation);
        if (asked is null)
        {
            return refusal!;
        }

        string? sentence = null;
        var after = await dossiers.Change(id, async standing =>
        {
            sentence = standing.Refusal(asked.Confirm, asked.Reason);
            return sentence is null && !standing.IsDecided(asked.Confirm) ? await Decide(standing, asked, request.Staff().Id, cancellation) : null;
        }, cancellation);
        return sentence is null
            ? HttpAnswers.Ok(DossierState.Of(after))
            : HttpAnswers.Refused(after.Status is DossierStatus.IrrecevablePropose ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, sentence);
    }

    private async Task<Step> Decide(Dossier dossier, InadmissibilityDecision asked, string actor, CancellationToken cancellation)
    {
        var campaign = await campaigns.Version(dossier.Campaign, dossier.Closing!.CampaignVersion, cancellation);
        return asked.Confirm
            ? dossier.ConfirmInadmissibility(campaign, asked.Reason, actor, clock.Now())
            : dossier.OverruleInadmissibility(campaign, asked.Reason!, actor, clock.Now());
    }
}
