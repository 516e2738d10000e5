using System.Globalization;
using System.IO.Compression;
using System.Text;
using SpreadCheetah;
using SpreadCheetah.Styling;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Guichet.Benchmarks.Documents;

/// <summary>The files that are measured on: made here, so that nothing has to be kept.</summary>
internal static class BenchmarkFiles
{
    internal const string Sentence = "Le service rend visible ce qui était ressaisi à la main, et les écarts sont expliqués aux agents dans un vocabulaire simple.";

    /// <summary>One file of each kind, in a folder.</summary>
    public static async Task<IReadOnlyList<string>> All(string folder)
    {
        string At(string name) => Path.Combine(folder, name);
        WordFile.Docx(At("dix-pages.docx"));
        Odt(At("dix-pages.odt"));
        Pdf(At("dix-pages.pdf"));
        await Xlsx(At("5000-lignes.xlsx"), 5_000);
        Ods(At("5000-lignes.ods"), 5_000);
        Csv(At("un-mega.csv"), 1 << 20);
        Zip(At("dossier.zip"), At("dix-pages.docx"), At("dix-pages.pdf"), At("5000-lignes.xlsx"));
        return [At("dix-pages.docx"), At("dix-pages.odt"), At("dix-pages.pdf"), At("5000-lignes.xlsx"), At("5000-lignes.ods"), At("un-mega.csv"), At("dossier.zip")];
    }

    /// <summary>Ten pages: a title in bold, labels and values, text, and a table with borders on each.</summary>
    public static void Pdf(string path)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        var bold = builder.AddStandard14Font(Standard14Font.HelveticaBold);
        for (var number = 1; number <= 10; number++)
        {
            var page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
            page.AddText($"{number}. Partie du dossier", 14, new PdfPoint(50, 800), bold);
            for (var line = 0; line < 34; line++)
            {
                page.AddText($"{number}.{line} - Le service rend visible ce qui etait ressaisi a la main, et simple.", 10, new PdfPoint(50, 780 - 15 * line), font);
            }

            for (var row = 0; row <= 10; row++)
            {
                page.DrawLine(new PdfPoint(50, 260 - 20 * row), new PdfPoint(540, 260 - 20 * row));
            }

            foreach (var x in new[] { 50, 220, 540 })
            {
                page.DrawLine(new PdfPoint(x, 260), new PdfPoint(x, 60));
            }

            for (var row = 0; row < 10; row++)
            {
                page.AddText($"Rubrique {number}.{row}", 10, new PdfPoint(55, 246 - 20 * row), bold);
                page.AddText("Les ecarts sont expliques aux agents dans un vocabulaire simple.", 10, new PdfPoint(225, 246 - 20 * row), font);
            }
        }

        File.WriteAllBytes(path, builder.Build());
    }

    /// <summary>A budget of a line a row, dates and amounts in formats of their own.</summary>
    public static async Task Xlsx(string path, int rows)
    {
        await using var stream = File.Create(path);
        await using var sheet = await Spreadsheet.CreateNewAsync(stream);
        var euros = sheet.AddStyle(new Style { Format = NumberFormat.Custom("#,##0.00 \"€\"") });
        var day = sheet.AddStyle(new Style { Format = NumberFormat.Custom("dd/mm/yyyy") });
        await sheet.StartWorksheetAsync("Budget");
        await sheet.AddRowAsync([new Cell("Catégorie"), new Cell("Libellé"), new Cell("Montant TTC"), new Cell("Date")]);
        for (var row = 0; row < rows; row++)
        {
            await sheet.AddRowAsync([new Cell("Prestation"), new Cell($"Développement du lot {row}"), new Cell(1_000 + row, euros), new Cell(45_000 + row % 700, day)]);
        }

        await sheet.FinishAsync();
    }

    public static void Csv(string path, long bytes)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine("Catégorie;Libellé;Montant TTC;Année");
        for (var row = 0; writer.BaseStream.Length < bytes; row++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Prestation;Développement du lot {row};{1_000 + row},50;2024"));
        }
    }

    public static void Odt(string path)
    {
        var body = new StringBuilder();
        for (var page = 1; page <= 10; page++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<text:h text:outline-level=\"1\">{page}. Partie</text:h>");
            for (var i = 0; i < 12; i++)
            {
                body.Append(CultureInfo.InvariantCulture, $"<text:p>{Sentence} <text:span>{Sentence}</text:span> {Sentence} {Sentence}</text:p>");
            }

            body.Append("<table:table>");
            for (var row = 0; row < 10; row++)
            {
                body.Append(CultureInfo.InvariantCulture, $"<table:table-row><table:table-cell><text:p>Rubrique {page}.{row}</text:p></table:table-cell><table:table-cell><text:p>{Sentence}</text:p></table:table-cell></table:table-row>");
            }

            body.Append("</table:table>");
        }

        OpenDocument(path, "text", $"<office:text>{body}</office:text>");
    }

    public static void Ods(string path, int rows)
    {
        var body = new StringBuilder("<table:table table:name=\"Budget\">");
        static string Text(string text) => $"<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>";
        body.Append(CultureInfo.InvariantCulture, $"<table:table-row>{Text("Catégorie")}{Text("Libellé")}{Text("Montant TTC")}</table:table-row>");
        for (var row = 0; row < rows; row++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<table:table-row>{Text("Prestation")}{Text($"Développement du lot {row}")}<table:table-cell office:value-type=\"float\" office:value=\"{1_000 + row}\"><text:p>{1_000 + row},00 €</text:p></table:table-cell></table:table-row>");
        }

        OpenDocument(path, "spreadsheet", $"<office:spreadsheet>{body}</table:table></office:spreadsheet>");
    }

    public static void Zip(string path, params string[] files)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var file in files)
        {
            archive.CreateEntryFromFile(file, Path.GetFileName(file));
        }
    }

    private static void OpenDocument(string path, string kind, string body)
    {
        const string namespaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(archive, "mimetype", $"application/vnd.oasis.opendocument.{kind}", CompressionLevel.NoCompression);
        Write(archive, "content.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {namespaces}><office:body>{body}</office:body></office:document-content>", CompressionLevel.Optimal);
    }

    private static void Write(ZipArchive archive, string name, string content, CompressionLevel level)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name, level).Open());
        writer.Write(content);
    }
}
