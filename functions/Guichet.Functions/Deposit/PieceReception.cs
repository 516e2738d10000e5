using System.Collections.Concurrent;
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
public sealed class PieceReception(DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, MalwareGate malware, ReaderPool readers, TimeProvider clock) : IDisposable
{
    private const int Readers = 2;

    /// <summary>Files in hand, being fetched, read or written down: a reader need not wait for storage, and no more of them lie on the disk.</summary>
    private const int MostInHand = 6;

    /// <summary>Well below the function's time-out, so that what was read is kept and the rest goes on with the next delivery.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(2);

    /// <summary>A turn is taken before a reading is written down as begun: waiting for a reader is not reading.</summary>
    private readonly SemaphoreSlim _turns = new(Readers);

    private readonly SemaphoreSlim _hands = new(MostInHand);

    /// <summary>Readings under way here, by dossier and slot: the event of a file and the judgement of its dossier often ask for the same at once.</summary>
    private readonly ConcurrentDictionary<(DossierId, string), Lazy<Task<Piece?>>> _underWay = new();

    /// <summary>Receives the file of a slot. One whose malware verdict is late is left to the closing.</summary>
    /// <exception cref="FinalFailure">The dossier has no such slot.</exception>
    public async Task Receive(string campaign, DossierId dossier, string slot, CancellationToken cancellation)
    {
        await malware.AwaitVerdict(UploadPlace.OfDeposit(campaign, dossier), slot, cancellation);
        var standing = await dossiers.Load(dossier, cancellation);
        var piece = standing.Pieces.FirstOrDefault(piece => piece.Slot == slot) ?? throw new FinalFailure($"Le dossier {dossier} n’a pas d’emplacement {slot}.");

        // The rules that will judge it say what the form's words are. Where somebody else is reading it there is nothing to do: the closing's
        // judgement makes sure.
        var rules = standing.Closing is { } closing
            ? await campaigns.Version(campaign, closing.CampaignVersion, cancellation)
            : await campaigns.InForce(campaign, clock.Now(), cancellation);
        await Read(rules, dossier, piece, cancellation);
    }

    /// <summary>The dossier with every piece of its last closing read: those that no event announced are read now.</summary>
    public async Task<Dossier> ReadThoseLeft(Dossier dossier, Campaign campaign, CancellationToken cancellation)
    {
        var read = new Dictionary<string, Piece>(StringComparer.Ordinal);
        var start = clock.GetTimestamp();
        foreach (var piece in dossier.Pieces.Where(piece => piece.Extract is null && dossier.Closing!.Slots.Contains(piece.Slot)))
        {
            if (clock.GetElapsedTime(start) > LongestReading)
            {
                throw new PassingFailure($"Le dossier {dossier.Id} a encore des fichiers à lire : la suite au prochain passage.");
            }

            read[piece.Slot] = await Read(campaign, dossier.Id, piece, cancellation)
                ?? throw new PassingFailure($"Le fichier {piece.Slot} du dossier {dossier.Id} est en cours de lecture par ailleurs, ou attend l’antivirus.");
        }

        return dossier with { Pieces = [.. dossier.Pieces.Select(piece => read.GetValueOrDefault(piece.Slot, piece))] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turns.Dispose();
        _hands.Dispose();
    }

    /// <returns>The piece as it stands afterwards; null where somebody else is reading it, or its malware verdict is awaited.</returns>
    private async Task<Piece?> Read(Campaign campaign, DossierId dossier, Piece piece, CancellationToken cancellation)
    {
        if (piece.Extract is not null)
        {
            return piece;
        }

        var mine = new Lazy<Task<Piece?>>(() => ReadOnce(campaign, dossier, piece, cancellation));
        var reading = _underWay.GetOrAdd((dossier, piece.Slot), mine);
        try
        {
            return await reading.Value.WaitAsync(cancellation);
        }
        finally
        {
            if (reading == mine)
            {
                _underWay.TryRemove((dossier, piece.Slot), out _);
            }
        }
    }

    private async Task<Piece?> ReadOnce(Campaign campaign, DossierId dossier, Piece piece, CancellationToken cancellation)
    {
        if (piece.IsBeingRead(clock.Now()))
        {
            return null;
        }

        if (await malware.Obstacle(UploadPlace.OfDeposit(campaign.Id, dossier), piece.Slot, cancellation) is var (obstacle, unopened))
        {
            return obstacle.IsAwaited ? null : await dossiers.SavePiece(dossier, (piece with { Received = unopened.Reception }).Refused(obstacle.Id!, $"« {piece.FileName} » {obstacle.Said}"), cancellation);
        }

        await _hands.WaitAsync(cancellation);
        try
        {
            return await FetchAndRead(campaign, dossier, piece, cancellation);
        }
        finally
        {
            _hands.Release();
        }
    }

    private async Task<Piece?> FetchAndRead(Campaign campaign, DossierId dossier, Piece piece, CancellationToken cancellation)
    {
        var local = Path.Combine(Path.GetTempPath(), $"guichet-{Guid.NewGuid():N}");
        try
        {
            var upload = await folder.Take(UploadPlace.OfDeposit(campaign.Id, dossier), piece.Slot, campaign.Files.LargestFile, local, cancellation)
                ?? throw new FinalFailure($"Le fichier {piece.Slot} du dossier {dossier} n’est plus là.");
            piece = piece with { Received = upload.Reception };
            if (upload.Reception.Sha256 is null)
            {
                return await dossiers.SavePiece(dossier, TooLarge(campaign, piece), cancellation);
            }

            if (piece.Attempts >= Piece.MostAttempts)
            {
                return await dossiers.SavePiece(dossier, piece.Refused("LECTURE-ABANDONNEE", $"La lecture de « {piece.FileName} » s’interrompt à chaque essai : enregistrez-le à nouveau, ou exportez-le dans un autre format."), cancellation);
            }

            if (await ReadInTurn(campaign, dossier, piece, local, cancellation) is not { } understood)
            {
                return null;
            }

            var read = await dossiers.SavePiece(dossier, understood, cancellation);
            Telemetry.StageEnded("reception", (clock.Now() - upload.Reception.At).ToTimeSpan());
            return read;
        }
        finally
        {
            File.Delete(local);
        }
    }

    private async Task<Piece?> ReadInTurn(Campaign campaign, DossierId dossier, Piece piece, string local, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            return await dossiers.SavePiece(dossier, piece.Opened(clock.Now()), cancellation) is { } opened ? opened.Read(await readers.Read(local, piece.FileName, campaign.Form, cancellation)) : null;
        }
        finally
        {
            _turns.Release();
        }
    }

    private static Piece TooLarge(Campaign campaign, Piece piece) => piece.Refused(
        "FICHIER-TROP-VOLUMINEUX",
        $"« {piece.FileName} » ({FileSize.InFrench(piece.Received!.Bytes)}) dépasse la limite de {FileSize.InFrench(campaign.Files.LargestFile)} par fichier : allégez-le, par exemple en réduisant ses images.");
}
