using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>The words by which forms name fields: the embedded <c>lexicon.json</c> and what a campaign adds.</summary>
internal sealed class Lexicon
{
    private static readonly Data Common = Load();

    private readonly ImmutableArray<string> instructionOpenings;
    private readonly Dictionary<string, LabelIndex> inSection;
    private readonly Dictionary<string, ListWords> lists;

    private Lexicon(FormWords added)
    {
        var words = new LexiconWords(
            LexiconWords.Split(Common.StopWords),
            [.. LexiconWords.Split(Common.Fillers).Select(LabelText.Stem)],
            [.. LexiconWords.Split(Common.SoftWords).Select(LabelText.Stem)]);
        var vetoes = Common.Vetoes.ToDictionary(veto => veto.Key, veto => LexiconWords.Split(veto.Value).Select(LabelText.Stem).ToImmutableHashSet());
        instructionOpenings = Common.InstructionOpenings;

        IEnumerable<(string, string)> Pairs(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> entries) =>
            entries.SelectMany(entry => entry.Value.Select(phrase => (entry.Key, phrase)));

        Fields = new LabelIndex(words, [.. Pairs(Common.Fields), .. Pairs(added.Labels), .. Guichet.Core.Deposit.Fields.All.Select(field => (field.Id, field.Label))], vetoes);
        OwnFields = new LabelIndex(words, Pairs(added.Labels));
        Sections = new LabelIndex(words, Pairs(Common.Sections));
        inSection = Common.InSection.ToDictionary(section => section.Key, section => new LabelIndex(words, Pairs(section.Value), vetoes));
        lists = Common.Lists.ToDictionary(list => list.Key, list => new ListWords(list.Key, list.Value.Required, new LabelIndex(words, Pairs(list.Value.Columns))));
        LineCategories = new LabelIndex(words, Pairs(Common.LineCategories));
        ProjectTypes = new ChoiceWords([.. Pairs(Common.ProjectTypes), .. Pairs(added.ProjectTypes)], words);
        Support = new ChoiceWords([.. Pairs(Common.Support)], words);
        Indicators = new LabelIndex(words, [.. Pairs(Common.Indicators), .. Pairs(added.Indicators)]);
        IndicatorCodes = [.. Common.Indicators.Keys, .. added.Indicators.Keys];
        Totals = new LabelIndex(words, [.. Common.Totals.Select(phrase => ("total", phrase)), .. Common.Subtotals.Select(phrase => ("subtotal", phrase))]);
    }

    /// <summary>Labels that mean the same field anywhere.</summary>
    public LabelIndex Fields { get; }

    /// <summary>The campaign's own labels alone: they win over the common ones.</summary>
    public LabelIndex OwnFields { get; }

    /// <summary>Titles of the parts of a form.</summary>
    public LabelIndex Sections { get; }

    public LabelIndex LineCategories { get; }

    public LabelIndex Indicators { get; }

    public ImmutableHashSet<string> IndicatorCodes { get; }

    public LabelIndex Totals { get; }

    public ChoiceWords ProjectTypes { get; }

    public ChoiceWords Support { get; }

    public IReadOnlyCollection<ListWords> Lists => lists.Values;

    public static Lexicon With(FormWords added) => new(added);

    public ListWords List(string id) => lists[id];

    /// <summary>The field that a label names where it stands.</summary>
    public LabelMatch? Field(string label, string? section, double least)
    {
        var everywhere = OwnFields.Find(label, 0.95) ?? Fields.Find(label, least);
        var here = section is not null && inSection.TryGetValue(section, out var index) ? index.Find(label, Math.Max(least, 0.9)) : null;
        return here is not null && (everywhere is null || here.Score >= everywhere.Score && here.Words >= everywhere.Words) ? here : everywhere;
    }

    /// <summary>Whether a text tells how to fill the form in.</summary>
    public bool IsInstruction(string text)
    {
        var folded = FrenchText.Fold(text).TrimStart(' ', '→', '-', '*', '«', '"', '[');
        return instructionOpenings.Any(opening => folded.StartsWith(opening, StringComparison.Ordinal));
    }

    private static Data Load()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream("Guichet.Documents.lexicon.json")!;
        return JsonSerializer.Deserialize<Data>(stream, Guichet.Core.GuichetJson.Options)!;
    }

    private sealed record Data(
        string StopWords,
        string Fillers,
        string SoftWords,
        ImmutableArray<string> InstructionOpenings,
        ImmutableDictionary<string, ImmutableArray<string>> Fields,
        ImmutableDictionary<string, string> Vetoes,
        ImmutableDictionary<string, ImmutableArray<string>> Sections,
        ImmutableDictionary<string, ImmutableDictionary<string, ImmutableArray<string>>> InSection,
        ImmutableDictionary<string, ListData> Lists,
        ImmutableDictionary<string, ImmutableArray<string>> LineCategories,
        ImmutableDictionary<string, ImmutableArray<string>> ProjectTypes,
        ImmutableDictionary<string, ImmutableArray<string>> Support,
        ImmutableDictionary<string, ImmutableArray<string>> Indicators,
        ImmutableArray<string> Totals,
        ImmutableArray<string> Subtotals);

    private sealed record ListData(ImmutableArray<string> Required, ImmutableDictionary<string, ImmutableArray<string>> Columns);
}

/// <summary>The columns of a list of the application.</summary>
internal sealed record ListWords(string Field, ImmutableArray<string> Required, LabelIndex Columns);

/// <summary>The options of a choice and the words that name each.</summary>
internal sealed class ChoiceWords(IReadOnlyList<(string Id, string Phrase)> phrases, LexiconWords words)
{
    private readonly List<(string Id, ImmutableHashSet<string> Words)> options =
        [.. phrases.Select(phrase => (phrase.Id, LabelText.Words(phrase.Phrase, words.Stop).ToImmutableHashSet())).Where(option => option.Item2.Count > 0)];

    /// <summary>The options that a text names: those whose whole phrase it holds. The longest phrases win where they overlap.</summary>
    public IReadOnlyList<string> In(string text)
    {
        if (phrases.FirstOrDefault(phrase => FrenchText.Key(phrase.Phrase) == FrenchText.Key(text) || phrase.Id == text.Trim()) is { Id: { } exact })
        {
            return [exact];
        }

        var said = LabelText.Words(text, words.Stop).ToHashSet();
        var hits = options.Where(option => option.Words.All(said.Contains)).ToList();
        return [.. hits.Where(hit => !hits.Any(other => other.Id != hit.Id && other.Words.IsProperSupersetOf(hit.Words))).Select(hit => hit.Id).Distinct()];
    }
}
