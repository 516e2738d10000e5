namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>What a library is asked for.</summary>
internal enum Asked
{
    /// <summary>Every text of the file, and nothing else of it: less than any reader of forms can do with.</summary>
    Texts,

    /// <summary>What a reader of forms has to know of a file before it looks for a field; said for each format beside its rivals.</summary>
    Form,
}

/// <summary>A library that reads the same file; the number that it gives keeps its work from being optimised away.</summary>
/// <param name="IsChosen">The one that the guichet reads this format with.</param>
internal sealed record Rival(string Name, Asked Asked, bool IsChosen, Func<string, long> Read)
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Rival>> ByFormat = new Dictionary<string, IReadOnlyList<Rival>>
    {
        ["docx"] = WordRivals.All,
        ["odt"] = OdfRivals.Texts,
        ["pdf"] = PdfRivals.All,
        ["xlsx"] = SheetRivals.All,
        ["ods"] = OdfRivals.Sheets,
        ["csv"] = CsvRivals.All,
        ["zip"] = ZipRivals.All,
    };
}
