using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Local.Backup;

namespace Guichet.Local.Commands;

/// <summary>A dossier whose journal does not hold.</summary>
/// <param name="Dossier">Its number.</param>
/// <param name="Sequence">The first entry that does not follow: it is missing, or the one before was altered.</param>
public sealed record BrokenJournal(string Dossier, long Sequence);

/// <summary>What a verification found.</summary>
public sealed record JournalFindings(int Dossiers, long Entries, IReadOnlyList<BrokenJournal> Broken);

/// <summary>
/// Verifies the journals of all dossiers, straight from storage and without the app: each entry carries the hash of the one before, and the dossier's head
/// that of the last.
/// </summary>
public static class JournalCheck
{
    private const string Rows = "RowKey eq 'head' or (RowKey gt 'journal|' and RowKey lt 'journal~')";

    /// <summary>Verifies them, one dossier at a time: a hundred thousand take no more memory than one.</summary>
    public static async Task<JournalFindings> Run(StoredAccounts accounts, CancellationToken cancellation = default)
    {
        var texts = accounts.Blobs.GetBlobContainerClient("texts");
        var (dossiers, entries, broken) = (0, 0L, new List<BrokenJournal>());
        var (dossier, end, chain) = ("", JournalEnd.Empty, new List<JournalEntry?>());

        void Finish()
        {
            if (dossier.Length == 0)
            {
                return;
            }

            (dossiers, entries) = (dossiers + 1, entries + chain.Count);
            var readable = chain.TakeWhile(entry => entry is not null).Select(entry => entry!).ToList();
            if ((readable.Count < chain.Count ? readable.Count + 1 : JournalEntry.FirstBroken(readable, end)) is { } sequence)
            {
                broken.Add(new BrokenJournal(dossier, sequence));
            }
        }

        await foreach (var row in accounts.Tables["guichet"].GetTableClient("Dossiers").QueryAsync<TableEntity>(Rows, cancellationToken: cancellation))
        {
            if (row.PartitionKey != dossier)
            {
                Finish();
                (dossier, end) = (row.PartitionKey, JournalEnd.Empty);
                chain.Clear();
            }

            if (row.RowKey == "head")
            {
                end = (await Read<Head>(row, texts, Lenient, cancellation))?.Journal ?? Unreadable;
            }
            else
            {
                chain.Add(await Read<JournalEntry>(row, texts, GuichetJson.Options, cancellation));
            }
        }

        Finish();
        return new JournalFindings(dossiers, entries, broken);
    }

    /// <summary><c>journal</c>: verifies and says what does not hold.</summary>
    internal static async Task<int> Run(string[] args)
    {
        var found = await BackupCommands.Reaching(() => Run(BackupCommands.Accounts(args)));
        foreach (var one in found.Broken)
        {
            Say.Line($"  dossier {one.Dossier} : l’entrée {one.Sequence} ne suit pas : elle manque, ou celle d’avant a été modifiée");
        }

        Say.Line($"{found.Dossiers} dossiers, {found.Entries} entrées de journal : {(found.Broken.Count == 0 ? "toutes se suivent." : $"{found.Broken.Count} dossier(s) dont le journal ne se suit pas.")}");
        return found.Broken.Count == 0 ? 0 : 1;
    }

    /// <summary>The end of no journal, so that none holds up to it.</summary>
    private static readonly JournalEnd Unreadable = new(-1, "");

    private static readonly JsonSerializerOptions Lenient = new(GuichetJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };

    /// <summary>What a row says; null where that cannot be read, as after somebody's hand.</summary>
    private static async Task<T?> Read<T>(TableEntity row, BlobContainerClient texts, JsonSerializerOptions options, CancellationToken cancellation) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(await StoredJson.Of(row, texts, cancellation), options);
        }
        catch (Exception fault) when (fault is JsonException or RequestFailedException { Status: 404 })
        {
            return null;
        }
    }

    private sealed record Head(JournalEnd? Journal);
}
