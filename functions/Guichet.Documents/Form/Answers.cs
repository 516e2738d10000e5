using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;
using NodaTime;

namespace Guichet.Documents.Form;

/// <summary>What an answer was understood to be: a value, nothing (left empty), or a problem to tell.</summary>
internal readonly record struct Answered(object? Value, string? Problem)
{
    public static readonly Answered Empty;

    public static Answered Of<T>(Understood<T> understood)
        where T : struct => new(understood.Value is { } value ? value : null, understood.Problem);

    public static Answered No(string problem) => new(null, problem);
}

/// <summary>From the text of an answer to the value of its field.</summary>
internal sealed partial class Answers(Lexicon lexicon)
{
    private const int LongestDpo = 200;
    private const int LongestName = 250;

    private static readonly SearchValues<char> NoName = SearchValues.Create(":@?;!");

    private static readonly SearchValues<char> NoRole = SearchValues.Create(":@?!");

    /// <summary>As <see cref="FrenchText.Key"/> writes them.</summary>
    private static readonly FrozenSet<string> Headings =
        new[] { "nom", "montant", "justification", "fonction", "gravite", "reponse", "date", "libelle", "unite", "code", "detail", "precisez", "apreciser", "intitule", "description", "usage", "usages", "nature", "finalite", "objet", "motif", "motifs", "modalites" }.ToFrozenSet(StringComparer.Ordinal);

    public Answered Understand(Candidate candidate)
    {
        var (field, said) = (candidate.Field, candidate.Value);
        if (said is { Number: null, Date: null } && FrenchAnswer.IsEmpty(said.Text))
        {
            return Answered.Empty;
        }

        return field switch
        {
            Field<Euros> => Money(candidate),
            Field<LocalDate> => Date(said),
            Field<decimal> => said.Number is { } months ? new Answered(months, null) : Answered.Of(FrenchNumber.ParseMonths(said.Text)),
            Field<bool> => Boolean(field, said.Text),
            Field<ImmutableArray<string>> => Choice(field, said.Text),
            Field<string> => Text(field, said),
            _ => Answered.Empty,
        };
    }

    private static Answered Money(Candidate candidate)
    {
        var (label, said) = (candidate.Label, candidate.Value);
        var unit = FrenchAmount.UnitOf(label);
        var folded = FrenchText.Fold(label);
        if (WithoutTax().IsMatch(folded) && !folded.Contains("ttc", StringComparison.Ordinal) && !FrenchText.Fold(said.Text).Contains("ttc", StringComparison.Ordinal))
        {
            return Answered.No("le montant est donné hors taxes, il est attendu toutes taxes comprises");
        }

        var amount = said.Number is { } number
            ? Euros.TryFrom(Math.Round(number * unit, 2, MidpointRounding.AwayFromZero)) is { } exact ? exact : Understood<Euros>.No("le montant n’est pas lisible")
            : FrenchAmount.Parse(said.Text, unit);
        return amount.Value is { Cents: < 0 } ? Answered.No("le montant est négatif") : Answered.Of(amount);
    }

    private static Answered Date(Said said)
    {
        if (said.Date is { } date)
        {
            return new Answered(date, null);
        }

        return said.Number is { } serial && FrenchDate.FromSerial(serial) is { } day ? new Answered(day, null) : Answered.Of(FrenchDate.Parse(said.Text));
    }

    private static Answered Boolean(Field field, string text)
    {
        var understood = YesNoAnswers.Understand(field, text);
        return understood.Problem is not null && FrenchAnswer.Options(text).All(option => !option.Ticked) && FrenchAnswer.Options(text).Any()
            ? Answered.Empty
            : Answered.Of(understood);
    }

