using System.Globalization;
using System.Text;

namespace Guichet.Documents.Tests.Formats;

/// <summary>A PDF, said by what stands where on its pages: A4, in points, from the bottom left.</summary>
internal sealed class PdfFile
{
    private readonly List<StringBuilder> pages = [new()];

    /// <summary>A file of objects, numbered from 1; the first is the catalog.</summary>
    public static byte[] Of(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        foreach (var (i, content) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj {content}\nendobj\n");
        }

        var xref = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:0000000000} 00000 n \n"))}");
        file.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    public PdfFile Page()
    {
        pages.Add(new());
        return this;
    }

    public PdfFile Text(double x, double y, string text, double size = 10, bool isBold = false) =>
        Draw($"BT /{(isBold ? 'B' : 'F')} {size} Tf {x} {y} Td ({text.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj ET");

    public PdfFile Grey(double x, double y, string text) => Draw($"0.63 g").Text(x, y, text).Draw($"0 g");

    /// <summary>Lines from the top down, 14 points apart.</summary>
    public PdfFile Lines(double x, double top, params string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            Text(x, top - 14 * i, lines[i]);
        }

        return this;
    }

    /// <summary>A table with borders, its columns beginning at the first of <paramref name="xs"/> and ending at the last; cells apart by <c>|</c>.</summary>
    public PdfFile Table(double top, double[] xs, params string[] rows)
    {
        for (var i = 0; i <= rows.Length; i++)
        {
            Line(xs[0], top - 20 * i, xs[^1], top - 20 * i);
        }

        foreach (var x in xs)
        {
            Line(x, top, x, top - 20 * rows.Length);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var cells = rows[i].Split('|');
            for (var c = 0; c < cells.Length; c++)
            {
                if (cells[c].Trim().Length > 0)
                {
                    Text(xs[c] + 4, top - 20 * i - 14, cells[c].Trim());
                }
            }
        }

        return this;
    }

    public byte[] Bytes()
    {
        string[] head =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select((_, i) => $"{5 + 2 * i} 0 R"))}] /Count {pages.Count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        ];
        return Raw([.. head, .. pages.SelectMany((drawn, i) => (string[])
        [
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * i} 0 R /Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>",
            $"<< /Length {drawn.Length} >>\nstream\n{drawn}\nendstream",
        ])]);
    }

    private void Line(double fromX, double fromY, double toX, double toY) => Draw($"{fromX} {fromY} m {toX} {toY} l S");

    private PdfFile Draw(FormattableString drawn)
    {
        pages[^1].Append(drawn.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    /// <summary>A file written object by object, its first the catalogue; the table of where they stand is added.</summary>
    public static byte[] Raw(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>A page with form fields on it and some text.</summary>
    public static byte[] Form(string text, params string[] fields)
    {
        var references = string.Join(' ', fields.Select((_, i) => $"{i + 6} 0 R"));
        return Raw(
        [
            $"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{references}] >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> /Annots [{references}] >>",
            $"<< /Length {text.Length} >>\nstream\n{text}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            .. fields,
        ]);
    }

    /// <summary>What draws a text at a place, for <see cref="Form"/>.</summary>
    public static string Drawn(int x, int y, string text) => $"BT /F 10 Tf {x} {y} Td ({text}) Tj ET ";

    public static string Field(string type, string name, string value, string rectangle, string more = "") =>
        $"<< /Type /Annot /Subtype /Widget /FT /{type} /T ({name}) {value} /Rect [{rectangle}] /P 3 0 R {more} >>";
}
