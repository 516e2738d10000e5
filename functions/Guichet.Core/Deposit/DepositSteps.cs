using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.Deposit;

/// <summary>A file that a porteur is about to send.</summary>
/// <param name="Name">Its own name for it.</param>
/// <param name="Bytes">Its size.</param>
public sealed record AnnouncedFile(string Name, long Bytes);

/// <summary>A file found in a dossier's folder.</summary>
/// <param name="Slot">Where it is.</param>
/// <param name="At">When it was received.</param>
public sealed record FoundFile(string Slot, Instant At);

/// <summary>The steps of the deposit.</summary>
public static class DepositSteps
{
    private const int LongestName = 200;

    /// <summary>How often every file of a dossier may be sent anew: each slot is a row of its partition.</summary>
    private const int MostTries = 3;

    /// <summary>Why files cannot be taken as they were announced; null where they can.</summary>
    public static string? Refusal(Campaign campaign, ImmutableArray<Piece> already, IReadOnlyCollection<AnnouncedFile> files)
    {
        var limits = campaign.Files;
        if (files.Count == 0 || files.Any(file => file is null))
        {
            return "Annoncez au moins un fichier : son nom et sa taille en octets.";
        }

        if (files.FirstOrDefault(file => !IsName(file.Name)) is { } unnamed)
        {
            return $"Le nom de fichier « {Printable(unnamed.Name)} » n’est pas utilisable : {LongestName} caractères au plus, sans « / », « \\ » ni caractère de contrôle.";
        }

        if (files.FirstOrDefault(file => file.Bytes <= 0) is { } empty)
        {
            return $"Le fichier « {empty.Name} » est vide : vérifiez-le et envoyez-le à nouveau.";
        }

        if (files.FirstOrDefault(file => file.Bytes > limits.LargestFile) is { } large)
        {
            return $"Le fichier « {large.Name} » ({FileSize.InFrench(large.Bytes)}) dépasse la limite de {FileSize.InFrench(limits.LargestFile)} par fichier : allégez-le, par exemple en réduisant ses images.";
        }

        if (files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"Deux fichiers s’appellent « {twice.Key} » : donnez-leur des noms différents, sinon le second remplacerait le premier.";
        }

        // A file announced again under its name stands for the one before, whose address may have expired unused.
        var kept = already.Where(piece => !files.Any(file => string.Equals(file.Name, piece.FileName, StringComparison.OrdinalIgnoreCase)))
            .DistinctBy(piece => piece.FileName, StringComparer.OrdinalIgnoreCase).ToList();
        if (kept.Count + files.Count > limits.MostFiles || already.Length + files.Count > limits.MostFiles * MostTries)
        {
            return $"Un dossier compte au plus {limits.MostFiles} fichiers, et celui-ci en aurait {kept.Count + files.Count}.";
        }

        var total = kept.Sum(piece => piece.AnnouncedBytes) + files.Sum(file => file.Bytes);
        return total > limits.LargestDossier
            ? $"Le dossier ({FileSize.InFrench(total)}) dépasserait la limite de {FileSize.InFrench(limits.LargestDossier)} : allégez les fichiers."
            : null;
    }

    /// <summary>Opens a dossier with slots for the files announced.</summary>
    public static Step Open(Campaign campaign, DossierId id, string email, string token, IEnumerable<AnnouncedFile> files, IEnumerable<string> slots, Instant now)
    {
        var dossier = new Dossier
        {
            Id = id,
            Campaign = campaign.Id,
            Status = DossierStatus.Depot,
            OpenedAt = now,
            Email = email,
            TokenHash = HashOf(token),
            Pieces = [.. files.Zip(slots, Slot)],
        };
        return Step.From(null, dossier, "open", Actor.Porteur, now, ("slots", string.Join(' ', dossier.Pieces.Select(piece => piece.Slot))))
            .LookingAgain(Quiet(campaign, dossier, now));
    }

    /// <summary>Gives more slots, for files that were forgotten, corrected, or asked for.</summary>
    public static Step AddSlots(this Dossier dossier, Campaign campaign, IEnumerable<AnnouncedFile> files, IEnumerable<string> slots, Instant now)
    {
        Piece[] added = [.. files.Zip(slots, Slot)];
        return Step.From(dossier, dossier with { Pieces = [.. dossier.Pieces, .. added] }, $"slots/{added[0].Slot}", Actor.Porteur, now, ("slots", string.Join(' ', added.Select(piece => piece.Slot))))
            .LookingAgain(Quiet(campaign, dossier, now));
    }

