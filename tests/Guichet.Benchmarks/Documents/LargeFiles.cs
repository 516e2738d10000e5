using System.Globalization;
using System.IO.Compression;
using SpreadCheetah;

namespace Guichet.Benchmarks.Documents;

/// <summary>Files as large as a deposit takes: what is in them does not compress, so that their size is that of their content.</summary>
internal static class LargeFiles
{
    private const int RowsBetweenLooks = 2_000;

    public static async Task Xlsx(string path, long bytes)
    {
        var random = new Random(1);
        await using var stream = File.Create(path);
        await using var sheet = await Spreadsheet.CreateNewAsync(stream);
        await sheet.StartWorksheetAsync("Budget");
        await sheet.AddRowAsync([new DataCell("Catégorie"), new DataCell("Libellé"), new DataCell("Montant TTC")]);
        while (stream.Position < bytes)
        {
            for (var row = 0; row < RowsBetweenLooks; row++)
            {
                await sheet.AddRowAsync([new DataCell("Prestation"), new DataCell(Words(random)), new DataCell(random.Next(1_000_000))]);
            }
        }

        await sheet.FinishAsync();
    }

    public static Task Ods(string path, long bytes)
    {
        var random = new Random(1);
        using var stream = File.Create(path);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        using (var mimetype = new StreamWriter(archive.CreateEntry("mimetype", CompressionLevel.NoCompression).Open()))
        {
            mimetype.Write("application/vnd.oasis.opendocument.spreadsheet");
        }

        using var content = new StreamWriter(archive.CreateEntry("content.xml", CompressionLevel.Fastest).Open());
        content.Write("<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Budget\">");
        while (stream.Position < bytes)
        {
            for (var row = 0; row < RowsBetweenLooks; row++)
            {
                content.Write(string.Create(CultureInfo.InvariantCulture, $"<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{Words(random)}</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"{random.Next(1_000_000)}\"/></table:table-row>"));
            }
        }

        content.Write("</table:table></office:spreadsheet></office:body></office:document-content>");
        return Task.CompletedTask;
    }

    private static string Words(Random random)
    {
        Span<byte> bytes = stackalloc byte[48];
        random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
