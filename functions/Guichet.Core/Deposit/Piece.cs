using NodaTime;

namespace Guichet.Core.Deposit;

/// <summary>An upload slot and what came into it.</summary>
public sealed record Piece
{
    /// <summary>The last segment of the blob's name: ours, so that no file name of a porteur is ever a path.</summary>
    public required string Slot { get; init; }

    /// <summary>The porteur's name for the file: data, shown and never interpreted.</summary>
    public required string FileName { get; init; }

    /// <summary>The size announced, in bytes.</summary>
    public required long AnnouncedBytes { get; init; }

    /// <summary>What came; null while nothing has.</summary>
    public Reception? Received { get; init; }

    /// <summary>How often a reader was started on it; written before each start, because a file may end whatever opens it.</summary>
    public int Attempts { get; init; }

    /// <summary>When a reader was started on it last; null while none is.</summary>
    public Instant? ReadingSince { get; init; }

    /// <summary>What was understood of it; null until it was read.</summary>
    public PieceExtract? Extract { get; init; }

    /// <summary>Opaque: what storage compares on the next write of the piece's own row.</summary>
    public string ETag { get; init; } = "";

    /// <summary>Where the piece stands, for people.</summary>
    public string State => (Received, Extract) switch
    {
        (null, _) => "attendue",
        (_, null) => "reçue",
        (_, { Findings: var findings }) when findings.Any(finding => finding is { Severity: PieceSeverity.Blocking, Field: null }) => "refusée",
        _ => "lue",
    };

    /// <summary>How often a file is opened before it is left closed.</summary>
    public const int MostAttempts = 2;

    /// <summary>Longer than a reader is given: whoever began so long ago has died.</summary>
    public static readonly Duration ReadingTimeOut = Duration.FromSeconds(45);

    /// <summary>Whether somebody may be reading it at this moment.</summary>
    public bool IsBeingRead(Instant now) => Extract is null && ReadingSince + ReadingTimeOut > now;

    /// <summary>The piece with a reader started on it.</summary>
    public Piece Opened(Instant now) => this with { Attempts = Attempts + 1, ReadingSince = now };

    /// <summary>The piece with what was understood of it.</summary>
    public Piece Read(PieceExtract extract) => this with { Extract = extract, ReadingSince = null };

    /// <summary>The piece with the reason why it was not opened, or not once more.</summary>
    public Piece Refused(string findingId, string message) => Read(new PieceExtract
    {
        Kind = PieceKind.Unknown,
        Findings = [new PieceFinding(findingId, PieceSeverity.Blocking, FileName, null, message)],
    });
}

/// <summary>What came into a slot.</summary>
/// <param name="At">Storage's own Last-Modified: the instant that counts.</param>
/// <param name="Bytes">The size.</param>
/// <param name="Sha256">Of the content, lower-case hexadecimal, and in the container of pieces, under the dossier, its name; null where it was not kept: too large, or malware.</param>
public sealed record Reception(Instant At, long Bytes, string? Sha256);
