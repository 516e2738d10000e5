using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Exceptions;

namespace Guichet.Documents.Formats;

/// <summary>
/// PDF: its fields, and its text laid out again into tables, columns and paragraphs. The library may overflow the stack on a hostile file:
/// this runs in a reader process and nowhere else.
/// </summary>
internal sealed class PdfReader(ReadingBounds bounds)
{
    /// <summary>Fewer letters are a stamp or a page number over an image.</summary>
    private const int LettersOfAText = 40;

    private readonly TextBudget budget = new(bounds);
    private readonly List<Remark> remarks = [];
    private readonly List<PdfPage> pages = [];

    /// <exception cref="UnreadableFile">Damaged or encrypted.</exception>
    public static DocumentModel Read(Stream content, ReadingBounds bounds)
    {
        PdfDocument document;
        try
        {
            document = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UnreadableFile("FICHIER-CHIFFRE", "Ce PDF est protégé par un mot de passe : renvoyez-le sans protection.");
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            throw UnreadableFile.Damaged("PDF");
        }

        using (document)
        {
            return new PdfReader(bounds).Read(document);
        }
    }

    /// <summary>The library has no exception of its own for most of what a file can do to it.</summary>
    private static bool IsOfTheFile(Exception e) => e is not (OutOfMemoryException or UnreadableFile);

    private DocumentModel Read(PdfDocument document)
    {
        var fields = Fields(document);
        var count = Math.Min(document.NumberOfPages, bounds.Pages);
        var (letters, unreadable, images) = (0, 0, new List<int>());
        for (var number = 1; number <= count && !budget.Exhausted; number++)
        {
            if (Page(document, number) is not { } page)
            {
                continue;
            }

            var text = PdfLetters.Of(page);
            letters += text.Letters;
            unreadable += text.Unreadable;
            if (text.Letters < LettersOfAText && text.Hidden + page.NumberOfImages > 0)
            {
                images.Add(number);
            }

            var own = fields.Where(field => field.Page == number).ToList();
            budget.Take(text.Letters + own.Sum(field => field.Text.Length));
            pages.Add(new PdfPage(number, page.Height, [.. text.Words, .. own.SelectMany(field => field.AsWords(text.Words))], PdfRules.Of(page), own));
        }

        if (document.NumberOfPages > count)
        {
            remarks.Add(new Remark("PAGES-NON-LUES", PieceSeverity.Reserve, $"page {count + 1}",
                $"Ce PDF a {document.NumberOfPages} pages : seules les {count} premières ont été lues. Envoyez un document limité à ce qui est demandé."));
        }

        Judge(letters, unreadable, images, fields.Count > 0);
        var blocks = unreadable * 3 > letters ? [] : new PdfLayout(pages).Blocks();
        return new DocumentModel(PieceKind.Pdf, [.. blocks]) { Pages = document.NumberOfPages, Remarks = [.. remarks, .. budget.Remarks] };
    }

    private void Judge(int letters, int unreadable, List<int> images, bool hasFields)
    {
        if (unreadable * 3 > letters && letters >= LettersOfAText)
        {
            remarks.Add(new Remark("PDF-ILLISIBLE", PieceSeverity.Reserve, null,
                "Le texte de ce PDF ne peut pas en être extrait (ses polices ne disent pas leurs lettres) : il est conservé, mais envoyez le document d’origine (DOCX, ODT ou XLSX) pour qu’il soit lu."));
        }
        else if (letters < LettersOfAText && !hasFields)
        {
            remarks.Add(new Remark("PDF-SCANNE", PieceSeverity.Reserve, null,
                "Ce PDF est une image, sans texte : il est conservé, mais son contenu n’a pas été lu. S’il contient des réponses, envoyez le document d’origine (DOCX, ODT, XLSX ou PDF exporté)."));
        }
        else if (images.Count > 0)
        {
            remarks.Add(new Remark("PAGES-SCANNEES", PieceSeverity.Reserve, $"page {images[0]}",
                $"{(images.Count == 1 ? $"La page {images[0]} de ce PDF est une image" : $"Les pages {string.Join(", ", images.Take(12))} de ce PDF sont des images")} : leur contenu n’a pas été lu. S’il contient des réponses, envoyez le document d’origine."));
        }
    }

