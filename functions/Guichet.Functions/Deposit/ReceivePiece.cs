using Azure.Storage.Blobs;
using Guichet.Core;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Deposit;

/// <summary>Reads a file as it arrives. Where the event is lost, the file is read when the closing is judged.</summary>
public sealed class ReceivePiece(PieceReception reception)
{
    [Function(nameof(ReceivePiece))]
    public Task Run(
        [BlobTrigger("deposits/{campaign}/{dossier}/{slot}", Source = BlobTriggerSource.EventGrid, Connection = "GuichetStorage")] BlobClient blob,
        string campaign,
        string dossier,
        string slot,
        CancellationToken cancellation) =>
        reception.Receive(campaign, DossierId.Parse(dossier), slot, cancellation);
}
