namespace Guichet.Documents.Form;

/// <summary>A label reduced to its words; what is in its parentheses is told apart where it has any.</summary>
/// <param name="Pieces">Its words in order, before any is left out.</param>
/// <param name="Words">Those that matter, each once.</param>
/// <param name="Bare">The words outside the parentheses; null where there are no parentheses.</param>
/// <param name="Aside">The words of the first parentheses; null where there are none.</param>
internal sealed record SaidLabel(string[] Pieces, string[] Words, string[]? Bare, string[]? Aside);

/// <summary>The labels that one reading met: each is reduced once, whichever index it is looked for in.</summary>
internal sealed class SaidLabels(LexiconWords words)
{
    /// <summary>A label comes again in a table's next index or not at all: there is no need to remember a whole file.</summary>
    private const int Most = 2_000;

    private readonly Dictionary<string, SaidLabel> known = [];

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
            known[label] = said = new SaidLabel(pieces, Reduced(pieces), bare.Length == label.Length ? null : Reduced(LabelText.Pieces(bare)),
                bare.Length == label.Length || LabelText.Aside(label) is not { } aside ? null : Reduced(LabelText.Pieces(aside)));
        }

        return said;
    }

    private string[] Reduced(string[] pieces) => [.. LabelText.Words(pieces, words.Stop).Distinct()];
}
