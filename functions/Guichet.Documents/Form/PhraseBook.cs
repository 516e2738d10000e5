using System.Collections.Frozen;
using System.Collections.Immutable;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>A way of naming a thing, reduced to its words.</summary>
internal sealed record Phrase(string Target, ImmutableHashSet<string> Words)
{
    /// <summary>It names its thing whatever else a label says beside it: « AIPD », « risques éthiques ».</summary>
    public bool IsTelling { get; init; }

    public static Phrase Of(string target, string text, LexiconWords words) => new(target, [.. LabelText.Words(LabelText.Pieces(text), words.Stop)]);
}

/// <summary>The words that carry little or no meaning in a label.</summary>
internal sealed record LexiconWords(FrozenSet<string> Stop, FrozenSet<string> Filler, FrozenSet<string> Soft)
{
    /// <summary>Words as the lexicon lists them: apart by spaces.</summary>
    public static FrozenSet<string> Split(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FrenchText.Fold).ToFrozenSet();

    /// <summary>The same, each reduced as the words of a label are.</summary>
    public static FrozenSet<string> Stems(string list) => Split(list).Select(LabelText.Stem).ToFrozenSet();
}

/// <summary>Phrases and what each stands for. Made once and shared by the readings; what a reading asked is in its <see cref="LabelIndex"/>.</summary>
internal sealed class PhraseBook
{
    private readonly List<string>[] byLength;
    private readonly Dictionary<string, List<int>> byWord = [];
    private readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> byLetters;
    private readonly FrozenDictionary<string, FrozenSet<string>> vetoes;

    public PhraseBook(LexiconWords words, IEnumerable<Phrase> phrases, FrozenDictionary<string, FrozenSet<string>>? vetoes = null)
    {
        Words = words;
        Phrases = [.. phrases];
        this.vetoes = vetoes ?? FrozenDictionary<string, FrozenSet<string>>.Empty;
        for (var i = 0; i < Phrases.Length; i++)
        {
            foreach (var word in Phrases[i].Words)
            {
                if (!byWord.TryGetValue(word, out var list))
                {
                    byWord[word] = list = [];
                }

                list.Add(i);
            }
        }

        LongestWord = byWord.Keys.Select(word => word.Length).DefaultIfEmpty().Max();
        byLength = [.. Enumerable.Range(0, LongestWord + 1).Select(length => byWord.Keys.Where(word => word.Length == length).ToList())];
        byLetters = byWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public LexiconWords Words { get; }

    public ImmutableArray<Phrase> Phrases { get; }

    public int LongestWord { get; }

    /// <summary>The places in <see cref="Phrases"/> of those that hold a word.</summary>
    public List<int> Holding(string word) => byWord[word];

    public bool IsKnown(string word) => byWord.ContainsKey(word);

    public bool IsKnown(ReadOnlySpan<char> word) => byLetters.ContainsKey(word);

    /// <summary>The words that make a label name something else than a target.</summary>
    public FrozenSet<string> VetoesOf(string target) => vetoes.GetValueOrDefault(target) ?? FrozenSet<string>.Empty;

    /// <summary>Known words that differ from an unknown one by a slip of the keyboard.</summary>
    public IEnumerable<string> Near(string word)
    {
        for (var length = Math.Max(0, word.Length - LabelText.MostSlips); length <= Math.Min(LongestWord, word.Length + LabelText.MostSlips); length++)
        {
            foreach (var known in byLength[length])
            {
                if (LabelText.IsTypo(word, known))
                {
                    yield return known;
                }
            }
        }
    }

    /// <summary>Phrases that say the same words for different things: no label could be recognised by them.</summary>
    public IEnumerable<string> Ambiguities() => Phrases
        .GroupBy(phrase => string.Join(' ', phrase.Words.Order()))
        .Where(group => group.Select(phrase => phrase.Target).Distinct().Count() > 1)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(phrase => phrase.Target).Distinct())}");
}
