using System.Net;
using System.Text;
using Guichet.Core.Campaigns;

namespace Guichet.Local.FunctionsHost;

/// <summary>
/// Lets a browser say who it is, from a list: the office, the operator, the reviewers whom the repository's campaigns name. It is the local host's, and so
/// cannot exist in Azure; and the app believes it in Development alone.
/// </summary>
internal static class PrincipalsPage
{
    /// <summary>Where to come back to, as App Service authentication calls it.</summary>
    private const string ComeBack = "post_login_redirect_uri";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("principals", (RequestDelegate)Show);
        routes.MapGet("principals/{email}", (RequestDelegate)Choose);
    }

    private static async Task Show(HttpContext context)
    {
        var current = context.Request.Cookies[TestPrincipals.Header];
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Se présenter</title></head><body><main><h1>Se présenter</h1>");
        page.Append("<p>Sur une machine, on choisit qui l’on est. Vous êtes : <strong>").Append(WebUtility.HtmlEncode(current ?? "personne")).Append("</strong>.</p><ul>");
        foreach (var (email, what) in People())
        {
            page.Append("<li><a href=\"/principals/").Append(Uri.EscapeDataString(email)).Append(WebUtility.HtmlEncode(context.Request.QueryString.Value)).Append("\">").Append(WebUtility.HtmlEncode($"{email}, {what}")).Append("</a></li>");
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(page.Append("</ul></main></body></html>").ToString(), context.RequestAborted);
    }

    private static Task Choose(HttpContext context)
    {
        var email = (string)context.Request.RouteValues["email"]!;
        if (People().Any(person => person.Email == email))
        {
            context.Response.Cookies.Append(TestPrincipals.Header, email, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
        }

        context.Response.Redirect(context.Request.Query[ComeBack] is [{ } target] && target.StartsWith("/api/", StringComparison.Ordinal) ? target : "/principals");
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Email, string What)> People()
    {
        yield return (TestPrincipals.Office, "le bureau");
        yield return (TestPrincipals.Deputy, "le bureau, une seconde personne");
        yield return (TestPrincipals.Operator, "l’exploitation");
        var campaigns = new DirectoryInfo(RepositoryFolder.Path("infra", "campaigns")).EnumerateFiles("*.json", SearchOption.AllDirectories)
            .Select(file => CampaignFile.Read(File.ReadAllBytes(file.FullName)).Campaign).OfType<Campaign>();
        foreach (var reviewer in campaigns.SelectMany(campaign => campaign.Reviewers.Select(one => (one.Email, $"{one.Name}, instructeur de {campaign.Id}"))).DistinctBy(one => one.Email))
        {
            yield return reviewer;
        }
    }
}
