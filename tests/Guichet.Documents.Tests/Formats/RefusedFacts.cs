using System.Text;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

/// <summary>Files that are not read say in plain French what to send instead.</summary>
public sealed class RefusedFacts
{
    private static PieceFinding Only(byte[] content, string name) => Assert.Single(Files.Read(content, name).Findings, finding => finding.Severity == PieceSeverity.Blocking);

    [Theory]
    [InlineData("WordDocument", "DOCX")]
    [InlineData("Workbook", "XLSX")]
    [InlineData("PowerPoint Document", "DOCX")]
    [InlineData("EncryptedPackage", "sans protection")]
    [InlineData("__substg1.0_0037001F", "pièces jointes")]
    public void Compound_files_are_told_by_their_streams(string stream, string told)
    {
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Encoding.Unicode.GetBytes(stream), .. new byte[64]];
        Assert.Contains(told, Only(compound, "fichier.doc").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Content_Types].xml", "xl/workbook.bin", "XLSX")]
    [InlineData("Index/Document.iwa", "Data/x.jpg", "DOCX")]
    [InlineData("[Content_Types].xml", "ppt/presentation.xml", "DOCX")]
    public void Packages_of_other_programs_are_told_by_their_parts(string first, string second, string told) =>
        Assert.Contains(told, Only(Files.Zip((first, [1]), (second, [1])), "fichier").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<html><table><tr><td>Titre</td></tr></table></html>", "budget.xls")]
    [InlineData("{\\rtf1\\ansi Bonjour}", "formulaire.doc")]
    public void Text_formats_that_are_not_read_are_named(string content, string name) =>
        Assert.Contains("DOCX", Only(Files.Utf8(content), name).Message, StringComparison.Ordinal);

    [Fact]
    public void A_photo_is_an_annex_and_nothing_is_held_against_it() =>
        Assert.All(Files.Read([0xFF, 0xD8, 0xFF, 0xE0, 0, 0], "photo.jpg").Findings, finding => Assert.Equal(PieceSeverity.Info, finding.Severity));
}
