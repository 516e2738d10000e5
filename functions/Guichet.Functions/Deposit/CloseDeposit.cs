using Guichet.Core.Dossiers;
using Guichet.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Deposit;

/// <summary>Closes a deposit at its porteur's word. Asking twice closes once.</summary>
public sealed class CloseDeposit(PorteurAccess access, DepositClosing closing)
{
    [Function(nameof(CloseDeposit))]
    [For(Caller.Porteur)]
    [Does("Ferme le dépôt : le dossier est examiné.", Gives = typeof(DossierState), Status = 202)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/close")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        if (await access.Find(request, dossier, cancellation) is not { } found)
        {
            return HttpAnswers.NotYours();
        }

        var (closed, lastFile) = await closing.Close(found, Actor.Porteur, null, cancellation);
        if (!closed.TakesFiles && closed.Closing is { } last && closed.Pieces.Any(piece => piece.Received is not null && !last.Slots.Contains(piece.Slot)))
        {
            return HttpAnswers.Refused(StatusCodes.Status409Conflict, $"Le dossier est au statut « {closed.Status.InFrench()} » : le fichier arrivé depuis n’en fait pas partie. Écrivez au guichet s’il compte.");
        }

        return lastFile is null
            ? HttpAnswers.Refused(StatusCodes.Status409Conflict, "Aucun fichier n’est arrivé : envoyez chaque fichier par PUT à l’adresse de son emplacement, puis fermez le dossier.")
            : HttpAnswers.Ok(DossierState.Of(closed), StatusCodes.Status202Accepted);
    }
}
