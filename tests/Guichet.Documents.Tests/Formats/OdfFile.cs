namespace Guichet.Documents.Tests.Formats;

/// <summary>OpenDocument files, made of the parts that matter to a test.</summary>
internal static class OdfFile
{
    private const string Namespaces =
        """
        xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
        xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"
        xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
        xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
        xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"
        """;

    public static byte[] Text(string body, string styles = "", params (string Name, byte[] Content)[] parts) =>
        Package("text", $"<office:text>{body}</office:text>", styles, parts);

    public static byte[] Spreadsheet(string body, string styles = "", params (string Name, byte[] Content)[] parts) =>
        Package("spreadsheet", $"<office:spreadsheet>{body}</office:spreadsheet>", styles, parts);

    /// <summary>A table of paragraphs, cells apart by <c>|</c>.</summary>
    public static string Table(params string[] rows) =>
        $"<table:table>{string.Concat(rows.Select(row => $"<table:table-row>{string.Concat(row.Split('|').Select(cell => $"<table:table-cell><text:p>{cell.Trim()}</text:p></table:table-cell>"))}</table:table-row>"))}</table:table>";

    /// <summary>A sheet; a number is a cell of type float, any other text a string.</summary>
    public static string Sheet(string name, params string[] rows) =>
        $"<table:table table:name=\"{name}\">{string.Concat(rows.Select(row => $"<table:table-row>{string.Concat(row.Split('|').Select(cell => Cell(cell.Trim())))}</table:table-row>"))}</table:table>";

    public static string Cell(string content) =>
        content.StartsWith('<') ? content
        : decimal.TryParse(content, System.Globalization.CultureInfo.InvariantCulture, out _) ? $"<table:table-cell office:value-type=\"float\" office:value=\"{content}\"><text:p>{content}</text:p></table:table-cell>"
        : $"<table:table-cell office:value-type=\"string\"><text:p>{content}</text:p></table:table-cell>";

    private static byte[] Package(string kind, string body, string styles, (string, byte[])[] parts) => Files.Zip(
    [
        ("mimetype", Files.Utf8($"application/vnd.oasis.opendocument.{kind}")),
        ("content.xml", Files.Utf8($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {Namespaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>")),
        ("meta.xml", Files.Utf8($"<office:document-meta {Namespaces}><office:meta><meta:document-statistic meta:page-count=\"4\"/></office:meta></office:document-meta>")),
        .. parts,
    ]);
}
