using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Guichet.Local;
using Guichet.Local.Backup;
using Guichet.Local.Commands;
using Guichet.Local.Proxy;
using Guichet.Storage;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

/// <summary>Personal data is gone at the end of its period, wherever it lay; a hold stops that; what is published stays.</summary>
public sealed class RetentionFacts(GuichetFixture guichet)
{
    /// <summary>Past the sixty months of the rules, for whatever ended on 13 March 2024.</summary>
    private static readonly TimeSpan SixtyMonths = TimeSpan.FromDays((365 * 5) + 3);

    private static readonly (string Name, byte[] Content) SharedLetter = Samples.Of("tri-courriers-ia").Single(file => file.Name.EndsWith(".pdf", StringComparison.Ordinal));

    private static readonly string[] Kinds = ["Dossiers", "Mails", "deposits/", "reports/", "pieces/"];

    /// <summary>Stands in every person's name and free text of this test, and nowhere else.</summary>
    private readonly string _mark = $"zq{Guid.NewGuid():N}";

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, object? body = null, string who = TestPrincipals.Office, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body), Headers = { { TestPrincipals.Header, who } } };
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return await guichet.Api.SendAsync(request);
    }

    private async Task<JsonElement> Answer(HttpMethod method, string path, object? body = null, string who = TestPrincipals.Office)
    {
        using var answer = await Ask(method, path, body, who);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement?> InPreview(string dossier, string by) =>
        (await Answer(HttpMethod.Get, $"api/retention?by={by}", who: TestPrincipals.Operator)).GetProperty("dossiers").EnumerateArray().Select(one => (JsonElement?)one).FirstOrDefault(one => one!.Value.GetProperty("dossier").GetString() == dossier);

    private async Task<bool> Erases(string dossier) =>
        (await Answer(HttpMethod.Post, "api/retention/runs")).GetProperty("erased").EnumerateArray().Any(one => one.GetString() == dossier);

    /// <summary>The application of a sample, in which every person is another.</summary>
    private (string Name, byte[] Content)[] Marked() =>
    [
        .. Samples.Of("tri-courriers-ia").Select(file => !file.Name.EndsWith(".json", StringComparison.Ordinal) ? file : ($"{_mark}.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file.Content)
            .Replace("Nadia Ferrand", $"Nadia {_mark}", StringComparison.Ordinal)
            .Replace("nadia.ferrand", _mark, StringComparison.Ordinal)
            .Replace("Philippe Garnier", $"Philippe {_mark}", StringComparison.Ordinal)
            .Replace("Directeur du management", $"Directeur {_mark}", StringComparison.Ordinal)
            .Replace("Les préfectures reçoivent", $"Le service de {_mark} reçoit", StringComparison.Ordinal)))),
    ];

    /// <summary>A dossier that its porteur gives up once reviewers have it.</summary>
    private async Task<Porteur> Withdrawn()
    {
        var porteur = await Porteur.New(guichet, name: _mark).Deposit(Marked());
        await porteur.Until("instruction");
        await porteur.Send(HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/withdrawal");
        await guichet.OfficeRow(porteur.Dossier, row => row.GetString("Statut") == "Retiré");
        await guichet.Settled(porteur.Dossier);
        return porteur;
    }

    /// <summary>A funded project that is stopped after a file of a report came.</summary>
    private async Task<string> Stopped()
    {
        var agreement = (await File.ReadAllTextAsync(RepositoryFolder.Path("infra", "local", "samples", "projects", "suivi-open-data.json")))
            .Replace("Benoît Lacroix", $"Benoît {_mark}", StringComparison.Ordinal).Replace("benoit.lacroix", $"suivi-{_mark}", StringComparison.Ordinal)
            .Replace("Sophie Tanguy", $"Sophie {_mark}", StringComparison.Ordinal).Replace("sophie.tanguy", $"sponsor-{_mark}", StringComparison.Ordinal)
            .Replace("Médiane du semestre", $"Selon {_mark}", StringComparison.Ordinal);
        var dossier = (await Answer(HttpMethod.Post, "api/campaigns/ftap-data/projects", JsonDocument.Parse(agreement).RootElement)).GetProperty("dossier").GetString()!;
        await new BlobContainerClient(guichet.Local.ProxiedStorageConnection, "reports").GetBlobClient($"ftap-data/{dossier}/1/bilan").UploadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes($"Le bilan de {_mark}")), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string> { ["name"] = $"{_mark}.txt" } });
        await GuichetFixture.Until(
            () => Answer(HttpMethod.Get, $"api/dossiers/{dossier}/follow-up"), state => state.GetProperty("milestones")[0].GetProperty("files").GetArrayLength() == 1);
        await Answer(HttpMethod.Put, $"api/dossiers/{dossier}/closure", new { outcome = "arrete", reason = $"Selon {_mark}, l’impact n’est pas démontré." });
        await guichet.OfficeRow(dossier, row => row.GetString("Statut") == "Clos");
        await guichet.Settled(dossier);
        return dossier;
    }

    /// <summary>Where a text stands: every column of every row of both accounts, every name and every byte of every blob.</summary>
    private async Task<List<string>> Places(params string[] texts)
    {
        var found = new List<string>();
        bool Holds(string? said) => said is not null && texts.Any(text => said.Contains(text, StringComparison.OrdinalIgnoreCase));
        foreach (var (connection, tables) in new[] { (guichet.Local.StorageConnection, StorageNames.Tables), (guichet.Local.OfficeConnection, StorageNames.OfficeTables) })
        {
            foreach (var table in tables)
            {
                await foreach (var row in new TableClient(connection, table).QueryAsync<TableEntity>())
                {
                    found.AddRange(row.Where(column => Holds(column.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(column.Value, CultureInfo.InvariantCulture))).Select(column => $"{table} {row.PartitionKey} {row.RowKey} {column.Key}"));
                }
            }
        }

        foreach (var container in StorageNames.Containers)
        {
            var blobs = new BlobContainerClient(guichet.Local.StorageConnection, container);
            await foreach (var blob in blobs.GetBlobsAsync())
            {
                if (Holds(blob.Name) || Holds((await blobs.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString()))
                {
                    found.Add($"{container}/{blob.Name}");
                }
            }
        }

        return found;
    }

    private async Task<string> SlotOf(string dossier) =>
        (await guichet.Rows("Dossiers", $"PartitionKey eq '{dossier}' and RowKey gt 'piece|' and RowKey lt 'piece~'"))[0].RowKey["piece|".Length..];

    private async Task<string> ETagOf(string dossier) => (await GuichetFixture.Row(guichet.Local.StorageConnection, "Dossiers", dossier, "head"))!.ETag.ToString();

    [Fact]
    public async Task What_is_erased_is_left_nowhere_and_what_is_published_stays()
    {
        var porteur = await Withdrawn();
        var project = await Stopped();
        var other = await Porteur.New(guichet).Deposit(SharedLetter); // The same bytes, in a dossier that nobody erases.
        await other.Until("incomplet");
        var places = await Places(_mark);
        Assert.All(
            Kinds,
            place => Assert.Contains(places, found => found.StartsWith(place, StringComparison.Ordinal))); // Or nothing below shows anything.
        var slot = await SlotOf(porteur.Dossier);

        // Today nothing is due, and it is known when it will be.
        await guichet.Local.FireTimer("EraseDossiers");
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/pieces/{slot}")).StatusCode);
        Assert.Null(await InPreview(porteur.Dossier, "2029-03-12"));
        var line = (await InPreview(porteur.Dossier, "2029-03-13"))!.Value;
        Assert.Equal(("2029-03-13", 3, false), (line.GetProperty("dueOn").GetString(), line.GetProperty("files").GetInt32(), line.GetProperty("isUnderWay").GetBoolean()));
        Assert.Equal(Marked().Sum(file => file.Content.LongLength), line.GetProperty("bytes").GetInt64());

        await using var later = await guichet.Later(SixtyMonths);
        using (guichet.Local.Proxy.Doors.Open(call => call is { Service: StorageService.Blob, Method: "DELETE", Resource: "pieces" }, Fault.Answer(403, "AuthorizationFailure"), times: 1000))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => guichet.Local.FireTimer("EraseDossiers"));
        }

        // Cut short: nobody reads it any more, and it is not said to be done.
        Assert.NotEmpty(await Places(_mark));
        Assert.Equal(HttpStatusCode.Gone, (await Ask(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/pieces/{slot}")).StatusCode);
        Assert.True((await InPreview(porteur.Dossier, "2029-03-20"))!.Value.GetProperty("isUnderWay").GetBoolean());

        await guichet.Local.FireTimer("EraseDossiers");
        foreach (var dossier in new[] { porteur.Dossier, project })
        {
            await guichet.OfficeRow(dossier, row => row.GetDateTimeOffset("DonneesEffaceesLe") is not null);
            await guichet.Settled(dossier);
        }

        Assert.Empty(await Places(_mark));
        Assert.DoesNotContain(await Places(porteur.Dossier, project), place => place.Contains('/', StringComparison.Ordinal) && !place.Contains(' ', StringComparison.Ordinal)); // No blob, whatever it says.
        Assert.Null(await InPreview(porteur.Dossier, "2029-03-20"));

        // What stays.
        var row = await guichet.OfficeRow(porteur.Dossier, row => row.PartitionKey != "absent");
        Assert.Equal(("Retiré", "11001401600015"), (row.GetString("Statut"), row.GetString("Siret")));
        Assert.StartsWith("CLAIR", row.GetString("Titre"), StringComparison.Ordinal);
        Assert.True(row.GetDouble("PreNotation") > 0);
        Assert.Equal(140_000d, (await guichet.OfficeRow(project, _ => true)).GetDouble("MontantAttribue"));
        Assert.DoesNotContain((await JournalCheck.Run(StoredAccounts.Open(guichet.Local.StorageConnection, guichet.Local.OfficeConnection))).Broken, one => one.Dossier == porteur.Dossier || one.Dossier == project);
        var journal = string.Concat((await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'")).Select(entry => entry.GetString("Json")));
        Assert.Contains("\"operation\":\"erase\"", journal, StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"erased\"", journal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Ask(HttpMethod.Get, $"api/dossiers/{other.Dossier}/pieces/{await SlotOf(other.Dossier)}")).StatusCode);

        // What people are told.
        foreach (var path in new[] { $"api/campaigns/ftap-data/dossiers/{porteur.Dossier}/explanation", $"api/dossiers/{porteur.Dossier}/pieces/{slot}" })
        {
            using var gone = await Ask(HttpMethod.Get, path, accept: "text/html");
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
            Assert.Contains("ont été effacées le 1", WebUtility.HtmlDecode(await gone.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        using var page = await Ask(HttpMethod.Get, $"api/dossiers/{project}/follow-up", accept: "text/html");
        Assert.Contains("ont été effacées le 1", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await porteur.Send(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}")).StatusCode);

        // Again, and once more when no address works any longer: nothing changes.
        var before = await ETagOf(porteur.Dossier);
        Assert.False(await Erases(porteur.Dossier));
        await using var muchLater = await guichet.Later(SixtyMonths + TimeSpan.FromDays(2));
        await guichet.Local.FireTimer("EraseDossiers");
        Assert.Equal(before, await ETagOf(porteur.Dossier));
        Assert.DoesNotContain(await guichet.Rows("Due", "PartitionKey eq 'retention'"), hint => hint.GetString("Subject") == porteur.Dossier);
    }

    [Fact]
    public async Task A_hold_keeps_a_dossier_until_it_is_lifted_and_the_preview_says_why()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(("a.txt", "un fichier"u8.ToArray()));
        await porteur.Send(HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/withdrawal");
        using var unexplained = await Ask(HttpMethod.Put, $"api/dossiers/{porteur.Dossier}/hold", new { reason = " " });
        Assert.Equal(HttpStatusCode.BadRequest, unexplained.StatusCode);
        var reason = $"Recours devant le tribunal, {_mark}.";
        var held = await Answer(HttpMethod.Put, $"api/dossiers/{porteur.Dossier}/hold", new { reason });
        Assert.Equal((reason, "2029-03-13"), (held.GetProperty("hold").GetProperty("reason").GetString(), held.GetProperty("dueOn").GetString()));

        await using var later = await guichet.Later(SixtyMonths);
        Assert.False(await Erases(porteur.Dossier));
        Assert.Equal("retire", (await porteur.Follow()).GetProperty("status").GetString());
        Assert.Equal(reason, (await InPreview(porteur.Dossier, "2029-03-13"))!.Value.GetProperty("hold").GetProperty("reason").GetString());
        using var page = await Ask(HttpMethod.Get, "api/retention?by=2029-03-13", accept: "text/html");
        Assert.Contains(reason, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);

        Assert.False((await Answer(HttpMethod.Delete, $"api/dossiers/{porteur.Dossier}/hold")).TryGetProperty("hold", out _));
        Assert.True(await Erases(porteur.Dossier));
        await guichet.Settled(porteur.Dossier);
        Assert.Empty(await Places(_mark));
        Assert.Equal(HttpStatusCode.Gone, (await Ask(HttpMethod.Put, $"api/dossiers/{porteur.Dossier}/hold", new { reason })).StatusCode);
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused_with_a_sentence()
    {
        using var refused = await Ask(HttpMethod.Get, "api/retention?by=demain");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }
}
