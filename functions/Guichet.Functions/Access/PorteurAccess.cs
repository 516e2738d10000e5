using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.Access;

/// <summary>What a porteur may get at: the dossier whose token its request bears.</summary>
internal static class PorteurAccess
{
    /// <summary>The dossier, or null where there is none of that number or the token is not its own: the same answer, so that neither can be found out.</summary>
    public static async Task<Dossier?> OpenedBy(this DossierStore dossiers, HttpRequest request, string number, CancellationToken cancellation) =>
        DossierId.TryParse(number, out var id) && await dossiers.Find(id, cancellation) is { } found && found.IsOpenedBy(HttpAnswers.TokenOf(request)) ? found : null;
}
