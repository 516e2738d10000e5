using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Guichet.Local.Proxy;
using Guichet.Pipeline.Tests.Pipeline;
using Xunit;

namespace Guichet.Pipeline.Tests.Api;

/// <summary>What somebody is told whose request the guichet fails.</summary>
public sealed partial class RequestFailuresFacts(GuichetFixture guichet)
{
    /// <summary>More than a client asks for again.</summary>
    private const int AlwaysMeanwhile = 1_000;

    public static TheoryData<int, HttpStatusCode, string> Failures => new()
    {
        { 503, HttpStatusCode.ServiceUnavailable, "Refaites la même demande dans un instant." },
        { 429, HttpStatusCode.ServiceUnavailable, "Refaites la même demande dans un instant." },
        { 403, HttpStatusCode.InternalServerError, "Le guichet n’a pas su traiter cette demande" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Says_what_to_do_and_under_which_mark_the_log_tells_more(int storage, HttpStatusCode expected, string sentence)
    {
        var porteur = Porteur.New(guichet);
        await porteur.Open(("note.docx", [1]));
        using (guichet.Local.Proxy.Doors.Open(call => call.Caller is StorageCaller.App, Fault.Answer(storage), times: AlwaysMeanwhile))
        {
            using var answer = await Ask(porteur);
            Assert.Equal(expected, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(expected is HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
            var detail = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
            Assert.Contains(sentence, detail, StringComparison.Ordinal);
            Assert.Contains("sans que vous y soyez pour rien", detail, StringComparison.Ordinal);
            var mark = Mark().Match(detail).Value;
            await GuichetFixture.Until(
                () => Task.FromResult(guichet.Local.Log.Warnings), lines => lines.Any(line => line.Message.Contains(mark, StringComparison.Ordinal) && line.Exception is not null));

            using var page = await Ask(porteur, accept: "text/html");
            Assert.Equal((expected, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
            Assert.Equal(expected is HttpStatusCode.ServiceUnavailable, page.Headers.RetryAfter is not null);
            Assert.Contains(sentence, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        using var again = await Ask(porteur);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private Task<HttpResponseMessage> Ask(Porteur porteur, string accept = "*/*") =>
        guichet.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"api/dossiers/{porteur.Dossier}") { Headers = { { "Authorization", $"Bearer {porteur.Token}" }, { "Accept", accept } } });

    [GeneratedRegex(@"(?<=: )[0-9a-f-]{30,}(?=\.$)")]
    private static partial Regex Mark();
}
