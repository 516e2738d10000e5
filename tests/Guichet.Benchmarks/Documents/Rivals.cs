using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExcelDataReader;
using MiniExcelLibs;
using nietras.SeparatedValues;
using Sylvan.Data.Csv;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Guichet.Benchmarks.Documents;

/// <summary>The libraries that the package feed serves, each doing no more than reading every text of the file.</summary>
internal static class Rivals
{
    public const string Chosen = " (retenue)";

    public static readonly IReadOnlyDictionary<string, (string Name, Func<string, long> Read)[]> ByFormat = new Dictionary<string, (string, Func<string, long>)[]>
    {
        ["docx"] = [("DocumentFormat.OpenXml" + Chosen, OpenXmlText), ("XmlReader sur l’archive", RawXml)],
        ["pdf"] = [("PdfPig, mots" + Chosen, PdfWords), ("PdfPig, ContentOrderTextExtractor", PdfText)],
        ["xlsx"] = [("DocumentFormat.OpenXml, objets", OpenXmlCells), ("DocumentFormat.OpenXml et XmlReader" + Chosen, OpenXmlStreamed), ("ExcelDataReader", ExcelData), ("MiniExcel", Mini)],
        ["csv"] = [("Sep" + Chosen, SepText), ("Sylvan.Data.Csv", SylvanText), ("CsvHelper", HelperText)],
    };

    private static long OpenXmlText(string path)
    {
        using var document = WordprocessingDocument.Open(path, false);
        return document.MainDocumentPart!.Document!.Descendants<DocumentFormat.OpenXml.Wordprocessing.Text>().Sum(text => (long)text.Text.Length);
    }

    private static long RawXml(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var xml = XmlReader.Create(archive.GetEntry("word/document.xml")!.Open());
        return Texts(xml);
    }

    private static long PdfWords(string path)
    {
        using var document = PdfDocument.Open(path);
        return document.GetPages().Sum(page => page.GetWords().Sum(word => (long)word.Text.Length));
    }

    private static long PdfText(string path)
    {
        using var document = PdfDocument.Open(path);
        return document.GetPages().Sum(page => (long)ContentOrderTextExtractor.GetText(page).Length);
    }

    private static long OpenXmlCells(string path)
    {
        using var document = SpreadsheetDocument.Open(path, false);
        return document.WorkbookPart!.WorksheetParts.Sum(part => part.Worksheet!.Descendants<Cell>().Sum(cell => (long)cell.InnerText.Length));
    }

    private static long OpenXmlStreamed(string path)
    {
        using var document = SpreadsheetDocument.Open(path, false);
        return document.WorkbookPart!.WorksheetParts.Sum(part =>
        {
            using var xml = XmlReader.Create(part.GetStream());
            return Texts(xml);
        });
    }

    private static long ExcelData(string path)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(stream);
        var length = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                length += reader.GetValue(i)?.ToString()?.Length ?? 0;
            }
        }

        return length;
    }

    private static long Mini(string path) => MiniExcel.Query(path).Cast<IDictionary<string, object?>>().Sum(row => row.Values.Sum(value => (long)(value?.ToString()?.Length ?? 0)));

    private static long SepText(string path)
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

    private static long SylvanText(string path)
    {
        using var reader = Sylvan.Data.Csv.CsvDataReader.Create(path, new CsvDataReaderOptions { Delimiter = ';' });
        var length = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                length += reader.GetFieldSpan(i).Length;
            }
        }

        return length;
    }

    private static long HelperText(string path)
    {
        using var parser = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";" });
        var length = 0L;
        while (parser.Read())
        {
            length += parser.Record!.Sum(field => (long)field.Length);
        }

        return length;
    }

    private static long Texts(XmlReader xml)
    {
        var length = 0L;
        while (xml.Read())
        {
            length += xml.NodeType == XmlNodeType.Text ? xml.Value.Length : 0;
        }

        return length;
    }
}
