using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace Guichet.Local.Backup;

/// <summary>
/// Rows as lines of JSON. A text and a truth value are as in JSON; every other kind names itself, because a table tells 1 from 1.0 and a JSON
/// reader need not: <c>{"Edm.Int64":"1"}</c>.
/// </summary>
internal static class TableRows
{
    public static string Line(TableEntity row)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in row.Where(one => one.Value is not null && one.Key is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp")))
        {
            properties[name] = Value(name, value);
        }

        return new JsonObject { ["PartitionKey"] = row.PartitionKey, ["RowKey"] = row.RowKey, ["Properties"] = properties }.ToJsonString();
    }

    public static TableEntity Row(string line)
    {
        var json = JsonNode.Parse(line)!;
        var row = new TableEntity((string)json["PartitionKey"]!, (string)json["RowKey"]!);
        foreach (var (name, value) in json["Properties"]!.AsObject())
        {
            row[name] = value is JsonObject typed ? Typed(typed.Single()) : value!.GetValueKind() is System.Text.Json.JsonValueKind.String ? (string)value! : (bool)value!;
        }

        return row;
    }

    private static JsonNode Value(string name, object value) => value switch
    {
        string text => text,
        bool truth => truth,
        int number => Typed("Edm.Int32", number.ToString(CultureInfo.InvariantCulture)),
        long number => Typed("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
        double number => Typed("Edm.Double", number.ToString("R", CultureInfo.InvariantCulture)),
        DateTimeOffset instant => Typed("Edm.DateTime", instant.ToString("O", CultureInfo.InvariantCulture)),
        Guid id => Typed("Edm.Guid", id.ToString()),
        byte[] bytes => Typed("Edm.Binary", Convert.ToBase64String(bytes)),
        BinaryData bytes => Typed("Edm.Binary", Convert.ToBase64String(bytes)),
        _ => throw new LocalProblemException($"La colonne {name} est d’un type inconnu ({value.GetType().Name}) : la sauvegarde ne saurait pas la rendre."),
    };

    private static JsonObject Typed(string kind, string value) => new() { [kind] = value };

    private static object Typed(KeyValuePair<string, JsonNode?> one)
    {
        var text = (string)one.Value!;
        return one.Key switch
        {
            "Edm.Int32" => int.Parse(text, CultureInfo.InvariantCulture),
            "Edm.Int64" => long.Parse(text, CultureInfo.InvariantCulture),
            "Edm.Double" => double.Parse(text, CultureInfo.InvariantCulture),
            "Edm.DateTime" => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture),
            "Edm.Guid" => Guid.Parse(text),
            "Edm.Binary" => Convert.FromBase64String(text),
            var unknown => throw new LocalProblemException($"La sauvegarde contient une valeur d’un type inconnu : {unknown}."),
        };
    }
}
