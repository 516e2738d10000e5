using Azure.Storage.Blobs;
using Guichet.Core;
using Guichet.Core.Operations;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>Reads a file of an impact report as it arrives. Where the event is lost, a tick finds the file, or the reminder that it makes needless does.</summary>
public sealed class ReceiveReport(ReportReception reception)
{
    [Function(nameof(ReceiveReport))]
    public Task Run(
        [BlobTrigger("reports/{campaign}/{dossier}/{milestone}/{file}", Source = BlobTriggerSource.EventGrid, Connection = "GuichetStorage")] BlobClient blob,
        string campaign,
        string dossier,
        string milestone,
        string file,
        CancellationToken cancellation) =>
        reception.Receive(campaign, DossierId.Parse(dossier), NumberInRoute.Of(milestone) ?? throw new FinalFailure($"« {milestone} » n’est pas le numéro d’un bilan."), file, cancellation);
}
