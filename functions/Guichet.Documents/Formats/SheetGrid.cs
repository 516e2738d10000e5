using System.Collections.Immutable;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;
using NodaTime;

namespace Guichet.Documents.Formats;

/// <summary>What a cell of a spreadsheet holds.</summary>
internal sealed record CellContent(string Text)
{
    public decimal? Number { get; init; }

    public LocalDate? Date { get; init; }

    /// <summary>A formula of which the file holds no result.</summary>
    public string? Formula { get; init; }

    public bool IsPercent { get; init; }

    public bool IsError { get; init; }
}

/// <summary>A sheet of any spreadsheet format, from its cells to a table of the document model.</summary>
internal sealed class SheetGrid(string name)
{
    private readonly SheetCells rows = new();
    private readonly List<(int Top, int Left, int Bottom, int Right)> merges = [];

    /// <summary>Beyond as many cells of a sheet that cannot be used, one more word says that there are others.</summary>
    private const int MostTold = 50;

    /// <summary>A merge costs a few bytes and covers rows by the thousand: a form's categories are far fewer.</summary>
    private const int MostSpread = 20_000;

    private int told;

    public string Name => name;

    public bool HasHiddenRows { get; set; }

    public bool HasHiddenColumns { get; set; }

    public void Add(int row, int column, CellContent content) => rows.Add(row, column, content);

    public CellContent? At(int row, int column) => rows.At(row, column);

    /// <summary>The contents of a range, however large the range is written.</summary>
    public IEnumerable<(int Row, int Column, CellContent Content)> Range(int top, int left, int bottom, int right) => rows.Range(top, left, bottom, right);

    public void Merge(string reference)
    {
        if (reference.Split(':') is [var from, var to] && CellAddress.Parse(from) is { } start && CellAddress.Parse(to) is { } end)
        {
            Merge(start.Row, start.Column, end.Row, end.Column);
        }
    }

    public void Merge(int top, int left, int bottom, int right)
    {
        if (merges.Count < 10_000)
        {
            merges.Add((top, left, bottom, right));
        }
    }

    /// <summary>The sheet's title and its table; formulas without a result are computed, or said.</summary>
    public IEnumerable<Block> AsBlocks(SheetFormulas formulas, List<Remark> remarks)
    {
        if (rows.IsEmpty)
        {
            yield break;
        }

        if (HasHiddenRows || HasHiddenColumns)
        {
            remarks.Add(new Remark("LIGNES-MASQUEES", PieceSeverity.Info, $"feuille {name}",
                $"La feuille {FrenchText.Quote(name)} a des lignes ou des colonnes masquées : elles ont été lues aussi."));
        }

        var spread = Spread();
        var table = ImmutableArray.CreateBuilder<Row>();
        foreach (var (number, cells) in rows.InOrder())
        {
            var row = ImmutableArray.CreateBuilder<Cell>(cells.Count);
            foreach (var (column, content) in cells)
            {
                if (Cell(number, column, content, formulas, remarks) is { } cell)
                {
                    row.Add(cell);
                }
            }

            var whole = spread.TryGetValue(number, out var more)
                ? [.. row.Concat(more.Select(at => Spread(at.Column, at.From, formulas)).OfType<Cell>()).OrderBy(cell => cell.Column)]
                : row.DrainToImmutable();
            if (!whole.IsEmpty)
            {
                table.Add(new Row(whole));
            }
        }

        yield return new Heading(1, name, $"feuille {name}");
        yield return new Table($"feuille {name}", table.ToImmutable()) { Sheet = name };
    }

    private Cell? Cell(int row, int column, CellContent content, SheetFormulas formulas, List<Remark>? remarks)
    {
        var place = Place.InSheet(name, row, column);
        if (content.IsError)
        {
            Tell(remarks, new Remark("FORMULE-EN-ERREUR", PieceSeverity.Reserve, place, $"La cellule {CellAddress.Show(row, column)} de la feuille {FrenchText.Quote(name)} est en erreur ({content.Text}) : corrigez sa formule."));
            return null;
        }

        if (content.Formula is { } formula)
        {
            if (formulas.Evaluate(this, row, column) is not { } value)
            {
                Tell(remarks, new Remark("FORMULE-SANS-VALEUR", PieceSeverity.Reserve, place,
                    $"La cellule {CellAddress.Show(row, column)} de la feuille {FrenchText.Quote(name)} contient une formule sans résultat enregistré (={FrenchText.OneLine(formula)}) : ouvrez le classeur, enregistrez-le, puis renvoyez-le."));
                return null;
            }

            content = XlsxStyles.Show(value, content.IsPercent ? "0%" : "");
        }

        return new Cell(column, content.Text, place) { Number = content.Number, Date = content.Date };
    }

    private void Tell(List<Remark>? remarks, Remark remark)
    {
        if (remarks is null)
        {
            return;
        }

        told++;
        if (told <= MostTold)
        {
            remarks.Add(remark);
        }
        else if (told == MostTold + 1)
        {
            remarks.Add(remark with { Place = $"feuille {name}", Message = $"D’autres cellules de la feuille {FrenchText.Quote(name)} sont en erreur ou sans résultat : corrigez leurs formules, enregistrez le classeur, puis renvoyez-le." });
        }
    }

    private Cell? Spread(int column, (int Row, int Column) from, SheetFormulas formulas) =>
        At(from.Row, from.Column) is { } content && Cell(from.Row, from.Column, content, formulas, null) is { } cell
            ? cell with { Column = column, IsSpread = true }
            : null;

    /// <summary>Only cells merged downwards say something of the rows that they cover; sideways a merge is layout.</summary>
    private Dictionary<int, List<(int Column, (int Row, int Column) From)>> Spread()
    {
        var spread = new Dictionary<int, List<(int, (int, int))>>();
        var seen = new HashSet<(int, int)>();
        foreach (var (top, left, bottom, _) in merges.Where(merge => merge.Bottom > merge.Top && merge.Bottom - merge.Top < 1_000))
        {
            for (var row = top + 1; row <= bottom; row++)
            {
                if (rows.Has(row) && At(row, left) is null && seen.Count < MostSpread && seen.Add((row, left)))
                {
                    if (!spread.TryGetValue(row, out var list))
                    {
                        spread[row] = list = [];
                    }

                    list.Add((left, (top, left)));
                }
            }
        }

        return spread;
    }
}
