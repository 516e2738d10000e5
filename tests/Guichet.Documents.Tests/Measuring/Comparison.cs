using System.Globalization;
using System.Text.Json.Nodes;
using Guichet.Documents.Values;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>What a field holds against what was read of it, value by value.</summary>
internal static class Comparison
{
    /// <summary>Every value that is expected or given. Items of a list are held against the items that they resemble most, so that one item missed or
    /// one too many counts once and not for all those after it. Where a truth is <c>{"oneOf": [...]}</c>, any of its texts is right.</summary>
    public static IEnumerable<(string Path, string? Expected, string? Given)> Of(JsonNode? expected, JsonNode? given)
    {
        var (truth, read) = (Leaves(expected), Leaves(Aligned(expected, given)));
        return truth.Keys.Union(read.Keys).Select(path => Pair(path, truth.GetValueOrDefault(path), read.GetValueOrDefault(path)));
    }

    /// <summary>Whether a value is the one named, or a part of it: <c>budget.lines[2].category</c>, <c>budget.lines[].category</c> for every item.</summary>
    public static bool IsUnder(string value, string named)
    {
        var everyItem = System.Text.RegularExpressions.Regex.Replace(value, @"\[\d+\]", "[]");
        return new[] { value, everyItem }.Any(path => path == named || path.StartsWith(named + ".", StringComparison.Ordinal) || path.StartsWith(named + "[", StringComparison.Ordinal));
    }

    private static (string Path, string? Expected, string? Given) Pair(string path, List<string>? expected, List<string>? given)
    {
        var read = given?[0];
        return (path, read is not null && expected?.Contains(read) is true ? read : expected?[0], read);
    }

    private static JsonNode? Aligned(JsonNode? expected, JsonNode? given)
    {
        if (expected is not JsonArray { Count: > 0 } truths || given is not JsonArray { Count: > 0 } reads || truths[0] is not JsonObject || reads[0] is not JsonObject)
        {
            return given;
        }

        var (truthLeaves, readLeaves) = (truths.Select(Leaves).ToList(), reads.Select(Leaves).ToList());
        var likeness = from i in Enumerable.Range(0, truths.Count)
                       from j in Enumerable.Range(0, reads.Count)
                       let alike = truthLeaves[i].Count(leaf => readLeaves[j].TryGetValue(leaf.Key, out var read) && leaf.Value.Contains(read[0]))
                       where alike > 0
                       orderby alike descending, Math.Abs(i - j), i
                       select (Truth: i, Read: j);
        var places = new Dictionary<int, int>();
        foreach (var (truth, read) in likeness)
        {
            if (!places.ContainsKey(truth) && !places.ContainsValue(read))
            {
                places[truth] = read;
            }
        }

        var rest = Enumerable.Range(0, reads.Count).Where(read => !places.ContainsValue(read));
        return new JsonArray([
            .. Enumerable.Range(0, truths.Count).Select(truth => places.TryGetValue(truth, out var read) ? reads[read]!.DeepClone() : null),
            .. rest.Select(read => reads[read]!.DeepClone())]);
    }

    private static Dictionary<string, List<string>> Leaves(JsonNode? node)
    {
        var leaves = new Dictionary<string, List<string>>();
        void Walk(JsonNode? at, string path)
        {
            switch (at)
            {
                case JsonObject record when record["oneOf"] is JsonArray answers:
                    leaves[path] = [.. answers.Select(answer => FrenchText.Key(answer!.ToString()))];
                    break;
                case JsonObject record:
                    foreach (var (key, value) in record)
                    {
                        Walk(value, $"{path}.{key}");
                    }

                    break;
                case JsonArray { Count: > 0 } choices when choices[0] is JsonValue:
                    leaves[path] = [string.Join('+', choices.Select(choice => choice!.GetValue<string>()).Order(StringComparer.Ordinal))];
                    break;
                case JsonArray list:
                    for (var i = 0; i < list.Count; i++)
                    {
                        Walk(list[i], $"{path}[{i}]");
                    }

                    break;
                case JsonValue value:
                    leaves[path] = [value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.GetValue<decimal>().ToString("0.####", CultureInfo.InvariantCulture) : FrenchText.Key(value.ToString())];
                    break;
            }
        }

        Walk(node, "");
        return leaves;
    }
}
