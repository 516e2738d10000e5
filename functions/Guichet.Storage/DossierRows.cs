using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Core.Scoring;
using NodaTime;

namespace Guichet.Storage;

/// <summary>
/// How a dossier stands in its partition: the head, a row a piece, one for the findings of a round and one for its pre-score, a row a review, a row a
/// milestone, a row a tranche, a row a journal entry, a row a promise. Each row is JSON with the version of its schema, and beside it the columns that are asked for.
/// </summary>
internal sealed class DossierRows(LongTexts texts)
{
    public const string HeadKey = "head";
    public const int SchemaVersion = 1;

    /// <summary>State without the journal and the promises, which only grow and which no step decides on.</summary>
    public static string StateOf(DossierId id) =>
        $"PartitionKey eq '{id}' and (RowKey lt 'journal|' or (RowKey gt 'journal~' and RowKey lt 'promise|') or RowKey gt 'promise~')";

    /// <summary>State without the pieces either, which are most of it.</summary>
    public static string StateWithoutPiecesOf(DossierId id) =>
        $"PartitionKey eq '{id}' and (RowKey lt 'journal|' or (RowKey gt 'journal~' and RowKey lt 'piece|') or (RowKey gt 'piece~' and RowKey lt 'promise|') or RowKey gt 'promise~')";

    public static string PromisesOf(DossierId id) => $"PartitionKey eq '{id}' and RowKey gt 'promise|' and RowKey lt 'promise~'";

    public static string JournalOf(DossierId id) => $"PartitionKey eq '{id}' and RowKey gt 'journal|' and RowKey lt 'journal~'";

    public static string PieceKey(string slot) => $"piece|{slot}";

    public static string JournalKey(long sequence) => string.Create(CultureInfo.InvariantCulture, $"journal|{sequence:D8}");

    public static string PromiseKey(long version, string purpose) =>
        string.Create(CultureInfo.InvariantCulture, $"promise|{version:D8}|{Uri.EscapeDataString(purpose)}");

    /// <summary>Whether a row of an erased dossier is none of what remains of it.</summary>
    /// <param name="round">The round that was judged last: of earlier ones nothing remains.</param>
    public static bool IsGone(string key, int round) => key.Split('|') switch
    {
        ["piece", ..] => true,
        ["findings" or "prescore", var of] => of != RoundName(round),
        ["promise", _, var purpose] => purpose.StartsWith("mail-", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The rows that a step adds or changes, all of one partition.</summary>
    public async Task<List<TableTransactionAction>> Write(Step step, CancellationToken cancellation)
    {
        var (before, after) = (step.Before, step.After);
        var head = await Row(after.Id, HeadKey, Head.Of(after), cancellation);
        head["Status"] = after.Status.ToString();
        head["Version"] = after.Version;
        head["Campaign"] = after.Campaign;
        List<TableTransactionAction> actions =
        [
            before is null
                ? new(TableTransactionActionType.Add, head)
                : new(TableTransactionActionType.UpdateReplace, head, new ETag(before.ETag)),
        ];
        async Task Put(string key, object content, bool isNew = false) => actions.Add(new(
            isNew ? TableTransactionActionType.Add : TableTransactionActionType.UpsertReplace, await Row(after.Id, key, content, cancellation)));

        foreach (var piece in after.Pieces.Skip(before?.Pieces.Length ?? 0))
        {
            await Put(PieceKey(piece.Slot), piece, isNew: true);
        }

        var round = RoundName(after.JudgedRound);
        if (after.Verdict is not null && after.Verdict != before?.Verdict)
        {
            await Put($"findings|{round}", new Judged(after.Application!, after.Verdict, after.Twins));
        }

        if (after.PreScore is not null && after.PreScore != before?.PreScore)
        {
            await Put($"prescore|{round}", after.PreScore);
        }

        foreach (var milestone in after.Milestones.Where(milestone => before?.Milestones.Contains(milestone) is not true))
        {
            await Put(Numbered("milestone", milestone.Number), milestone);
        }

        foreach (var tranche in after.Tranches.Where(tranche => before?.Tranches.Contains(tranche) is not true))
        {
            await Put(Numbered("tranche", tranche.Number), tranche);
        }

        // An amendment may leave fewer of them.
        var gone = (before?.Milestones ?? []).Select(milestone => Numbered("milestone", milestone.Number)).Except(after.Milestones.Select(milestone => Numbered("milestone", milestone.Number)), StringComparer.Ordinal)
            .Concat((before?.Tranches ?? []).Select(tranche => Numbered("tranche", tranche.Number)).Except(after.Tranches.Select(tranche => Numbered("tranche", tranche.Number)), StringComparer.Ordinal));
        actions.AddRange(gone.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(after.Id.ToString(), key), ETag.All)));

        foreach (var sheet in after.Reviews.Where(sheet => before?.Reviews.Contains(sheet) is not true))
        {
            await Put($"review|{sheet.Reviewer}", sheet);
        }

        await Put(JournalKey(step.Entry.Sequence), step.Entry, isNew: true);
        foreach (var message in step.Messages)
        {
            await Put(PromiseKey(after.Version, message.Id.Split('/', 3)[2]), message, isNew: true);
        }

        return actions;
    }

