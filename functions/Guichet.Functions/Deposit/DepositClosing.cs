using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Storage;
using NodaTime;

namespace Guichet.Functions.Deposit;

/// <summary>Closes deposits, for a porteur that asks or for one that has gone quiet: the folder is listed, whatever was announced.</summary>
public sealed class DepositClosing(DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, TimeProvider clock)
{
    /// <summary>Closes a deposit on the files that are there.</summary>
    /// <param name="loaded">The dossier as it was loaded a moment ago.</param>
    /// <param name="quietSince">Where given, only if no file came after it.</param>
    /// <returns>The dossier afterwards, and when the last file came; null where none did.</returns>
    public async Task<(Dossier Dossier, Instant? LastFile)> Close(Dossier loaded, string actor, Instant? quietSince, CancellationToken cancellation)
    {
        Instant? last = null;
        var dossier = await dossiers.Change(loaded, async standing =>
        {
            var files = AsReceived(standing, await folder.List(UploadPlace.OfDeposit(standing.Campaign, standing.Id), cancellation));
            last = files.Count == 0 ? null : files.Max(file => file.At);
            return last is null || (quietSince is { } since && last > since)
                ? null
                : standing.Close(await RulesAtDeposit(standing, last.Value, cancellation), files, actor, clock.Now());
        }, cancellation);
        return (dossier, last);
    }

    /// <summary>What was taken down when a file came outlives a shift of the clock since.</summary>
    private static List<FoundFile> AsReceived(Dossier dossier, IReadOnlyList<FoundFile> files)
    {
        var received = dossier.Pieces.Where(piece => piece.Received is not null).ToDictionary(piece => piece.Slot, piece => piece.Received!.At, StringComparer.Ordinal);
        return [.. files.Select(file => received.TryGetValue(file.Slot, out var at) ? file with { At = at } : file)];
    }

    private Task<Campaign> RulesAtDeposit(Dossier dossier, Instant deposited, CancellationToken cancellation) => dossier.Closing is { } closing
        ? campaigns.Version(dossier.Campaign, closing.CampaignVersion, cancellation)
        : campaigns.InForce(dossier.Campaign, deposited, cancellation);
}