    /// <summary>
    /// Closes the deposit on the files found. The deposit's instant is that of the last file present at the first closing. Where nothing came
    /// since the last closing there is nothing to close, and no step.
    /// </summary>
    /// <param name="campaign">The version of the rules in force at the deposit.</param>
    /// <param name="found">The dossier's folder, listed now.</param>
    public static Step? Close(this Dossier dossier, Campaign campaign, IReadOnlyCollection<FoundFile> found, string actor, Instant now)
    {
        var known = dossier.Pieces.Select(piece => piece.Slot).ToHashSet(StringComparer.Ordinal);
        var slots = found.Where(file => known.Contains(file.Slot)).OrderBy(file => file.At).ThenBy(file => file.Slot, StringComparer.Ordinal).ToList();
        if (!dossier.TakesFiles || slots.Count == 0 || (dossier.Closing is { } last && slots.All(file => last.Slots.Contains(file.Slot))))
        {
            return null;
        }

        var closing = new Closing(
            (dossier.Closing?.Round ?? 0) + 1,
            dossier.Closing?.Deposited ?? slots[^1].At,
            now,
            dossier.Closing?.CampaignVersion ?? campaign.Version,
            [.. slots.Select(file => file.Slot)]);
        var round = closing.Round.ToString(CultureInfo.InvariantCulture);
        var step = Step.From(dossier, dossier with { Closing = closing }, $"close/{round}", actor, now, ("round", round), ("slots", string.Join(' ', closing.Slots)))
            .Telling(QueueName.Eligibility, QueueName.Projection);
        return closing.Round > 1 ? step : step.Writing(new Letter
        {
            Kind = LetterKind.Acknowledgement,
            Recipient = dossier.Email,
            Date = campaign.DateOf(closing.Deposited),
            Campaign = campaign.Id,
            Dossiers = [dossier.Id],
        });
    }

    /// <summary>Whether a token is the dossier's; compared in constant time.</summary>
    public static bool IsOpenedBy(this Dossier dossier, string? token) =>
        token is not null && dossier.TokenHash is not null &&
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(token)), Encoding.ASCII.GetBytes(dossier.TokenHash));

    /// <summary>Links that were sent so far no longer open the dossier.</summary>
    public static Step RevokeLinks(this Dossier dossier, string actor, Instant now) => Step.From(
        dossier, dossier with { LinkGeneration = dossier.LinkGeneration + 1 }, $"revoke-links/{(dossier.LinkGeneration + 1).ToString(CultureInfo.InvariantCulture)}", actor, now);

    /// <summary>The hint that a deposit may have gone quiet; one for each giving of slots. Whoever looks and finds that the dossier still takes files leaves <see cref="LateFiles"/>.</summary>
    public static DueHint Quiet(Campaign campaign, Dossier dossier, Instant since) =>
        new(DueKind.Tick, since + Duration.FromHours(campaign.Delays.QuietHours), dossier.Id.ToString(), DueHint.Quiet);

    /// <summary>The hint to look once more when no address of those slots works any more, for files that came late and for deposits that were abandoned.</summary>
    /// <param name="quiet">The hint that is looked at.</param>
    public static DueHint LateFiles(Campaign campaign, DueHint quiet) =>
        quiet with { At = quiet.At + Duration.FromHours(campaign.Delays.SlotHours), Purpose = DueHint.LateFiles };

    private static Piece Slot(AnnouncedFile file, string slot) => new() { Slot = slot, FileName = file.Name, AnnouncedBytes = file.Bytes };

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What a file is called: the name that came with it where that is one, else that of its slot.</summary>
    public static string NameOf(string? said, string slot) => said is not null && IsName(said) ? said : slot;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && !string.IsNullOrWhiteSpace(name) && name is not ("." or "..") &&
        !name.Any(c => c is '/' or '\\' || char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Printable(string name) => string.Concat((name ?? "").Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)).Take(60));
}

/// <summary>Sizes of files as people write them.</summary>
public static class FileSize
{
    /// <summary><c>3,2 Mo</c>; a binary megabyte, as file managers count.</summary>
    public static string InFrench(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes.ToString(CultureInfo.InvariantCulture)} octets",
        < 1 << 20 => $"{bytes / 1024m:0} Ko",
        _ => string.Create(CultureInfo.GetCultureInfo("fr-FR"), $"{bytes / 1048576m:0.#} Mo"),
    };
}
