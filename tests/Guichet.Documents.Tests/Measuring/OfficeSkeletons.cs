using System.Globalization;
using System.Text;
using Guichet.Documents.Tests.Formats;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>Word, Excel and OpenDocument files whose package is sound and whose content no program would write.</summary>
internal static class OfficeSkeletons
{
    private const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private const string Sheet = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly string[] Counts = ["0", "-1", "1", "3", "64", "1000", "1048576", "999999999", "4294967296", "1e309", "", "x"];
    private static readonly string[] Words = ["Coût total TTC", "450 k€", "Titre du projet", "Alpha", "Date de début", "1er mars 2024", "Montant TTC", "Libellé", "Catégorie", "☒ oui ☐ non", "&#xD7FF;", "&#x1F600;", "Indicateur n° 1", "12 345,67"];
    private static readonly string[] Addresses = ["A1", "B2", "C3", "XFD1048576", "XFE1", "A0", "A99999999999", "$A$1", "a1", "AAAAAAAAAA1", "1A", ""];
    private static readonly string[] Types = ["float", "date", "percentage", "currency", "string", "x"];
    private static readonly string[] Ranges = ["A1:XFD1048576", "B2:A1", "A1:A1", "A1", "A1:B1048576", ":", "A1:B2:C3", "XFD1:XFD1048576"];

