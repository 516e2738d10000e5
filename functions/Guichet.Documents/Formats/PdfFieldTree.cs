using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Guichet.Documents.Formats;

/// <summary>Looks at the fields of a PDF before the library does, which follows those that come back to themselves until its stack or its time ends.</summary>
internal sealed class PdfFieldTree(PdfDocument document)
{
    private const int MostFields = 20_000;
    private const int Deepest = 32;

    private int fields;

    /// <summary>Whether the fields make a tree that can be walked to its end.</summary>
    public static bool IsSound(PdfDocument document) =>
        new PdfFieldTree(document) is var tree && (tree.Of(document.Structure.Catalog.CatalogDictionary, "AcroForm") is not DictionaryToken form || tree.AreSound(form, "Fields", []));

    private bool AreSound(DictionaryToken parent, string children, HashSet<IndirectReference> above)
    {
        if (above.Count > Deepest || Of(parent, children) is not ArrayToken kids)
        {
            return above.Count <= Deepest;
        }

        foreach (var kid in kids.Data)
        {
            var reference = (kid as IndirectReferenceToken)?.Data;
            if (++fields > MostFields || reference is { } again && above.Contains(again))
            {
                return false;
            }

            if (Resolved(kid) is DictionaryToken field && (!AreSound(field, "Kids", reference is { } own ? [.. above, own] : above) || !HasSoundParents(field)))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasSoundParents(DictionaryToken field)
    {
        for (var depth = 0; depth <= Deepest; depth++)
        {
            if (Of(field, "Parent") is not DictionaryToken parent)
            {
                return true;
            }

            field = parent;
        }

        return false;
    }

    private IToken? Of(DictionaryToken dictionary, string name) => dictionary.TryGet(NameToken.Create(name), out var token) ? Resolved(token) : null;

    private IToken? Resolved(IToken token) => token is IndirectReferenceToken reference ? document.Structure.GetObject(reference.Data)?.Data : token;
}
