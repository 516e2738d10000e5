using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Guichet.Local;
using Guichet.Local.Proxy;
using Xunit;

namespace Guichet.Pipeline.Tests.Pipeline;

public sealed class ReviewFacts(GuichetFixture guichet)
{
    private const string Camille = "camille.roussel@exemple.gouv.fr";
    private const string Idriss = "idriss.benali@exemple.gouv.fr";

    private async Task<Porteur> Assigned()
    {
        var porteur = await Porteur.New(guichet).Deposit(Samples.Of("aides-proactives"));
        await porteur.Until("instruction");
        return porteur;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> Call(string who, HttpMethod method, string path, object? body = null, string? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is HttpContent content ? content : body is null ? null : JsonContent.Create(body) };
        request.Headers.Add(TestPrincipals.Header, who);
        request.Headers.TryAddWithoutValidation("If-Match", version is null ? [] : [version]);
        using var answer = await guichet.Api.SendAsync(request);
        var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
        return (answer.StatusCode, json, answer.Headers.ETag?.Tag);
    }

    private static object Review(JsonElement read, int level, bool submit, string? reason = "D’après le dossier.") => new
    {
        marks = read.GetProperty("criteria").EnumerateArray().Select(criterion => new { criterion = criterion.GetProperty("id").GetString(), level, reason }),
        submit,
    };

    private Task<(HttpStatusCode Status, JsonElement Body, string? Tag)> Declare(string who, Porteur porteur) =>
        Call(who, HttpMethod.Put, $"api/dossiers/{porteur.Dossier}/review/conflict", new { exists = false });

