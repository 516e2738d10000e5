using System.Globalization;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Functions.Review;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Access;

/// <summary>What somebody who lost its link asks for.</summary>
/// <param name="Dossier">The tracking number, as it stands in every letter.</param>
/// <param name="Email">Where letters about it go.</param>
public sealed record LinkWord(string Dossier, string Email);

/// <summary>The personal links to a dossier: followed, asked for anew, revoked.</summary>
public sealed class DossierLinks(DossierStore dossiers, Links links, PorteurAccess access, LetterPost post, CampaignStore campaigns, TimeProvider clock)
{
    /// <summary>Every request for a link takes as long, whether a letter leaves or not.</summary>
    private static readonly TimeSpan AsLong = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan CookieLifetime = TimeSpan.FromHours(12);

    [Function("FollowLink")]
    [For(Caller.Anyone)]
    [Does("Ouvre le dossier à un navigateur venu par un lien personnel.", Status = 302, Query = ["link=Le lien reçu par courriel.", "milestone=Le numéro du bilan à donner ; le dossier s’ouvre s’il manque."])]
    public async Task<IResult> Follow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/entry")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        var link = request.Query["link"].FirstOrDefault();
        if (!DossierId.TryParse(dossier, out var id) || await dossiers.Find(id, cancellation) is not { } found || !links.Opens(found, link))
        {
            return new Refusal(StatusCodes.Status404NotFound, "Ce lien a expiré, ou un autre l’a remplacé. Demandez-en un nouveau avec le numéro du dossier et son adresse de courriel (POST /api/links).")
            {
                InBrowser = "Ce lien a expiré, ou il a été annulé : demandez-en un nouveau.",
                OffersLink = true,
            };
        }

        request.HttpContext.Response.Cookies.Append(PorteurAccess.Cookie, link!, new CookieOptions
        {
            HttpOnly = true,
            Secure = request.IsHttps || request.Headers["X-Forwarded-Proto"] == "https",
            SameSite = SameSiteMode.Lax,
            Path = $"/api/dossiers/{found.Id}",
            MaxAge = CookieLifetime,
        });
        var milestone = found.Milestones.FirstOrDefault(one => one.Number.ToString(CultureInfo.InvariantCulture) == request.Query["milestone"].FirstOrDefault());
        return Results.Redirect($"/api/dossiers/{found.Id}{(milestone is null ? "" : string.Create(CultureInfo.InvariantCulture, $"/milestones/{milestone.Number}"))}");
    }

    [Function("SendLink")]
    [For(Caller.Anyone)]
    [Does("Renvoie par courriel un lien personnel, sans dire si l’adresse est connue.", Takes = typeof(LinkWord), Gives = typeof(LinkAnswer), Status = 202)]
    public async Task<IResult> Send(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/links")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (asked, unreadable) = await HttpAnswers.Read<LinkWord>(request, cancellation);
        if (asked is null)
        {
            return unreadable!;
        }

        await Task.WhenAll(SendTo(asked, cancellation), Task.Delay(AsLong, cancellation));
        return HttpAnswers.Ok(
            new LinkAnswer("Si ce dossier existe et que cette adresse est la sienne, un courriel y part avec un nouveau lien. Il en part un par heure au plus."), StatusCodes.Status202Accepted);
    }

    [Function("RevokeLinks")]
    [For(Caller.Porteur)]
    [Does("Annule les liens envoyés jusqu’ici.", Gives = typeof(LinkAnswer))]
    public async Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/links/revocation")] HttpRequest request,
        string dossier,
        CancellationToken cancellation) =>
        await access.Find(request, dossier, cancellation) is { } found ? await Revoke(found.Id, Actor.Porteur, cancellation) : HttpAnswers.NotYours();

    [Function("RevokeLinksForPorteur")]
    [For(Caller.Office)]
    [Does("Annule, pour un porteur, les liens envoyés jusqu’ici.", Gives = typeof(LinkAnswer))]
    public async Task<IResult> RevokeByOffice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{campaign}/dossiers/{dossier}/links/revocation")] HttpRequest request,
        string campaign,
        string dossier,
        CancellationToken cancellation) =>
        DossierId.TryParse(dossier, out var id) && await dossiers.Find(id, cancellation) is { } found && found.Campaign == campaign
            ? await Revoke(id, request.Staff().Id, cancellation)
            : HttpAnswers.UnknownDossier(dossier);

    private async Task<IResult> Revoke(DossierId id, string actor, CancellationToken cancellation)
    {
        await dossiers.Change(id, standing => Task.FromResult<Step?>(standing.RevokeLinks(actor, clock.Now())), cancellation);
        return HttpAnswers.Ok(new LinkAnswer("Les liens envoyés jusqu’ici n’ouvrent plus le dossier."));
    }

    private async Task SendTo(LinkWord asked, CancellationToken cancellation)
    {
        if (DossierId.TryParse(asked.Dossier, out var id) && await dossiers.Find(id, cancellation) is { Erasure: null } dossier && string.Equals(dossier.Email, asked.Email?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            var rules = await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation);
            await post.Send(
                new Letter
                {
                    Kind = LetterKind.DossierLink,
                    Recipient = dossier.Email,
                    Date = rules.DateOf(clock.Now()),
                    Campaign = dossier.Campaign,
                    Dossiers = [id],
                    About = clock.Now().InZone(rules.Zone).Hour.ToString("00", CultureInfo.InvariantCulture),
                },
                cancellation);
        }
    }
}

/// <summary>What became of a request about links.</summary>
public sealed record LinkAnswer(string Message);
