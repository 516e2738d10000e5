using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guichet.Local.Backup;

/// <summary>
/// Gives a backup back to accounts whose tables are empty. Blobs first, so that no row names one that is not there yet; every blob is held against
/// its hash, every table against its count.
/// </summary>
internal static class BackupGivingBack
{
    private const int BlobsAtOnce = 8;

    // A transaction takes 100 rows of one partition and 4 MiB.
    private const int RowsAtOnce = 100;
    private const int CharactersAtOnce = 1 << 20;

    public static async Task<BackupManifest> GiveBack(string path, StoredAccounts accounts, CancellationToken cancellation)
    {
        var folder = new BackupFolder(path);
        var manifest = folder.Read();
        foreach (var (name, _) in manifest.Rows)
        {
            await CheckEmpty(Table(accounts, name), cancellation);
        }

        foreach (var (container, count) in manifest.Blobs)
        {
            Check(container, count, await Blobs(accounts.Blobs.GetBlobContainerClient(container), folder, cancellation));
        }

        foreach (var (name, count) in manifest.Rows)
        {
            Check(name, count, await Rows(Table(accounts, name), folder.TableFile(name.Split('/')[0], name.Split('/')[1]), cancellation));
        }

        return manifest;
    }

    private static TableClient Table(StoredAccounts accounts, string name) => accounts.Tables[name.Split('/')[0]].GetTableClient(name.Split('/')[1]);

    private static async Task CheckEmpty(TableClient table, CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        await foreach (var _ in table.QueryAsync<TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellation))
        {
            throw new LocalProblemException($"La table {table.Name} n’est pas vide : une sauvegarde ne se mêle pas à ce qui est là. Rien n’a été écrit.");
        }
    }

    private static void Check(string what, long announced, long found)
    {
        if (announced != found)
        {
            throw new LocalProblemException($"La sauvegarde est incomplète : {what} devait contenir {announced} éléments et en contient {found}.");
        }
    }

    private static async Task<long> Rows(TableClient table, string file, CancellationToken cancellation)
    {
        var (count, length) = (0L, 0);
        var together = new List<TableTransactionAction>(RowsAtOnce);
        await foreach (var line in File.ReadLinesAsync(file, cancellation))
        {
            var row = TableRows.Row(line);
            if (together.Count > 0 && (together.Count == RowsAtOnce || length + line.Length > CharactersAtOnce || together[0].Entity.PartitionKey != row.PartitionKey))
            {
                await table.SubmitTransactionAsync(together, cancellation);
                together.Clear();
                length = 0;
            }

            together.Add(new TableTransactionAction(TableTransactionActionType.Add, row));
            length += line.Length;
            count++;
        }

        if (together.Count > 0)
        {
            await table.SubmitTransactionAsync(together, cancellation);
        }

        return count;
    }

    private static async Task<long> Blobs(BlobContainerClient container, BackupFolder folder, CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var count = 0L;
        await Parallel.ForEachAsync(
            File.ReadLinesAsync(folder.BlobList(container.Name), cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellation },
            async (line, stop) =>
            {
                var blob = JsonSerializer.Deserialize<BackupBlob>(line)!;
                await Check(blob, folder.BlobFile(container.Name, blob.Name), container.Name, stop);
                await using var content = File.OpenRead(folder.BlobFile(container.Name, blob.Name));
                await container.GetBlobClient(blob.Name).UploadAsync(content, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = blob.ContentType } }, stop);
                Interlocked.Increment(ref count);
            });
        return count;
    }

    private static async Task Check(BackupBlob blob, string file, string container, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new LocalProblemException($"La sauvegarde est incomplète : il y manque {container}/{blob.Name}.");
        }

        await using var content = File.OpenRead(file);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) != blob.Sha256)
        {
            throw new LocalProblemException($"La sauvegarde est abîmée : {container}/{blob.Name} n’est plus ce qui a été sauvegardé.");
        }
    }
}
