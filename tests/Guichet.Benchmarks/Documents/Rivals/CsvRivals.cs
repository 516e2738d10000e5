using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using nietras.SeparatedValues;
using Sylvan.Data.Csv;

namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>CSV. A form needs each cell as a text of its own, and the amounts as numbers.</summary>
internal static class CsvRivals
{
    public static readonly IReadOnlyList<Rival> All =
    [
        new("Sep, cellules et nombres", Asked.Form, true, SepCells),
        new("Sep, textes seuls", Asked.Texts, true, SepTexts),
        new("Sylvan.Data.Csv, cellules", Asked.Form, false, SylvanCells),
        new("CsvHelper, cellules", Asked.Form, false, Helper),
    ];

    private static long SepTexts(string path)
    {
        using var reader = Sep.New(';').Reader().FromFile(path);
        var length = 0L;
        foreach (var row in reader)
        {
            for (var i = 0; i < row.ColCount; i++)
            {
                length += row[i].Span.Length;
            }
        }

        return length;
    }

    private static long SepCells(string path)
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        using var reader = Sep.New(';').Reader(options => options with { Unescape = true }).FromFile(path);
        var rows = new List<(string Text, decimal? Number)[]>();
        foreach (var row in reader)
        {
            var cells = new (string, decimal?)[row.ColCount];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = (row[i].ToString(), decimal.TryParse(row[i].Span, french, out var number) ? number : null);
            }

            rows.Add(cells);
        }

        return rows.Count;
    }

    private static long SylvanCells(string path)
    {
        using var reader = Sylvan.Data.Csv.CsvDataReader.Create(path, new CsvDataReaderOptions { Delimiter = ';' });
        var length = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                length += reader.GetString(i).Length;
            }
        }

        return length;
    }

    private static long Helper(string path)
    {
        using var parser = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";" });
        var length = 0L;
        while (parser.Read())
        {
            length += parser.Record!.Sum(field => (long)field.Length);
        }

        return length;
    }
}
