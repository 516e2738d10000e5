using Azure.Data.Tables;

namespace Guichet.Storage;

/// <summary>
/// <c>TableauRegles</c> in the office's own account: what became of each file of rules that the office uploaded, one partition a campaign, one row a version.
/// </summary>
public sealed class RulesTable(TableClient table, GuichetClock clock)
{
    private const int LongestText = 30_000;

    /// <summary>Writes what a file's check gave, over what the one before gave.</summary>
    public Task Write(RulesCheck check, CancellationToken cancellation)
    {
        var faults = string.Join("\n", check.Faults);
        return table.UpsertEntityAsync(
            new TableEntity(check.Id, Uri.EscapeDataString(check.Version))
            {
                ["Etat"] = check.Campaign is null ? "Refusé : le fichier ne change rien" : "Applicable à sa date d’effet",
                ["Constats"] = faults.Length <= LongestText ? faults : faults[..LongestText] + "…",
                ["Guichet"] = check.Campaign?.Name,
                ["DateEffet"] = check.Campaign is { } campaign ? campaign.Effect.AtStartOfDayInZone(campaign.Zone).ToDateTimeOffset() : null,
                ["VerifieLe"] = clock.GetUtcNow(),
            },
            TableUpdateMode.Replace,
            cancellation);
    }
}
