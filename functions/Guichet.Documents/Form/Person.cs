using System.Text.RegularExpressions;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>A person written in one go: <c>Marie Durand, cheffe de projet, marie.durand@exemple.gouv.fr</c>.</summary>
internal sealed partial record Person(string Name, string? Role, string? Email, string? Phone)
{
    /// <summary>The person, or null where the text is no more than a name.</summary>
    public static Person? Of(string text)
    {
        text = Enclosure().Replace(text, "");
        var email = Mail().Match(text);
        var phone = Telephone().Match(text);
        var rest = Telephone().Replace(Mail().Replace(text, "\n"), "\n");
        var parts = Separator().Split(rest).Select(part => FrenchText.OneLine(Label().Replace(part, "")).Trim(' ', '.', ':', '-')).Where(part => part.Length > 1).ToList();
        if (parts.Count == 0 || parts.Count == 1 && !email.Success && !phone.Success || parts[0].Split(' ').Length > 6)
        {
            return null;
        }

        // What the person does or sends is told after its post: « directeur, a validé le dépôt. », « secrétaire général. Sa lettre suit. »
        var role = string.Join(", ", parts.Skip(1).TakeWhile(part => !Doing().IsMatch(part)));
        role = Sentence().Split(role)[0];
        return new Person(parts[0], role.Length > 0 ? role : null, email.Success ? email.Value : null, phone.Success ? phone.Value.Trim() : null);
    }

    [GeneratedRegex(@"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")]
    public static partial Regex Mail();

    [GeneratedRegex(@"(?<!\d)(?:\+\s?33\s?(?:\(0\)\s?)?|0033\s?|0)[1-9](?:[\s.\u00A0\u202F-]?\d{2}){4}(?!\d)")]
    public static partial Regex Telephone();

    /// <summary>« (lettre jointe) », « (voir annexe 2) »: where to look, and no part of a person.</summary>
    [GeneratedRegex(@"\s*[(\[](?:lettre|courrier|voir|cf\b|ci-joint|en pi[èe]ce|pi[èe]ce|attestation|signature|annexe)[^)\]]*[)\]]", RegexOptions.IgnoreCase)]
    public static partial Regex Enclosure();

    [GeneratedRegex(@"^(?:a|ont|est|sont|porte|valide|soutient|s.engage)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Doing();

    [GeneratedRegex(@"\.\s+(?=\p{Lu})")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[,;\n\t|()]|\s[–—-]\s")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*(?:t[ée]l(?:[ée]phone)?|courriel|m[ée]l|e-?mail|fonction)\s*\.?\s*:?\s*$|^\s*(?:fonction|courriel|t[ée]l(?:[ée]phone)?)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Label();
}
