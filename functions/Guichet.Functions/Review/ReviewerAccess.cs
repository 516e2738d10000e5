using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.Review;

/// <summary>What a reviewer may get at: the dossiers that it was given and has not given back.</summary>
public sealed class ReviewerAccess(DossierStore dossiers, CampaignStore campaigns, TimeProvider clock)
{
    /// <summary>The dossier with the caller's part in it; or the answer that refuses, the same for a dossier that does not exist and one that is somebody else's.</summary>
    public async Task<(ReviewerPart? Part, IResult? Refusal)> Find(HttpRequest request, string number, CancellationToken cancellation)
    {
        if (DossierId.TryParse(number, out var id) && await dossiers.Find(id, cancellation) is { } dossier)
        {
            var rules = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
            if (request.Staff().ReviewerIn(rules) is { } reviewer && dossier.SheetOf(reviewer.Id) is { IsActive: true })
            {
                if (dossier.ErasedSentence() is { } erased)
                {
                    return (null, HttpAnswers.Erased(erased));
                }

                var scoring = await campaigns.AtDeposit(dossier, rules, cancellation);
                return (new ReviewerPart(dossier, reviewer, scoring), null);
            }
        }

        return (null, HttpAnswers.Refused(StatusCodes.Status404NotFound, $"Le dossier « {number} » ne vous est pas confié : vérifiez son numéro dans votre dernier récapitulatif."));
    }
}

/// <summary>A dossier with one reviewer's part in it.</summary>
/// <param name="Dossier">As it stands.</param>
/// <param name="Reviewer">Who.</param>
/// <param name="Rules">The rules in force at the deposit, by which it is scored.</param>
public sealed record ReviewerPart(Dossier Dossier, Reviewer Reviewer, Campaign Rules)
{
    /// <summary>The part.</summary>
    public ReviewSheet Sheet => Dossier.SheetOf(Reviewer.Id)!;
}
