using System.Collections.Frozen;

namespace Guichet.Documents.Form;

/// <summary>The words that labels of people are put together from, as the lexicon lists them.</summary>
internal sealed record PeopleWords(
    string Contact, string ContactWith, string ContactOf, string Sponsor, string SponsorWith, string SponsorOf, string Name, string Role, string Email, string Phone, string Around);

/// <summary>
/// Labels of people are put together in more ways than a list of them holds: who is meant (« l’interlocuteur », « le directeur engageant l’établissement »), and what of
/// that person (« nom », « qualité », « courriel »). Known where every word of a label is one of these.
/// </summary>
internal sealed class PeopleLabels
{
    /// <summary>What such a label is worth: less than one that the lexicon lists.</summary>
    public const double Score = 0.9;

    private const int LongestLabel = 120;

    private readonly SaidLabels labels;
    private readonly FrozenSet<string> contact;
    private readonly FrozenSet<string> contactWith;
    private readonly FrozenSet<string> contactOf;
    private readonly FrozenSet<string> sponsor;
    private readonly FrozenSet<string> sponsorWith;
    private readonly FrozenSet<string> sponsorOf;
    private readonly (string Part, FrozenSet<string> Words)[] parts;
    private readonly FrozenSet<string> all;

    public PeopleLabels(PeopleWords words, LexiconWords common, SaidLabels labels)
    {
        this.labels = labels;
        (contact, contactWith, contactOf) = (LexiconWords.Stems(words.Contact), LexiconWords.Stems(words.ContactWith), LexiconWords.Stems(words.ContactOf));
        (sponsor, sponsorWith, sponsorOf) = (LexiconWords.Stems(words.Sponsor), LexiconWords.Stems(words.SponsorWith), LexiconWords.Stems(words.SponsorOf));
        // The address of a person is not its post, whatever else the label says.
        parts = [("email", LexiconWords.Stems(words.Email)), ("phone", LexiconWords.Stems(words.Phone)), ("role", LexiconWords.Stems(words.Role)), ("name", LexiconWords.Stems(words.Name))];
        all = [.. new[] { contact, contactWith, contactOf, sponsor, sponsorWith, sponsorOf, LexiconWords.Stems(words.Around), common.Filler, common.Soft }.Concat(parts.Select(part => part.Words)).SelectMany(set => set)];
    }

    /// <summary>Whose and what a label asks for: « sponsor.email » names no field and yet is not the contact’s; null where a word says something else.</summary>
    public LabelMatch? Find(string label)
    {
        if (label.Length > LongestLabel || labels.Of(label) is not { IsFar: false } said)
        {
            return null;
        }

        return Find(said.Words) ?? (said.Bare is { } bare ? Find(bare) : null);
    }

    private LabelMatch? Find(string[] words)
    {
        if (words.Length is 0 or > 10 || !words.All(all.Contains))
        {
            return null;
        }

        var isSponsor = words.Any(sponsor.Contains) || words.Any(sponsorWith.Contains) && words.Any(sponsorOf.Contains);
        var isContact = words.Any(contact.Contains) || words.Any(contactWith.Contains) && words.Any(contactOf.Contains);
        if (isSponsor == isContact && !words.Any(sponsor.Contains))
        {
            return null;
        }

        var part = Array.Find(parts, part => words.Any(part.Words.Contains)).Part ?? "name";
        return new LabelMatch($"{(isSponsor ? "sponsor" : "contact")}.{part}", Score, words.Length);
    }
}
