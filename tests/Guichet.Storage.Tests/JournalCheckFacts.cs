using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
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
