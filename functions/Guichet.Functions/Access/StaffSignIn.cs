using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.Access;

/// <summary>Who is who: from the settings the office and the operators, from the campaigns the reviewers.</summary>
public sealed class StaffSignIn(StaffSettings settings, CampaignStore campaigns, TimeProvider clock)
{
    /// <summary>The header in which App Service authentication says who signed in.</summary>
    public const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The header, or the cookie, in which a test principal names itself by its address.</summary>
    public const string TestPrincipal = "X-Guichet-Principal";

    /// <summary>Who a request comes from; null where nobody has signed in.</summary>
    public async Task<Staff?> Find(HttpRequest request, CancellationToken cancellation)
    {
        if (EmailOf(request) is not { Length: > 0 } email)
        {
            return null;
        }

        var roles = new HashSet<Caller>();
        var id = "inconnu";
        foreach (var (role, people) in new[] { (Caller.Operator, settings.Operators), (Caller.Office, settings.Office) })
        {
            if (people.FirstOrDefault(person => string.Equals(person.Value, email, StringComparison.OrdinalIgnoreCase)) is { Key: { } known })
            {
                roles.Add(role);
                id = known;
            }
        }

        if (await ReviewerOf(email, cancellation) is { } reviewer)
        {
            roles.Add(Caller.Reviewer);
            id = roles.Count == 1 ? reviewer.Id : id;
        }

        return new Staff(id, email, roles);
    }

    private async Task<Reviewer?> ReviewerOf(string email, CancellationToken cancellation)
    {
        foreach (var campaign in await campaigns.Ids(cancellation))
        {
            if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is { } rules
                && rules.Reviewers.FirstOrDefault(reviewer => string.Equals(reviewer.Email, email, StringComparison.OrdinalIgnoreCase)) is { } reviewer)
            {
                return reviewer;
            }
        }

        return null;
    }

    private string? EmailOf(HttpRequest request) => settings.SignIn switch
    {
        SignInKind.AppService when request.Headers[PrincipalHeader] is [{ } header] => EmailIn(header),
        SignInKind.Test => request.Headers[TestPrincipal].FirstOrDefault() ?? request.Cookies[TestPrincipal],
        _ => null,
    };

    /// <summary>
    /// The address that the identity provider vouches for. Entra ID vouches for the name that one signs in with and not for the claim <c>email</c>,
    /// which its users may set; ProConnect for the claim <c>email</c>.
    /// </summary>
    private static string? EmailIn(string header)
    {
        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(header));
            var wanted = principal.RootElement.GetProperty("auth_typ").GetString() is "aad" ? "preferred_username" : "email";
            return principal.RootElement.GetProperty("claims").EnumerateArray()
                .Where(claim => claim.GetProperty("typ").GetString() == wanted)
                .Select(claim => claim.GetProperty("val").GetString())
                .FirstOrDefault();
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
