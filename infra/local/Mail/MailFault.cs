namespace Guichet.Local.Mail;

/// <summary>What befalls a mail on its way to the sink.</summary>
public sealed record MailFault
{
    private MailFault()
    {
    }

    /// <summary>The connection is cut before the server has the whole mail: it takes nothing.</summary>
    public static MailFault BeforeEffect { get; } = new();

    /// <summary>The server takes the mail; its OK is lost with the connection.</summary>
    public static MailFault AnswerLost { get; } = new() { IsAfterEffect = true };

    /// <summary>The server takes nothing and says nothing, until the sender gives up.</summary>
    public static MailFault Silent { get; } = new() { IsSilent = true };

    internal bool IsSilent { get; private init; }

    internal bool IsAfterEffect { get; private init; }

    internal string? Reply { get; private init; }

    internal Func<Task>? Happening { get; private init; }

    /// <summary>The server answers so to the sender's address: 451 come back later, 550 never…</summary>
    public static MailFault Answer(int code, string words) => new() { Reply = $"{code} {words}" };

    /// <summary>The same, and this happens at that instant, before the sender can notice: the worker is killed, say.</summary>
    public MailFault And(Func<Task> happening) => this with { Happening = happening };
}
