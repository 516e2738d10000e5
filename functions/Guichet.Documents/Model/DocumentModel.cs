using System.Collections.Immutable;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Model;

/// <summary>A document of any format, in reading order: what the form reader sees of it.</summary>
internal sealed record DocumentModel(PieceKind Kind, ImmutableArray<Block> Blocks)
{
    /// <summary>Pages or sheets; null where the format has none.</summary>
    public int? Pages { get; init; }

    /// <summary>What the reading of the format has to say.</summary>
    public ImmutableArray<Remark> Remarks { get; init; } = [];
}

/// <summary>What a reader has to say of a place of the file.</summary>
internal sealed record Remark(string Id, PieceSeverity Severity, string? Place, string Message);

/// <summary>One element of a document.</summary>
/// <param name="Place">In French words that a person can follow.</param>
internal abstract record Block(string Place);

/// <summary>A title of a part. Level 1 is the highest.</summary>
internal sealed record Heading(int Level, string Text, string Place) : Block(Place);

/// <summary>A paragraph; a line break inside it is a newline.</summary>
internal sealed record Paragraph(string Text, string Place) : Block(Place)
{
    /// <summary>Written as a hint to whoever fills the form in: grey, or the placeholder of a control.</summary>
    public bool IsHint { get; init; }

    /// <summary>Wholly in bold, so perhaps a label.</summary>
    public bool IsBold { get; init; }

    /// <summary>Wholly in italics or underlined: a label, an instruction or an answer, as the paragraphs around it tell.</summary>
    public bool IsSlanted { get; init; }

    /// <summary>What it opens with in bold, in italics or underlined, where the rest is not: « <b>Acronyme.</b> PLAGE ». Null where there is none.</summary>
    public string? Lead { get; init; }
}

/// <summary>A value that the file itself ties to a label: a form field, a column of an export, a <i>champ</i> of the platform.</summary>
internal sealed record Answer(string Label, string Text, string Place) : Block(Place)
{
    /// <summary>The field that it answers, where the format itself says so.</summary>
    public Field? Field { get; init; }

    /// <summary>The number that the file holds, where it is typed.</summary>
    public decimal? Number { get; init; }

    /// <summary>The date that the file holds, where it is typed.</summary>
    public NodaTime.LocalDate? Date { get; init; }

    /// <summary>Of two places that disagree the higher is believed.</summary>
    public int Authority { get; init; } = 1;
}

/// <summary>Rows of cells: a table of a text, or a region of a sheet.</summary>
internal sealed record Table(string Place, ImmutableArray<Row> Rows) : Block(Place)
{
    /// <summary>The sheet that holds it; null in a text.</summary>
    public string? Sheet { get; init; }

    /// <summary>What the file itself calls it; null where only the text before may.</summary>
    public string? Title { get; init; }
}

/// <summary>A row; its cells in column order, blank ones left out.</summary>
internal sealed record Row(ImmutableArray<Cell> Cells)
{
    /// <summary>The cell of a column, or null where it is blank.</summary>
    public Cell? At(int column)
    {
        foreach (var cell in Cells)
        {
            if (cell.Column == column)
            {
                return cell;
            }
        }

        return null;
    }
}

/// <summary>A cell that holds something.</summary>
/// <param name="Column">From 0.</param>
internal sealed record Cell(int Column, string Text, Place Place)
{
    /// <summary>The number that a spreadsheet holds, where it does.</summary>
    public decimal? Number { get; init; }

    /// <summary>The date that a spreadsheet holds, where it does.</summary>
    public NodaTime.LocalDate? Date { get; init; }

    /// <summary>Written elsewhere and spread here by a merge.</summary>
    public bool IsSpread { get; init; }
}
