using System.Text.Json;
using Azure.Data.Tables;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using Guichet.Local;
using NodaTime;
using Xunit;

namespace Guichet.Storage.Tests;

/// <summary>What earlier versions wrote is read, changed and verified by this one.</summary>
public sealed class SchemaFacts(StorageFixture storage)
{
    private static string File(string version, string name) => System.IO.File.ReadAllText(RepositoryFolder.Path("tests", "Guichet.Storage.Tests", "schema", version, $"{name}.json"));

    public static TheoryData<string> Versions => [.. Directory.GetDirectories(RepositoryFolder.Path("tests", "Guichet.Storage.Tests", "schema")).Select(folder => Path.GetFileName(folder))];

    /// <summary>Puts the rows of a sample where a dossier's rows are.</summary>
    private async Task<DossierId> Stored(string version, string name)
    {
        var id = "";
        foreach (var row in JsonDocument.Parse(File(version, name)).RootElement.EnumerateArray())
        {
            var entity = new TableEntity();
            foreach (var property in row.EnumerateObject().Where(property => !property.Name.EndsWith('_')))
            {
                entity[property.Name] = property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()
                    : row.TryGetProperty($"{property.Name}_", out _) ? (object)property.Value.GetInt64()
                    : property.Value.GetInt32();
            }

            await storage.Table(StorageNames.Dossiers).UpsertEntityAsync(entity, TableUpdateMode.Replace);
            id = entity.PartitionKey;
        }

        return DossierId.Parse(id);
    }

    /// <summary>The journal still verifies: the hash of an entry does not depend on who reads it.</summary>
    private async Task Holds(DossierId id)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in storage.Dossiers.Journal(id, default))
        {
            entries.Add(entry);
        }

        Assert.NotEmpty(entries);
        Assert.Null(JournalEntry.FirstBroken(entries, (await storage.Dossiers.Load(id, default)).Journal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_dossier_under_review_is_read_changed_and_verified(string version)
    {
        var id = await Stored(version, "instruction");
        var dossier = await storage.Dossiers.Load(id, default);
        Assert.Equal((DossierStatus.Instruction, 3, 2), (dossier.Status, dossier.PiecesTaken.Length, dossier.Reviews.Length));
        Assert.NotNull(dossier.Application!.Find(Fields.BudgetTotal));
        Assert.NotEmpty(dossier.Verdict!.Findings);
        Assert.True(dossier.PreScore!.Total > 0);
        await Holds(id);
        await storage.Dossiers.Change(id, standing => Task.FromResult<Step?>(standing.RevokeLinks(Actor.Office, storage.Clock.Now())), default);
        await Holds(id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_funded_project_is_read_changed_and_verified(string version)
    {
        var id = await Stored(version, "suivi");
        var dossier = await storage.Dossiers.Load(id, default);
        Assert.Equal((DossierStatus.Suivi, 4, 3), (dossier.Status, dossier.Milestones.Length, dossier.Tranches.Length));
        Assert.NotEmpty(dossier.Milestones[0].Report!.Values);
        Assert.Equal(dossier.Agreement!.Award, dossier.Tranches.Select(tranche => tranche.Amount).Sum());
        await Holds(id);
        await storage.Dossiers.Change(id, standing => Task.FromResult<Step?>(standing.Close(StorageFixture.Campaign, ClosureOutcome.Arrete, "Essai.", Actor.Office, storage.Clock.Now())), default);
        await Holds(id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_dossier_that_is_only_told_of_is_read_without_its_pieces(string version)
    {
        foreach (var name in new[] { "instruction", "suivi" })
        {
            var id = await Stored(version, name);
            var whole = await storage.Dossiers.Load(id, default);
            Assert.Equal(name == "instruction" ? 3 : 0, whole.Pieces.Length);
            static string Json(Dossier? dossier) => JsonSerializer.Serialize(dossier, GuichetJson.Options);
            Assert.Equal(Json(whole with { Pieces = [] }), Json(await storage.Dossiers.FindWithoutPieces(id, default)));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_row_of_every_other_table_that_decides_something_is_read(string version)
    {
        foreach (var sample in JsonDocument.Parse(File(version, "tables")).RootElement.EnumerateObject())
        {
            var row = new TableEntity(sample.Value.EnumerateObject().ToDictionary(property => property.Name, property =>
                property.Value.ValueKind is JsonValueKind.Number ? property.Value.GetInt32()
                : property.Name.EndsWith("At", StringComparison.Ordinal) ? property.Value.GetDateTimeOffset()
                : (object)property.Value.GetString()!));
            await storage.Table(sample.Name).UpsertEntityAsync(row, TableUpdateMode.Replace);
        }

        Assert.Contains(await storage.Due.Read(DueKind.Digest, storage.Clock.Now(), default).ToListAsync(), due => due is { IsOld: true, Hint: { Purpose: DueHint.Promises, Subject: "9h7cdn2w0gv3" } });
        var letter = await storage.Mails.FindWaiting("benoit.lacroix%40exemple.gouv.fr|reminder-1.j-30%7C2024-03-13%7C9h7cdn2w0gv3", default);
        Assert.Equal((LetterKind.Reminder, "1.j-30"), (letter!.Kind, letter.About));
        var (frequency, told) = await new DigestTable(storage.Table(StorageNames.Digests)).Find($"schema-{version}", "agathe", default);
        Assert.Equal((DigestFrequency.Weekly, Instant.FromUtc(2024, 3, 13, 7, 0)), (frequency, told));
        Assert.Equal(2, (await new LedgerTable(storage.Table(StorageNames.Ledgers)).Totals(LedgerAccount.Reviewers($"schema-{version}"), default))["agathe"]);
        var session = await new SessionTable(storage.Table(StorageNames.Sessions), new LongTexts(storage.Container(StorageNames.Texts))).Find($"schema-{version}", "2024-04-08", default);
        Assert.Equal((SessionState.Draft, "Odile Garnier", Euros.From(120_000)), (session!.State, session.Members[0].Name, session.Items[0].Amount));
        var failure = Assert.Single(await new FailureTable(storage.Table(StorageNames.Failures), storage.Clock).List(default), one => one.Failure.MessageId == "9h7cdn2w0gv3/3/scoring");
        Assert.Equal((12, true), (failure.Failure.Tried, failure.IsOpen));
        Assert.True((await new RequestTable(storage.Table(StorageNames.Requests), storage.Clock).Begin("anyone", $"schema-{version}-key", "00", default)).IsOurs); // Whoever began it has died long ago.
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_message_is_read(string version)
    {
        Assert.True(OutgoingMessage.Reads(version), "Messages of that version are on their way while the app is upgraded.");
        var messages = JsonDocument.Parse(File(version, "messages")).RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetRawText());
        Assert.Equal(Enum.GetNames<QueueName>().Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal), messages.Keys.Order(StringComparer.Ordinal));
        Assert.All(messages.Where(one => one.Key != "mail"), one => Assert.Equal("z2wm45g1dk2v", DossierMessage.Parse(one.Value).Dossier.ToString()));
        Assert.Equal("reminder-1.j-30|2024-03-13|9h7cdn2w0gv3", JsonSerializer.Deserialize<Letter>(messages["mail"], GuichetJson.Options)!.Key);
    }
}
