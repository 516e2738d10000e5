using System.Text.Json;
using System.Text.Json.Nodes;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Eligibility;

namespace Guichet.Documents.Tests.Measuring;

/// <summary>One value that a dossier holds or that was read of it: of a list, one for each part of each item. A set is <c>tuned</c>, <c>reserve</c>
/// (words held out), <c>blind</c>, <c>blind-b</c>, <c>blind-c</c>, <c>blind-d</c>, <c>blind-e</c>, <c>blind-f</c>, <c>blind-g</c>, <c>blind-h</c> or <c>blind-i</c>.</summary>
internal sealed record Leaf(string Dossier, string Format, string Set, string Field, string Path, string? Expected, string? Given)
{
    public bool IsRight => Expected is not null && Expected == Given;

    /// <summary>Given and not the truth.</summary>
    public bool IsWrong => Given is not null && Given != Expected;
}

/// <summary>The dossiers of <c>truth</c>, read as a deposit reads them and held against what they say.</summary>
internal static class TruthSet
{
    public static string Folder { get; } = SourceTree.Path("tests", "Guichet.Documents.Tests", "truth");

    /// <summary>Reads and compares every dossier but those of the sets left out, whose documents are not even opened.</summary>
    public static async Task<List<Leaf>> Measure(ReaderPool pool, CancellationToken cancellation, params string[] without)
    {
        var dossiers = Directory.GetDirectories(Folder).Where(folder => File.Exists(Path.Combine(folder, "expected.json"))).Order(StringComparer.Ordinal);
        var leaves = await Task.WhenAll(dossiers.Select(folder => Measure(folder, pool, without, cancellation)));
        return [.. leaves.SelectMany(each => each)];
    }

    private static async Task<List<Leaf>> Measure(string folder, ReaderPool pool, string[] without, CancellationToken cancellation)
    {
        var truth = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), cancellation))!;
        var set = truth["set"]?.GetValue<string>() ?? (truth["heldOut"]!.GetValue<bool>() ? "reserve" : "tuned");
        if (without.Contains(set))
        {
            return [];
        }

        var files = Directory.GetFiles(folder).Where(file => !file.EndsWith("expected.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var extracts = await Task.WhenAll(files.Select(file => pool.Read(file, Path.GetFileName(file), FormWords.None, cancellation)));
        var given = GrantApplication.Assemble(extracts).Values.ToDictionary(value => value.Field.Id, value => JsonSerializer.SerializeToNode(value.Value, value.Field.ValueType, GuichetJson.Options));
        var main = files.Select(Path.GetExtension).OrderBy(extension => extension is ".xlsx" or ".ods" or ".csv").First()!.TrimStart('.');
        var notJudged = (truth["notJudged"]?.AsArray() ?? []).Select(path => path!.GetValue<string>()).ToList();
        return
        [
            .. Fields.All.SelectMany(field => Comparison.Of(truth["fields"]![field.Id], given.GetValueOrDefault(field.Id))
                .Where(pair => !notJudged.Any(path => Comparison.IsUnder(field.Id + pair.Path, path)))
                .Select(pair => new Leaf(Path.GetFileName(folder), main, set, field.Id, pair.Path, pair.Expected, pair.Given))),
        ];
    }
}

/// <summary>How well a set of values was read.</summary>
internal sealed record Score(int Expected, int Given, int Right, int Wrong)
{
    public double F1 => Expected + Given == 0 ? 1 : 2.0 * Right / (Expected + Given);

    public double WrongShare => Given == 0 ? 0 : (double)Wrong / Given;

    public static Score Of(IEnumerable<Leaf> leaves)
    {
        var all = leaves.ToList();
        return new Score(all.Count(leaf => leaf.Expected is not null), all.Count(leaf => leaf.Given is not null), all.Count(leaf => leaf.IsRight), all.Count(leaf => leaf.IsWrong));
    }
}

/// <summary>The command that prints how well the truth set is read.</summary>
internal static class TruthReport
{
    private static readonly (string Set, string Title)[] Titles =
    [
        ("tuned", "Dossiers"),
        ("reserve", "Dossiers tenus à l’écart du lexique"),
        ("blind", "Dossiers à l’aveugle (blind)"),
        ("blind-b", "Dossiers à l’aveugle (blind-b)"),
        ("blind-c", "Dossiers à l’aveugle (blind-c)"),
        ("blind-d", "Dossiers à l’aveugle (blind-d)"),
        ("blind-e", "Dossiers à l’aveugle (blind-e)"),
        ("blind-f", "Dossiers à l’aveugle (blind-f)"),
        ("blind-g", "Dossiers à l’aveugle (blind-g)"),
        ("blind-h", "Dossiers à l’aveugle (blind-h)"),
        ("blind-i", "Dossiers à l’aveugle (blind-i)"),
    ];

    /// <summary>Whether the command can leave out a set of that name.</summary>
    public static bool Knows(string set) => Titles.Any(each => each.Set == set);

    public static async Task<int> Print(bool detailed, params string[] without)
    {
        using var pool = new ReaderPool(ReadingBounds.Default, Environment.ProcessorCount);
        var leaves = await TruthSet.Measure(pool, CancellationToken.None, without);
        foreach (var (set, title) in Titles.Where(each => !without.Contains(each.Set)))
        {
            Print(title, [.. leaves.Where(leaf => leaf.Set == set)]);
        }

        foreach (var leaf in detailed ? leaves.Where(leaf => !leaf.IsRight) : [])
        {
            Console.WriteLine($"{(leaf.IsWrong ? "FAUX " : "manque")} {leaf.Dossier} {leaf.Format} {leaf.Field}{leaf.Path} : attendu {leaf.Expected ?? "rien"}, lu {leaf.Given ?? "rien"}");
        }

        return 0;
    }

    private static void Print(string title, List<Leaf> part)
    {
        var whole = Score.Of(part);
        var byField = part.GroupBy(leaf => leaf.Field).Select(group => (group.Key, Score: Score.Of(group))).ToList();
        var byFormat = part.GroupBy(leaf => leaf.Format).Select(group => (group.Key, Score: Score.Of(group))).OrderBy(format => format.Key, StringComparer.Ordinal).ToList();
        Console.WriteLine($"{title} : {part.Select(leaf => leaf.Dossier).Distinct().Count()}, {whole.Expected} valeurs attendues");
        Console.WriteLine($"  F1 micro {whole.F1:P2}, macro par champ {byField.Average(field => field.Score.F1):P2}, macro par format {byFormat.Average(format => format.Score.F1):P2}");
        Console.WriteLine($"  valeurs fausses {whole.WrongShare:P2} ({whole.Wrong} sur {whole.Given}, résolution {1.0 / Math.Max(1, whole.Given):P3})");
        foreach (var (format, score) in byFormat)
        {
            Console.WriteLine($"  {format,-6} F1 {score.F1:P2}  fausses {score.WrongShare:P2}");
        }

        foreach (var (field, score) in byField.Where(field => field.Score.F1 < 1).OrderBy(field => field.Score.F1))
        {
            Console.WriteLine($"  {field,-28} F1 {score.F1:P1}  fausses {score.Wrong}");
        }
    }
}
