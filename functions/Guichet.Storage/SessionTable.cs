using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Review;

namespace Guichet.Storage;

/// <summary>The committee's sessions, one partition a campaign, a row a session.</summary>
public sealed class SessionTable(TableClient table, LongTexts texts)
{
    /// <summary>A session, or null where there is none of that id.</summary>
    public async Task<CommitteeSession?> Find(string campaign, string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(campaign, id, cancellationToken: cancellation);
        return row.HasValue ? await Read(row.Value!, cancellation) : null;
    }

    /// <summary>A campaign's sessions, by date.</summary>
    public async Task<IReadOnlyList<CommitteeSession>> List(string campaign, CancellationToken cancellation)
    {
        var sessions = new List<CommitteeSession>();
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == campaign, cancellationToken: cancellation))
        {
            sessions.Add(await Read(row, cancellation));
        }

        return [.. sessions.OrderBy(session => session.Date).ThenBy(session => session.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes a session as it was read last, or one that is new.</summary>
    /// <returns>It with what the next write compares; null where somebody else has written it meanwhile.</returns>
    public async Task<CommitteeSession?> Save(CommitteeSession session, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(session with { ETag = "" }, GuichetJson.Options);
        var row = new TableEntity(session.Campaign, session.Id);
        await texts.Write(row, LongTexts.OfSession(session.Campaign, session.Id), json, cancellation);
        try
        {
            var written = session.ETag.Length == 0
                ? await table.AddEntityAsync(row, cancellation)
                : await table.UpdateEntityAsync(row, new ETag(session.ETag), TableUpdateMode.Replace, cancellation);
            return session with { ETag = written.Headers.ETag.ToString()! };
        }
        catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
        {
            // A write whose answer was lost finds its own work when it is tried again.
            return await Find(session.Campaign, session.Id, cancellation) is { } standing && JsonSerializer.Serialize(standing with { ETag = "" }, GuichetJson.Options) == json ? standing : null;
        }
    }

    /// <summary>Takes away, for good, what a session said in long texts before it was written last.</summary>
    public Task ForgetEarlier(CommitteeSession session, CancellationToken cancellation) => texts.Forget(LongTexts.OfSession(session.Campaign, session.Id), async () =>
    {
        TableEntity row = await table.GetEntityAsync<TableEntity>(session.Campaign, session.Id, [LongTexts.BlobColumn], cancellation);
        return row.GetString(LongTexts.BlobColumn) is { } name ? new HashSet<string>(StringComparer.Ordinal) { name } : [];
    }, cancellation);

    private async Task<CommitteeSession> Read(TableEntity row, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<CommitteeSession>(await texts.Read(row, cancellation), GuichetJson.Options)! with { ETag = row.ETag.ToString() };
}
