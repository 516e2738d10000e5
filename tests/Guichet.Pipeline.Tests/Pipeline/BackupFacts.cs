using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Guichet.Local;
using Guichet.Local.Azurite;
using Guichet.Local.Backup;
using Guichet.Local.Commands;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>What was saved comes back whole, or not at all and with the reason.</summary>
public sealed class BackupFacts(GuichetFixture guichet) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guichet-backup-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_folder.FullName, "sauvegarde");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_guichet_that_has_lost_everything_goes_on_from_its_backup()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");
        await guichet.Settled(porteur.Dossier);
        Assert.Equal(0, await BackupCommands.Backup([Folder, .. Options(guichet.Local)]));

        await using var another = await LocalEnvironment.Start(
            new LocalOptions
            {
                Parts = LocalParts.App,
                TimersRun = false,
                Settings = new Dictionary<string, string?> { ["Guichet__Mail__Host"] = "127.0.0.1", ["Guichet__Mail__From"] = "guichet@exemple.gouv.fr" },
            },
            Cancellation);
        Assert.Equal(0, await BackupCommands.Restore([Folder, .. Options(another)]));

        using var api = new HttpClient { BaseAddress = another.ApiUri };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", porteur.Token);
        Assert.Equal((await porteur.Follow()).GetProperty("status").GetString(), JsonDocument.Parse(await api.GetStringAsync($"api/dossiers/{porteur.Dossier}", Cancellation)).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Every_row_and_every_blob_comes_back_as_it_was()
    {
        await using var from = await Storage();
        await using var to = await Storage();
        var office = new TableClient(from.OfficeConnection, "TableauDossiers");
        await office.AddEntityAsync(new TableEntity("ftap-data", "D-1")
        {
            ["Texte"] = "œuf « 1 »\n",
            ["Vrai"] = true,
            ["Entier"] = 1,
            ["Long"] = 1L,
            ["Euros"] = 0.1,
            ["Rond"] = 1.0,
            ["Instant"] = DateTimeOffset.Parse("2024-03-13T09:00:00.1234567Z", null),
            ["Id"] = Guid.NewGuid(),
            ["Octets"] = new byte[] { 0, 255 },
        }, Cancellation);
        var dossiers = new TableClient(from.StorageConnection, "Dossiers");
        foreach (var hundred in Enumerable.Range(0, 230).Chunk(100))
        {
            await dossiers.SubmitTransactionAsync(hundred.Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("D-1", $"journal|{i:D6}") { ["Json"] = new string('x', 20_000) })), Cancellation);
        }

        await dossiers.AddEntityAsync(new TableEntity("D-2", "head"), Cancellation);
        await new BlobClient(from.StorageConnection, "deposits", "ftap-data/D-1/001-ab").UploadAsync(new BinaryData(new byte[9 << 20]), Cancellation);
        await new BlobClient(from.StorageConnection, "deposits", "ftap-data/D-1/.. é").UploadAsync(BinaryData.FromString("lettre"), Cancellation);

        var taken = await BackupTaking.Take(Accounts(from), Folder, Cancellation);
        Assert.Equal((231, 1, 2), (taken.Rows["guichet/Dossiers"], taken.Rows["office/TableauDossiers"], taken.Blobs["deposits"]));
        await BackupGivingBack.GiveBack(Folder, Accounts(to), Cancellation);

        Assert.Equal(await Everything(from), await Everything(to));
    }

    [Fact]
    public async Task A_backup_is_not_mixed_with_what_is_there()
    {
        await using var storage = await Storage();
        await BackupTaking.Take(Accounts(storage), Folder, Cancellation);
        await new TableClient(storage.StorageConnection, "Due").AddEntityAsync(new TableEntity("tick", "1"), Cancellation);
        await Refused("La table Due n’est pas vide", () => BackupGivingBack.GiveBack(Folder, Accounts(storage), Cancellation));
        await Refused("n’est pas vide : donnez un dossier neuf", () => BackupTaking.Take(Accounts(storage), Folder, Cancellation));
    }

    [Fact]
    public async Task A_backup_that_is_not_whole_says_what_it_lacks()
    {
        await using var storage = await Storage();
        var accounts = Accounts(storage);
        await BackupTaking.Take(accounts, Folder, Cancellation);
        var rules = Path.Combine(Folder, "blobs", "campaigns", "ftap-data", "2023-01.json");
        var sound = await File.ReadAllTextAsync(rules, Cancellation);

        await File.WriteAllTextAsync(rules, sound.Replace('1', '2'), Cancellation);
        await Refused("campaigns/ftap-data/2023-01.json n’est plus ce qui a été sauvegardé", () => BackupGivingBack.GiveBack(Folder, accounts, Cancellation));
        File.Delete(rules);
        await Refused("il y manque campaigns/ftap-data/2023-01.json", () => BackupGivingBack.GiveBack(Folder, accounts, Cancellation));
        File.Delete(Path.Combine(Folder, "sauvegarde.json"));
        await Refused("ne contient pas de sauvegarde terminée", () => BackupGivingBack.GiveBack(Folder, accounts, Cancellation));
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_or_refuses_is_told_in_a_sentence()
    {
        await using var storage = await Storage();
        var away = StorageAccount.Guichet.Connection(new Uri("http://127.0.0.1:1/"), new Uri("http://127.0.0.1:1/"), new Uri("http://127.0.0.1:1/"));
        await Refused("Le stockage ne répond pas", () => BackupCommands.Backup([Folder, "--guichet", away, "--office", away]));
        var crossed = storage.StorageConnection.Replace(StorageAccount.Guichet.Key, StorageAccount.Office.Key, StringComparison.Ordinal);
        await Refused("Le stockage refuse", () => BackupCommands.Backup([$"{Folder}-2", "--guichet", crossed, "--office", storage.OfficeConnection]));
        await Refused("Il manque le dossier", () => BackupCommands.Backup([]));
    }

    private static Task<LocalEnvironment> Storage() => LocalEnvironment.Start(new LocalOptions { Parts = LocalParts.Storage }, Cancellation);

    private static StoredAccounts Accounts(LocalEnvironment local) => StoredAccounts.Open(local.StorageConnection, local.OfficeConnection);

    private static string[] Options(LocalEnvironment local) => ["--guichet", local.StorageConnection, "--office", local.OfficeConnection];

    private static async Task Refused(string sentence, Func<Task> act) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<LocalProblemException>(act)).Message, StringComparison.Ordinal);

    /// <summary>All that is stored, a line a row and a line a blob with its content.</summary>
    private static async Task<List<string>> Everything(LocalEnvironment local)
    {
        var lines = new List<string>();
        foreach (var (connection, tables) in new[] { (local.StorageConnection, StorageLayout.Tables), (local.OfficeConnection, StorageLayout.OfficeTables) })
        {
            foreach (var table in tables)
            {
                lines.AddRange(await new TableClient(connection, table).QueryAsync<TableEntity>(cancellationToken: Cancellation).Select(row => $"{table} {TableRows.Line(row)}").ToListAsync(Cancellation));
            }
        }

        foreach (var container in StorageLayout.Containers.Select(name => new BlobContainerClient(local.StorageConnection, name)))
        {
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
            {
                var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value;
                lines.Add($"{container.Name} {blob.Name} {content.Details.ContentType} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.Content))}");
            }
        }

        return lines;
    }
}
