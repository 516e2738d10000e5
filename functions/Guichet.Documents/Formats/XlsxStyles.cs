using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Spreadsheet;
using Guichet.Documents.Values;

namespace Guichet.Documents.Formats;

/// <summary>What the number formats of a workbook make of a number: a date, a percentage, an amount.</summary>
internal sealed partial class XlsxStyles
{
    private readonly bool from1904;
    private readonly List<NumberFormat> formats = [];

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
            formats.Add(NumberFormat.Of(custom.TryGetValue(id, out var code) ? code : Builtin(id)));
        }
    }

    public bool IsPercent(int style) => FormatOf(style).IsPercent;

    /// <summary>The number as the sheet shows it, near enough to be recognised.</summary>
    public CellContent Show(decimal number, int style) => Show(number, FormatOf(style), from1904);

    /// <summary>The number as a format shows it.</summary>
    public static CellContent Show(decimal number, string code) => Show(number, NumberFormat.Of(code), false);

    private static CellContent Show(decimal number, NumberFormat format, bool from1904)
    {
        if (format.IsDate && FrenchDate.FromSerial(number, from1904) is { } date)
        {
            return new CellContent(date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)) { Date = date };
        }

        if (format.IsPercent)
        {
            return new CellContent($"{Plain(number * 100)} %") { Number = number * 100 };
        }

        // Shown in thousands without being held in thousands: what is meant is what is shown.
        return format.Unit > 1
            ? new CellContent($"{Plain(number)} {(format.Unit == 1_000 ? "k€" : "M€")}")
            : new CellContent(Plain(number) + (format.IsEuros ? " €" : "")) { Number = number };
    }

    private NumberFormat FormatOf(int style) => style >= 0 && style < formats.Count ? formats[style] : NumberFormat.General;

    private static string Plain(decimal number) => Math.Round(number, 10).ToString("0.##########", CultureInfo.InvariantCulture).Replace('.', ',');

    private static string Builtin(uint id) => id switch
    {
        9 => "0%",
        10 => "0.00%",
        >= 14 and <= 17 or 22 or (>= 27 and <= 36) or (>= 50 and <= 58) => "dd/mm/yyyy",
        _ => "",
    };

    /// <summary>What the code of a number format says that matters, read once for all the cells that wear it.</summary>
    /// <param name="Unit">1,000 where the code writes k€ after a number that it does not scale.</param>
    private sealed partial record NumberFormat(bool IsDate, bool IsPercent, decimal Unit, bool IsEuros)
    {
        public static readonly NumberFormat General = new(false, false, 1, false);

        public static NumberFormat Of(string code)
        {
            var bare = Literals().Replace(code, "");
            var isDate = DateMarks().IsMatch(bare) && !bare.Contains('0', StringComparison.Ordinal) && !bare.Contains('#', StringComparison.Ordinal);
            var unit = Scaled().IsMatch(bare) ? 1 : FrenchAmount.UnitOf(code);
            return new NumberFormat(isDate, bare.Contains('%', StringComparison.Ordinal), unit, code.Contains('€', StringComparison.Ordinal));
        }

        [GeneratedRegex("\"[^\"]*\"|\\\\.|\\[(?!h|m|s)[^\\]]*\\]")]
        private static partial Regex Literals();

        [GeneratedRegex("[dyj]|mmm", RegexOptions.IgnoreCase)]
        private static partial Regex DateMarks();

        [GeneratedRegex("[0#?],+(?![0#?])")]
        private static partial Regex Scaled();
    }
}
