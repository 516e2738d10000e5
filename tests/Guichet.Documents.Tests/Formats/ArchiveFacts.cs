using System.IO.Compression;
using System.Text;
using Guichet.Core;
using Guichet.Core.Deposit;

namespace Guichet.Documents.Tests.Formats;

public sealed class ArchiveFacts
{
    private static readonly byte[] Form = OdfFile.Text(OdfFile.Table("Titre du projet | Alpha", "Acronyme | ALPHA"));
    private static readonly byte[] Image = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0];

    private static PieceExtract Read(params (string, byte[])[] entries) => Files.Read(Files.Zip(entries), "archive.zip");

    [Fact]
    public void Each_file_is_read_and_named_with_the_way_to_it()
    {
        var extract = Read(("dossier/formulaire.odt", Form), ("dossier/annexes/budget.csv", Files.Utf8("Catégorie;Libellé;Montant TTC\nPrestation;Conseil;10000\nTotal TTC;;10000\n")));
        Assert.Equal(PieceKind.Zip, extract.Kind);
        Assert.Equal("archive.zip/dossier/formulaire.odt", extract.Values.Single(value => value.Field == Fields.ProjectTitle).Source.File);
        Assert.Equal(Euros.From(10_000), extract.Says(Fields.BudgetTotal));
        Assert.Contains(extract.Findings, finding => finding is { Id: "FICHIER-DE-L-ARCHIVE", File: "archive.zip/dossier/annexes/budget.csv" });
    }

    [Fact]
    public void What_systems_leave_behind_is_ignored()
    {
        var extract = Read(("formulaire.odt", Form), ("__MACOSX/._formulaire.odt", [1, 2, 3]), ("Thumbs.db", [1, 2, 3]), ("a/.DS_Store", [0, 1]), ("~$formulaire.docx", [1]));
        Assert.All(extract.Findings, finding => Assert.Equal("archive.zip/formulaire.odt", finding.File));
    }

    [Fact]
    public void Accents_in_names_are_right_in_both_encodings()
    {
        // The encoding of names is only marked where it is UTF-8: what Windows writes is not.
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, CodePagesEncodingProvider.Instance.GetEncoding(437)))
        {
            using var entry = archive.CreateEntry("Dossier étiages/préfecture à l'été.odt").Open();
            entry.Write(Form);
        }

        Assert.Equal("archive.zip/Dossier étiages/préfecture à l'été.odt", Files.Read(stream.ToArray(), "archive.zip").Values[0].Source.File);
        Assert.Equal("archive.zip/é/pièce.odt", Read(("é/pie\u0300ce.odt", Form)).Values[0].Source.File);
    }

    [Fact]
    public void An_archive_in_an_archive_is_read_and_no_deeper()
    {
        var inner = Files.Zip(("formulaire.odt", Form));
        Assert.Equal("archive.zip/inner.zip/formulaire.odt", Read(("inner.zip", inner)).Values[0].Source.File);
        var deeper = Read(("a.zip", Files.Zip(("b.zip", inner))));
        Assert.Empty(deeper.Values);
        Assert.Equal("archive.zip/a.zip/b.zip", deeper.Tells("ARCHIVE-IMBRIQUEE")!.File);
    }

    [Fact]
    public void A_name_cannot_lead_out_of_its_archive() =>
        Assert.Equal("archive.zip/etc/formulaire.odt", Read(("../../etc/formulaire.odt", Form)).Values[0].Source.File);

    [Fact]
    public void A_bomb_is_refused_before_it_goes_off()
    {
        var zeros = Files.Zip(("zeros.csv", new byte[3 << 20]));
        var bounds = ReadingBounds.Default with { FreeExpansion = 1 << 20, ExpansionRatio = 10 };
        Assert.Equal(PieceSeverity.Blocking, Files.Read(zeros, "archive.zip", bounds).Tells("FICHIER-TROP-GRAND")!.Severity);
    }

    [Fact]
    public void Too_many_files_are_refused() =>
        Assert.NotNull(Files.Read(Files.Zip([.. Enumerable.Range(0, 30).Select(i => ($"{i}.csv", "a;b"u8.ToArray()))]), "archive.zip", ReadingBounds.Default with { Entries = 20 }).Tells("FICHIER-TROP-GRAND"));

    [Fact]
    public void One_bad_file_does_not_hide_the_others()
    {
        var extract = Read(("vide.docx", []), ("formulaire.odt", Form), ("photo.png", Image));
        Assert.Equal("Alpha", extract.Says(Fields.ProjectTitle));
        Assert.Equal("archive.zip/vide.docx", extract.Tells("FICHIER-VIDE")!.File);
        Assert.Equal(PieceSeverity.Info, extract.Tells("IMAGE")!.Severity);
    }

    [Fact]
    public void An_archive_without_files_is_empty() => Assert.NotNull(Read(("dossier/", [])).Tells("FICHIER-VIDE"));

    [Fact]
    public void An_archive_whose_directory_is_wrong_is_damaged()
    {
        var archive = Files.Zip(("formulaire.odt", Form));
        archive[archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8)] = 0;
        Assert.NotNull(Files.Read(archive, "archive.zip").Tells("FICHIER-ABIME"));
    }

    [Fact]
    public void A_damaged_archive_is_said() => Assert.NotNull(Files.Read(Files.Zip(("formulaire.odt", Form))[..200], "archive.zip").Tells("FICHIER-ABIME"));
}
