using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Guichet.Benchmarks.Documents.Rivals;

/// <summary>
/// PDF. A form needs its letters with their places, fonts and colours, grouped into words, the lines that its tables are drawn with, and its
/// fields. No other served library reads a page's text: PDFsharp writes, the others have a licence that a State cannot use.
/// </summary>
internal static class PdfRivals
{
    public static readonly IReadOnlyList<Rival> All =
    [
        new("PdfPig, mots, traits et champs", Asked.Form, true, Form),
        new("PdfPig, lettres seules", Asked.Texts, true, Letters),
        new("PdfPig, ContentOrderTextExtractor", Asked.Texts, false, Text),
    ];

    private static long Form(string path)
    {
        using var document = PdfDocument.Open(path);
        var fields = document.TryGetForm(out var form) ? form!.Fields.Count : 0;
        return fields + document.GetPages().Sum(page =>
            page.GetWords().Sum(word => (long)word.Text.Length + (word.Letters[0].FontDetails.IsBold ? 1 : 0)) + page.Paths.Sum(path => path.Count));
    }

    private static long Letters(string path)
    {
        using var document = PdfDocument.Open(path);
        return document.GetPages().Sum(page => page.Letters.Sum(letter => (long)letter.Value.Length));
    }

    private static long Text(string path)
    {
        using var document = PdfDocument.Open(path);
        return document.GetPages().Sum(page => (long)ContentOrderTextExtractor.GetText(page).Length);
    }
}
