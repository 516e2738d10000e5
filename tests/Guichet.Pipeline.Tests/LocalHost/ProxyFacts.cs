using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Guichet.Local.Proxy;
using Xunit;

namespace Guichet.Pipeline.Tests.LocalHost;

public static class ProxyFacts
{
    private const string Partition = "dossier d’été n°1 (l'un)";

    private static CancellationToken Cancellation => StorageFixture.Cancellation;

    /// <summary>Nothing changes for who calls.</summary>
    public sealed class PassingOn(StorageFixture storage) : IClassFixture<StorageFixture>
    {
        [Theory]
        [InlineData("simple")]
        [InlineData("dossier/formulaire d’été (1) +é%20&.docx")]
        [InlineData("a//b")]
        public async Task Keeps_signatures_valid_whatever_the_name(string name)
        {
            var blob = storage.Deposits.GetBlobClient($"{StorageFixture.Unique()}/{name}");
            await blob.UploadAsync(new BinaryData("words"), Cancellation);
            Assert.Equal("words", (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
        }

        [Fact]
        public async Task Hands_out_signed_addresses_that_lead_through_it()
        {
            var blob = storage.Deposits.GetBlobClient(StorageFixture.Unique());
            var address = blob.GenerateSasUri(BlobSasPermissions.Create, DateTimeOffset.UtcNow.AddMinutes(5));
            using var client = new HttpClient();
            using var put = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent("words"), Headers = { { "x-ms-blob-type", "BlockBlob" } } };
            using var answer = await client.SendAsync(put, Cancellation);

            Assert.Equal(storage.Proxy.Blob.Port, address.Port);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.True(await blob.ExistsAsync(Cancellation));
        }

        [Fact]
        public async Task Carries_entities_and_batches_with_keys_that_need_escaping()
        {
            var table = storage.Impatient();
            await table.AddEntityAsync(new TableEntity(Partition, "a|1") { ["Value"] = 1 }, Cancellation);
            await table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpdateReplace, new TableEntity(Partition, "a|1") { ["Value"] = 2 }, ETag.All),
                    new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, "a|2")),
                ],
                Cancellation);
            await table.DeleteEntityAsync(Partition, "a|2", ETag.All, Cancellation);

            Assert.Equal(2, (await storage.Direct().GetEntityAsync<TableEntity>(Partition, "a|1", cancellationToken: Cancellation)).Value["Value"]);
        }

        [Fact]
        public async Task Carries_big_blobs_in_blocks_and_copies()
        {
            var content = new byte[9_000_000];
            Random.Shared.NextBytes(content);
            var big = storage.Deposits.GetBlobClient(StorageFixture.Unique());
            await big.UploadAsync(new MemoryStream(content), new BlobUploadOptions { TransferOptions = new() { InitialTransferSize = 1_000_000, MaximumTransferSize = 4_000_000 } }, Cancellation);
            var copy = storage.Deposits.GetBlockBlobClient(StorageFixture.Unique());
            await copy.SyncCopyFromUriAsync(big.GenerateSasUri(BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddMinutes(5)), cancellationToken: Cancellation);

            Assert.Equal(content, (await copy.DownloadContentAsync(Cancellation)).Value.Content.ToArray());
        }
    }

    public sealed class Counting(StorageFixture storage) : IClassFixture<StorageFixture>
    {
        [Fact]
        public async Task Tells_calls_apart_by_service_operation_and_caller()
        {
            var blob = storage.Deposits.GetBlobClient(StorageFixture.Unique());
            var address = blob.GenerateSasUri(BlobSasPermissions.All, DateTimeOffset.UtcNow.AddMinutes(5));
            storage.Proxy.Counts.Reset();

            await blob.UploadAsync(new BinaryData("words"), Cancellation);
            await new BlobClient(address).DownloadContentAsync(Cancellation);
            await storage.Impatient().AddEntityAsync(new TableEntity(StorageFixture.Unique(), "head"), Cancellation);
            await storage.Impatient().QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: Cancellation).AsPages().FirstAsync(Cancellation);

            Assert.Equal(
                [
                    new StorageCall(StorageService.Blob, "GET", "GetBlob", "deposits", "", StorageCaller.Porteur),
                    new StorageCall(StorageService.Blob, "PUT", "PutBlob", "deposits", "", StorageCaller.Host),
                    new StorageCall(StorageService.Table, "GET", "QueryEntities", "Dossiers", "", StorageCaller.App),
                    new StorageCall(StorageService.Table, "POST", "InsertEntity", "Dossiers", "", StorageCaller.App),
                ],
                storage.Proxy.Counts.All.Keys.OrderBy(call => call.Service).ThenBy(call => call.Method, StringComparer.Ordinal));
            Assert.Equal(2, storage.Proxy.Counts.OfApp);
        }
    }

    public sealed class Failing(StorageFixture storage) : IClassFixture<StorageFixture>, IDisposable
    {
        public void Dispose() => storage.Proxy.Doors.ShutAll();

        [Fact]
        public async Task Cuts_a_call_before_its_effect()
        {
            storage.Proxy.Doors.Open(Inserts, Fault.BeforeEffect);
            var key = StorageFixture.Unique();

            await Assert.ThrowsAnyAsync<Exception>(() => Insert(key));

            Assert.False(await IsStored(key));
        }

        [Fact]
        public async Task Loses_an_answer_after_the_effect()
        {
            storage.Proxy.Doors.Open(Inserts, Fault.AnswerLost);
            var key = StorageFixture.Unique();

            await Assert.ThrowsAnyAsync<Exception>(() => Insert(key));

            Assert.True(await IsStored(key));
        }

        [Theory]
        [InlineData(409, "EntityAlreadyExists")]
        [InlineData(412, "ConditionNotMet")]
        [InlineData(429, "TooManyRequests")]
        [InlineData(503, "ServerBusy")]
        public async Task Answers_with_a_status_that_the_client_understands(int status, string code)
        {
            storage.Proxy.Doors.Open(Inserts, Fault.Answer(status));
            var key = StorageFixture.Unique();

            var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Insert(key));

            Assert.Equal((status, code), (failure.Status, failure.ErrorCode));
            Assert.False(await IsStored(key));
        }

        [Fact]
        public async Task Leaves_a_caller_without_an_answer_until_it_gives_up()
        {
            storage.Proxy.Doors.Open(Inserts, Fault.TimeOut);
            await Assert.ThrowsAnyAsync<Exception>(() => Insert(StorageFixture.Unique()));
        }

        [Fact]
        public async Task Strikes_the_nth_call_and_no_other()
        {
            using var door = storage.Proxy.Doors.Open(Inserts, Fault.Answer(503), nth: 2);
            await Insert(StorageFixture.Unique());
            await Assert.ThrowsAsync<RequestFailedException>(() => Insert(StorageFixture.Unique()));
            await Insert(StorageFixture.Unique());

            Assert.Equal(3, door.Seen);
            Assert.Equal("InsertEntity", (await door.Struck).Operation);
        }

        [Fact]
        public async Task Is_overcome_by_a_client_that_tries_again()
        {
            storage.Proxy.Doors.Open(Inserts, Fault.Answer(503), times: 2);
            var key = StorageFixture.Unique();
            var patient = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1) } };

            await new TableClient(storage.Local.ProxiedStorageConnection, "Dossiers", patient).AddEntityAsync(new TableEntity(key, "head"), Cancellation);

            Assert.True(await IsStored(key));
        }

        [Fact]
        public async Task Lets_something_happen_at_that_instant()
        {
            var key = StorageFixture.Unique();
            var wasStored = false;
            storage.Proxy.Doors.Open(Inserts, Fault.AnswerLost.And(async _ => wasStored = await IsStored(key)));

            await Assert.ThrowsAnyAsync<Exception>(() => Insert(key));

            Assert.True(wasStored);
        }

        [Fact]
        public async Task Spares_calls_that_it_was_not_opened_for()
        {
            storage.Proxy.Doors.Open(call => call is { Service: StorageService.Blob, Resource: "pieces" }, Fault.BeforeEffect);
            await storage.Deposits.GetBlobClient(StorageFixture.Unique()).UploadAsync(new BinaryData(Encoding.UTF8.GetBytes("words")), Cancellation);
        }

        private static bool Inserts(StorageCall call) => call.Operation == "InsertEntity";

        private Task Insert(string key) => storage.Impatient().AddEntityAsync(new TableEntity(key, "head"), Cancellation);

        private async Task<bool> IsStored(string key) =>
            (await storage.Direct().GetEntityIfExistsAsync<TableEntity>(key, "head", cancellationToken: Cancellation)).HasValue;
    }
}
