using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using NodaTime;

namespace Guichet.Storage;

/// <summary>What is known of a request that bears a key.</summary>
/// <param name="BodyHash">Of what it asked, lower-case hexadecimal.</param>
/// <param name="Answer">What was answered, protected; null while it is being answered.</param>
/// <param name="ETag">What the next write compares.</param>
public sealed record KeyedRequest(string BodyHash, byte[]? Answer, string ETag);

/// <summary>Requests that bear a key, one partition a caller: what was answered once is answered again.</summary>
public sealed class RequestTable(TableClient table, GuichetClock clock)
{
    /// <summary>Longer than a request may take: whoever began so long ago has died.</summary>
    private static readonly TimeSpan AnswerTimeOut = TimeSpan.FromMinutes(4);

    /// <summary>Begins to answer a request.</summary>
    /// <returns>It, and whether it is for the caller to answer: not where it was, or is being answered elsewhere.</returns>
    public async Task<(KeyedRequest Request, bool IsOurs)> Begin(string caller, string key, string bodyHash, CancellationToken cancellation)
    {
        var row = new TableEntity(caller, key) { ["BodyHash"] = bodyHash, ["BegunAt"] = clock.GetUtcNow() };
        try
        {
            var added = await table.AddEntityAsync(row, cancellation);
            return (new KeyedRequest(bodyHash, null, added.Headers.ETag.ToString()!), true);
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            TableEntity standing = await table.GetEntityAsync<TableEntity>(caller, key, cancellationToken: cancellation);
            var known = new KeyedRequest(standing.GetString("BodyHash"), standing.GetBinary("Answer"), standing.ETag.ToString());
            return known.Answer is null && clock.GetUtcNow() - standing.GetDateTimeOffset("BegunAt") > AnswerTimeOut
                ? await TakeOver(row, known, cancellation)
                : (known, false);
        }
    }

    /// <summary>Records what was answered; what is too long to be kept is answered anew each time.</summary>
    public Task End(string caller, string key, KeyedRequest request, byte[] answer, CancellationToken cancellation) => answer.Length > 60_000
        ? Forget(caller, key, cancellation)
        : table.UpdateEntityAsync(new TableEntity(caller, key) { ["BodyHash"] = request.BodyHash, ["Answer"] = answer, ["EndedAt"] = clock.GetUtcNow() }, new ETag(request.ETag), TableUpdateMode.Replace, cancellation);

    /// <summary>Forgets a request that was refused or failed: it may be made again with the same key.</summary>
    public Task Forget(string caller, string key, CancellationToken cancellation) => table.DeleteEntityAsync(caller, key, ETag.All, cancellation);

    /// <summary>Forgets what was asked before an instant, for good: nobody sends a request again after so long, and its answer may hold what is erased elsewhere.</summary>
    public async Task ForgetBefore(Instant instant, CancellationToken cancellation)
    {
        var old = TableClient.CreateQueryFilter($"EndedAt lt {instant.ToDateTimeOffset()} or BegunAt lt {instant.ToDateTimeOffset()}");
        await foreach (var row in table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
        }
    }

    private async Task<(KeyedRequest, bool)> TakeOver(TableEntity row, KeyedRequest known, CancellationToken cancellation)
    {
        try
        {
            var taken = await table.UpdateEntityAsync(row, new ETag(known.ETag), TableUpdateMode.Replace, cancellation);
            return (known with { BodyHash = row.GetString("BodyHash"), ETag = taken.Headers.ETag.ToString()! }, true);
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            return (known, false);
        }
    }
}
