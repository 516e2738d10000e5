using Guichet.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guichet.Functions;

/// <summary>A refusal or a failure, in a sentence of French: a page for whoever reads, a problem (RFC 9457) for a machine.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Sentence">What, where and what to do.</param>
internal sealed record Refusal(int Status, string Sentence) : IResult
{
    /// <summary>What the page says instead, where people go another way than programs; null for the same.</summary>
    public string? InBrowser { get; init; }

    /// <summary>Whether the page offers to send a new link to a dossier.</summary>
    public bool OffersLink { get; init; }

    /// <summary>The address at which the page offers to sign in; null for none.</summary>
    public string? SignIn { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        (httpContext.Response.Headers.Vary, httpContext.Response.Headers.CacheControl) = (HeaderNames.Accept, "no-store");
        var answer = HttpAnswers.WantsPage(httpContext.Request)
            ? await HttpAnswers.Page<RefusalPage>(
                httpContext,
                Status,
                RefusalPage.ContentSecurityPolicy(OffersLink),
                (nameof(RefusalPage.Title), Title),
                (nameof(RefusalPage.Sentence), InBrowser ?? Sentence),
                (nameof(RefusalPage.OffersLink), OffersLink),
                (nameof(RefusalPage.SignIn), SignIn))
            : Results.Problem(Sentence, statusCode: Status, title: Title);
        await answer.ExecuteAsync(httpContext);
    }

    private string Title => Status switch
    {
        StatusCodes.Status400BadRequest => "Demande incorrecte",
        StatusCodes.Status401Unauthorized => "Accès refusé",
        StatusCodes.Status403Forbidden => "Interdit",
        StatusCodes.Status404NotFound => "Introuvable",
        StatusCodes.Status409Conflict => "Impossible dans l’état du dossier",
        StatusCodes.Status410Gone => "Données effacées",
        StatusCodes.Status412PreconditionFailed => "Modifié entre-temps",
        StatusCodes.Status428PreconditionRequired => "Version à préciser",
        StatusCodes.Status413PayloadTooLarge => "Trop volumineux",
        StatusCodes.Status500InternalServerError or StatusCodes.Status503ServiceUnavailable => "Panne du guichet",
        _ => "Refusé",
    };
}
