using System.Text.Json;
using Guichet.Core.Deposit;

namespace Guichet.Core.Eligibility;

/// <summary>The canonical text of a value: the same value gives the same text wherever it was read.</summary>
internal static class FieldValueText
{
    public static string Of(FieldValue value) => value.Value is string text
        ? string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant()
        : JsonSerializer.Serialize(value.Value, value.Field.ValueType, GuichetJson.Options);
}
