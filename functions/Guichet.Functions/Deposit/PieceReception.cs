using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Documents;
using Guichet.Storage;

namespace Guichet.Functions.Deposit;

/// <summary>
/// Takes a file in and reads it: its bytes to where no address reaches, its content through a reader process, what was understood into the
/// piece's own row. Receiving a file twice changes nothing.
/// </summary>
public sealed class PieceReception(DossierStore dossiers, CampaignStore campaigns, DepositFolder folder, ReaderPool readers, TimeProvider clock)
{
    /// <summary>Receives the file of a slot.</summary>
    /// <exception cref="FinalFailure">The dossier has no such slot.</exception>
    public async Task Receive(string campaign, DossierId dossier, string slot, CancellationToken cancellation)
    {
        var piece = await dossiers.FindPiece(dossier, slot, cancellation) ?? throw new FinalFailure($"Le dossier {dossier} n’a pas d’emplacement {slot}.");
        await Read(await campaigns.InForce(campaign, clock.Now(), cancellation), dossier, piece, cancellation);
    }

    /// <summary>The dossier with every piece of its last closing read: those that no event announced are read now.</summary>
    public async Task<Dossier> ReadThoseLeft(Dossier dossier, Campaign campaign, CancellationToken cancellation)
    {
        var read = new Dictionary<string, Piece>(StringComparer.Ordinal);
        foreach (var piece in dossier.Pieces.Where(piece => piece.Extract is null && dossier.Closing!.Slots.Contains(piece.Slot)))
        {
            read[piece.Slot] = await Read(campaign, dossier.Id, piece, cancellation);
        }

        return dossier with { Pieces = [.. dossier.Pieces.Select(piece => read.GetValueOrDefault(piece.Slot, piece))] };
    }

    private async Task<Piece> Read(Campaign campaign, DossierId dossier, Piece piece, CancellationToken cancellation)
    {
        if (piece.Extract is not null)
        {
            return piece;
        }

        if (piece.IsBeingRead(clock.Now()))
        {
            throw BeingRead(dossier, piece);
        }

        var local = Path.Combine(Path.GetTempPath(), $"guichet-{Guid.NewGuid():N}");
        try
        {
            var received = await folder.Take(campaign.Id, dossier, piece.Slot, campaign.Files.LargestFile, local, cancellation)
                ?? throw new FinalFailure($"Le fichier {piece.Slot} du dossier {dossier} n’est plus là.");
            piece = piece with { Received = received };
            if (received.Sha256 is null)
            {
                return await Save(dossier, TooLarge(campaign, piece), cancellation);
            }

            if (piece.Attempts >= Piece.MostAttempts)
            {
                return await Save(dossier, piece.Refused("LECTURE-ABANDONNEE", $"La lecture de « {piece.FileName} » s’interrompt à chaque essai : enregistrez-le à nouveau, ou exportez-le dans un autre format."), cancellation);
            }

            piece = await Save(dossier, piece.Opened(clock.Now()), cancellation);
            return await Save(dossier, piece.Read(await readers.Read(local, piece.FileName, campaign.Form, cancellation)), cancellation);
        }
        finally
        {
            File.Delete(local);
        }
    }

    private static Piece TooLarge(Campaign campaign, Piece piece) => piece.Refused(
        "FICHIER-TROP-VOLUMINEUX",
        $"« {piece.FileName} » ({FileSize.InFrench(piece.Received!.Bytes)}) dépasse la limite de {FileSize.InFrench(campaign.Files.LargestFile)} par fichier : allégez-le, par exemple en réduisant ses images.");

    private async Task<Piece> Save(DossierId dossier, Piece piece, CancellationToken cancellation) =>
        await dossiers.SavePiece(dossier, piece, cancellation) ?? throw BeingRead(dossier, piece);

    private static PassingFailure BeingRead(DossierId dossier, Piece piece) =>
        new($"Le fichier {piece.Slot} du dossier {dossier} est en cours de lecture par ailleurs.");
}
