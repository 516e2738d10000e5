namespace Guichet.Documents;

/// <summary>What the reading of one file may cost. Reaching a bound is a finding, never a silent cut.</summary>
public sealed record ReadingBounds
{
    /// <summary>The bounds of the deposit.</summary>
    public static readonly ReadingBounds Default = new();

    /// <summary>How long one file may take.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a reader may take to start, before it is given a file.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a reader process may hold, in bytes.</summary>
    public long Memory { get; init; } = 512L << 20;

    /// <summary>The size of a file, in bytes.</summary>
    public long FileBytes { get; init; } = 50L << 20;

    /// <summary>How many characters of text a file may give.</summary>
    public int Characters { get; init; } = 2 << 20;

    /// <summary>How many archives may stand in one another, the outermost counted.</summary>
    public int ArchiveDepth { get; init; } = 2;

    /// <summary>How many files an archive may hold, those of its archives included.</summary>
    public int Entries { get; init; } = 2_000;

    /// <summary>How many times larger than its archive an expanded content may be, past <see cref="FreeExpansion"/>.</summary>
    public int ExpansionRatio { get; init; } = 100;

    /// <summary>Expanded bytes that are always allowed, so that small and well-compressed files are not suspected.</summary>
    public long FreeExpansion { get; init; } = 64L << 20;

    /// <summary>Pages of a PDF.</summary>
    public int Pages { get; init; } = 300;

    /// <summary>Cells of a spreadsheet that are looked at.</summary>
    public int Cells { get; init; } = 500_000;

    /// <summary>How deep elements may stand in one another.</summary>
    public int Nesting { get; init; } = 64;
}
