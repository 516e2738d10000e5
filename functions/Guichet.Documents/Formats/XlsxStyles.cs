using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Spreadsheet;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>What the number formats of a workbook make of a number: a date, a percentage, an amount.</summary>
internal sealed partial class XlsxStyles
{
    private readonly bool from1904;
    private readonly List<string> codes = [];

    public XlsxStyles(Stylesheet? stylesheet, bool from1904)
    {
        this.from1904 = from1904;
        var custom = (stylesheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(format => format.NumberFormatId?.Value is not null)
            .GroupBy(format => format.NumberFormatId!.Value)
            .ToDictionary(group => group.Key, group => group.Last().FormatCode?.Value ?? "");
        foreach (var format in stylesheet?.CellFormats?.Elements<CellFormat>() ?? [])
        {
            var id = format.NumberFormatId?.Value ?? 0;
            codes.Add(custom.TryGetValue(id, out var code) ? code : Builtin(id));
        }
    }

    public bool IsPercent(int style) => CodeOf(style).Contains('%', StringComparison.Ordinal);

    /// <summary>The number as the sheet shows it, near enough to be recognised.</summary>
    public CellContent Show(decimal number, int style) => Show(number, CodeOf(style), from1904);

    /// <summary>The number as a format shows it.</summary>
    public static CellContent Show(decimal number, string code, bool from1904 = false)
    {
        var bare = Literals().Replace(code, "");
        if (IsDate(bare) && FrenchDate.FromSerial(number, from1904) is { } date)
        {
            return new CellContent(date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)) { Date = date };
        }

        if (bare.Contains('%', StringComparison.Ordinal))
        {
            return new CellContent($"{Plain(number * 100)} %") { Number = number * 100 };
        }

        // Shown in thousands without being held in thousands: what is meant is what is shown.
        var scaled = Scaled().IsMatch(bare);
        if (!scaled && FrenchAmount.UnitOf(code) is var unit and > 1)
        {
            return new CellContent($"{Plain(number)} {(unit == 1_000 ? "k€" : "M€")}");
        }

        return new CellContent(Plain(number) + (code.Contains('€', StringComparison.Ordinal) ? " €" : "")) { Number = number };
    }

    private string CodeOf(int style) => style >= 0 && style < codes.Count ? codes[style] : "";

    private static string Plain(decimal number) => Math.Round(number, 10).ToString("0.##########", CultureInfo.InvariantCulture).Replace('.', ',');

    private static bool IsDate(string code) => DateMarks().IsMatch(code) && !code.Contains('0', StringComparison.Ordinal) && !code.Contains('#', StringComparison.Ordinal);

    private static string Builtin(uint id) => id switch
    {
        9 => "0%",
        10 => "0.00%",
        >= 14 and <= 17 or 22 or (>= 27 and <= 36) or (>= 50 and <= 58) => "dd/mm/yyyy",
        _ => "",
    };

    [GeneratedRegex("\"[^\"]*\"|\\\\.|\\[(?!h|m|s)[^\\]]*\\]")]
    private static partial Regex Literals();

    [GeneratedRegex("[dyj]|mmm", RegexOptions.IgnoreCase)]
    private static partial Regex DateMarks();

    [GeneratedRegex("[0#?],+(?![0#?])")]
    private static partial Regex Scaled();
}
