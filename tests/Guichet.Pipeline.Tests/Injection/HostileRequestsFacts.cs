using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Guichet.Pipeline.Tests.Pipeline;
using Xunit;

namespace Guichet.Pipeline.Tests.Injection;

/// <summary>Requests that are too long, too deep, too slow or none.</summary>
public sealed class HostileRequestsFacts(GuichetFixture guichet)
{
    private const string Path = "api/campaigns/ftap-data/dossiers";
    private const string Good = """{"email":"a@b.fr","files":[{"name":"a.docx","bytes":1}]}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_refused_whether_or_not_it_says_how_long_it_is(bool saysItsLength)
    {
        var body = Encoding.UTF8.GetBytes(Good[..^1] + new string(' ', 2 << 20) + "}");
        using HttpContent content = saysItsLength ? new ByteArrayContent(body) : new StreamContent(new Unmeasured(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content, Headers = { TransferEncodingChunked = !saysItsLength } };
        await Refused(await guichet.Api.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "La demande est trop longue");
    }

    public static TheoryData<string, byte[]> NotJson => new()
    {
        { "deep lists", Encoding.UTF8.GetBytes("{\"email\":" + new string('[', 100_000)) },
        { "deep objects", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"email\":", 50_000))) },
        { "a form", Encoding.UTF8.GetBytes("email=a%40b.fr") },
        { "a form of parts", Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.fr\r\n--x--") },
        { "xml", Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>") },
        { "sixteen bits", Encoding.Unicode.GetBytes(Good) },
        { "compressed", Compressed(Good) },
        { "nothing", [] },
        { "a list", Encoding.UTF8.GetBytes("[]") },
        { "a number beyond all", Encoding.UTF8.GetBytes("""{"email":"a@b.fr","files":[{"name":"a.docx","bytes":1e400}]}""") },
        { "a member twice over", Encoding.UTF8.GetBytes("""{"email":"a@b.fr","files":[],"__proto__":{}}""") },
    };

    [Theory]
    [MemberData(nameof(NotJson))]
    public async Task A_body_that_is_not_what_is_asked_for_gets_a_sentence(string what, byte[] body)
    {
        Assert.NotEmpty(what);
        using var content = new ByteArrayContent(body);
        await Refused(await guichet.Api.PostAsync(Path, content), HttpStatusCode.BadRequest, "Le corps de la demande n’est pas le JSON attendu");
    }

    [Theory]
    [InlineData("Authorization", 20_000, HttpStatusCode.Unauthorized)]
    [InlineData("Cookie", 20_000, HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", 200_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task A_header_that_is_too_long_opens_nothing_and_breaks_nothing(string header, int length, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/dossiers/000000000000");
        request.Headers.TryAddWithoutValidation(header, (header == "Cookie" ? "guichet=" : "Bearer ") + new string('a', length));
        Assert.Equal(status, (await guichet.Api.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_comes_slowly_holds_nobody_and_is_not_there_before_it_is_whole()
    {
        var slow = Porteur.New(guichet);
        var address = new Uri((await slow.Open(("note.docx", new byte[10]))).GetProperty("slots")[0].GetProperty("url").GetString()!);
        using var sender = new Stalled(address, $"PUT {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: 10\r\nConnection: close\r\n\r\n12345");
        var bodies = Enumerable.Range(0, 20).Select(_ => new Stalled(guichet.Local.ApiUri, $"POST /{Path} HTTP/1.1\r\nHost: {guichet.Local.ApiUri.Authority}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"email\":")).ToList();
        try
        {
            await Refused(await slow.Close(), HttpStatusCode.Conflict, "Aucun fichier n’est arrivé");
            await (await Porteur.New(guichet).Deposit(("note.docx", Encoding.UTF8.GetBytes("ceci n’est pas un document")))).Until("incomplet");
            Assert.Equal("attendue", (await slow.Follow()).GetProperty("pieces")[0].GetProperty("state").GetString());

            Assert.StartsWith("HTTP/1.1 201", sender.Finish("67890"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Accepted, (await slow.Close()).StatusCode);
            await slow.Until("incomplet");
        }
        finally
        {
            bodies.ForEach(body => body.Dispose());
        }
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string said)
    {
        Assert.Equal(status, answer.StatusCode);
        var detail = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
        Assert.Contains(said, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", detail, StringComparison.Ordinal);
    }

    private static byte[] Compressed(string text)
    {
        using var content = new MemoryStream();
        using (var gzip = new GZipStream(content, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return content.ToArray();
    }

    /// <summary>A stream that does not know its length, so that it is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }

    /// <summary>A client that has said so much and waits.</summary>
    private sealed class Stalled : IDisposable
    {
        private readonly TcpClient client = new();
        private readonly NetworkStream stream;

        public Stalled(Uri to, string said)
        {
            client.Connect(to.Host, to.Port);
            stream = client.GetStream();
            stream.Write(Encoding.ASCII.GetBytes(said));
        }

        /// <summary>Says the rest, and reads the answer.</summary>
        public string Finish(string rest)
        {
            stream.Write(Encoding.ASCII.GetBytes(rest));
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return reader.ReadToEnd();
        }

        public void Dispose()
        {
            stream.Dispose();
            client.Dispose();
        }
    }
}
