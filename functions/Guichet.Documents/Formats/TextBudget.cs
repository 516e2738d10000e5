using Guichet.Core.Deposit;
using Guichet.Documents.Model;

namespace Guichet.Documents.Formats;

/// <summary>What is left of the text and of the cells that a file may give; the first refusal is remembered so that it is said once.</summary>
internal sealed class TextBudget(ReadingBounds bounds)
{
    private long characters = bounds.Characters;
    private long cells = bounds.Cells;

    public bool Exhausted { get; private set; }

    /// <summary>Takes a text in; false where there is no room left.</summary>
    public bool Take(int length)
    {
        characters -= length;
        return !(Exhausted |= characters < 0);
    }

    /// <summary>Takes a cell in; false where there is no room left.</summary>
    public bool TakeCell(int length)
    {
        cells--;
        return !(Exhausted |= cells < 0) && Take(length);
    }

    /// <summary>What to say where the text was cut.</summary>
    public IEnumerable<Remark> Remarks => Exhausted
        ? [new Remark("TEXTE-TROP-LONG", PieceSeverity.Reserve, null,
            "Ce fichier est plus long que ce qui peut être lu : seul son début a été pris en compte. Envoyez une version plus courte.")]
        : [];
}
