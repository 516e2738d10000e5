using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guichet.Core.Deposit;

/// <summary>A value of the application and the place that it came from.</summary>
/// <param name="Field">The field that it answers.</param>
/// <param name="Value">Of the field's <see cref="Field.ValueType"/>.</param>
/// <param name="Source">Where it was written.</param>
/// <param name="Authority">Of two places that disagree the higher is believed: 0 a mention, 1 a form, 2 the annex whose purpose is the value.</param>
[JsonConverter(typeof(FieldValueJson))]
public sealed record FieldValue(Field Field, object Value, Source Source, int Authority = 1)
{
    /// <summary>A value whose type the compiler has checked against its field.</summary>
    public static FieldValue Of<T>(Field<T> field, T value, Source source, int authority = 1) where T : notnull =>
        new(field, value, source, authority);
}

/// <summary><c>{"field": id, "value": …, "file": …, "place": …, "text": …, "authority": n}</c>, the value by the field's type.</summary>
internal sealed class FieldValueJson : JsonConverter<FieldValue>
{
    private sealed record Wire(string Field, JsonElement Value, string File, string Place, string Text, int Authority);

    public override FieldValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var wire = JsonSerializer.Deserialize<Wire>(ref reader, options)!;
        var field = Fields.Find(wire.Field) ?? throw new JsonException($"Champ inconnu : {wire.Field}.");
        var value = wire.Value.Deserialize(field.ValueType, options) ?? throw new JsonException($"Valeur absente pour {wire.Field}.");
        return new FieldValue(field, value, new Source(wire.File, wire.Place, wire.Text), wire.Authority);
    }

    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            new Wire(
                value.Field.Id,
                JsonSerializer.SerializeToElement(value.Value, value.Field.ValueType, options),
                value.Source.File,
                value.Source.Place,
                value.Source.Text,
                value.Authority),
            options);
}
