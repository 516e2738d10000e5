using Azure;
using Azure.Data.Tables;
using Guichet.Core.Campaigns;
using Guichet.Core.Dashboard;
using Guichet.Core.Dossiers;

namespace Guichet.Storage;

/// <summary>
/// <c>TableauDossiers</c>, <c>TableauSuivi</c> and <c>TableauIndicateurs</c> in the office's own account, one partition a campaign. A row only moves
/// forward: any order and any number of deliveries give the same tables.
/// </summary>
public sealed class OfficeTable(TableClient table, TableClient followUp, TableClient indicators)
{
    private const string Version = "Version";

    /// <summary>What a transaction of a table holds at most.</summary>
    private const int MostInTransaction = 100;

    /// <summary>Writes a dossier's row, unless a newer one is there.</summary>
    /// <param name="campaign">The version in force today.</param>
    /// <param name="scoring">The version in force at the deposit.</param>
    public async Task Project(Campaign campaign, Campaign scoring, Dossier dossier, CancellationToken cancellation)
    {
        while (!await TryProject(campaign, scoring, dossier, cancellation))
        {
            // Somebody has written meanwhile: look whether it was newer.
        }

        if (dossier.Agreement is not null)
        {
            await Project(followUp, dossier, [.. ProjectRows.FollowUp(campaign, dossier)], cancellation);
            await Project(indicators, dossier, [.. ProjectRows.Indicators(campaign, dossier)], cancellation);
        }
    }

    /// <summary>Writes a dossier's rows in a table, and takes away those that an amendment has ended.</summary>
    private static async Task Project(TableClient rows, Dossier dossier, IReadOnlyCollection<OfficeRow> wanted, CancellationToken cancellation)
    {
        while (!await TryProject(rows, dossier, wanted, cancellation))
        {
            // As above.
        }
    }

    private static async Task<bool> TryProject(TableClient rows, Dossier dossier, IReadOnlyCollection<OfficeRow> wanted, CancellationToken cancellation)
    {
        var standing = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        await foreach (var row in rows.QueryAsync<TableEntity>($"PartitionKey eq '{dossier.Campaign}' and RowKey gt '{dossier.Id}|' and RowKey lt '{dossier.Id}~'", select: ["PartitionKey", "RowKey", Version], cancellationToken: cancellation))
        {
            standing[row.RowKey] = row;
        }

        if (standing.Values.Any(row => row.GetInt64(Version) > dossier.Version))
        {
            return true; // A newer projection has come by; what it may have left undone its own delivery redoes.
        }

        var changes = wanted.Select(row => Change(dossier, row, standing.GetValueOrDefault($"{dossier.Id}|{row.Key}")))
            .Concat(standing.Values.Where(row => wanted.All(one => row.RowKey != $"{dossier.Id}|{one.Key}")).Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)));
        try
        {
            foreach (var some in changes.Chunk(MostInTransaction))
            {
                await rows.SubmitTransactionAsync(some, cancellation);
            }

            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static TableTransactionAction Change(Dossier dossier, OfficeRow row, TableEntity? standing)
    {
        var entity = new TableEntity(dossier.Campaign, $"{dossier.Id}|{row.Key}") { [Version] = dossier.Version };
        foreach (var (column, value) in row.Columns)
        {
            entity[column] = value;
        }

        return standing is null
            ? new TableTransactionAction(TableTransactionActionType.Add, entity)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, standing.ETag);
    }

    private async Task<bool> TryProject(Campaign campaign, Campaign scoring, Dossier dossier, CancellationToken cancellation)
    {
        var standing = await table.GetEntityIfExistsAsync<TableEntity>(dossier.Campaign, dossier.Id.ToString(), [Version], cancellation);
        if (standing.HasValue && standing.Value!.GetInt64(Version) >= dossier.Version)
        {
            return true;
        }

        var row = new TableEntity(dossier.Campaign, dossier.Id.ToString()) { [Version] = dossier.Version };
        foreach (var (column, value) in DossierRow.Columns(campaign, scoring, dossier))
        {
            row[column] = value;
        }

        try
        {
            if (standing.HasValue)
            {
                await table.UpdateEntityAsync(row, standing.Value!.ETag, TableUpdateMode.Replace, cancellation);
            }
            else
            {
                await table.AddEntityAsync(row, cancellation);
            }

            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
        {
            return false;
        }
    }
}
