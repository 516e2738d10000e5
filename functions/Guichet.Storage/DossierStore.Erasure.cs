using Azure;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Operations;

namespace Guichet.Storage;

public sealed partial class DossierStore
{
    /// <summary>What a transaction of a table holds at most.</summary>
    private const int MostInTransaction = 100;

    /// <summary>
    /// Takes away, for good, what lies in an erased dossier's partition and is not of what remains: its pieces, the judgements of earlier rounds, letters that were
    /// promised and never left, and long texts that no row names any more. Doing it again changes nothing.
    /// </summary>
    /// <param name="id">One that was erased: its remains are rows of their own already.</param>
    public async Task Forget(DossierId id, CancellationToken cancellation)
    {
        var dossier = await Load(id, cancellation);
        if (dossier.Erasure is null)
        {
            throw new InvalidOperationException($"Dossier {id} is not erased.");
        }

        var gone = (await RowsOf(id, cancellation)).Where(row => DossierRows.IsGone(row.RowKey, dossier.JudgedRound));
        foreach (var some in gone.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)).Chunk(MostInTransaction))
        {
            try
            {
                await table.SubmitTransactionAsync(some, cancellation);
            }
            catch (RequestFailedException absent) when (absent.Status is 404)
            {
                throw new PassingFailure($"Les lignes du dossier {id} sont effacées par ailleurs : à reprendre au prochain passage.", absent);
            }
        }

        await texts.Forget(
            id.ToString(),
            async () => (await RowsOf(id, cancellation)).Select(row => row.GetString(LongTexts.BlobColumn)).OfType<string>().ToHashSet(StringComparer.Ordinal),
            cancellation);
    }

    private async Task<List<TableEntity>> RowsOf(DossierId id, CancellationToken cancellation) =>
        await table.QueryAsync<TableEntity>($"PartitionKey eq '{id}'", null, ["PartitionKey", "RowKey", LongTexts.BlobColumn], cancellation).ToListAsync(cancellation);
}
