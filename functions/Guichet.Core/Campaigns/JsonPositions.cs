using System.Globalization;
using System.Text.Json;

namespace Guichet.Core.Campaigns;

/// <summary>Where each value of a JSON document stands, by its path: <c>criteria[0].weight</c>. Comments and trailing commas are let pass.</summary>
internal sealed class JsonPositions
{
    private readonly Dictionary<string, (long Line, long Column)> positions = new(StringComparer.Ordinal);

    /// <summary>Reads the positions of a document that is known to be sound.</summary>
    public JsonPositions(ReadOnlySpan<byte> utf8)
    {
        var lines = new LineCount(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var open = new Stack<(string Path, int Next)>();
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                default:
                    var path = PathOfNext(open, name);
                    positions[path] = lines.At(reader.TokenStartIndex);
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        // An object's members have names, so that only an array counts.
                        open.Push((path, reader.TokenType is JsonTokenType.StartArray ? 0 : -1));
                    }

                    break;
            }
        }
    }

    /// <summary>Where the value of a path stands, or the nearest that holds it where the document leaves it out. Both count from 1, the column in bytes.</summary>
    public (long Line, long Column) Of(string path)
    {
        for (; path.Length > 0; path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)])
        {
            if (positions.TryGetValue(path, out var position))
            {
                return position;
            }
        }

        return positions[""];
    }

    private static string PathOfNext(Stack<(string Path, int Next)> open, string name)
    {
        if (!open.TryPop(out var holder))
        {
            return "";
        }

        open.Push(holder with { Next = holder.Next < 0 ? -1 : holder.Next + 1 });
        return holder.Next >= 0
            ? string.Create(CultureInfo.InvariantCulture, $"{holder.Path}[{holder.Next}]")
            : holder.Path.Length == 0 ? name : $"{holder.Path}.{name}";
    }

    /// <summary>Counts lines as the tokens come, each byte once.</summary>
    private ref struct LineCount(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> text = utf8;
        private int counted;
        private long line = 1;
        private int lineStart;

        public (long Line, long Column) At(long index)
        {
            for (; counted < index; counted++)
            {
                if (text[counted] == (byte)'\n')
                {
                    line++;
                    lineStart = counted + 1;
                }
            }

            return (line, index - lineStart + 1);
        }
    }
}