    public static byte[] Docx(Random random)
    {
        var depth = random.Next(1, random.Next(8) == 0 ? 3_000 : 12);
        var document = $"{Entities(random)}<w:document {Word}><w:body>{Blocks(random, depth, 60)}</w:body></w:document>";
        var styles = $"<w:styles {Word}>{string.Concat(Enumerable.Range(0, 6).Select(i => $"<w:style w:styleId=\"S{i}\"><w:name w:val=\"heading {Count(random)}\"/><w:basedOn w:val=\"S{random.Next(6)}\"/><w:rPr><w:vanish w:val=\"{random.Next(3)}\"/></w:rPr></w:style>"))}</w:styles>";
        return Package(random, "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", document,
            ("word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml", "styles", styles));
    }

    public static byte[] Xlsx(Random random)
    {
        var rows = new StringBuilder();
        for (var row = 0; row < random.Next(1, 60); row++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{(random.Next(4) == 0 ? Count(random) : $"{row + 1}")}\">");
            for (var cell = 0; cell < random.Next(1, 8); cell++)
            {
                var address = random.Next(3) == 0 ? One(Addresses, random) : $"{(char)('A' + cell)}{row + 1}";
                rows.Append(CultureInfo.InvariantCulture, $"<c r=\"{address}\" s=\"{Count(random)}\" t=\"{One(["s", "n", "str", "inlineStr", "b", "e", "d", "x"], random)}\">{Cell(random)}</c>");
            }

            rows.Append("</row>");
        }

        var merges = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => $"<mergeCell ref=\"{One(Ranges, random)}\"/>"));
        var sheet = $"{Entities(random)}<worksheet {Sheet}><dimension ref=\"A1:XFD1048576\"/><cols><col min=\"1\" max=\"{Count(random)}\" hidden=\"1\"/></cols><sheetData>{rows}</sheetData><mergeCells count=\"{Count(random)}\">{merges}</mergeCells></worksheet>";
        var workbook = $"<workbook {Sheet} xmlns:r=\"{Relationship}\"><workbookPr date1904=\"{random.Next(2)}\"/><sheets>{string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(i => $"<sheet name=\"F{i}\" sheetId=\"{i + 1}\" r:id=\"rId{(random.Next(5) == 0 ? 9 : 1)}\"/>"))}</sheets></workbook>";
        var strings = $"<sst {Sheet} count=\"{Count(random)}\" uniqueCount=\"{Count(random)}\">{string.Concat(Enumerable.Range(0, 5).Select(_ => $"<si>{(random.Next(3) == 0 ? "<rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>" : "")}<t>{One(Words, random)}</t></si>"))}</sst>";
        var styles = $"<styleSheet {Sheet}><numFmts><numFmt numFmtId=\"{Count(random)}\" formatCode=\"{One(["dd/mm/yyyy", "0%", "#,##0 &quot;k€&quot;", "[h]:mm", "", "[[["], random)}\"/></numFmts><cellXfs><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
        return Package(random, "xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", workbook,
            ("xl/worksheets/sheet1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", "worksheet", sheet),
            ("xl/sharedStrings.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml", "sharedStrings", strings),
            ("xl/styles.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml", "styles", styles));
    }

    public static byte[] OpenText(Random random)
    {
        var depth = random.Next(1, random.Next(8) == 0 ? 3_000 : 12);
        var name = One(["text:section", "text:list", "text:span", "table:table-cell", "draw:frame", "text:tracked-changes"], random);
        return OdfFile.Text($"{string.Concat(Enumerable.Repeat($"<{name}>", depth))}<text:p>{One(Words, random)}<text:s text:c=\"{Count(random)}\"/></text:p>{OdfTable(random)}{string.Concat(Enumerable.Repeat($"</{name}>", depth))}");
    }

    public static byte[] OpenSheet(Random random) => OdfFile.Spreadsheet(string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => OdfTable(random))));

    private static string OdfTable(Random random)
    {
        var rows = new StringBuilder();
        for (var row = 0; row < random.Next(1, 20); row++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<table:table-row table:number-rows-repeated=\"{Count(random)}\">");
            for (var cell = 0; cell < random.Next(1, 6); cell++)
            {
                var name = One(["table-cell", "covered-table-cell"], random);
                rows.Append(CultureInfo.InvariantCulture, $"<table:{name} table:number-columns-repeated=\"{Count(random)}\" table:number-columns-spanned=\"{Count(random)}\" table:number-rows-spanned=\"{Count(random)}\" office:value-type=\"{One(Types, random)}\" office:value=\"{Count(random)}\" office:date-value=\"{One(["2024-03-01", "9999-99-99", ""], random)}\" table:formula=\"of:={Formula(random)}\"><text:p>{One(Words, random)}</text:p></table:{name}>");
            }

            rows.Append("</table:table-row>");
        }

        return $"<table:table table:name=\"T\"><table:table-column table:number-columns-repeated=\"{Count(random)}\"/>{rows}</table:table>";
    }

    private static string Blocks(Random random, int depth, int most)
    {
        var blocks = new StringBuilder();
        var (open, close) = random.Next(5) switch
        {
            0 => ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            1 => ("<w:sdt><w:sdtPr><w:alias w:val=\"Titre du projet\"/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            2 => ("<w:ins>", "</w:ins>"),
            3 => ("<w:customXml>", "</w:customXml>"),
            _ => ("<w:p><w:r>", "</w:r></w:p>"),
        };
        blocks.Insert(0, open, depth);
        for (var i = 0; i < random.Next(1, most); i++)
        {
            blocks.Append(random.Next(4) switch
            {
                0 => $"<w:tbl>{string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"<w:tr><w:trPr>{One(["<w:del/>", "<w:ins/>", $"<w:gridBefore w:val=\"{Count(random)}\"/>", ""], random)}</w:trPr>{TableCells(random)}</w:tr>"))}</w:tbl>",
                1 => $"<w:p><w:pPr><w:pStyle w:val=\"S{random.Next(7)}\"/><w:outlineLvl w:val=\"{Count(random)}\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"{One(["begin", "separate", "end"], random)}\"/><w:instrText>FORMTEXT</w:instrText><w:t>{One(Words, random)}</w:t></w:r></w:p>",
                2 => $"<w:p><w:r><w:sym w:font=\"{One(["Wingdings", "MS Gothic", "Segoe UI Symbol"], random)}\" w:char=\"{One(["F0FE", "2612", "D800", "FFFFFFFF", "110000", ""], random)}\"/></w:r></w:p>",
                _ => $"<w:p><w:r><w:t>{One(Words, random)} : {One(Words, random)}</w:t></w:r></w:p>",
            });
        }

        return blocks.Append(string.Concat(Enumerable.Repeat(close, depth))).ToString();
    }

    private static string TableCells(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
        $"<w:tc><w:tcPr><w:gridSpan w:val=\"{Count(random)}\"/>{One(["<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>", ""], random)}</w:tcPr><w:p><w:r><w:t>{One(Words, random)}</w:t></w:r></w:p></w:tc>"));

    private static string Cell(Random random) => random.Next(3) switch
    {
        0 => $"<f>{Formula(random)}</f>{(random.Next(2) == 0 ? $"<v>{Count(random)}</v>" : "")}",
        1 => $"<is><t>{One(Words, random)}</t></is>",
        _ => $"<v>{Count(random)}</v>",
    };

    private static string Formula(Random random) => random.Next(5) switch
    {
        0 => $"SUM({One(Ranges, random)})",
        1 => new string('(', random.Next(1, 3_000)) + "1",
        2 => new string('-', random.Next(1, 3_000)) + "A1",
        3 => $"{One(Addresses, random)}*{One(Addresses, random)}/0",
        _ => string.Concat(Enumerable.Repeat("ROUND(", random.Next(1, 500))) + "A1",
    };

    private static string Entities(Random random) => random.Next(12) == 0 ? "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private static string Count(Random random) => One(Counts, random);

    private static string One(string[] of, Random random) => of[random.Next(of.Length)];

    private static byte[] Package(Random random, string main, string mainType, string content, params (string Name, string Type, string Relation, string Content)[] parts)
    {
        var folder = main[..(main.LastIndexOf('/') + 1)];
        var types = $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/{main}\" ContentType=\"{mainType}\"/>{string.Concat(parts.Select(part => $"<Override PartName=\"/{part.Name}\" ContentType=\"{part.Type}\"/>"))}</Types>";
        static string Relations(IEnumerable<string> relations) => $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations)}</Relationships>";
        var own = parts.Select((part, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relationship}/{part.Relation}\" Target=\"{part.Name[folder.Length..]}\"/>");
        var outside = random.Next(6) == 0 ? ["<Relationship Id=\"rId8\" Type=\"" + Relationship + "/hyperlink\" Target=\"http://[mal formé\" TargetMode=\"External\"/>"] : Array.Empty<string>();
        return Files.Zip(
        [
            ("[Content_Types].xml", Files.Utf8(types)),
            ("_rels/.rels", Files.Utf8(Relations([$"<Relationship Id=\"rId1\" Type=\"{Relationship}/officeDocument\" Target=\"{main}\"/>"]))),
            (main, Files.Utf8(content)),
            ($"{folder}_rels/{main[folder.Length..]}.rels", Files.Utf8(Relations([.. own, .. outside]))),
            .. parts.Select(part => (part.Name, Files.Utf8(part.Content))),
        ]);
    }
}
