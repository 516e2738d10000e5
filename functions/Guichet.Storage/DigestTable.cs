using Azure;
using Azure.Data.Tables;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Storage;

/// <summary>How often each person wants a digest and when it was told last: one partition a campaign, a row a person.</summary>
public sealed class DigestTable(TableClient table)
{
    /// <summary>What is known of a person.</summary>
    public async Task<(DigestFrequency Frequency, Instant? Told)> Find(string campaign, string person, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(campaign, Uri.EscapeDataString(person), cancellationToken: cancellation);
        return row.HasValue
            ? (Enum.TryParse<DigestFrequency>(row.Value!.GetString("Frequency"), out var frequency) ? frequency : DigestFrequency.Daily,
                row.Value!.GetDateTimeOffset("ToldAt") is { } told ? Instant.FromDateTimeOffset(told) : null)
            : (DigestFrequency.Daily, null);
    }

    /// <summary>Records what a person has chosen.</summary>
    public Task Choose(string campaign, string person, DigestFrequency frequency, CancellationToken cancellation) =>
        Merge(campaign, person, "Frequency", frequency.ToString(), cancellation);

    /// <summary>Records that an occasion is behind a person, whether there was something to say or not.</summary>
    public Task Tell(string campaign, string person, Instant at, CancellationToken cancellation) =>
        Merge(campaign, person, "ToldAt", at.ToDateTimeOffset(), cancellation);

    private Task<Response> Merge(string campaign, string person, string column, object value, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(campaign, Uri.EscapeDataString(person)) { [column] = value }, TableUpdateMode.Merge, cancellation);
}
