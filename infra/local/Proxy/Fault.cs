namespace Guichet.Local.Proxy;

/// <summary>Where a call is hit.</summary>
public enum FaultMoment
{
    /// <summary>Storage never sees the call.</summary>
    BeforeEffect,

    /// <summary>Storage has done it, and its answer does not come back.</summary>
    AfterEffect,
}

/// <summary>What befalls a call to storage. Without more, the connection is cut.</summary>
public sealed record Fault
{
    private Fault()
    {
    }

    /// <summary>The connection is cut before storage sees the call.</summary>
    public static Fault BeforeEffect { get; } = new() { Moment = FaultMoment.BeforeEffect };

    /// <summary>Storage does it; the answer is lost with the connection.</summary>
    public static Fault AnswerLost { get; } = new() { Moment = FaultMoment.AfterEffect };

    /// <summary>Nothing comes back until the caller gives up; storage never sees the call.</summary>
    public static Fault TimeOut { get; } = new() { Moment = FaultMoment.BeforeEffect, IsSilent = true };

    public FaultMoment Moment { get; private init; }

    internal int? Status { get; private init; }

    internal string Code { get; private init; } = "";

    internal bool IsSilent { get; private init; }

    internal Func<StorageCall, Task>? Happening { get; private init; }

    /// <summary>Storage answers so, having done nothing: 409, 412, 429, 503…</summary>
    public static Fault Answer(int status, string? code = null) => new()
    {
        Moment = FaultMoment.BeforeEffect,
        Status = status,
        Code = code ?? status switch
        {
            409 => "EntityAlreadyExists",
            412 => "ConditionNotMet",
            429 => "TooManyRequests",
            500 => "OperationTimedOut",
            503 => "ServerBusy",
            _ => "InternalError",
        },
    };

    /// <summary>The same, and this happens at that instant, before the caller can notice: the worker is killed, say.</summary>
    public Fault And(Func<StorageCall, Task> happening) => this with { Happening = happening };
}
