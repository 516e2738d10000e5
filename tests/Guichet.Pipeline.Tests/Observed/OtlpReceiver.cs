using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Guichet.Local;

namespace Guichet.Pipeline.Tests.Observed;

/// <summary>A span as it was exported.</summary>
/// <param name="Trace">Its trace, lower-case hexadecimal.</param>
/// <param name="Scope">The source that made it.</param>
internal sealed record ExportedSpan(string Trace, string Id, string Scope, string Name, IReadOnlyDictionary<string, string> Tags, int Links);

/// <summary>The last value of a series of a metric.</summary>
/// <param name="Value">Of a counter its sum, of a histogram how many values it has.</param>
/// <param name="Sum">Of a histogram; otherwise the value.</param>
internal sealed record ExportedMetric(string Name, IReadOnlyDictionary<string, string> Tags, double Value, double Sum);

/// <summary>
/// Takes what an app exports by OTLP over HTTP, and reads of it what tests look at. The definitions of the protocol are on no feed, and of its messages a
/// dozen fields are wanted: they are read by their numbers.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public OtlpReceiver()
    {
        Address = new Uri($"http://127.0.0.1:{LoopbackServer.FreePort()}/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        serving = Serve();
    }

    public Uri Address { get; }

    public ConcurrentBag<ExportedSpan> Spans { get; } = [];

    public ConcurrentDictionary<string, ExportedMetric> Metrics { get; } = [];

    /// <summary>The messages of logs, each with its attributes and scopes.</summary>
    public ConcurrentBag<(string Text, IReadOnlyDictionary<string, string> Tags)> Logs { get; } = [];

    /// <summary>All that came, as it came: for what must not be in it.</summary>
    public ConcurrentBag<byte[]> Raw { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Raw.Add(body.ToArray());
            Take(context.Request.Url!.AbsolutePath, Wire.Read(body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }

    private void Take(string path, Wire request)
    {
        foreach (var scoped in request.All(1).SelectMany(resource => resource.All(2)))
        {
            switch (path)
            {
                case "/v1/traces":
                    var scope = scoped.All(1).FirstOrDefault()?.Text(1) ?? "";
                    foreach (var span in scoped.All(2))
                    {
                        Spans.Add(new ExportedSpan(span.Hex(1), span.Hex(2), scope, span.Text(5), Tags(span.All(9)), span.All(13).Count()));
                    }

                    break;
                case "/v1/metrics":
                    foreach (var metric in scoped.All(2))
                    {
                        Take(metric);
                    }

                    break;
                case "/v1/logs":
                    foreach (var record in scoped.All(2))
                    {
                        Logs.Add((record.All(5).FirstOrDefault()?.Text(1) ?? "", Tags(record.All(6))));
                    }

                    break;
            }
        }
    }

    private void Take(Wire metric)
    {
        var name = metric.Text(1);
        foreach (var (point, isHistogram) in metric.All(7).SelectMany(sum => sum.All(1)).Select(point => (point, false)).Concat(metric.All(9).SelectMany(histogram => histogram.All(1)).Select(point => (point, true))))
        {
            var tags = Tags(point.All(isHistogram ? 9 : 7));
            var value = isHistogram ? point.Fixed(4) : point.Has(6) ? point.Fixed(6) : (long)point.Double(4);
            Metrics[$"{name} {string.Join(' ', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))}"] = new ExportedMetric(name, tags, value, isHistogram ? point.Double(5) : value);
        }
    }

    private static Dictionary<string, string> Tags(IEnumerable<Wire> attributes)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            tags[attribute.Text(1)] = attribute.All(2).FirstOrDefault()?.Text(1) ?? "";
        }

        return tags;
    }
}

/// <summary>A message of protocol buffers, by the numbers of its fields.</summary>
internal sealed class Wire
{
    private readonly List<(int Field, byte[] Bytes, ulong Number)> fields = [];

    public static Wire Read(byte[] message)
    {
        var (wire, input) = (new Wire(), new Google.Protobuf.CodedInputStream(message));
        while (input.ReadTag() is > 0 and var tag)
        {
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    wire.fields.Add((field, [], input.ReadUInt64()));
                    break;
                case 1:
                    wire.fields.Add((field, [], input.ReadFixed64()));
                    break;
                case 2:
                    wire.fields.Add((field, input.ReadBytes().ToByteArray(), 0));
                    break;
                case 5:
                    wire.fields.Add((field, [], input.ReadFixed32()));
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }

        return wire;
    }

    public IEnumerable<Wire> All(int field) => fields.Where(one => one.Field == field).Select(one => Read(one.Bytes));

    public bool Has(int field) => fields.Any(one => one.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(fields.FirstOrDefault(one => one.Field == field).Bytes ?? []);

    public string Hex(int field) => Convert.ToHexStringLower(fields.FirstOrDefault(one => one.Field == field).Bytes ?? []);

    public long Fixed(int field) => (long)fields.FirstOrDefault(one => one.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(fields.FirstOrDefault(one => one.Field == field).Number);
}
