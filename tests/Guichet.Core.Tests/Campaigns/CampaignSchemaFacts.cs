using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Guichet.Core.Campaigns;
using NodaTime;

namespace Guichet.Core.Tests.Campaigns;

/// <summary>The published schema, which an editor completes by, says what the guichet reads: no more, no less.</summary>
public sealed class CampaignSchemaFacts
{
    private static readonly JsonObject Published = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "campaigns", "schema.json")))!.AsObject();

    [Fact]
    public void The_schema_has_the_members_that_are_read()
    {
        var read = GuichetJson.Options.GetJsonSchemaAsNode(typeof(Campaign), new JsonSchemaExporterOptions { TransformSchemaNode = Written });
        Assert.Equal(Indented(read), Indented(WithoutWords(Published)));
    }

    [Fact]
    public void Each_member_is_described() => Assert.Empty(Members("", Published)
        .Where(member => member.Schema["description"]?.GetValue<string>() is not { Length: > 10 })
        .Select(member => member.Path));

    /// <summary>How the types that have a form of their own are written.</summary>
    private static JsonNode Written(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(Euros))
        {
            return new JsonObject { ["type"] = "number", ["minimum"] = 0 };
        }

        return type == typeof(LocalDate) ? new JsonObject { ["type"] = "string", ["format"] = "date" }
            : type == typeof(LocalDateTime) || type == typeof(LocalTime) ? new JsonObject { ["type"] = "string" }
            : node;
    }

    private static JsonNode WithoutWords(JsonNode node) => node switch
    {
        JsonObject at when at["properties"] is JsonObject => new JsonObject(at.Where(pair => !IsWord(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Key == "properties"
            ? new JsonObject(pair.Value!.AsObject().Select(property => KeyValuePair.Create(property.Key, property.Value is { } schema ? WithoutWords(schema) : null)))
            : pair.Value is { } value ? WithoutWords(value) : null))),
        JsonObject at => new JsonObject(at.Where(pair => !IsWord(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value is { } value ? WithoutWords(value) : null))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : WithoutWords(item))]),
        _ => node.DeepClone(),
    };

    private static bool IsWord(string key) => key is "$schema" or "$id" or "title" or "description";

    private static IEnumerable<(string Path, JsonObject Schema)> Members(string path, JsonNode? node) => node switch
    {
        JsonObject at => (at["properties"] is JsonObject properties
                ? properties.Where(property => property.Key is not "$schema").Select(property => ($"{path}.{property.Key}", property.Value as JsonObject ?? []))
                : [])
            .Concat(at.SelectMany(pair => Members($"{path}.{pair.Key}", pair.Value))),
        JsonArray items => items.SelectMany(item => Members(path, item)),
        _ => [],
    };

    private static string Indented(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
