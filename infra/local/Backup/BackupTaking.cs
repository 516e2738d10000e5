using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Guichet.Local.Azurite;

namespace Guichet.Local.Backup;

/// <summary>
/// Takes down everything that is stored, a row and a block at a time. Tables first: a blob is there before the row that names it, so that no row
/// of a backup names a blob that it lacks.
/// </summary>
internal static class BackupTaking
{
    private const int BlobsAtOnce = 8;

    public static async Task<BackupManifest> Take(StoredAccounts accounts, string path, CancellationToken cancellation)
    {
        var folder = new BackupFolder(path);
        folder.Begin();
        var begun = TimeProvider.System.GetUtcNow();
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (account, tables) in accounts.Tables)
        {
            foreach (var table in account == "office" ? StorageLayout.OfficeTablesKept : StorageLayout.Tables)
            {
                rows[$"{account}/{table}"] = await Rows(tables.GetTableClient(table), folder.TableFile(account, table), cancellation);
            }
        }

        var blobs = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var container in StorageLayout.Containers)
        {
            blobs[container] = await Blobs(accounts.Blobs.GetBlobContainerClient(container), folder, cancellation);
        }

        var manifest = new BackupManifest(begun, rows, blobs);
        folder.Finish(manifest);
        return manifest;
    }

    private static async Task<long> Rows(TableClient table, string file, CancellationToken cancellation)
    {
        var count = 0L;
        await using var lines = new StreamWriter(file);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            await lines.WriteLineAsync(TableRows.Line(row).AsMemory(), cancellation);
            count++;
        }

        return count;
    }

    private static async Task<long> Blobs(BlobContainerClient container, BackupFolder folder, CancellationToken cancellation)
    {
        var count = 0L;
        using var turn = new SemaphoreSlim(1);
        await using var list = new StreamWriter(folder.BlobList(container.Name));
        await Parallel.ForEachAsync(
            container.GetBlobsAsync(cancellationToken: cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellation },
            async (blob, stop) =>
            {
                var taken = await Take(container.GetBlobClient(blob.Name), folder.BlobFile(container.Name, blob.Name), stop);
                await turn.WaitAsync(stop);
                try
                {
                    await list.WriteLineAsync(JsonSerializer.Serialize(taken));
                    count++;
                }
                finally
                {
                    turn.Release();
                }
            });
        return count;
    }

    private static async Task<BackupBlob> Take(BlobClient blob, string file, CancellationToken cancellation)
    {
        var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value;
        await using var content = download.Content;
        using var hash = SHA256.Create();
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true);
        await using (var hashing = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await content.CopyToAsync(hashing, cancellation);
        }

        return new BackupBlob(blob.Name, target.Length, Convert.ToHexStringLower(hash.Hash!), download.Details.ContentType, download.Details.LastModified);
    }
}
