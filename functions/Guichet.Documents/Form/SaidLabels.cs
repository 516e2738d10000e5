namespace Guichet.Documents.Form;

/// <summary>A label reduced to its words; what is in its parentheses is told apart where it has any.</summary>
/// <param name="Pieces">Its words in order, before any is left out.</param>
/// <param name="Words">Those that matter, each once.</param>
/// <param name="Bare">The words outside the parentheses; null where there are no parentheses.</param>
/// <param name="Aside">The words of the first parentheses; null where there are none.</param>
internal sealed record SaidLabel(string[] Pieces, string[] Words, string[]? Bare, string[]? Aside)
{
    /// <summary>Some of its pieces, put together, make a word of the lexicon.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Nothing in it is a word of the lexicon, or nearly one: no index can know it.</summary>
    public bool IsFar { get; init; }
}

/// <summary>The labels that one reading met: each is reduced once, whichever index it is looked for in.</summary>
/// <param name="all">Every phrase of the indexes: a word that is far from all of them is looked for in none.</param>
internal sealed class SaidLabels(PhraseBook all)
{
    /// <summary>A label comes again in a table's next index or not at all: there is no need to remember a whole file.</summary>
    private const int Most = 2_000;

    private const int MostWords = 20_000;

    private readonly Dictionary<string, SaidLabel> known = [];
    private readonly Dictionary<string, bool> far = [];

    public SaidLabel Of(string label)
    {
        if (!known.TryGetValue(label, out var said))
        {
            if (known.Count >= Most)
            {
                known.Clear();
            }

            var pieces = LabelText.Pieces(label);
            var bare = LabelText.WithoutAside(label);
            said = new SaidLabel(pieces, Reduced(pieces), bare.Length == label.Length ? null : Reduced(LabelText.Pieces(bare)),
                bare.Length == label.Length || LabelText.Aside(label) is not { } aside ? null : Reduced(LabelText.Pieces(aside)));
            var isBroken = LabelText.Mended(pieces, all) is not null;
            known[label] = said = said with { IsBroken = isBroken, IsFar = !isBroken && said.Words.All(IsFar) && (said.Bare ?? []).All(IsFar) && (said.Aside ?? []).All(IsFar) };
        }

        return said;
    }

    /// <summary>Whether a word is no word of any index, nor nearly one.</summary>
    public bool IsFar(string word)
    {
        if (!far.TryGetValue(word, out var isFar))
        {
            if (far.Count >= MostWords)
            {
                far.Clear();
            }

            far[word] = isFar = !all.IsKnown(word) && !all.Near(word).Any();
        }

        return isFar;
    }

    private string[] Reduced(string[] pieces) => [.. LabelText.Words(pieces, all.Words.Stop).Distinct()];
}