    private List<PdfField> Fields(PdfDocument document)
    {
        try
        {
            if (PdfFieldTree.IsSound(document))
            {
                return document.TryGetForm(out var form) && form is not null ? PdfField.Of(form) : [];
            }
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            // Told below, as fields that come back to themselves are.
        }

        remarks.Add(new Remark("CHAMPS-ILLISIBLES", PieceSeverity.Reserve, null, "Les champs de formulaire de ce PDF n’ont pas pu être lus : imprimez-le en PDF, ou envoyez le document d’origine (DOCX ou ODT)."));
        return [];
    }

    private Page? Page(PdfDocument document, int number)
    {
        try
        {
            return document.GetPage(number);
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            remarks.Add(new Remark("PAGE-ILLISIBLE", PieceSeverity.Reserve, $"page {number}", $"La page {number} de ce PDF n’a pas pu être lue : exportez-le de nouveau, ou envoyez le document d’origine (DOCX ou ODT)."));
            return null;
        }
    }
}

/// <summary>A page, taken apart: what stands where.</summary>
internal sealed record PdfPage(int Number, double Height, IReadOnlyList<PdfWord> Words, IReadOnlyList<PdfRule> Rules, IReadOnlyList<PdfField> Fields)
{
    /// <summary>All its words on their lines.</summary>
    public IReadOnlyList<PdfLine> Lines => field ??= PdfLine.Of(Words);
}

/// <summary>A word and where it stands; up is positive.</summary>
/// <param name="Base">The line that it is written on.</param>
internal sealed record PdfWord(string Text, double Left, double Right, double Base, double Size, bool IsBold, bool IsGrey)
{
    /// <summary>Whether it is all that a field of a form holds: what stands in the next field is no part of it, however near.</summary>
    public bool IsField { get; init; }

    public double Middle => Base + Size * 0.3;

    public double Center => (Left + Right) / 2;
}

/// <summary>Words on one line, from left to right.</summary>
internal sealed record PdfLine(IReadOnlyList<PdfWord> Words)
{
    public double Left => Words[0].Left;

    public double Right => Words[^1].Right;

    public double Base => Words[0].Base;

    public double Size { get; } = Words.Max(word => word.Size);

    public string Text => field ??= string.Join(' ', Words.Select(word => word.Text));

    public bool IsBold { get; } = Words.All(word => word.IsBold);

    /// <summary>The words in bold that it opens with; null where there are none.</summary>
    public string? Lead => string.Join(' ', Words.TakeWhile(word => word.IsBold).Select(word => word.Text)) is { Length: > 0 } lead ? lead : null;

    public bool IsGrey { get; } = Words.All(word => word.IsGrey);

    /// <summary>Whether fields of a form stand on it, which are further apart than lines of text.</summary>
    public bool HasFields { get; } = Words.Any(word => word.IsField);

    /// <summary>Whether nothing else does: the answers to the labels printed above.</summary>
    public bool IsFields { get; } = Words.All(word => word.IsField);

    /// <summary>Words put on lines, from the top down.</summary>
    public static List<PdfLine> Of(IEnumerable<PdfWord> words)
    {
        var lines = new List<List<PdfWord>>();
        var size = 0.0;
        foreach (var word in words.OrderByDescending(word => word.Base))
        {
            if (lines.Count > 0 && lines[^1][0].Base - word.Base <= 0.4 * Math.Max(size, word.Size))
            {
                lines[^1].Add(word);
                size = Math.Max(size, word.Size);
            }
            else
            {
                lines.Add([word]);
                size = word.Size;
            }
        }

        return [.. lines.Select(line => new PdfLine([.. line.OrderBy(word => word.Left)]))];
    }

    /// <summary>The line cut where a gap is too wide for a space.</summary>
    public IEnumerable<PdfLine> Segments()
    {
        var start = 0;
        for (var i = 1; i <= Words.Count; i++)
        {
            if (i == Words.Count || Words[i].IsField && Words[i - 1].IsField || Words[i].Left - Words[i - 1].Right > 1.5 * Math.Min(Words[i].Size, Words[i - 1].Size))
            {
                yield return new PdfLine([.. Words.Skip(start).Take(i - start)]);
                start = i;
            }
        }
    }
}