    /// <summary>A dossier from its rows; null where there is no head among them.</summary>
    public async Task<Dossier?> Read(IReadOnlyCollection<TableEntity> rows, CancellationToken cancellation)
    {
        if (rows.FirstOrDefault(row => row.RowKey == HeadKey) is not { } headRow)
        {
            return null;
        }

        var head = await Content<Head>(headRow, cancellation);
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        foreach (var row in rows.Where(row => head.Erasure is null && row.RowKey.StartsWith("piece|", StringComparison.Ordinal))) // What is erased is not read, though it may lie there still.
        {
            pieces.Add(await Piece(row, cancellation));
        }

        var judged = rows.LastOrDefault(row => row.RowKey.StartsWith("findings|", StringComparison.Ordinal)) is { } findings ? await Content<Judged>(findings, cancellation) : null;
        var preScore = rows.LastOrDefault(row => row.RowKey.StartsWith("prescore|", StringComparison.Ordinal)) is { } scored ? await Content<PreScore>(scored, cancellation) : null;
        return head.ToDossier(DossierId.Parse(headRow.PartitionKey)) with
        {
            Application = judged?.Application,
            Verdict = judged?.Verdict,
            Twins = judged?.Twins,
            PreScore = preScore,
            Milestones = [.. await All<Milestone>(rows, "milestone|", cancellation)],
            Tranches = [.. await All<Tranche>(rows, "tranche|", cancellation)],
            Reviews = [.. (await All<ReviewSheet>(rows, "review|", cancellation)).OrderBy(sheet => sheet.AssignedAt).ThenBy(sheet => sheet.Arbitration).ThenBy(sheet => sheet.Reviewer, StringComparer.Ordinal)],
            Pieces = pieces.ToImmutable(),
            ETag = headRow.ETag.ToString(),
        };
    }

    /// <summary>A row whose content is JSON.</summary>
    public async Task<TableEntity> Row(DossierId dossier, string key, object content, CancellationToken cancellation)
    {
        var row = new TableEntity(dossier.ToString(), key) { ["Schema"] = SchemaVersion };
        await texts.Write(row, dossier.ToString(), JsonSerializer.Serialize(content, content.GetType(), GuichetJson.Options), cancellation);
        return row;
    }

    public async Task<Piece> Piece(TableEntity row, CancellationToken cancellation) =>
        await Content<Piece>(row, cancellation) with { ETag = row.ETag.ToString() };

    public async Task<T> Content<T>(TableEntity row, CancellationToken cancellation)
    {
        if (row.GetInt32("Schema") is not (>= 1 and <= SchemaVersion))
        {
            throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} has schema {row.GetInt32("Schema")}, and this version reads those up to {SchemaVersion}.");
        }

        return JsonSerializer.Deserialize<T>(await texts.Read(row, cancellation), GuichetJson.Options) ?? throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} is empty.");
    }

    private static string RoundName(int round) => round.ToString("D4", CultureInfo.InvariantCulture);

    private static string Numbered(string kind, int number) => $"{kind}|{number.ToString("D2", CultureInfo.InvariantCulture)}";

    private async Task<List<T>> All<T>(IEnumerable<TableEntity> rows, string prefix, CancellationToken cancellation)
    {
        var contents = new List<T>();
        foreach (var row in rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)))
        {
            contents.Add(await Content<T>(row, cancellation));
        }

        return contents;
    }

    private sealed record Judged(GrantApplication Application, EligibilityVerdict Verdict, ImmutableArray<DossierId>? Twins);

    /// <summary>What the head row holds of a dossier; the rest stands in rows of its own.</summary>
    private sealed record Head(
        string Campaign, DossierStatus Status, long Version, Instant OpenedAt, string Email, string? TokenHash, Closing? Closing,
        int JudgedRound, LocalDate? CompleteBefore, Agreement? Agreement, JournalEnd Journal, Decision? Decision, int LinkGeneration = 0, Closure? Closure = null,
        Instant? OverSince = null, LegalHold? Hold = null, Erasure? Erasure = null)
    {
        public static Head Of(Dossier dossier) => new(
            dossier.Campaign, dossier.Status, dossier.Version, dossier.OpenedAt, dossier.Email, dossier.TokenHash, dossier.Closing,
            dossier.JudgedRound, dossier.CompleteBefore, dossier.Agreement, dossier.Journal, dossier.Decision, dossier.LinkGeneration, dossier.Closure,
            dossier.OverSince, dossier.Hold, dossier.Erasure);

        public Dossier ToDossier(DossierId id) => new()
        {
            Id = id,
            Campaign = Campaign,
            Status = Status,
            Version = Version,
            OpenedAt = OpenedAt,
            Email = Email,
            TokenHash = TokenHash,
            Closing = Closing,
            JudgedRound = JudgedRound,
            CompleteBefore = CompleteBefore,
            Agreement = Agreement,
            Journal = Journal,
            Decision = Decision,
            LinkGeneration = LinkGeneration,
            Closure = Closure,
            OverSince = OverSince,
            Hold = Hold,
            Erasure = Erasure,
        };
    }
}
