using System.Text.Json;
using Guichet.Local;

namespace Guichet.Pipeline.Tests.Infrastructure;

/// <summary>What the built app asks of its environment, from the files that Azure's host reads.</summary>
internal static class BuiltApp
{
    private static readonly string _folder = RepositoryFolder.Path("functions", "Guichet.Functions", "bin", "Release", "net10.0");

    public static JsonElement HostJson { get; } = Read("host.json");

    /// <summary>Functions, each with its trigger.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Triggers { get; } = Read("functions.metadata").EnumerateArray().ToDictionary(
        one => one.GetProperty("name").GetString()!,
        one => one.GetProperty("bindings").EnumerateArray().Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal)),
        StringComparer.Ordinal);

    public static IEnumerable<JsonElement> Of(string type) => Triggers.Values.Where(trigger => trigger.GetProperty("type").GetString() == type);

    public static string Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, name))).RootElement;
}
