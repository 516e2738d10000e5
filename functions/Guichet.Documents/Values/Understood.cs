namespace Guichet.Documents.Values;

/// <summary>What a text was understood to be, or why it was not: a wrong value is worse than a missing one.</summary>
/// <param name="Value">Null where nothing was understood.</param>
/// <param name="Problem">A French fragment that ends "… : « texte »"; null where a value was understood.</param>
internal readonly record struct Understood<T>(T? Value, string? Problem)
    where T : struct
{
    public static implicit operator Understood<T>(T value) => new(value, null);

    public static Understood<T> No(string problem) => new(null, problem);
}
