using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;

namespace Guichet.Functions.Deposit;

/// <summary>Where to write one file.</summary>
/// <param name="Name">The porteur's own name for it.</param>
/// <param name="Url">PUT the file there once, with the header <c>x-ms-blob-type: BlockBlob</c>.</param>
/// <param name="Expires">When the address ends working; a new one is asked for at <c>POST …/slots</c>.</param>
public sealed record SlotAddress(string Name, Uri Url, DateTimeOffset Expires);

/// <summary>The answer to whoever opens a dossier or asks for slots.</summary>
/// <param name="Token">Given once, at opening; null afterwards.</param>
/// <param name="Help">What to do next, in French.</param>
public sealed record SlotsAnswer(DossierId Dossier, string Campaign, string? Token, IReadOnlyList<SlotAddress> Slots, DateTimeOffset Expires, string Help);

/// <summary>Hands out addresses to write files to.</summary>
internal static class SlotAddresses
{
    private const int GivingBytes = 8;

    /// <summary>What slots that are given together are called by: drawn at random, or the same whenever the same is asked for with the same key.</summary>
    /// <param name="dossier">Whose they are.</param>
    public static string Giving(HttpRequest request, DossierId dossier, IReadOnlyList<AnnouncedFile> files) => Convert.ToHexStringLower(KeyedRequests.KeyOf(request) is { } key
        ? SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { dossier, key, files }, GuichetJson.Options)).AsSpan(0, GivingBytes)
        : RandomNumberGenerator.GetBytes(GivingBytes));

    /// <summary>Names of slots that sort in the order in which they were given, and that cannot be guessed.</summary>
    /// <param name="already">How many slots the dossier has.</param>
    public static IReadOnlyList<string> NewSlots(int already, int count, string giving) =>
        [.. Enumerable.Range(already + 1, count).Select(number => $"{number.ToString("D3", CultureInfo.InvariantCulture)}-{giving}")];

    /// <summary>Whether a piece's slot is one of those that were given together.</summary>
    public static bool IsOf(string giving, Piece piece) => piece.Slot.EndsWith($"-{giving}", StringComparison.Ordinal);

    public static async Task<SlotsAnswer> Of(UploadFolder folder, Campaign campaign, Dossier dossier, IEnumerable<Piece> pieces, string? token, CancellationToken cancellation)
    {
        var slots = new List<SlotAddress>();
        foreach (var piece in pieces)
        {
            var (address, expires) = await folder.Address(UploadPlace.OfDeposit(dossier.Campaign, dossier.Id), piece.Slot, TimeSpan.FromHours(campaign.Delays.SlotHours), cancellation);
            slots.Add(new SlotAddress(piece.FileName, address, expires));
        }

        return new SlotsAnswer(
            dossier.Id, dossier.Campaign, token, slots, slots.Min(slot => slot.Expires),
            "Envoyez chaque fichier par PUT à son adresse, avec l’en-tête « x-ms-blob-type: BlockBlob », puis fermez le dossier par POST …/close. Gardez le jeton : il faut pour compléter et suivre le dossier. Une adresse qui ne répond plus (403) a expiré ou a déjà servi : redemandez-en une par POST …/slots.");
    }
}
