using System.Collections.Immutable;
using Guichet.Core.FollowUp;

namespace Guichet.Core.Deposit;

/// <summary>What a piece is, told from its content and never from its name alone.</summary>
public enum PieceKind
{
#pragma warning disable CS1591 // file formats
    Unknown,
    Docx,
    Odt,
    Pdf,
    Xlsx,
    Ods,
    Csv,
    Json,
    Zip,
    Image,
#pragma warning restore CS1591
}

/// <summary>Where a value was written.</summary>
/// <param name="File">The porteur's own name for the file; inside an archive, <c>archive.zip/dossier/formulaire.docx</c>.</param>
/// <param name="Place">In words that a person can follow: <c>tableau 2, ligne 3</c>, <c>feuille Budget, C14</c>, <c>page 4</c>.</param>
/// <param name="Text">What was written there, as it was written.</param>
public sealed record Source(string File, string Place, string Text);

/// <summary>How much a finding on a piece matters.</summary>
public enum PieceSeverity
{
    /// <summary>Good to know; nothing to do.</summary>
    Info,

    /// <summary>To be looked at: something may be missing or misread.</summary>
    Reserve,

    /// <summary>The piece, or a value in it, could not be used: it has to be sent again.</summary>
    Blocking,
}

/// <summary>What the reading of a piece has to say to people.</summary>
/// <param name="Id">Stable, upper case, in French: <c>FICHIER-VIDE</c>, <c>VALEUR-ILLISIBLE</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="File">The porteur's own name for the file.</param>
/// <param name="Place">Where in the file; null where it is about the whole file.</param>
/// <param name="Message">One sentence in French: what is wrong, and what to do.</param>
/// <param name="Field">The id of the field concerned, where it is about one.</param>
public sealed record PieceFinding(string Id, PieceSeverity Severity, string File, string? Place, string Message, string? Field = null);

/// <summary>Everything that was understood of one piece, and everything that was not.</summary>
public sealed record PieceExtract
{
    /// <summary>What the content is.</summary>
    public required PieceKind Kind { get; init; }

    /// <summary>How many pages or sheets; null where the format has none.</summary>
    public int? Pages { get; init; }

    /// <summary>The values understood. A field may occur more than once where the piece states it more than once.</summary>
    public ImmutableArray<FieldValue> Values { get; init; } = [];

    /// <summary>What there is to say of the piece.</summary>
    public ImmutableArray<PieceFinding> Findings { get; init; } = [];

    /// <summary>What it reports, where it was read as an impact report.</summary>
    public ReportReading? Report { get; init; }
}
