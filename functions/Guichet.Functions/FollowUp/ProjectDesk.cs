using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.FollowUp;

/// <summary>The rules that a change of a project goes by.</summary>
/// <param name="Today">Those in force.</param>
/// <param name="Agreed">Those in force at its deposit, by which its milestones and tranches are counted.</param>
public sealed record ProjectRules(Campaign Today, Campaign Agreed);

/// <summary>What the office does to a project: refused with a sentence, or one step; done again it changes nothing.</summary>
public sealed class ProjectDesk(DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    /// <summary>Changes a project.</summary>
    /// <param name="number">The tracking number, as it stands in the address.</param>
    /// <param name="refuse">Why it cannot be done to the dossier as it stands; null where it can.</param>
    /// <param name="decide">The step; null where it is done already.</param>
    public async Task<IResult> Change(string number, Func<Dossier, ProjectRules, string?> refuse, Func<Dossier, ProjectRules, Step?> decide, CancellationToken cancellation)
    {
        if (!DossierId.TryParse(number, out var id) || await dossiers.Find(id, cancellation) is not { } found)
        {
            return HttpAnswers.UnknownDossier(number);
        }

        var today = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
        var rules = new ProjectRules(today, await campaigns.AtDeposit(found, today, cancellation));
        string? sentence = null;
        var after = await dossiers.Change(id, standing =>
        {
            sentence = standing.ErasedSentence() ?? refuse(standing, rules);
            return Task.FromResult(sentence is null ? decide(standing, rules) : null);
        }, cancellation);
        return sentence is null ? HttpAnswers.Ok(ProjectState.Of(today, after)) : HttpAnswers.Refused(StatusCodes.Status409Conflict, sentence);
    }
}
