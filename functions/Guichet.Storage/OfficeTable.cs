using Azure;
using Azure.Data.Tables;
using Guichet.Core.Campaigns;
using Guichet.Core.Dashboard;
using Guichet.Core.Dossiers;

namespace Guichet.Storage;

/// <summary>
/// <c>TableauDossiers</c> in the office's own account, one partition a campaign. A row only moves forward: any order and any number of
/// deliveries give the same table.
/// </summary>
public sealed class OfficeTable(TableClient table)
{
    private const string Version = "Version";

    /// <summary>Writes a dossier's row, unless a newer one is there.</summary>
    /// <param name="campaign">The version in force today.</param>
    /// <param name="scoring">The version in force at the deposit.</param>
    public async Task Project(Campaign campaign, Campaign scoring, Dossier dossier, CancellationToken cancellation)
    {
        while (!await TryProject(campaign, scoring, dossier, cancellation))
        {
            // Somebody has written meanwhile: look whether it was newer.
        }
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
