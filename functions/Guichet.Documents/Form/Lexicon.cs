using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>The words by which forms name fields: the embedded <c>lexicon.json</c> and what a campaign adds.</summary>
internal sealed class Lexicon
{
    /// <summary>What opens an instruction stands at its beginning.</summary>
    private const int LongestOpening = 200;

    /// <summary>What a label is worth that was known by what it opens with.</summary>
    private const double Opened = 0.9;

    private static readonly Data Common = Load();
    private static readonly LexiconWords Words = new(LexiconWords.Split(Common.StopWords), LexiconWords.Stems(Common.Fillers), LexiconWords.Stems(Common.SoftWords));

    private static readonly FrozenDictionary<string, FrozenSet<string>> Vetoes = Common.Vetoes.ToFrozenDictionary(veto => veto.Key, veto => LexiconWords.Stems(veto.Value));

    // Phrases are reduced to their words once; what a reading asks of them is remembered by its own indexes.
    private static readonly PhraseBook FieldBook = new(Words, [.. Phrases(Common.Fields), .. Phrases(Common.Telling).Select(phrase => phrase with { IsTelling = true }), .. Guichet.Core.Deposit.Fields.All.Select(field => Phrase.Of(field.Id, field.Label, Words))], Vetoes);
    private static readonly PhraseBook SectionBook = new(Words, Phrases(Common.Sections));
    private static readonly PhraseBook CategoryBook = new(Words, Phrases(Common.LineCategories));
    private static readonly PhraseBook IndicatorBook = new(Words, Phrases(Common.Indicators));
    private static readonly PhraseBook TotalBook = new(Words, [.. Common.Totals.Select(phrase => Phrase.Of("total", phrase, Words)), .. Common.Subtotals.Select(phrase => Phrase.Of("subtotal", phrase, Words))]);
    private static readonly ImmutableArray<Phrase> TypePhrases = [.. Phrases(Common.ProjectTypes)];
    private static readonly ImmutableArray<Phrase> SupportPhrases = [.. Phrases(Common.Support)];
    private static readonly FrozenDictionary<string, PhraseBook> SectionBooks = Common.InSection.ToFrozenDictionary(section => section.Key, section => new PhraseBook(Words, Phrases(section.Value), Vetoes));
    private static readonly ImmutableDictionary<string, PhraseBook> ColumnBooks = Common.Lists.ToImmutableDictionary(list => list.Key, list => new PhraseBook(Words, Phrases(list.Value.Columns)));

    private static readonly PhraseBook AllPhrases = new(Words,
        [.. new[] { FieldBook, SectionBook, CategoryBook, IndicatorBook, TotalBook }.Concat(SectionBooks.Values).Concat(ColumnBooks.Values).SelectMany(book => book.Phrases)]);

    private readonly PeopleLabels people;
    private readonly Dictionary<string, LabelIndex> inSection;
    private readonly Dictionary<string, ListWords> lists;

