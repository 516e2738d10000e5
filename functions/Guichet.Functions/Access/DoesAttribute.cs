namespace Guichet.Functions.Access;

/// <summary>What an endpoint does, for whoever writes a program against it: <c>/api/openapi.json</c> is made of these.</summary>
/// <param name="summary">One sentence in French.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DoesAttribute(string summary) : Attribute
{
    /// <summary>One sentence in French.</summary>
    public string Summary { get; } = summary;

    /// <summary>The JSON that it takes; null for none.</summary>
    public Type? Takes { get; init; }

    /// <summary>The JSON that it gives; null for another kind of content.</summary>
    public Type? Gives { get; init; }

    /// <summary>Its status where all is well.</summary>
    public int Status { get; init; } = 200;

    /// <summary>What it gives instead of JSON: a media type.</summary>
    public string? Content { get; init; }

    /// <summary>Whether a browser gets a page from the same address.</summary>
    public bool IsPage { get; init; }

    /// <summary>Whether a change names the version that it is made on, in <c>If-Match</c>.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>Parameters of the query, by name, each with one sentence in French: <c>name=sentence</c>.</summary>
    public string[] Query { get; init; } = [];
}
