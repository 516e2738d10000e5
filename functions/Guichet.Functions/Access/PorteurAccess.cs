using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.Access;

/// <summary>
/// What a porteur may get at: the dossier whose token its request bears, the one given at opening or that of a link in a letter. A browser that came by a
/// link bears it in a cookie, which opens what is read and nothing that changes something.
/// </summary>
public sealed class PorteurAccess(DossierStore dossiers, Links links)
{
    /// <summary>The cookie of a browser that came by a link; of one dossier's addresses only.</summary>
    public const string Cookie = "guichet-dossier";

    /// <summary>The dossier, or null where there is none of that number or the token is not its own: the same answer, so that neither can be found out.</summary>
    public async Task<Dossier?> Find(HttpRequest request, string number, CancellationToken cancellation)
    {
        var token = HttpAnswers.TokenOf(request) ?? (HttpMethods.IsGet(request.Method) ? request.Cookies[Cookie] : null);
        return token is not null && DossierId.TryParse(number, out var id) && await dossiers.Find(id, cancellation) is { } found && (found.IsOpenedBy(token) || links.Opens(found, token))
            ? found
            : null;
    }
}
