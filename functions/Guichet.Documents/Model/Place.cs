namespace Guichet.Documents.Model;

/// <summary>
/// Where something is written, in French words that a person can follow. Most places are never told: that of a cell is put into words where
/// somebody is.
/// </summary>
internal readonly record struct Place
{
    private readonly string? words;
    private readonly int row;
    private readonly int column;
    private readonly Kind kind;

    private Place(Kind kind, string? words, int row, int column) => (this.kind, this.words, this.row, this.column) = (kind, words, row, column);

    private enum Kind
    {
        Words,
        Sheet,
        Line,
    }

    public static implicit operator Place(string words) => new(Kind.Words, words, 0, 0);

    public static implicit operator string(Place place) => place.ToString();

    /// <summary>A cell of a sheet, its row and column from 0.</summary>
    public static Place InSheet(string sheet, int row, int column) => new(Kind.Sheet, sheet, row, column);

    /// <summary>A column, from 0, of a line of a text, from 1.</summary>
    public static Place InLine(int line, int column) => new(Kind.Line, null, line, column);

    public override string ToString() => kind switch
    {
        Kind.Sheet => $"feuille {words}, {CellAddress.Show(row, column)}",
        Kind.Line => $"ligne {row}, colonne {CellAddress.Letters(column)}",
        _ => words ?? "",
    };
}
