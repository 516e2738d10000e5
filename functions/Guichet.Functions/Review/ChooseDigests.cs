using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Review;

/// <summary>
/// How often a reviewer gets a digest, chosen by the link in it: without signing in, because all that the link opens is this choice. A mail reader that
/// unsubscribes by itself (RFC 8058) sends no choice: it means never.
/// </summary>
public sealed class ChooseDigests(DigestTable digests, CampaignStore campaigns, Links links, TimeProvider clock)
{
    [Function(nameof(ChooseDigests))]
    [For(Caller.Anyone)]
    [Does("Dit à quelle fréquence un instructeur reçoit son récapitulatif.", Gives = typeof(DigestChoice), IsPage = true)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/digests/{link}")] HttpRequest request,
        string link,
        CancellationToken cancellation) =>
        await Find(link, cancellation) is { } whose
            ? await Answer(request, whose.Rules, (await digests.Find(whose.Rules.Id, whose.Reviewer, cancellation)).Frequency, saved: false)
            : NoLink();

    [Function("SetDigests")]
    [For(Caller.Anyone)]
    [Does("Change cette fréquence ; sans choix, plus de récapitulatif.", Gives = typeof(DigestChoice), IsPage = true)]
    public async Task<IResult> Choose(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/digests/{link}")] HttpRequest request,
        string link,
        CancellationToken cancellation)
    {
        if (await Find(link, cancellation) is not { } whose)
        {
            return NoLink();
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync(cancellation) : null;
        var asked = form?["frequency"].FirstOrDefault() ?? nameof(DigestFrequency.Never);
        if (!Enum.TryParse<DigestFrequency>(asked, ignoreCase: true, out var frequency) || !Enum.IsDefined(frequency))
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, $"« {asked} » n’est pas une fréquence : daily (chaque jour prévu), weekly (une fois par semaine) ou never (jamais).");
        }

        await digests.Choose(whose.Rules.Id, whose.Reviewer, frequency, cancellation);
        return await Answer(request, whose.Rules, frequency, saved: true);
    }

    private async Task<(Campaign Rules, string Reviewer)?> Find(string link, CancellationToken cancellation) =>
        links.DigestOf(link) is { } whose && await campaigns.FindInForce(whose.Campaign, clock.Now(), cancellation) is { } rules ? (rules, whose.Reviewer) : null;

    private static Task<IResult> Answer(HttpRequest request, Campaign rules, DigestFrequency frequency, bool saved)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return HttpAnswers.PageOrJson<DigestPage>(request, new DigestChoice(frequency), (nameof(DigestPage.Campaign), rules), (nameof(DigestPage.Frequency), frequency), (nameof(DigestPage.Saved), saved));
    }

    private static IResult NoLink() => HttpAnswers.Refused(StatusCodes.Status404NotFound, "Ce lien n’est pas l’un des nôtres : reprenez celui de votre dernier récapitulatif.");
}

/// <summary>What was chosen.</summary>
public sealed record DigestChoice(DigestFrequency Frequency);
