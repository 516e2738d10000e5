using Guichet.Core.Deposit;
using Guichet.Documents.Tests.Building;
using Guichet.Documents.Tests.Formats;
using Guichet.Documents.Tests.Measuring;

namespace Guichet.Documents.Tests;

/// <summary>The archives of public test suites are wrong in these ways: what can be read of each is, and what cannot is said.</summary>
public sealed class HostileArchiveFacts(ReadingFixture reading)
{
    public static TheoryData<string> Faults => [.. ZipFaults.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_archive_gives_its_files_or_a_finding_that_says_why(string fault)
    {
        var extract = await reading.Read(Spoilt(fault, ("formulaire.docx", Form)), "dossier.zip");
        Assert.Null(extract.Finding("LECTURE-INTERROMPUE"));
        Assert.True(extract.Value(Fields.ProjectTitle) == "Alpha" || extract.Findings.Any(finding => finding.Severity == PieceSeverity.Blocking));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_form_whose_package_is_wrong_is_read_or_said_to_be_damaged(string fault)
    {
        var extract = await reading.Read(ZipFaults.All.Single(one => one.Name == fault).Spoil(Form), "formulaire.docx");
        Assert.Null(extract.Finding("LECTURE-INTERROMPUE"));
        Assert.True(extract.Value(Fields.ProjectTitle) == "Alpha" || extract.Findings.Any(finding => finding.Severity == PieceSeverity.Blocking));
    }

    [Fact]
    public async Task Bytes_before_and_after_an_archive_do_not_matter()
    {
        foreach (var fault in new[] { "données avant l’archive", "données après l’archive" })
        {
            var extract = await reading.Read(Spoilt(fault, ("formulaire.docx", Form)), "dossier.zip");
            Assert.True(extract.Value(Fields.ProjectTitle) == "Alpha" || extract.Finding("FORMAT-INCONNU") is not null, fault);
        }
    }

    [Fact]
    public async Task A_checksum_that_is_wrong_makes_its_file_damaged() =>
        Assert.NotNull((await reading.Read(Spoilt("somme de contrôle fausse", ("note.csv", Files.Utf8("Titre du projet;Alpha"))), "dossier.zip")).Finding("FICHIER-ABIME"));

    [Fact]
    public async Task Two_entries_of_one_name_are_two_files()
    {
        var extract = await reading.Read(Files.Zip(("formulaire.docx", Form), ("formulaire.docx", Form)), "dossier.zip");
        Assert.Equal(2, extract.Findings.Count(finding => finding.Id == "FICHIER-DE-L-ARCHIVE"));
    }

    private static byte[] Form => new Docx().Table("Titre du projet | Alpha").Bytes();

    private static byte[] Spoilt(string fault, params (string, byte[])[] entries) => ZipFaults.All.Single(one => one.Name == fault).Spoil(Files.Zip(entries));
}