    private Answered Choice(Field field, string text)
    {
        var words = field == Fields.ProjectTypes ? lexicon.ProjectTypes : lexicon.Support;
        var options = FrenchAnswer.Options(text).ToList();
        IEnumerable<string> said = options.Count > 0
            ? options.Where(option => option.Ticked).Select(option => option.Option)
            : words.In(text).Count == 1 ? [text] : text.Split('\n', ';').Select(line => line.Trim(' ', '-', '•', '*'));
        if (options.Count == 0)
        {
            text = Broken().Replace(text, " "); // A line that a page broke goes on.
            said = words.In(text).Count == 1 ? [text] : text.Split('\n', ';').Select(line => line.Trim(' ', '-', '•', '*'));
            // « un renfort ; pas de besoin juridique ni d’hébergement »: what is said not to be asked for is not.
            said = Refused().IsMatch(FrenchText.Fold(text)) ? text.Split('\n', ';', ',', '.').Select(part => part.Trim()).Where(part => !Refused().IsMatch(FrenchText.Fold(part))) : said;
        }

        var lines = said.Where(line => line.Length > 0).ToList();
        if (lines.Count == 0)
        {
            return Answered.Empty;
        }

        var found = lines.Select(line => (line, In: words.In(line))).ToList();
        // Several options on one line without boxes are all meant; with a box, an option that reads two ways is not understood.
        return found.FirstOrDefault(line => line.In.Count == 0 || options.Count > 0 && line.In.Count > 1) is { line: { } unknown }
            ? Answered.No($"l’option {FrenchText.Quote(unknown)} n’est pas reconnue")
            : new Answered(found.SelectMany(line => line.In).Distinct().ToImmutableArray(), null);
    }

    private Answered Text(Field field, Said said)
    {
        var text = Clean(said.Text);
        if (FrenchAnswer.IsEmpty(text))
        {
            return Answered.Empty;
        }

        if (IsHeading(text))
        {
            return Answered.No("c’est le titre d’une case et non sa réponse");
        }

        if (field != Fields.ContactPhone && field != Fields.ApplicantSiret && field != Fields.ApplicantLegalCategory && text.Count(char.IsLetter) < 2 || text.EndsWith('?') && !text.Contains('.', StringComparison.Ordinal))
        {
            return Answered.No("c’est un repère ou une question et non une réponse");
        }

        if (field == Fields.ContactName || field == Fields.SponsorName || field == Fields.ContactRole || field == Fields.SponsorRole)
        {
            text = Person.Enclosure().Replace(text, "");
        }

        if ((field == Fields.ContactRole || field == Fields.SponsorRole) && !IsRole(text))
        {
            return Answered.No("ce n’est pas une fonction");
        }

        if (field == Fields.GovernanceCalendar && Schedule().IsMatch(FrenchText.Fold(text)) && !Meeting().IsMatch(FrenchText.Fold(text)))
        {
            return Answered.No("ce sont les dates du projet et non celles de son pilotage");
        }

        if ((field == Fields.ContactName || field == Fields.SponsorName) && !IsName(text))
        {
            return Answered.No("ce n’est pas le nom d’une personne");
        }

        if (field == Fields.ProjectAcronym && !IsAcronym(text))
        {
            return FrenchText.HasKey(text, "non") ? Answered.Empty : Answered.No("un sigle est attendu");
        }

        if (field == Fields.ApplicantSiret)
        {
            var digits = said.Number is { } number && decimal.Truncate(number) == number ? number.ToString("00000000000000", System.Globalization.CultureInfo.InvariantCulture) : Siret().Match(text) is { Success: true } match
                ? string.Concat(match.Value.Where(char.IsAsciiDigit)) : "";
            return digits.Length == 14 ? new Answered(digits, null) : Answered.No("un SIRET a 14 chiffres");
        }

        if (field == Fields.ContactEmail || field == Fields.CommitmentsRepository)
        {
            text = Unbroken(text);
        }

        if (field == Fields.ContactEmail)
        {
            return Person.Mail().Matches(text) switch
            {
                // « helene.carpentie r@exemple.gouv .fr »: what is left beside it was a part of it.
                [var only] when text.Remove(only.Index, only.Length).Split(' ').Any(part => part.Length > 1 && part[..^1].Contains('.', StringComparison.Ordinal)) => Answered.No("l’adresse électronique est coupée"),
                [var only] => new Answered(only.Value, null),
                [] => Answered.No("l’adresse électronique n’est pas reconnue"),
                _ => Answered.No("plusieurs adresses électroniques sont données"),
            };
        }

        if (field == Fields.ContactPhone)
        {
            return text.Count(char.IsAsciiDigit) is >= 8 and <= 15 ? new Answered(FrenchText.OneLine(text), null)
                : Person.Telephone().Match(text) is { Success: true } phone ? new Answered(phone.Value.Trim(), null)
                : Answered.No("le numéro de téléphone n’est pas reconnu");
        }

        if (field == Fields.CommitmentsLicence && Harvest.Licence().Matches(text) is [var licence] && text.Length > licence.Length + 12)
        {
            return new Answered(licence.Value, null);
        }

        if (field == Fields.ApplicantName && AfterName().Match(text) is { Success: true, Index: > 3 } after)
        {
            text = text[..after.Index];
        }

        if (field == Fields.ApplicantName && (text.Length > LongestName || Sentence().IsMatch(text)))
        {
            return Answered.No("un nom est attendu, et non une phrase");
        }

        if (field == Fields.ApplicantLegalCategory)
        {
            return new Answered(Category().Match(text) is { Success: true } category ? category.Value : text, null);
        }

        if (field == Fields.CommitmentsRepository)
        {
            return Url().Match(text) is { Success: true } url ? new Answered(url.Value.TrimEnd('.', ')', ',', ';'), null)
                : text.Length <= 120 && AnyAddress().IsMatch(text) ? new Answered(text, null) : Answered.No("une adresse est attendue");
        }

        if (field == Fields.LegalBasis && NextMatter().Match(text) is { Success: true, Index: > 8 } next)
        {
            text = Numbered().Replace(text[..next.Index], "");
        }

        if (field == Fields.ProjectDeployment && text.Length < 30 && FrenchDate.Parse(text).Value is not null)
        {
            return Answered.No("c’est une date et non une stratégie");
        }

        if (field == Fields.LegalDpo && text.Length > LongestDpo)
        {
            return Answered.No("un nom ou une adresse est attendu");
        }

        return new Answered(text, null);
    }

