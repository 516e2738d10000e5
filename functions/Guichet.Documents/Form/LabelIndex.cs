using System.Numerics;
using System.Runtime.InteropServices;

namespace Guichet.Documents.Form;

/// <summary>What a label was recognised as.</summary>
/// <param name="Score">1 where nothing but numbering and small words differs.</param>
/// <param name="Words">How many words of the lexicon's phrase it holds: of two equal scores the longer phrase says more.</param>
internal sealed record LabelMatch(string Target, double Score, int Words)
{
    /// <summary>The label says more than the words it was known by: enough for a place where labels stand, too little to end a list.</summary>
    public bool IsLoose { get; init; }
}

/// <summary>Finds the phrase that a label says, forgiving typos and words that do not matter; remembers what one reading asked.</summary>
internal sealed class LabelIndex(PhraseBook book, SaidLabels labels)
{
    private const double TypoCost = 0.03;
    private const double SoftCost = 0.02;
    private const double ExtraCost = 0.15;

    /// <summary>What a label that holds a telling phrase and more is worth: clearly less than one that says nothing else.</summary>
    private const double Telling = 0.87;

    /// <summary>How much more it may say: beyond it is a sentence about the thing.</summary>
    private const int MostBesideTelling = 4;

    /// <summary>Words are broken by narrow cells, and narrow cells hold short labels.</summary>
    private const int LongestBroken = 80;

    /// <summary>A label that says more is a sentence.</summary>
    private const int MostWords = 24;

    private const int MostRemembered = 20_000;

    private readonly Dictionary<string, (string[] Words, double Cost)> near = [];
    private readonly Dictionary<string, LabelMatch?> known = [];
    private readonly Dictionary<int, Hit> hits = [];

    private record struct Hit(int Count, double Cost, uint Said);

    /// <summary>Phrases that say the same words for different things: no label could be recognised by them.</summary>
    public IEnumerable<string> Ambiguities() => book.Ambiguities();

    /// <summary>The best match of a label, at or above a score; null where there is none or two targets are as good.</summary>
    public LabelMatch? Find(string label, double least)
    {
        if (label.Length is 0 or > 220 || book.Phrases.IsEmpty)
        {
            return null;
        }

        if (!known.TryGetValue(label, out var match))
        {
            var said = labels.Of(label);
            if (said.IsFar)
            {
                return null;
            }

            match = Match(said, label.Length);
            if (known.Count < MostRemembered)
            {
                known[label] = match;
            }
        }

        return match is not null && match.Score >= least ? match : null;
    }

    private LabelMatch? Match(SaidLabel said, int length)
    {
        var whole = Best(said.Words);
        if ((whole?.Score ?? 0) < 0.85 && said.IsBroken && length <= LongestBroken && LabelText.Mended(said.Pieces, book) is { } pieces &&
            Best([.. LabelText.Words(pieces, book.Words.Stop).Distinct()]) is { } mended && mended.Score > (whole?.Score ?? 0))
        {
            whole = mended;
        }

        if (said.Bare is null)
        {
            return whole;
        }

        var bare = Best(said.Bare);
        var match = (bare?.Score ?? 0) > (whole?.Score ?? 0) ? bare : whole;
        // « Part de l’agence (autofinancement) »: the label's own words say less than its aside.
        return (match?.Score ?? 0) < 0.85 && said.Aside is not null && Best(said.Aside) is { Score: > 0.98 } named ? named with { Score = 0.9 } : match;
    }

    private LabelMatch? Best(string[] said)
    {
        if (said.Length is 0 or > MostWords || said.Length > 4 && !said.Any(book.IsKnown))
        {
            return null;
        }

        var (hard, soft) = (0u, 0u);
        hits.Clear();
        for (var i = 0; i < said.Length; i++)
        {
            var isSoft = book.Words.Soft.Contains(said[i]);
            soft |= isSoft ? 1u << i : 0;
            hard |= isSoft || book.Words.Filler.Contains(said[i]) ? 0 : 1u << i;
            var (words, cost) = Near(said[i]);
            foreach (var word in words)
            {
                foreach (var phrase in book.Holding(word))
                {
                    ref var hit = ref CollectionsMarshal.GetValueRefOrAddDefault(hits, phrase, out _);
                    hit = new Hit(hit.Count + 1, hit.Cost + cost, hit.Said | 1u << i);
                }
            }
        }

        LabelMatch? best = null;
        var tied = false;
        foreach (var (index, hit) in hits)
        {
            var (target, phrase) = book.Phrases[index];
            var isTelling = book.Phrases[index].IsTelling;
            var missing = phrase.Count - Math.Min(hit.Count, phrase.Count);
            if (missing > 1 || missing == 1 && phrase.Count < 3 || IsVetoed(target, said, hit.Said))
            {
                continue;
            }

            // A phrase of one word says little: each word beside it makes it another label.
            var score = 1 - hit.Cost - SoftCost * BitOperations.PopCount(soft & ~hit.Said) - ExtraCost * BitOperations.PopCount(hard & ~hit.Said) * (phrase.Count == 1 ? 2 : 1) - (missing == 1 ? 0.28 : 0);
            var isLoose = isTelling && missing == 0 && score < Telling && hit.Cost == 0 && BitOperations.PopCount(hard & ~hit.Said) <= MostBesideTelling;
            score = isLoose ? Telling : score;
            if (best is null || score > best.Score + 1e-9 || Math.Abs(score - best.Score) < 1e-9 && phrase.Count > best.Words)
            {
                (best, tied) = (new LabelMatch(target, score, phrase.Count) { IsLoose = isLoose }, false);
            }
            else if (Math.Abs(score - best.Score) < 1e-9 && phrase.Count == best.Words && target != best.Target)
            {
                tied = true;
            }
        }

        return tied ? null : best;
    }

    private bool IsVetoed(string target, string[] said, uint own)
    {
        var vetoes = book.VetoesOf(target);
        for (var i = 0; vetoes.Count > 0 && i < said.Length; i++)
        {
            if ((own & 1u << i) == 0 && vetoes.Contains(said[i]))
            {
                return true;
            }
        }

        return false;
    }

    private (string[] Words, double Cost) Near(string word)
    {
        if (!near.TryGetValue(word, out var found))
        {
            found = book.IsKnown(word) ? ([word], 0)
                : book.Words.Filler.Contains(word) || book.Words.Soft.Contains(word) || word.Any(char.IsDigit) || labels.IsFar(word) ? ([], 0)
                : ([.. book.Near(word)], TypoCost);
            near[word] = found;
        }

        return found;
    }
}
