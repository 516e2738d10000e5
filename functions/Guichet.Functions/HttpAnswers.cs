using System.Text.Json;
using Guichet.Core;
using Guichet.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guichet.Functions;

/// <summary>What the endpoints answer: JSON as the guichet writes it, and for a refusal a sentence in French (RFC 9457).</summary>
internal static class HttpAnswers
{
    private const long LargestBody = 1 << 20;
    private const int LongestText = 10_000;

    public static IResult Ok<T>(T body, int status = StatusCodes.Status200OK) => Results.Json(body, GuichetJson.Options, statusCode: status);

    /// <summary>A page for whoever reads, the same as JSON for a machine: by what the request accepts, JSON where it does not say.</summary>
    /// <typeparam name="TPage">The component that is the page.</typeparam>
    /// <param name="request">Whose <c>Accept</c> header chooses.</param>
    /// <param name="body">What the JSON is of.</param>
    /// <param name="parameters">Those of the page, by name.</param>
    public static Task<IResult> PageOrJson<TPage>(HttpRequest request, object body, params (string Name, object? Value)[] parameters) where TPage : IComponent =>
        PageOrJson<TPage>(request, body, PageRenderer.ContentSecurityPolicy, parameters);

    /// <summary>The same for a page that may do more than be read, within this policy.</summary>
    public static async Task<IResult> PageOrJson<TPage>(HttpRequest request, object body, string policy, params (string Name, object? Value)[] parameters) where TPage : IComponent
    {
        request.HttpContext.Response.Headers.Vary = HeaderNames.Accept;
        return WantsPage(request) ? await Page<TPage>(request.HttpContext, StatusCodes.Status200OK, policy, parameters) : Ok(body);
    }

    /// <summary>A page, within this policy.</summary>
    public static async Task<IResult> Page<TPage>(HttpContext http, int status, string policy, params (string Name, object? Value)[] parameters) where TPage : IComponent
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(await PageRenderer.Render<TPage>(parameters), "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>Whether a request would rather have a page than JSON.</summary>
    public static bool WantsPage(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1).ToList();
        var page = accepted.FindIndex(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
        var json = accepted.FindIndex(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
        return page >= 0 && (json < 0 || page < json);
    }

    public static IResult Refused(int status, string sentence) => new Refusal(status, sentence);

    /// <summary>What was asked for was there, and was erased.</summary>
    public static IResult Erased(string sentence) => Refused(StatusCodes.Status410Gone, sentence);

    public static IResult UnknownCampaign(string campaign) => Refused(StatusCodes.Status404NotFound, $"La campagne « {campaign} » n’existe pas : vérifiez l’adresse.");

    public static IResult UnknownDossier(string number) => Refused(StatusCodes.Status404NotFound, $"Le dossier « {number} » n’existe pas : vérifiez son numéro.");

    /// <summary>Why a text that somebody must write will not do; null where it will.</summary>
    /// <param name="member">Its name in the request.</param>
    /// <param name="what">What it is to say, in French.</param>
    public static string? TextRefusal(string member, string? text, string what) =>
        string.IsNullOrWhiteSpace(text) ? $"Dites dans « {member} » {what}."
        : text.Length > LongestText ? $"« {member} » compte {text.Length} caractères ; il en a au plus {LongestText}."
        : null;

    /// <summary>
    /// Why a change is refused for the version that it was made on: it names none (428), or another than stands (412). Null where it names the one that
    /// stands.
    /// </summary>
    public static IResult? VersionRefusal(HttpRequest request, string tag) => request.Headers.IfMatch.ToString() switch
    {
        "" => Refused(StatusCodes.Status428PreconditionRequired, "Dites dans l’en-tête « If-Match » sur quelle version porte la modification : celle que donne l’en-tête « ETag » à la lecture."),
        var given when given == tag || given == "*" => null,
        _ => Stale(),
    };

    public static IResult Stale() => Refused(
        StatusCodes.Status412PreconditionFailed, "Ceci a été modifié depuis que vous l’avez lu, et rien n’a été enregistré : relisez, puis reportez vos changements sur la nouvelle version.");

    /// <summary>One sentence for a wrong number and a wrong token, so that neither can be found out by trying.</summary>
    public static IResult NotYours() => new Refusal(
        StatusCodes.Status401Unauthorized,
        "Ce dossier n’existe pas ou le jeton n’est pas le sien : envoyez l’en-tête « Authorization: Bearer … » avec le jeton reçu à l’ouverture du dossier.")
    {
        InBrowser = "Ce dossier n’existe pas, ou ce navigateur ne l’a pas ouvert récemment : suivez le lien du dernier courriel du guichet à son sujet, ou demandez-en un nouveau.",
        OffersLink = true,
    };

    /// <summary>The token that a request bears, or null.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    /// <summary>The body of a request, or why it is none; exactly one of the two is given.</summary>
    public static async Task<(T? Body, IResult? Refusal)> Read<T>(HttpRequest request, CancellationToken cancellation) where T : class
    {
        if (request.ContentLength > LargestBody)
        {
            return (null, TooLong());
        }

        try
        {
            using var whole = new MemoryStream();
            return !await CopyAll(request.Body, whole, cancellation) ? (null, TooLong())
                : await JsonSerializer.DeserializeAsync<T>(whole, GuichetJson.Options, cancellation) is { } body
                ? (body, null)
                : (null, Refused(StatusCodes.Status400BadRequest, "Le corps de la demande est « null » : il faut un objet JSON."));
        }
        catch (JsonException fault)
        {
            var place = fault.LineNumber is { } line ? $" (ligne {line + 1}, {fault.Path})" : "";
            return (null, Refused(StatusCodes.Status400BadRequest, $"Le corps de la demande n’est pas le JSON attendu{place} : {fault.Message}"));
        }
    }

    /// <summary>A body that does not say how long it is is read no further than one that does.</summary>
    /// <returns>Whether that was all of it.</returns>
    private static async Task<bool> CopyAll(Stream body, MemoryStream to, CancellationToken cancellation)
    {
        var part = new byte[1 << 14];
        while (await body.ReadAsync(part, cancellation) is > 0 and var read)
        {
            if (to.Length + read > LargestBody)
            {
                return false;
            }

            to.Write(part, 0, read);
        }

        to.Position = 0;
        return true;
    }

    private static IResult TooLong() => Refused(StatusCodes.Status413PayloadTooLarge, "La demande est trop longue : les fichiers s’envoient à l’adresse de leur emplacement, pas ici.");
}
