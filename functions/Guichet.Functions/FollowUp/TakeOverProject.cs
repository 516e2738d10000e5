using System.Security.Cryptography;
using Guichet.Core;
using Guichet.Core.FollowUp;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>Takes over in follow-up a project that was funded elsewhere, at the office's word.</summary>
public sealed class TakeOverProject(DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    [Function(nameof(TakeOverProject))]
    [For(Caller.Office)]
    [Does("Reprend en suivi un projet financé ailleurs.", Takes = typeof(Agreement), Gives = typeof(TakenOver), Status = 201)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{campaign}/projects")] HttpRequest request,
        string campaign,
        CancellationToken cancellation)
    {
        if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is not { } rules)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        var (agreement, refusal) = await HttpAnswers.Read<Agreement>(request, cancellation);
        if (agreement is null)
        {
            return refusal!;
        }

        if (FollowUpSteps.Refusal(rules, agreement) is { } sentence)
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence);
        }

        var step = FollowUpSteps.TakeOver(rules, DossierId.FromRandom(RandomNumberGenerator.GetBytes(8)), agreement, request.Staff().Id, clock.Now());
        await dossiers.Open(step, cancellation);
        return HttpAnswers.Ok(new TakenOver(step.After.Id, step.After.Milestones), StatusCodes.Status201Created);
    }
}

/// <summary>The answer: the tracking number, and the impact reports that will be asked for.</summary>
public sealed record TakenOver(DossierId Dossier, IReadOnlyList<Milestone> Milestones);
