using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Local.Backup;
using Guichet.Local.Commands;
using Xunit;

namespace Guichet.Storage.Tests;

public sealed class JournalCheckFacts(StorageFixture storage)
{
    private async Task<Dossier> WithThreeEntries()
    {
        var opened = await storage.Opened();
        await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(storage.Closing(dossier)), default);
        return await storage.Dossiers.Change(opened.Id, dossier => Task.FromResult<Step?>(dossier.RevokeLinks(Actor.Office, storage.Clock.Now())), default);
    }

    private async Task<long?> BrokenAt(Dossier dossier) =>
        (await JournalCheck.Run(StoredAccounts.Open(storage.Local.StorageConnection, storage.Local.OfficeConnection))).Broken.FirstOrDefault(one => one.Dossier == dossier.Id.ToString())?.Sequence;

    private async Task<TableEntity> Row(Dossier dossier, int sequence) => (await storage.Table(StorageNames.Dossiers).GetEntityAsync<TableEntity>(dossier.Id.ToString(), $"journal|{sequence:D8}")).Value;

    [Fact]
    public async Task A_journal_that_nobody_touched_holds() => Assert.Null(await BrokenAt(await WithThreeEntries()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_entry_that_was_altered_is_found(int sequence)
    {
        var dossier = await WithThreeEntries();
        var row = await Row(dossier, sequence);
        row["Json"] = row.GetString("Json").Replace("\"actor\":\"", "\"actor\":\"x", StringComparison.Ordinal);
        await storage.Table(StorageNames.Dossiers).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        Assert.Equal(sequence + 1, await BrokenAt(dossier)); // The next does not follow; after the last, the head.
    }

    [Theory]
    [InlineData(40_000)] // In several properties.
    [InlineData(300_000)] // In a blob.
    public async Task A_dossier_that_says_much_is_verified_like_any_other(int length)
    {
        var dossier = await WithThreeEntries();
        await storage.Dossiers.Change(dossier.Id, standing => Task.FromResult<Step?>(standing.PutHold(new string('a', length), Actor.Office, storage.Clock.Now())), default);
        Assert.Null(await BrokenAt(dossier));
        await storage.Table(StorageNames.Dossiers).DeleteEntityAsync(dossier.Id.ToString(), "journal|00000004");
        Assert.Equal(4, await BrokenAt(dossier));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task A_head_that_says_nothing_any_more_is_found(string? json)
    {
        var dossier = await WithThreeEntries();
        var row = (await storage.Table(StorageNames.Dossiers).GetEntityAsync<TableEntity>(dossier.Id.ToString(), "head")).Value;
        row["Json"] = json;
        await storage.Table(StorageNames.Dossiers).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        Assert.Equal(4, await BrokenAt(dossier));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public async Task An_entry_that_was_taken_away_is_found(int sequence, int told)
    {
        var dossier = await WithThreeEntries();
        await storage.Table(StorageNames.Dossiers).DeleteEntityAsync(dossier.Id.ToString(), $"journal|{sequence:D8}");
        Assert.Equal(told, await BrokenAt(dossier));
    }
}