    /// <summary>Whether a text is nothing but the title that a form gives to a place for an answer: « nom », « montant ».</summary>
    internal static bool IsHeading(string text) => text.Length <= 20 && Headings.Contains(FrenchText.Key(text)) || text.Length <= 40 && And().Split(text) is [var one, var other] && Headings.Contains(FrenchText.Key(one)) && Headings.Contains(FrenchText.Key(other));

    /// <summary>Whether a text can name a person: the telephone, the next label or a sentence do not.</summary>
    private bool IsName(string text) =>
        text.Length <= 80 && FrenchText.Key(text) is not ("oui" or "non" or "x") && text.AsSpan().IndexOfAny(NoName) < 0 && text.Split(' ').Length <= 8 && !text.Any(char.IsAsciiDigit) && !NoPerson().IsMatch(text) &&
        lexicon.Field(text, null, 0.97) is null && lexicon.Sections.Find(text, 0.97) is null;

    /// <summary>Whether a text can be a post: an address, a number or another label beside it make it something else.</summary>
    private static bool IsRole(string text) =>
        text.Length <= 160 && text.AsSpan().IndexOfAny(NoRole) < 0 && text.Count(char.IsAsciiDigit) < (text.Length < 12 ? 1 : 6) && !text.Contains("http", StringComparison.Ordinal) && FrenchDate.Parse(text).Value is null;

    private static bool IsAcronym(string text) =>
        text.Length <= 60 && !text.Contains('\n', StringComparison.Ordinal) && text.Split(' ').Length <= 6 && !FrenchText.HasKey(text, "non");

    /// <summary>An address that a narrow cell broke over lines.</summary>
    private static string Unbroken(string text)
    {
        var parts = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var whole = string.Concat(parts);
        return parts.Length > 1 && (!text.Contains(' ', StringComparison.Ordinal) || BrokenUrl().IsMatch(text) || Address().IsMatch(whole) && parts.All(part => InsideAddress().IsMatch(part)))
            ? whole
            : text;
    }

