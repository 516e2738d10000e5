namespace Guichet.Functions.Access;

/// <summary>Who may call an endpoint.</summary>
public enum Caller
{
    /// <summary>Whoever asks: what is published, and the doors that check who comes in themselves.</summary>
    Anyone,

    /// <summary>Whoever has the dossier's token or its link; the endpoint checks it, because it is the dossier's.</summary>
    Porteur,

    /// <summary>A person whom a campaign names as reviewer; which dossiers it may see is checked on each.</summary>
    Reviewer,

    /// <summary>The programme office.</summary>
    Office,

    /// <summary>Whoever runs the guichet.</summary>
    Operator,
}

/// <summary>Names who may call an endpoint. Every endpoint has one: a test looks, and the middleware refuses what has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForAttribute(params Caller[] callers) : Attribute
{
    /// <summary>Any of these.</summary>
    public IReadOnlyList<Caller> Callers { get; } = callers;

    /// <summary>Whether a person must have signed in.</summary>
    public bool IsForStaff => !Callers.Any(caller => caller is Caller.Anyone or Caller.Porteur);
}
