using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Storage;

/// <summary>What became of a mail.</summary>
public enum MailState
{
    /// <summary>Not sent yet, or being sent.</summary>
    Waiting,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>The mail server has refused its recipient for good.</summary>
    Refused,

    /// <summary>What it would say was no longer so when it could have left.</summary>
    Overtaken,
}

/// <summary>
/// Every mail, one row a recipient, purpose and date: which is why it leaves once. A row is written before the mail server is spoken to, and
/// marked with its answer.
/// </summary>
public sealed class MailTable(TableClient table, GuichetClock clock)
{
    /// <summary>Longer than a mail server is given (90 seconds): whoever claimed a mail so long ago has died.</summary>
    private static readonly TimeSpan ClaimTimeOut = TimeSpan.FromMinutes(2);

    /// <summary>Records that a letter is to leave; recording it again changes nothing.</summary>
    /// <returns>Whether it was new.</returns>
    public async Task<bool> Expect(Letter letter, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(New(letter), cancellation);
            return true;
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return false;
        }
    }

    /// <summary>A letter that was recorded and has not left, or null.</summary>
    /// <param name="subject">As <see cref="SubjectOf"/> gives it.</param>
    public async Task<Letter?> FindWaiting(string subject, CancellationToken cancellation)
    {
        var (partition, key) = (subject[..subject.IndexOf('|', StringComparison.Ordinal)], subject[(subject.IndexOf('|', StringComparison.Ordinal) + 1)..]);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
        return row.HasValue && StateOf(row.Value!) is MailState.Waiting ? JsonSerializer.Deserialize<Letter>(row.Value!.GetString("Letter"), GuichetJson.Options) : null;
    }

    /// <summary>What a hint names a mail by.</summary>
    public static string SubjectOf(Letter letter) => $"{Partition(letter)}|{Key(letter)}";

    /// <summary>Claims a letter for sending.</summary>
    /// <returns>What to settle afterwards; null where it has left already.</returns>
    /// <exception cref="PassingFailure">Somebody else is sending it at this moment.</exception>
    public async Task<MailClaim?> Claim(Letter letter, CancellationToken cancellation)
    {
        var fresh = New(letter);
        fresh["ClaimedAt"] = clock.GetUtcNow();
        fresh["Attempts"] = 1;
        try
        {
            var added = await table.AddEntityAsync(fresh, cancellation);
            return new MailClaim(fresh, added.Headers.ETag.ToString()!);
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            // Recorded when it was decided, or tried before: whether it may be sent is in its row.
        }

        TableEntity row = await table.GetEntityAsync<TableEntity>(Partition(letter), Key(letter), cancellationToken: cancellation);
        if (StateOf(row) is not MailState.Waiting)
        {
            return null;
        }

        if (row.GetDateTimeOffset("ClaimedAt") is { } claimed && clock.GetUtcNow() - claimed < ClaimTimeOut)
        {
            throw new PassingFailure("Ce courriel est en cours d’envoi par ailleurs.");
        }

        row["ClaimedAt"] = clock.GetUtcNow();
        row["Attempts"] = (row.GetInt32("Attempts") ?? 0) + 1;
        try
        {
            var claim = await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
            return new MailClaim(row, claim.Headers.ETag.ToString()!);
        }
        catch (RequestFailedException conflict) when (conflict.Status is 412)
        {
            throw new PassingFailure("Ce courriel est en cours d’envoi par ailleurs.", conflict);
        }
    }

    /// <summary>Marks a claimed letter with the mail server's answer.</summary>
    /// <param name="state">Sent or refused; waiting gives the claim back, to be tried again.</param>
    /// <param name="answer">The server's words.</param>
    public Task Settle(MailClaim claim, MailState state, string subject, string answer, CancellationToken cancellation)
    {
        var row = claim.Row;
        row["State"] = state.ToString();
        row["Objet"] = subject;
        row["Reponse"] = answer;
        row["SettledAt"] = clock.GetUtcNow();
        row.Remove("ClaimedAt");
        if (state is MailState.Sent)
        {
            row["SentAt"] = clock.GetUtcNow();
        }

        Telemetry.Mailed(state);
        return table.UpdateEntityAsync(row, new ETag(claim.ETag), TableUpdateMode.Replace, cancellation);
    }

    /// <summary>The mails of a campaign that a server has refused since an instant, or all of them, each with its subject and the server's words.</summary>
    public async IAsyncEnumerable<(Letter Letter, string Subject, string Words)> RefusedSince(
        string campaign, Instant? since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var refused = TableClient.CreateQueryFilter($"State eq {nameof(MailState.Refused)} and SettledAt gt {(since ?? Instant.FromUnixTimeTicks(0)).ToDateTimeOffset()}");
        await foreach (var row in table.QueryAsync<TableEntity>(refused, cancellationToken: cancellation))
        {
            if (JsonSerializer.Deserialize<Letter>(row.GetString("Letter"), GuichetJson.Options)! is { } letter && letter.Campaign == campaign)
            {
                yield return (letter, row.GetString("Objet"), row.GetString("Reponse"));
            }
        }
    }

    /// <summary>Takes away, for good, the mails that are about these dossiers alone, and from those about more what they say of these.</summary>
    public async Task Forget(IReadOnlyCollection<DossierId> dossiers, CancellationToken cancellation)
    {
        var numbers = dossiers.Select(dossier => dossier.ToString()).ToList();
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey", "Letter"], cancellationToken: cancellation))
        {
            if (!numbers.Any(number => row.GetString("Letter").Contains(number, StringComparison.Ordinal)))
            {
                continue;
            }

            var letter = JsonSerializer.Deserialize<Letter>(row.GetString("Letter"), GuichetJson.Options)!;
            if (letter.Kind is not (LetterKind.Digest or LetterKind.OfficeDigest) && letter.Dossiers.All(dossiers.Contains))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            }
            else if (letter.Says.RemoveAll(sentence => numbers.Any(number => sentence.Contains(number, StringComparison.Ordinal))) is var says && says.Length < letter.Says.Length)
            {
                var less = new TableEntity(row.PartitionKey, row.RowKey) { ["Letter"] = JsonSerializer.Serialize(letter with { Says = says }, GuichetJson.Options) };
                await table.UpdateEntityAsync(less, ETag.All, TableUpdateMode.Merge, cancellation);
            }
        }
    }

    private TableEntity New(Letter letter) => new(Partition(letter), Key(letter))
    {
        ["State"] = nameof(MailState.Waiting),
        ["Kind"] = letter.Kind.ToString(),
        ["Letter"] = JsonSerializer.Serialize(letter, GuichetJson.Options),
        ["ExpectedAt"] = clock.GetUtcNow(),
    };

    private static MailState StateOf(TableEntity row) => Enum.Parse<MailState>(row.GetString("State"));

    private static string Partition(Letter letter) => Uri.EscapeDataString(letter.Recipient.ToLowerInvariant());

    private static string Key(Letter letter) => Uri.EscapeDataString(letter.Key);
}

/// <summary>A letter that one handler alone may send.</summary>
public sealed class MailClaim
{
    internal MailClaim(TableEntity row, string eTag) => (Row, ETag) = (row, eTag);

    internal TableEntity Row { get; }

    internal string ETag { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt => Row.GetInt32("Attempts") ?? 1;
}