    /// <summary>A text without the boxes that were not ticked, nor the sign of those that were.</summary>
    private static string Clean(string text)
    {
        var normal = FrenchAnswer.Normalize(text);
        if (normal.AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked) >= 0)
        {
            var before = normal[..normal.AsSpan().IndexOfAny(FrenchAnswer.Ticked, FrenchAnswer.Unticked)];
            normal = string.Join(", ", new[] { before.Trim() }.Concat(FrenchAnswer.Options(normal).Where(option => option.Ticked).Select(option => option.Option)).Where(part => part.Length > 0));
        }

        return string.Join('\n', normal.Split('\n').Select(FrenchText.OneLine).Where(line => line.Length > 0));
    }

    /// <summary>« Article 6 du RGPD ; AIPD non requise »: another matter of the same line.</summary>
    [GeneratedRegex(@"[\s.;,–-]+(?=(?:l[’']|une )?(?:AIPD|DPO|DPD|analyse d[’']impact|délégué à la protection)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex NextMatter();

    /// <summary>« Les travaux démarreront le … »: when the project runs.</summary>
    [GeneratedRegex(@"\b(?:demarrer\w*|debuter\w*|commencer\w*|s'achever\w*|debut|fin|duree|lancement|cloture)\b.*\d")]
    private static partial Regex Schedule();

    [GeneratedRegex(@"\b(?:comites?|copil|cotech|reunions?|reunit|revues?|points?|instances?|bilans?|hebdomadaires?|mensuel\w*|trimestriel\w*|semestriel\w*|cycles?|phases?)\b")]
    private static partial Regex Meeting();

    /// <summary>« sa fonction », « un analyste »: a post, and nobody who holds it.</summary>
    [GeneratedRegex(@"^(?:sa|son|ses|votre|vos|un|une|des|leur|du|de)\s", RegexOptions.IgnoreCase)]
    private static partial Regex NoPerson();

    [GeneratedRegex(@"\w\.\w{2,}(?:/|$)|\bgit|forge", RegexOptions.IgnoreCase)]
    private static partial Regex AnyAddress();

    [GeneratedRegex(@"(?<!\d)\d(?:[\s.\u00A0\u202F-]?\d){13}(?![\s\u00A0\u202F]?\d)")]
    private static partial Regex Siret();

    [GeneratedRegex(@"(?<!\d)[1-9]\d{3}(?!\d)")]
    private static partial Regex Category();

    [GeneratedRegex(@"https?://[^\s<>""]+|(?:[\w-]+\.)+(?:fr|com|org|eu|io)/[^\s<>""]*")]
    private static partial Regex Url();

    [GeneratedRegex(@"^https?://(?:[\w.~%-]*[/.-]\s+)+[\w./~%#?=&-]+$")]
    private static partial Regex BrokenUrl();

    [GeneratedRegex(@"^[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^[\w-]*[.@][\w.@-]+$")]
    private static partial Regex InsideAddress();

    /// <summary>What follows a name on its line: of what kind the body is, or to which ministry it belongs.</summary>
    [GeneratedRegex(@",\s+(?=établissement public|service déconcentré|opérateur de l|administration centrale)|(?:\n|[,;]\s+|\s+[–—-]\s+|\s+\()(?=minist[èe]re\b|(?:n°\s*)?SIRET\b)", RegexOptions.IgnoreCase)]
    private static partial Regex AfterName();

    [GeneratedRegex(@"\best\s+(?:un|une|le|la|l’|porté|portée|soutenu|soutenue|piloté|pilotée)\b|\bporté par\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();

    /// <summary>The number of the next question, at the end of what was cut off before it.</summary>
    [GeneratedRegex(@"\s+\d{1,2}(?:\.\d{1,2})+\.?\s*$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\s*\n\s*(?=\p{Ll})")]
    private static partial Regex Broken();

    [GeneratedRegex(@"\s+et\s+|\s*[,/]\s*")]
    private static partial Regex And();

    [GeneratedRegex(@"\b(?:pas (?:de |d')?(?:besoin|demande)|aucun besoin|sans besoin|pas (?:necessaire|demande|sollicite))")]
    private static partial Regex Refused();

    [GeneratedRegex(@"\bht\b|hors[ -]taxe")]
    private static partial Regex WithoutTax();
}
