using System.Collections.Immutable;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>What a label was recognised as.</summary>
/// <param name="Score">1 where nothing but numbering and small words differs.</param>
/// <param name="Words">How many words of the lexicon's phrase it holds: of two equal scores the longer phrase says more.</param>
internal sealed record LabelMatch(string Target, double Score, int Words);

/// <summary>Phrases and what each stands for; finds the one that a label says, forgiving typos and words that do not matter.</summary>
internal sealed class LabelIndex
{
    private const double TypoCost = 0.03;
    private const double SoftCost = 0.02;
    private const double ExtraCost = 0.15;

    /// <summary>Words are broken by narrow cells, and narrow cells hold short labels.</summary>
    private const int LongestBroken = 80;

    private readonly LexiconWords words;
    private readonly List<(string Target, ImmutableHashSet<string> Words)> phrases = [];
    private readonly Dictionary<string, List<int>> byWord = [];
    private readonly Dictionary<string, IReadOnlyList<(string Word, double Cost)>> near = [];
    private readonly Dictionary<string, LabelMatch?> known = [];
    private readonly IReadOnlyDictionary<string, ImmutableHashSet<string>> vetoes;

    public LabelIndex(LexiconWords words, IEnumerable<Phrase> entries, IReadOnlyDictionary<string, ImmutableHashSet<string>>? vetoes = null)
    {
        this.words = words;
        this.vetoes = vetoes ?? ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;
        foreach (var (target, set) in entries)
        {
            foreach (var word in set)
            {
                if (!byWord.TryGetValue(word, out var list))
                {
                    byWord[word] = list = [];
                }

                list.Add(phrases.Count);
            }

            phrases.Add((target, set));
        }
    }

    /// <summary>Phrases that say the same words for different things: no label could be recognised by them.</summary>
    public IEnumerable<string> Ambiguities() => phrases
        .GroupBy(phrase => string.Join(' ', phrase.Words.Order()))
        .Where(group => group.Select(phrase => phrase.Target).Distinct().Count() > 1)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(phrase => phrase.Target).Distinct())}");

    /// <summary>The best match of a label, at or above a score; null where there is none or two targets are as good.</summary>
    public LabelMatch? Find(string label, double least)
    {
        if (label.Length is 0 or > 220 || phrases.Count == 0)
        {
            return null;
        }

        if (!known.TryGetValue(label, out var match))
        {
            var whole = Best(LabelText.Words(label, words.Stop));
            if ((whole?.Score ?? 0) < 0.85 && label.Length <= LongestBroken && Best(LabelText.MendedWords(label, words.Stop, byWord.ContainsKey)) is { } mended && mended.Score > (whole?.Score ?? 0))
            {
                whole = mended;
            }

            var bare = LabelText.WithoutAside(label);
            var aside = bare.Length == label.Length ? null : Best(LabelText.Words(bare, words.Stop));
            match = (aside?.Score ?? 0) > (whole?.Score ?? 0) ? aside : whole;
            if ((match?.Score ?? 0) < 0.85 && bare.Length != label.Length && LabelText.Aside(label) is { } said && Best(LabelText.Words(said, words.Stop)) is { Score: > 0.98 } named)
            {
                // « Part de l’agence (autofinancement) »: the label's own words say less than its aside.
                match = named with { Score = 0.9 };
            }

            if (known.Count < 20_000)
            {
                known[label] = match;
            }
        }

        return match is not null && match.Score >= least ? match : null;
    }

    private LabelMatch? Best(IEnumerable<string> label)
    {
        var said = label.Distinct().ToList();
        if (said.Count is 0 or > 24 || said.Count > 4 && !said.Any(byWord.ContainsKey))
        {
            return null;
        }

        var hits = new Dictionary<int, (int Count, double Cost)>();
        foreach (var word in said)
        {
            foreach (var (known, cost) in Near(word))
            {
                foreach (var phrase in byWord[known])
                {
                    var (count, total) = hits.GetValueOrDefault(phrase);
                    hits[phrase] = (count + 1, total + cost);
                }
            }
        }

        LabelMatch? best = null;
        var tied = false;
        foreach (var (index, (count, cost)) in hits)
        {
            var (target, phrase) = phrases[index];
            var extras = said.Where(word => !phrase.Contains(word) && !Near(word).Any(near => phrase.Contains(near.Word))).ToList();
            if (vetoes.TryGetValue(target, out var veto) && extras.Any(veto.Contains))
            {
                continue;
            }

            var missing = phrase.Count - Math.Min(count, phrase.Count);
            if (missing > 1 || missing == 1 && phrase.Count < 3)
            {
                continue;
            }

            var hard = extras.Count(word => !words.Filler.Contains(word) && !words.Soft.Contains(word));
            var soft = extras.Count(words.Soft.Contains);
            // A phrase of one word says little: each word beside it makes it another label.
            var score = 1 - cost - SoftCost * soft - ExtraCost * hard * (phrase.Count == 1 ? 2 : 1) - (missing == 1 ? 0.28 : 0);
            var match = new LabelMatch(target, score, phrase.Count);
            if (best is null || score > best.Score + 1e-9 || Math.Abs(score - best.Score) < 1e-9 && phrase.Count > best.Words)
            {
                (best, tied) = (match, false);
            }
            else if (Math.Abs(score - best.Score) < 1e-9 && phrase.Count == best.Words && target != best.Target)
            {
                tied = true;
            }
        }

        return tied ? null : best;
    }

    private IReadOnlyList<(string Word, double Cost)> Near(string word)
    {
        if (!near.TryGetValue(word, out var list))
        {
            list = byWord.ContainsKey(word) ? [(word, 0)]
                : words.Filler.Contains(word) || words.Soft.Contains(word) || word.Any(char.IsDigit) ? []
                : [.. byWord.Keys.Where(known => LabelText.IsTypo(word, known)).Select(known => (known, TypoCost))];
            near[word] = list;
        }

        return list;
    }
}

/// <summary>A way of naming a thing, reduced to its words.</summary>
internal sealed record Phrase(string Target, ImmutableHashSet<string> Words)
{
    public static Phrase Of(string target, string text, LexiconWords words) => new(target, [.. LabelText.Words(text, words.Stop)]);
}

/// <summary>The words that carry little or no meaning in a label.</summary>
internal sealed record LexiconWords(ImmutableHashSet<string> Stop, ImmutableHashSet<string> Filler, ImmutableHashSet<string> Soft)
{
    /// <summary>Words as the lexicon lists them: apart by spaces.</summary>
    public static ImmutableHashSet<string> Split(string list) => [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FrenchText.Fold)];
}
