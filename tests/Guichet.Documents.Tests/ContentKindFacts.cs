using System.Text;
using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;

namespace Guichet.Documents.Tests;

public sealed class ContentKindFacts(ReadingFixture reading)
{
    [Fact]
    public async Task A_name_that_lies_is_said_and_the_content_is_read()
    {
        var extract = await reading.Read(new Docx().Table("Titre du projet | Alpha").Bytes(), "formulaire.pdf");
        Assert.Equal((PieceKind.Docx, "Alpha"), (extract.Kind, extract.Value(Fields.ProjectTitle)));
        Assert.NotNull(extract.Finding("NOM-TROMPEUR"));
    }

    [Fact]
    public async Task An_empty_file_is_said() => Assert.NotNull((await reading.Read([], "formulaire.docx")).Finding("FICHIER-VIDE"));

    [Theory]
    [InlineData("EncryptedPackage", "FICHIER-CHIFFRE")]
    [InlineData("WordDocument", "FORMAT-ANCIEN")]
    [InlineData("Workbook", "FORMAT-ANCIEN")]
    public async Task Old_and_encrypted_files_say_what_to_send_instead(string stream, string expected)
    {
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Encoding.Unicode.GetBytes(stream), .. new byte[64]];
        Assert.Equal(PieceSeverity.Blocking, (await reading.Read(compound, "fichier.doc")).Finding(expected)!.Severity);
    }

    [Fact]
    public async Task A_package_cut_short_is_damaged() =>
        Assert.NotNull((await reading.Read(new Docx().Text("Bonjour").Bytes()[..300], "formulaire.docx")).Finding("FICHIER-ABIME"));

    [Fact]
    public async Task A_package_whose_directory_is_spoilt_is_damaged()
    {
        var content = new Docx().Text("Bonjour").Bytes();
        // The signature of the first entry of the central directory.
        content[content.AsSpan().LastIndexOf("PK\u0001\u0002"u8)] = 0;
        Assert.NotNull((await reading.Read(content, "formulaire.docx")).Finding("FICHIER-ABIME"));
    }

    [Fact]
    public async Task An_image_is_kept_and_said() =>
        Assert.Equal(PieceKind.Image, (await reading.Read([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "scan.png")).Kind);

    [Fact]
    public async Task Bytes_that_mean_nothing_are_unknown() =>
        Assert.NotNull((await reading.Read([1, 2, 3, 0, 14, 15], "fichier.bin")).Finding("FORMAT-INCONNU"));
}