    private Lexicon(FormWords added)
    {
        var labels = new SaidLabels(added.Labels.IsEmpty && added.Indicators.IsEmpty ? AllPhrases : new PhraseBook(Words, [.. AllPhrases.Phrases, .. Phrases(added.Labels), .. Phrases(added.Indicators)]));
        LabelIndex Index(PhraseBook book) => new(book, labels);
        ImmutableArray<Phrase> own = [.. Phrases(added.Labels)];
        Fields = Index(own.IsEmpty ? FieldBook : new PhraseBook(Words, [.. FieldBook.Phrases, .. own], Vetoes));
        OwnFields = Index(new PhraseBook(Words, own));
        people = new PeopleLabels(Common.People, Words, labels);
        Sections = Index(SectionBook);
        inSection = SectionBooks.ToDictionary(section => section.Key, section => Index(section.Value));
        lists = ColumnBooks.ToDictionary(list => list.Key, list => new ListWords(list.Key, Common.Lists[list.Key].Required, Index(list.Value)));
        LineCategories = Index(CategoryBook);
        ProjectTypes = new ChoiceWords([.. TypePhrases, .. Phrases(added.ProjectTypes)], Words);
        Support = new ChoiceWords(SupportPhrases, Words);
        Indicators = Index(added.Indicators.IsEmpty ? IndicatorBook : new PhraseBook(Words, [.. IndicatorBook.Phrases, .. Phrases(added.Indicators)]));
        IndicatorCodes = [.. Common.Indicators.Keys, .. added.Indicators.Keys];
        Totals = Index(TotalBook);
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

    /// <summary>The field that a label names where it stands; of a label that goes on with an instruction or a question, what it opens with.</summary>
    public LabelMatch? Field(string label, string? section, double least)
    {
        if (!label.Any(char.IsLetter))
        {
            return null; // An amount is no label, and a sheet has hundreds of thousands of them.
        }

        var match = Named(label, section, least);
        return match is null && least <= Opened && LabelText.Opening(label) is { } opening && Named(opening, section, least) is { } opened
            ? opened with { Score = Math.Min(opened.Score, Opened), IsLoose = true }
            : match;
    }

    /// <summary>The part of the form that a title opens: « Interlocuteur pour l’instruction » is one of a person as much as « Contact ».</summary>
    public string? Part(string title) => Sections.Find(title, 0.8)?.Target ?? (Field(title, null, 0.85)?.Target.Split('.') is [var whose and ("contact" or "sponsor"), "name"] ? whose : null);

    private LabelMatch? Named(string label, string? section, double least)
    {
        var everywhere = OwnFields.Find(label, 0.95) ?? Fields.Find(label, least);
        var here = section is not null && inSection.TryGetValue(section, out var index) ? index.Find(label, Math.Max(least, 0.9)) : null;
        var match = here is not null && (everywhere is null || here.Score >= everywhere.Score && here.Words >= everywhere.Words) ? here : everywhere;
        return match is null or { IsLoose: true } && least <= PeopleLabels.Score ? people.Find(label) ?? match : match;
    }

    /// <summary>Whether a text tells how to fill the form in.</summary>
    public static bool IsInstruction(string text)
    {
        var folded = FrenchText.Fold(text.Length <= LongestOpening ? text : text[..LongestOpening]).TrimStart(' ', '→', '-', '*', '«', '"', '[');
        return Common.InstructionOpenings.Any(opening => folded.StartsWith(opening, StringComparison.Ordinal));
    }

    private static IEnumerable<Phrase> Phrases(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> entries) =>
        entries.SelectMany(entry => entry.Value.Select(phrase => Phrase.Of(entry.Key, phrase, Words)));

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
        ImmutableDictionary<string, ImmutableArray<string>> Telling,
        PeopleWords People,
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
internal sealed class ChoiceWords(ImmutableArray<Phrase> options, LexiconWords words)
{
    private const int MostRemembered = 2_000;

    private readonly Dictionary<string, IReadOnlyList<string>> known = [];

    /// <summary>The options that a text names: those whose whole phrase it holds. The longest phrases win where they overlap.</summary>
    public IReadOnlyList<string> In(string text)
    {
        if (!known.TryGetValue(text, out var found))
        {
            found = Find(text);
            if (known.Count < MostRemembered)
            {
                known[text] = found;
            }
        }

        return found;
    }

    private IReadOnlyList<string> Find(string text)
    {
        var said = LabelText.Words(LabelText.Pieces(text), words.Stop).ToImmutableHashSet();
        if (options.FirstOrDefault(option => option.Target == text.Trim() || option.Words.SetEquals(said)) is { Target: var exact })
        {
            return [exact];
        }

        var hits = options.Where(option => option.Words.Count > 0 && option.Words.IsSubsetOf(said)).ToList();
        return [.. hits.Where(hit => !hits.Any(other => other.Target != hit.Target && other.Words.IsProperSupersetOf(hit.Words))).Select(hit => hit.Target).Distinct()];
    }
}
