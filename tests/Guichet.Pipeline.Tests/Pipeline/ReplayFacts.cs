using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Guichet.Core.Dossiers;
using Guichet.Local;
using Guichet.Local.Proxy;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>What an operator does at night with what could not be handled.</summary>
public sealed class ReplayFacts(GuichetFixture guichet)
{
    private async Task<JsonElement> Ask(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body), Headers = { { TestPrincipals.Header, TestPrincipals.Operator } } };
        using var answer = await guichet.Api.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement?> Failure(Func<JsonElement, bool> which) =>
        (await Ask(HttpMethod.Get, "api/failures")).EnumerateArray().Select(one => (JsonElement?)one).FirstOrDefault(one => which(one!.Value));

    private Task<JsonElement?> FailureOf(string dossier, Func<JsonElement, bool>? which = null) => GuichetFixture.Until(
        () => Failure(one => one.TryGetProperty("dossier", out var of) && of.GetString() == dossier && (which?.Invoke(one) ?? true)), found => found is not null);

    [Fact]
    public async Task What_failed_is_tried_again_once_its_cause_is_mended_and_leaves_a_trace()
    {
        var files = Samples.Of("aides-proactives");
        var porteur = Porteur.New(guichet);
        var opened = await porteur.Open(files);
        guichet.Local.Proxy.Events.LoseNext(files.Length); // Read when the closing is judged, and not before.
        guichet.Local.Bus.Faults.HoldDeliveries("eligibility");
        await Porteur.Put(opened, files);
        await porteur.Close();
        var deposits = new BlobContainerClient(guichet.Local.StorageConnection, "deposits");
        var lost = await deposits.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"ftap-data/{porteur.Dossier}/", TestContext.Current.CancellationToken).Select(blob => blob.Name).FirstAsync();
        var kept = (await deposits.GetBlobClient(lost).DownloadContentAsync()).Value.Content;
        await deposits.DeleteBlobAsync(lost);
        guichet.Local.Bus.Faults.ReleaseDeliveries("eligibility");

        var failed = (await FailureOf(porteur.Dossier))!.Value;
        Assert.True(failed.GetProperty("open").GetBoolean());
        Assert.Contains("n’est plus là", failed.GetProperty("reason").GetString(), StringComparison.Ordinal);

        // Tried again too early it fails again, and is open again.
        var id = failed.GetProperty("id").GetString();
        var replayed = await Ask(HttpMethod.Post, "api/failures/replays", new { id });
        Assert.True(replayed.GetProperty("replayed")[0].GetProperty("done").GetBoolean());
        await FailureOf(porteur.Dossier, one => one.GetProperty("open").GetBoolean() && one.TryGetProperty("replayedAt", out _));

        await deposits.GetBlobClient(lost).UploadAsync(kept);
        await Ask(HttpMethod.Post, "api/failures/replays", new { id });
        await porteur.Until("instruction");
        var after = (await FailureOf(porteur.Dossier))!.Value;
        Assert.Equal((false, "exploitation"), (after.GetProperty("open").GetBoolean(), after.GetProperty("replayedBy").GetString()));
        var journal = await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'");
        Assert.Equal(2, journal.Count(row => row.GetString("Json")!.Contains("\"replay/", StringComparison.Ordinal)));
        await guichet.Settled(porteur.Dossier);
    }

    [Fact]
    public async Task A_message_that_no_dossier_promised_fails_again_for_its_own_reason()
    {
        await using var bus = new ServiceBusClient(guichet.Local.BusConnection);
        var id = $"{Guid.NewGuid():N}";
        await bus.CreateSender("scoring").SendMessageAsync(new ServiceBusMessage("""{"dossier":"000000000000","version":1,"purpose":"scoring"}""")
        {
            MessageId = id,
            ApplicationProperties = { [BusSender.Schema] = "guichet.scoring", [BusSender.SchemaVersion] = OutgoingMessage.SchemaVersion },
        });
        await GuichetFixture.Until(() => Failure(one => one.GetProperty("id").GetString() == $"scoring/{id}"), found => found is not null);
        await Ask(HttpMethod.Post, "api/failures/replays", new { id = $"scoring/{id}" });
        await GuichetFixture.Until(() => Failure(one => one.GetProperty("id").GetString() == $"scoring/{id}"), found => found!.Value.GetProperty("open").GetBoolean() && found.Value.TryGetProperty("replayedAt", out _));
    }

    [Fact]
    public async Task What_was_sent_in_vain_is_kept_before_it_is_given_up_and_those_of_its_queue_are_replayed_together()
    {
        var porteur = Porteur.New(guichet);
        guichet.Local.Bus.Faults.Restart(); // What other tests put off does not come in between.
        guichet.Local.Bus.Faults.HoldDeliveries("eligibility");
        await porteur.Deposit(Samples.Of("aides-proactives"));
        var promise = (await GuichetFixture.Until(
            () => guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'promise|' and RowKey lt 'promise~'"),
            rows => rows.Count == 1)).Single();
        guichet.Local.Bus.Bury("eligibility"); // It ended whatever handled it, and waits no more.
        promise["Redriven"] = 8; // As often as a tick sends it.
        await new TableClient(guichet.Local.StorageConnection, "Dossiers").UpdateEntityAsync(promise, promise.ETag);

        await using var later = await guichet.Later(TimeSpan.FromHours(1));
        using (guichet.Local.Proxy.Doors.Open(call => call is { Service: StorageService.Table, Resource: "Failures", Method: not "GET" }, Fault.Answer(503, "ServerBusy"), times: 4))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => guichet.Local.FireTimer("Tick"));
        }

        await guichet.Local.FireTimer("Tick");
        var failure = (await FailureOf(porteur.Dossier))!.Value;
        Assert.Equal((true, "eligibility"), (failure.GetProperty("open").GetBoolean(), failure.GetProperty("queue").GetString()));
        Assert.Contains(
            await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'"),
            row => row.GetString("Json").Contains("\"failure/eligibility/", StringComparison.Ordinal));

        var others = await Ask(HttpMethod.Post, "api/failures/replays", new { queue = "projection" });
        Assert.Equal(0, others.GetProperty("replayed").GetArrayLength());
        guichet.Local.Bus.Faults.ReleaseDeliveries("eligibility");
        var replayed = await Ask(HttpMethod.Post, "api/failures/replays", new { queue = "eligibility" });
        Assert.Contains(replayed.GetProperty("replayed").EnumerateArray(), one => one.GetProperty("id").GetString()!.Contains(porteur.Dossier, StringComparison.Ordinal) && one.GetProperty("done").GetBoolean());
        await porteur.Until("instruction");
        Assert.False((await FailureOf(porteur.Dossier))!.Value.GetProperty("open").GetBoolean());
        await guichet.Settled(porteur.Dossier);
    }

    [Fact]
    public async Task What_fails_at_once_when_it_is_tried_again_is_open_again_and_keeps_nobody_else_waiting()
    {
        var files = Samples.Of("aides-proactives")[..2];
        var porteur = Porteur.New(guichet);
        var opened = await porteur.Open(files);
        guichet.Local.Proxy.Events.LoseNext(files.Length);
        await Porteur.Put(opened, files);
        var slots = opened.GetProperty("slots").EnumerateArray().Select(slot => new Uri(slot.GetProperty("url").GetString()!).AbsolutePath.Split('/')[^1]).ToList();
        foreach (var slot in slots)
        {
            var body = JsonSerializer.Serialize(new { ContainerName = "deposits", BlobName = $"ftap-data/{porteur.Dossier}/{slot}" });
            await new TableClient(guichet.Local.StorageConnection, "Failures").AddEntityAsync(
                new TableEntity("deposits", slot) { ["Reason"] = "L’événement de dépôt n’a pas pu être traité.", ["Tried"] = 1, ["Body"] = body, ["FailedAt"] = GuichetFixture.Morning.ToDateTimeOffset() });
        }

        bool IsOurs(JsonElement one) => slots.Any(one.GetProperty("id").GetString()!.EndsWith);

        // Storage gives nothing of the dossier for as long as the first is tried.
        using (guichet.Local.Proxy.Doors.Open(call => call is { Operation: "QueryEntities", Resource: "Dossiers" }, Fault.Answer(503, "ServerBusy"), times: 4))
        {
            var replayed = (await Ask(HttpMethod.Post, "api/failures/replays", new { queue = "deposits" })).GetProperty("replayed").EnumerateArray().Where(IsOurs).ToList();
            Assert.Equal([false, true], replayed.Select(one => one.GetProperty("done").GetBoolean()).Order());
        }

        var left = Assert.Single((await Ask(HttpMethod.Get, "api/failures")).EnumerateArray(), one => IsOurs(one) && one.GetProperty("open").GetBoolean());
        Assert.True(left.TryGetProperty("replayedAt", out _));
        await Ask(HttpMethod.Post, "api/failures/replays", new { });
        Assert.DoesNotContain((await Ask(HttpMethod.Get, "api/failures")).EnumerateArray(), one => IsOurs(one) && one.GetProperty("open").GetBoolean());
        Assert.All((await porteur.Follow()).GetProperty("pieces").EnumerateArray(), piece => Assert.Equal("lue", piece.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_dead_letter_is_listed_and_put_back_and_leaves_its_trace()
    {
        await using var bus = new ServiceBusClient(guichet.Local.BusConnection);
        var id = $"{Guid.NewGuid():N}";
        guichet.Local.Bus.Faults.HoldDeliveries("committee");
        await bus.CreateSender("committee").SendMessageAsync(new ServiceBusMessage("pas du guichet") { MessageId = id });
        guichet.Local.Bus.Bury("committee");
        guichet.Local.Bus.Faults.ReleaseDeliveries("committee");
        var listed = (await Failure(one => one.GetProperty("id").GetString()!.StartsWith("lettre-morte/committee/", StringComparison.Ordinal)))!.Value;
        Assert.Contains("s’arrête sans rien dire", listed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var replayed = await Ask(HttpMethod.Post, "api/failures/replays", new { id = listed.GetProperty("id").GetString() });
        Assert.True(replayed.GetProperty("replayed")[0].GetProperty("done").GetBoolean());
        Assert.Null(await Failure(one => one.GetProperty("id").GetString() == listed.GetProperty("id").GetString()));

        // Handled again, it says why it cannot be: a row that was a trace is a failure.
        await GuichetFixture.Until(
            () => Failure(one => one.GetProperty("id").GetString() == $"committee/{id}" && one.GetProperty("open").GetBoolean()), found => found?.TryGetProperty("replayedAt", out _) is true);
    }

    [Fact]
    public async Task The_page_shows_them_and_an_unknown_one_is_refused_with_a_sentence()
    {
        using var page = new HttpRequestMessage(HttpMethod.Get, "api/failures") { Headers = { { TestPrincipals.Header, TestPrincipals.Operator }, { "Accept", "text/html" } } };
        using var shown = await guichet.Api.SendAsync(page);
        Assert.Contains("Ce qui n’a pas pu être traité", WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/failures/replays") { Content = JsonContent.Create(new { id = "rien" }), Headers = { { TestPrincipals.Header, TestPrincipals.Operator } } };
        using var refused = await guichet.Api.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }
}
