using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using Guichet.Local;
using Guichet.Pages;
using NodaTime;
using Xunit;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace Guichet.Pipeline.Tests.Injection;

/// <summary>
/// Every file that the app writes from what people wrote: the workbook of a report, the minutes of a session. It writes no CSV; the office's tables are rows of typed
/// values, which Excel and Power BI read as data and not as formulas.
/// </summary>
public sealed class ExportInjectionFacts
{
    private static readonly Campaign Rules = CampaignFile.Read(File.ReadAllBytes(RepositoryFolder.Path("infra", "campaigns", "ftap-data", "2024-07.json"))).Campaign!;

    public static TheoryData<string> Beginnings => ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://piege.exemple\";\"x\")", "=cmd|'/c calc'!A1", "x\u0001y\uFFFEz\uD800"];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task A_cell_of_a_workbook_is_text_whatever_it_begins_with(string text)
    {
        using var content = new MemoryStream(await ReportTemplate.Write(Rules with { Name = text }, Saying(text), PageInjectionFacts.Full().Milestones[0]));
        using var book = SpreadsheetDocument.Open(content, isEditable: false);
        var part = Assert.Single(book.WorkbookPart!.WorksheetParts);
        var cells = part.Worksheet!.Descendants<Cell>().ToList();
        Assert.Empty(part.Worksheet!.Descendants<CellFormula>());
        Assert.Empty(part.ExternalRelationships);
        Assert.Empty(part.HyperlinkRelationships);
        Assert.Empty(book.WorkbookPart.ExternalWorkbookParts);
        var said = cells.Where(cell => TextOf(book, cell).Contains(Kept(text), StringComparison.Ordinal)).ToList();
        Assert.True(said.Count >= 3, string.Join('\n', cells.Select(cell => TextOf(book, cell)))); // The project, the indicator, its unit.
        Assert.All(said, cell => Assert.Contains(cell.DataType!.Value, new[] { CellValues.InlineString, CellValues.SharedString }));
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void A_word_of_the_minutes_is_no_field_and_no_link(string text)
    {
        var session = new CommitteeSession { Id = "s", Campaign = Rules.Id, Date = new LocalDate(2024, 8, 1), Members = [new CommitteeMember("m", text)], Note = text };
        var item = new SessionItem { Dossier = DossierId.Parse("0123456789ab"), Outcome = DecisionOutcome.Refuse, Reason = text };
        using var content = new MemoryStream(MinutesDocument.Write(Rules with { Name = text }, session, [new MinutesLine(item, Saying(text), ReviewScores.Of(Rules, Saying(text)))]));
        using var document = WordprocessingDocument.Open(content, isEditable: false);
        var body = document.MainDocumentPart!.Document!.Body!;
        Assert.Empty(body.Descendants<Word.FieldCode>());
        Assert.Empty(body.Descendants<Word.SimpleField>());
        Assert.Empty(body.Descendants<Word.Hyperlink>());
        Assert.True(body.Descendants<Word.Text>().Count(one => one.Text.Contains(Kept(text).Trim(), StringComparison.Ordinal)) >= 4);
    }

    /// <summary>What of a text an XML file can hold.</summary>
    private static string Kept(string text) => text.StartsWith('x') ? "x y z" : text.Trim();

    private static Dossier Saying(string text)
    {
        var dossier = PageInjectionFacts.Full();
        return dossier with
        {
            Agreement = dossier.Agreement! with { Title = text, Applicant = new FundedApplicant("13002526500013", text), Indicators = [.. dossier.Agreement.Indicators.Select(one => one with { Name = text, Unit = text, Code = text })] },
        };
    }

    private static string TextOf(SpreadsheetDocument book, Cell cell) => cell.DataType?.Value == CellValues.SharedString
        ? book.WorkbookPart!.SharedStringTablePart!.SharedStringTable!.ElementAt(int.Parse(cell.InnerText, System.Globalization.CultureInfo.InvariantCulture)).InnerText
        : cell.InnerText;
}
