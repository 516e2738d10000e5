using System.Collections.Immutable;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;

namespace Guichet.Storage;

/// <summary>
/// Which dossiers present which project: one partition a campaign, one row a project and dossier, written before the dossier is judged, so that of
/// two that come at once one at least sees the other. A row is a hint: what a dossier presents today is asked of the dossier.
/// </summary>
public sealed class ProjectTable(TableClient table, DossierStore dossiers)
{
    /// <summary>How many are worth telling: one would be reason enough to look.</summary>
    private const int Most = 10;

    /// <summary>Enters a dossier with the project that it presents, and gives the other live dossiers that present the same, in order: ten at most.</summary>
    public async Task<ImmutableArray<DossierId>> Enter(Dossier dossier, GrantApplication application, CancellationToken cancellation)
    {
        if (ProjectIdentity.Of(application) is not { } identity)
        {
            return [];
        }

        await table.UpsertEntityAsync(new TableEntity(dossier.Campaign, $"{identity.Key}|{dossier.Id}"), TableUpdateMode.Replace, cancellation);
        var twins = ImmutableArray.CreateBuilder<DossierId>();
        var filter = $"PartitionKey eq '{dossier.Campaign}' and RowKey gt '{identity.Key}|' and RowKey lt '{identity.Key}~'";
        await foreach (var row in table.QueryAsync<TableEntity>(filter, null, ["RowKey"], cancellation))
        {
            var other = DossierId.Parse(row.RowKey[(identity.Key.Length + 1)..]);
            if (twins.Count == Most)
            {
                break;
            }

            if (other != dossier.Id && await dossiers.Find(other, cancellation) is { } found && found.Status.IsLive()
                && (found.Application is null || ProjectIdentity.Of(found.Application) == identity))
            {
                twins.Add(other);
            }
        }

        return twins.ToImmutable();
    }
}