    [Fact]
    public async Task Each_reviewer_gets_one_digest_a_day_that_names_what_waits()
    {
        var porteur = await Assigned();

        // A day of its own, so that what other tests have scored is of no account; a quarter past eight, when digests have just come due.
        await using (await guichet.Later(TimeSpan.FromDays(7) - TimeSpan.FromHours(1.75)))
        {
            // Dossiers that cannot be read hold them back for a while: told without them, their reviewers would hear of it tomorrow.
            using (guichet.Local.Proxy.Doors.Open(call => call is { Operation: "QueryEntities", Resource: "Dossiers" }, Fault.Answer(503, "ServerBusy"), times: 1000))
            {
                await Assert.ThrowsAnyAsync<Exception>(() => guichet.Local.FireTimer("SendDigests"));
            }

            Assert.DoesNotContain(await guichet.Local.Mail.Messages(), mail => mail.To.Any(address => address.Contains(Camille, StringComparison.OrdinalIgnoreCase)));
            await guichet.Local.FireTimer("SendDigests");
            await guichet.Local.FireTimer("SendDigests");
            foreach (var reviewer in new[] { Camille, Idriss })
            {
                var source = await guichet.Local.Mail.Source(Assert.Single(await guichet.Mails(reviewer)));
                Assert.Contains(porteur.Dossier, source, StringComparison.Ordinal);
                Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", source, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Nothing_of_a_dossier_is_open_before_a_conflict_of_interest_is_denied()
    {
        var porteur = await Assigned();
        var (_, before, _) = await Call(Camille, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/review");
        Assert.False(before.TryGetProperty("content", out _));
        var slot = (await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'piece|' and RowKey lt 'piece~'"))[0].RowKey["piece|".Length..];
        Assert.Equal(HttpStatusCode.NotFound, (await Call(Camille, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/pieces/{slot}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Call(Camille, HttpMethod.Put, $"api/dossiers/{porteur.Dossier}/review", Review(before, 3, submit: false), "\"0\"")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Call("bureau@exemple.gouv.fr", HttpMethod.Get, $"api/dossiers/000000000000/reviews")).Status);

        var (_, after, _) = await Declare(Camille, porteur);
        Assert.NotEmpty(after.GetProperty("content").GetProperty("application").GetProperty("values").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, (await Call(Camille, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/pieces/{slot}")).Status);
        var journal = string.Join('\n', (await guichet.Rows("Dossiers", $"PartitionKey eq '{porteur.Dossier}' and RowKey gt 'journal|' and RowKey lt 'journal~'")).Select(row => row.GetString("Json")));
        Assert.Contains("\"actor\":\"croussel\"", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("exemple.gouv.fr", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_do_not_overwrite_each_other_and_a_lost_answer_is_no_conflict()
    {
        var porteur = await Assigned();
        var path = $"api/dossiers/{porteur.Dossier}/review";
        var (_, read, tag) = await Declare(Camille, porteur);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await Call(Camille, HttpMethod.Put, path, Review(read, 3, submit: false))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Call(Camille, HttpMethod.Put, path, Review(read, 3, submit: false), tag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Call(Camille, HttpMethod.Put, path, Review(read, 3, submit: false), tag)).Status); // The same again: it is done.
        var (status, refused, _) = await Call(Camille, HttpMethod.Put, path, Review(read, 1, submit: true), tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, status);
        Assert.Contains("rien n’a été enregistré", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, (await Call(Camille, HttpMethod.Get, path)).Body.GetProperty("sheet").GetProperty("marks")[0].GetProperty("level").GetInt32());
    }

    [Fact]
    public async Task The_reviews_of_others_are_seen_after_ones_own_and_all_side_by_side_by_the_office()
    {
        var porteur = await Assigned();
        var path = $"api/dossiers/{porteur.Dossier}/review";
        var (_, hers, hersTag) = await Declare(Camille, porteur);
        var (_, his, hisTag) = await Declare(Idriss, porteur);
        Assert.Equal(HttpStatusCode.BadRequest, (await Call(Camille, HttpMethod.Put, path, Review(hers, 4, submit: true, reason: null), hersTag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Call(Camille, HttpMethod.Put, path, Review(hers, 4, submit: true), hersTag)).Status);
        Assert.False((await Call(Idriss, HttpMethod.Get, path)).Body.TryGetProperty("others", out _));
        var (_, after, _) = await Call(Idriss, HttpMethod.Put, path, Review(his, 3, submit: true), hisTag);
        Assert.Equal("croussel", Assert.Single(after.GetProperty("others").EnumerateArray()).GetProperty("reviewer").GetString());

        var (_, all, _) = await Call(TestPrincipals.Office, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/reviews");
        Assert.Equal((87.5m, true, 2), (all.GetProperty("mean").GetDecimal(), all.TryGetProperty("preScore", out _), all.GetProperty("scores").GetArrayLength()));
        var row = await guichet.OfficeRow(porteur.Dossier, seen => seen.GetInt32("AvisRendus") == 2);
        Assert.Equal((87.5, "Camille Roussel ; Idriss Benali"), (row.GetDouble("NoteMoyenne"), row.GetString("Instructeurs")));
    }

    [Fact]
    public async Task A_reviewer_at_a_page_declares_and_submits_and_what_is_refused_comes_back_as_typed()
    {
        var porteur = await Assigned();
        async Task<string> Post(params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/dossiers/{porteur.Dossier}/review") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
            request.Headers.Add(TestPrincipals.Header, Camille);
            request.Headers.Add("Accept", "text/html");
            using var answer = await guichet.Api.SendAsync(request);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        }

        Assert.Contains("Dites dans « nature »", await Post(("conflict", "yes")), StringComparison.Ordinal);
        Assert.Contains("le dossier est ouvert", await Post(("conflict", "no")), StringComparison.Ordinal);
        var partly = await Post(("revision", "1"), ("submit", "yes"), ("level.impact-model", "4"), ("reason.impact-model", "Une mesure <b>solide</b>."));
        Assert.Contains("Il manque un niveau ou une raison", partly, StringComparison.Ordinal);
        Assert.Contains("Une mesure <b>solide</b>.", partly, StringComparison.Ordinal); // decoded here: Razor encodes it
        Assert.Contains("Le brouillon est enregistré", await Post(("revision", "1"), ("submit", "no"), ("level.impact-model", "4")), StringComparison.Ordinal);
        Assert.Contains("modifié dans une autre fenêtre", await Post(("revision", "1"), ("submit", "no"), ("level.impact-model", "2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dossier_that_is_not_given_to_a_reviewer_looks_as_if_it_were_none()
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(("note.docx", [1]));
        var (status, theirs, _) = await Call(Camille, HttpMethod.Get, $"api/dossiers/{porteur.Dossier}/review");
        var (_, nobodys, _) = await Call(Camille, HttpMethod.Get, "api/dossiers/000000000000/review");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(theirs.GetProperty("detail").GetString()!.Replace(porteur.Dossier, "000000000000", StringComparison.Ordinal), nobodys.GetProperty("detail").GetString());
    }
}
