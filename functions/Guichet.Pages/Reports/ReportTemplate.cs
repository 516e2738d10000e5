using System.Drawing;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Guichet.Pages;

/// <summary>
/// The workbook in which a porteur reports for a milestone: its indicators with what is known of them, and empty cells for what is asked. The reader of
/// reports knows its words, so that what is filled in is read without a doubt.
/// </summary>
public static class ReportTemplate
{
    /// <summary>The media type of the workbook.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Color Yellow = Color.FromArgb(0xFF, 0xF7, 0xD1);
    private static readonly Color Blue = Color.FromArgb(0x00, 0x00, 0x91);

    private const double LineHeight = 16;
    private const int NameWidth = 46;
    private const int UnitWidth = 16;

    /// <summary>The columns of the indicators: their headings and their widths, in characters.</summary>
    private static readonly (string Heading, double Width)[] Columns =
    [
        ("Code", 8), ("Indicateur", NameWidth), ("Unité", UnitWidth), ("Valeur de départ", 17), ("Cible", 12), ("Date de la cible", 16), ("Dernière valeur", 16), ("Valeur à ce jour", 18), ("Date de mesure", 16),
    ];

    /// <summary>What the workbook is called as a file.</summary>
    public static string FileName(Dossier dossier, Milestone milestone) => $"bilan-{dossier.Id}-{milestone.Due:uuuu-MM-dd}.xlsx";

    /// <summary>Writes the workbook of a milestone.</summary>
    public static async Task<byte[]> Write(Campaign campaign, Dossier dossier, Milestone milestone, CancellationToken cancellation = default)
    {
        using var content = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancellation))
        {
            await WriteSheet(book, campaign, dossier, milestone, cancellation);
            await book.FinishAsync(cancellation);
        }

        return content.ToArray();
    }

    private static async Task WriteSheet(Spreadsheet book, Campaign campaign, Dossier dossier, Milestone milestone, CancellationToken cancellation)
    {
        var options = new WorksheetOptions { FrozenColumns = 2 };
        for (var column = 0; column < Columns.Length; column++)
        {
            options.Column(column + 1).Width = Columns[column].Width;
        }

        await book.StartWorksheetAsync("Bilan", options, cancellation);
        var title = book.AddStyle(new Style { Font = { Bold = true, Size = 16, Color = Blue } });
        var label = book.AddStyle(new Style { Font = { Bold = true }, Alignment = { Vertical = VerticalAlignment.Top, WrapText = true } });
        var heading = book.AddStyle(new Style { Font = { Bold = true, Color = Color.White }, Fill = { Color = Blue }, Alignment = { WrapText = true, Vertical = VerticalAlignment.Center } });
        var text = book.AddStyle(new Style { Alignment = { WrapText = true, Vertical = VerticalAlignment.Top } });
        var number = book.AddStyle(new Style { Format = NumberFormat.Custom("#,##0.##"), Alignment = { Vertical = VerticalAlignment.Top } });
        var date = book.AddStyle(new Style { Format = NumberFormat.Custom("dd/mm/yyyy"), Alignment = { Vertical = VerticalAlignment.Top } });
        var asked = new Style { Fill = { Color = Yellow }, Border = { Bottom = { BorderStyle = BorderStyle.Thin }, Top = { BorderStyle = BorderStyle.Thin }, Left = { BorderStyle = BorderStyle.Thin }, Right = { BorderStyle = BorderStyle.Thin } }, Alignment = { WrapText = true, Vertical = VerticalAlignment.Top } };
        var askedText = book.AddStyle(asked);
        var askedNumber = book.AddStyle(asked with { Format = NumberFormat.Custom("#,##0.##") });
        var askedDate = book.AddStyle(asked with { Format = NumberFormat.Custom("dd/mm/yyyy") });

        async Task Row(double? height, params Cell[] cells) => await book.AddRowAsync(cells, new RowOptions { Height = height }, cancellation);
        static Cell Date(NodaTime.LocalDate? day, StyleId style) => day is { } known ? new Cell(known.ToDateTimeUnspecified(), style) : new Cell("", style);
        static Cell Number(decimal? value, StyleId style) => value is { } known ? new Cell(known, style) : new Cell("", style);

        await Row(24, new Cell(char.ToUpperInvariant(milestone.InFrench[0]) + milestone.InFrench[1..], title));
        await Row(null, new Cell("Projet", label), new Cell(XmlText.Of(dossier.Title)));
        await Row(null, new Cell("Numéro", label), new Cell(dossier.Id.ToString()));
        await Row(null, new Cell("Attendu", label), new Cell($"le {milestone.Due.InFrench()}, pour le guichet « {XmlText.Of(campaign.Name)} »"));
        await Row(null, new Cell("Remplissez les cases jaunes, puis envoyez le fichier par le lien du courriel. Une valeur est un nombre, dans l’unité de sa ligne."));
        await Row(null);
        await Row(32, [.. Columns.Select(column => new Cell(column.Heading, heading))]);
        foreach (var indicator in dossier.Agreement!.Indicators)
        {
            var last = ReportChecks.LastBefore(dossier, indicator, milestone.Number);
            await Row(
                LineHeight * (1 + Math.Max(indicator.Name.Length / (NameWidth - 2), (indicator.Unit?.Length ?? 0) / (UnitWidth - 2))),
                new Cell(XmlText.Of(indicator.Code ?? ""), text), new Cell(XmlText.Of(indicator.Name), text), new Cell(XmlText.Of(indicator.Unit ?? ""), text), Number(indicator.Baseline, number), Number(indicator.Target, number),
                Date(indicator.TargetDate, date), Number(last?.Value, number), new Cell("", askedNumber), new Cell("", askedDate));
        }

        await Row(null);
        var row = dossier.Agreement.Indicators.Length + 9;
        foreach (var (question, height) in new[]
        {
            ("Ce qui a été fait depuis le bilan précédent", 120d), ("Stratégie : confirmée, ou ajustée et comment", 90d), ("Économies réalisées depuis le début, en euros", 30d),
        })
        {
            await Row(height, new Cell("", label), new Cell(question, label), new Cell("", askedText), new Cell("", askedText), new Cell("", askedText), new Cell("", askedText), new Cell("", askedText), new Cell("", askedText), new Cell("", askedText));
            book.MergeCells($"C{row}:I{row}");
            row++;
        }
    }
}
