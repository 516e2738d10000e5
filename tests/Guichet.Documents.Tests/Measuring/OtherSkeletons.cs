using System.Globalization;
using System.Text;
using Guichet.Documents.Tests.Formats;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>PDF, CSV, JSON and ZIP files that are nearly what they say they are.</summary>
internal static class OtherSkeletons
{
    private static readonly string[] Numbers = ["0", "-1", "1", "3", "2147483647", "-2147483648", "99999999999999999999", "0.0000001", "1e9"];

    private static readonly string[] Champs = ["TextChamp", "RepetitionChamp", "DateChamp", "IntegerNumberChamp", "CheckboxChamp", "SiretChamp", "X"];

    /// <summary>A PDF whose objects refer to one another at random: page trees, forms, fields and tables of places that come back to themselves.</summary>
    public static byte[] Pdf(Random random)
    {
        string Any() => $"{random.Next(1, 12)} 0 R";
        string Number() => random.Next(3) == 0 ? Any() : Numbers[random.Next(Numbers.Length)];
        var deep = random.Next(1, random.Next(10) == 0 ? 400 : 6);
        string[] objects =
        [
            $"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{Any()} 8 0 R]>>/Names {Any()}>>",
            $"<</Type/Pages/Kids[3 0 R {(random.Next(3) == 0 ? "2 0 R" : "")}{(random.Next(3) == 0 ? Any() : "")}]/Count {Number()}/Parent {Any()}>>",
            $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {(random.Next(2) == 0 ? "595 842" : $"{Number()} {Number()}")}]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>/Contents {(random.Next(3) == 0 ? $"[4 0 R {Any()}]" : "4 0 R")}/Rotate {Number()}>>",
            Stream(random, "", $"BT /F 10 Tf 50 700 Td (Titre du projet : Alpha) Tj {Number()} {Number()} Td (Co\\373t total TTC : 450 k) Tj ET q {Number()} 0 0 {Number()} 0 0 cm /X Do Q {Number()} {Number()} m {Number()} {Number()} l S {new string('q', deep)}"),
            $"<</Type/Font/Subtype/{(random.Next(2) == 0 ? "Type1/BaseFont/Helvetica" : "Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]")}/ToUnicode 7 0 R/FirstChar {Number()}/LastChar {Number()}/Widths {Any()}>>",
            Stream(random, $"/Type/XObject/Subtype/Form/BBox[0 0 {Number()} 100]/Resources<</XObject<</X {(random.Next(2) == 0 ? "6 0 R" : Any())}>>>>", "/X Do BT /F 1 Tf (x) Tj ET"),
            Stream(random, "/Type/CMap", $"/CIDInit /ProcSet findresource begin begincmap {Number()} beginbfrange <00> <{new string('F', deep)}> <0041> endbfrange endcmap"),
            $"<</FT/Tx/T(champ)/V(Alpha)/Kids[{(random.Next(2) == 0 ? "8 0 R" : Any())}]/Parent {Any()}/Rect[{Number()} {Number()} {Number()} {Number()}]>>",
            string.Concat(Enumerable.Repeat("[", deep)) + string.Concat(Enumerable.Repeat("]", deep)),
            string.Concat(Enumerable.Repeat("<</A", deep)) + " 1 " + string.Concat(Enumerable.Repeat(">>", deep)),
            Stream(random, $"/Type/ObjStm/N {Number()}/First {Number()}/Extends 11 0 R", "1 0 2 5 <<>> <<>>"),
        ];
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        foreach (var (i, content) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj {content}\nendobj\n");
        }

        var xref = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
        {
            file.Append(CultureInfo.InvariantCulture, $"{(random.Next(20) == 0 ? random.Next(9_999) : place):0000000000} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R{(random.Next(4) == 0 ? $"/Prev {xref}" : "")}{(random.Next(10) == 0 ? $"/Encrypt {Any()}" : "")}>>\nstartxref\n{(random.Next(8) == 0 ? random.Next(9_999) : xref)}\n%%EOF");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    public static byte[] Csv(Random random)
    {
        string[] cells = ["Catégorie", "Montant TTC", "1 234,56", "\"", "\"\"", "\"a;b\"", "=1+1", "\0", new string('a', 4_000), "", "🙂", "\r", "sep=;", "2024", "-0,1"];
        var text = new StringBuilder();
        var delimiter = ";,\t|"[random.Next(4)];
        for (var row = 0; row < random.Next(1, 300); row++)
        {
            text.AppendJoin(delimiter, Enumerable.Range(0, random.Next(1, random.Next(20) == 0 ? 20_000 : 9)).Select(_ => cells[random.Next(cells.Length)])).Append(random.Next(9) == 0 ? "\r" : "\n");
        }

        return random.Next(4) switch { 0 => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text.ToString())).ToArray(), 1 => Encoding.Latin1.GetBytes(text.ToString()), _ => Files.Utf8(text.ToString()) };
    }

    public static byte[] Json(Random random)
    {
        string[] values = ["null", "1", "-1e308", "\"2024-03-01\"", "\"Alpha\"", "\"\\ud800\"", "\"\\uFFFE\"", "[]", "{}", "true", "99999999999999999999999999999999", "\"\""];
        string Any(int depth) => depth > 0 && random.Next(3) == 0 ? $"[{Any(depth - 1)},{Any(depth - 1)}]" : values[random.Next(values.Length)];
        var champs = string.Join(',', Enumerable.Range(0, random.Next(1, 30)).Select(i =>
            $"{{\"__typename\":\"{Champs[random.Next(Champs.Length)]}\",\"id\":\"{i}\",\"champDescriptorId\":\"{i}\",\"label\":\"Titre du projet\",\"stringValue\":{Any(3)},\"value\":{Any(3)},\"date\":{Any(1)},\"rows\":{Any(3)},\"etablissement\":{Any(3)}}}"));
        var deep = random.Next(10) == 0 ? random.Next(10, 5_000) : 0;
        return Files.Utf8($"{{\"data\":{{\"dossier\":{{\"id\":\"RG9zc2llci0x\",\"number\":{Any(1)},\"demandeur\":{Any(3)},\"usager\":{Any(3)},\"champs\":[{champs}],\"annotations\":{string.Concat(Enumerable.Repeat("[", deep))}{Any(2)}{string.Concat(Enumerable.Repeat("]", deep))}}}}}}}");
    }

    /// <summary>An archive with names that lead out of it, repeated entries, archives in it, and headers that disagree.</summary>
    public static byte[] Zip(Random random, IReadOnlyList<byte[]> contents)
    {
        string[] names = ["formulaire.docx", "../../etc/passwd", "/etc/passwd", "C:\\a.csv", "a\0b.pdf", "", "..", "dossier/", "a/b/c/d/e.odt", "é.csv", "__MACOSX/x", new string('n', 3_000)];
        var zip = Files.Zip([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (names[random.Next(names.Length)] is { Length: > 0 } name ? name : "x", contents[random.Next(contents.Count)]))]);
        return ZipFaults.All[random.Next(ZipFaults.All.Count)].Spoil(zip);
    }

    private static string Stream(Random random, string entries, string content) => $"<<{entries}/Length {(random.Next(4) == 0 ? Numbers[random.Next(Numbers.Length)] : content.Length)}>>stream\n{content}\nendstream";
}
