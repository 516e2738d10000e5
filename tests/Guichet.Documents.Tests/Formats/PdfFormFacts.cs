using Guichet.Core.Deposit;
using NodaTime;

namespace Guichet.Documents.Tests.Formats;

/// <summary>Forms to fill in whose fields have the names that an editor gives: what each answers stands beside it or above it.</summary>
public sealed class PdfFormFacts(ReadingFixture reading)
{
    private static string Field(int number, int left, int right, int bottom, string value) =>
        PdfFile.Field("Tx", $"Texte{number}", $"/V ({value})", $"{left} {bottom} {right} {bottom + 18}");

    private static string Drawn(params (int X, int Y, string Text)[] labels) => string.Concat(labels.Select(label => PdfFile.Drawn(label.X, label.Y, label.Text)));

    [Fact]
    public async Task Fields_that_touch_are_cells_under_the_labels_printed_above_them()
    {
        var extract = await reading.Read(PdfFile.Form(
            Drawn((50, 760, "Titre du projet"), (350, 760, "Acronyme"), (50, 700, "Date de début"), (180, 700, "Date de fin")),
            Field(1, 50, 350, 736, "Alpha"), Field(2, 350, 540, 736, "ALPHA"), Field(3, 50, 180, 676, "01/09/2024"), Field(4, 180, 310, 676, "31/08/2026")), "formulaire.pdf");
        Assert.Equal(("Alpha", "ALPHA"), (extract.Value(Fields.ProjectTitle), extract.Value(Fields.ProjectAcronym)));
        Assert.Equal((new LocalDate(2024, 9, 1), new LocalDate(2026, 8, 31)), (extract.Value(Fields.ProjectStart), extract.Value(Fields.ProjectEnd)));
    }

    [Fact]
    public async Task Rows_of_fields_make_a_list_and_a_bare_date_is_of_the_value_before_it()
    {
        int[] xs = [50, 90, 260, 320, 390, 460, 530];
        var (first, second) = (new[] { "P1", "Usagers prévenus", "0", "01/06/2024", "500", "30/06/2025" }, new[] { "P2", "Taux de conversion", "4", "31/12/2023", "18", "30/06/2025" });
        var extract = await reading.Read(PdfFile.Form(
            Drawn((50, 760, "Code"), (90, 760, "Nom"), (260, 760, "Valeur initiale"), (325, 760, "Date"), (390, 760, "Valeur cible"), (460, 760, "Date")),
            [.. first.Select((value, i) => Field(i, xs[i], xs[i + 1], 736, value)), .. second.Select((value, i) => Field(10 + i, xs[i], xs[i + 1], 708, value))]), "formulaire.pdf");
        Assert.Equal(
            [("P1", 0m, new LocalDate(2024, 6, 1), 500m, new LocalDate(2025, 6, 30)), ("P2", 4m, new LocalDate(2023, 12, 31), 18m, new LocalDate(2025, 6, 30))],
            extract.Value(Fields.ImpactIndicators).Select(one => (one.Code!, one.Baseline!.Value, one.BaselineDate!.Value, one.Target!.Value, one.TargetDate!.Value)));
    }

    [Fact]
    public async Task Labels_at_the_left_are_answered_by_the_fields_at_their_right_and_are_no_column_of_text()
    {
        string[] labels = ["Indicateur 1 : nom", "Indicateur 1 : valeur initiale", "Indicateur 1 : valeur cible", "Indicateur 1 : fréquence", "Indicateur 2 : nom", "Indicateur 2 : valeur initiale", "Indicateur 2 : valeur cible", "Méthode d’évaluation"];
        string[] values = ["Personnes informées", "0", "20 000", "Mensuelle", "Inscriptions après message", "4", "18", "Groupe de comparaison"];
        var extract = await reading.Read(PdfFile.Form(
            Drawn([.. labels.Select((label, i) => (50, 760 - 24 * i, label.Replace('’', '\'')))]), [.. values.Select((value, i) => Field(i, 260, 540, 755 - 24 * i, value))]), "formulaire.pdf");
        Assert.Equal(
            [("Personnes informées", 0m, 20_000m, "Mensuelle"), ("Inscriptions après message", 4m, 18m, null)],
            extract.Value(Fields.ImpactIndicators).Select(one => (one.Name, one.Baseline!.Value, one.Target!.Value, one.Frequency)));
        Assert.All(extract.Value(Fields.ImpactIndicators), one => Assert.Null(one.Method)); // The project's evaluation is no indicator's.
    }
}
