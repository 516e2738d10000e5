using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guichet.Local;
using Guichet.Local.Azurite;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

public sealed class AzuriteFacts(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly string[] Partitions = ["un", "deux", "l'autre"];

    private static CancellationToken Cancellation => StorageFixture.Cancellation;

    [Fact]
    public async Task Has_the_containers_and_tables_that_the_app_works_on()
    {
        var containers = new BlobServiceClient(storage.Local.StorageConnection).GetBlobContainersAsync(cancellationToken: Cancellation);
        var tables = new TableServiceClient(storage.Local.StorageConnection).QueryAsync(cancellationToken: Cancellation);
        var office = new TableServiceClient(storage.Local.OfficeConnection).QueryAsync(cancellationToken: Cancellation);

        Assert.Equal(StorageLayout.Containers.Order(), (await containers.Select(one => one.Name).ToListAsync(Cancellation)).Order());
        Assert.Equal(StorageLayout.Tables.Order(), (await tables.Select(one => one.Name).ToListAsync(Cancellation)).Order());
        Assert.Equal(StorageLayout.OfficeTables.Order(), (await office.Select(one => one.Name).ToListAsync(Cancellation)).Order());
    }

    [Fact]
    public async Task Holds_the_campaigns_of_the_repository()
    {
        var campaign = new BlobClient(storage.Local.StorageConnection, "campaigns", "ftap-data/2023-01.json");
        Assert.True(await campaign.ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Opens_no_account_with_the_key_of_the_other()
    {
        var crossed = storage.Local.StorageConnection.Replace(StorageAccount.Guichet.Key, StorageAccount.Office.Key, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => new BlobContainerClient(crossed, "deposits").GetPropertiesAsync(cancellationToken: Cancellation));
        Assert.Equal(403, refused.Status);
    }

    [Theory]
    [InlineData("PartitionKey eq 'l''autre'")]
    [InlineData("PartitionKey eq 'un' and RowKey gt '03'")]
    [InlineData("(PartitionKey eq 'un') and ((RowKey ge '02') and (RowKey lt '07'))")]
    [InlineData("PartitionKey eq 'un' and Said eq 'un or deux'")]
    [InlineData("PartitionKey eq 'un' or PartitionKey eq 'l''autre'")]
    [InlineData("PartitionKey eq 'un' and not (RowKey eq '04')")]
    [InlineData("PartitionKey ge 'un'")]
    [InlineData("PartitionKey eq 'aucun'")]
    [InlineData("PartitionKey eq 'un' and RowKey gt '03|' and RowKey lt '03~'")]
    [InlineData("PartitionKey eq 'un' and RowKey gt '0|' and RowKey lt '0~'")]
    [InlineData("PartitionKey eq 'un' and RowKey gt '09|' and RowKey lt '09~'")]
    [InlineData("PartitionKey eq 'un' and RowKey gt 'l''été|' and RowKey lt 'l''été~'")]
    [InlineData("PartitionKey eq 'un' and (RowKey lt '03' or (RowKey gt '03|' and RowKey lt '03~'))")]
    [InlineData("PartitionKey eq 'un' and (RowKey lt '03') or (RowKey gt '03|' and RowKey lt '03~')")]
    [InlineData("(PartitionKey eq 'un') and ((RowKey lt '03') or (RowKey gt '07'))")]
    [InlineData("(PartitionKey eq 'un' or RowKey eq '05') and (RowKey lt '07')")]
    [InlineData("PartitionKey eq 'un' and (RowKey lt '03' or (PartitionKey eq 'deux')) and RowKey gt '01'")]
    public async Task Finds_by_partition_what_it_finds_by_reading_the_whole_table(string filter)
    {
        var table = new TableClient(storage.Local.StorageConnection, $"T{Guid.NewGuid():N}");
        await table.CreateAsync(Cancellation);
        foreach (var (partition, row) in Partitions.SelectMany(partition => Enumerable.Range(0, 10).Select(row => (partition, row))))
        {
            var said = row % 2 == 0 ? "un or deux" : "trois";
            await table.SubmitTransactionAsync(
                new[] { $"{row:00}", $"{row:00}|a", $"{row:00}|7", $"{row:00}}}", $"{row:00}~", $"l'été|{row}" }.Select(key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, key) { ["Said"] = said })), Cancellation);
        }

        // By pages: each but the first asks for what comes after a key. What begins with another property is not taken for a question about one partition.
        async Task<List<string>> Found(string asked) => [.. (await table.QueryAsync<TableEntity>(asked, maxPerPage: 3, cancellationToken: Cancellation).ToListAsync(Cancellation)).Select(row => $"{row.PartitionKey} {row.RowKey}")];
        var (whole, narrowed) = (await Found($"RowKey ge '' and ({filter})"), await Found(filter));
        await table.DeleteAsync(Cancellation);
        Assert.Equal(whole, narrowed);
    }

    [Theory]
    [InlineData("12/")]
    [InlineData("12/a")]
    [InlineData("1")]
    [InlineData("1e3/")]
    [InlineData("été (copie)/")]
    [InlineData("zzz/")]
    public async Task Lists_the_files_whose_names_begin_so(string prefix)
    {
        var container = new BlobContainerClient(storage.Local.StorageConnection, $"c{Guid.NewGuid():N}");
        await container.CreateAsync(cancellationToken: Cancellation);
        var names = new[] { "1", "12", "12/a", "12/ab", "12/b", "12~", "120/a", "1e3/x", "1000/x", "été (copie)/1", "été (copie)", "zz" };
        foreach (var name in names)
        {
            await container.UploadBlobAsync(name, new BinaryData("words"), Cancellation);
        }

        var found = await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation);
        await container.DeleteAsync(cancellationToken: Cancellation);
        Assert.Equal(names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task Finds_again_what_was_written_just_before_it_was_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("guichet-azurite-");
        try
        {
            var options = new LocalOptions { Parts = LocalParts.Storage, DataFolder = folder.FullName };
            await using (var first = await LocalEnvironment.Start(options, Cancellation))
            {
                await new BlobClient(first.StorageConnection, "deposits", "last").UploadAsync(new BinaryData("words"), Cancellation);
            }

            await using var second = await LocalEnvironment.Start(options, Cancellation);
            var found = await new BlobClient(second.StorageConnection, "deposits", "last").DownloadContentAsync(Cancellation);
            Assert.Equal("words", found.Value.Content.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Says_which_port_is_taken()
    {
        var taken = storage.Proxy.Blob.Port;
        var problem = await Assert.ThrowsAsync<LocalProblemException>(() =>
            LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Storage, Port = taken }, Cancellation));
        Assert.StartsWith($"Le port {taken} est déjà pris", problem.Message, StringComparison.Ordinal);
    }
}
