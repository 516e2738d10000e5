using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using Guichet.Mail;
using NodaTime;
using Xunit;

namespace Guichet.Storage.Tests;

/// <summary>Letters as they leave, from examples in which every value is there.</summary>
public sealed partial class LetterFacts
{
    private const string Hostile = "<script>a</script> **gras** [lien](http://piege.exemple) <http://piege.exemple> {{ office.email }} | ![i](x)\r\n\r\n# Titre\r\nBcc: espion@exemple.fr";

    private static readonly Campaign Campaign = StorageFixture.Campaign;

    public static TheoryData<LetterKind> Kinds => [.. Enum.GetValues<LetterKind>()];

    private static WrittenLetter Write(LetterKind kind, Campaign? campaign = null, Func<Dossier, Dossier>? change = null, Func<Letter, Letter>? of = null)
    {
        var (letter, dossiers) = LetterExample.Of(kind, campaign ?? Campaign);
        return new LetterWriter(LetterExample.PublicUri).Write(of?.Invoke(letter) ?? letter, campaign ?? Campaign, [.. dossiers.Select(change ?? (dossier => dossier))], LetterExample.Links);
    }

    /// <summary>Both parts, with the spaces of French as people type them.</summary>
    private static void SaysInBoth(WrittenLetter letter, params string[] said) => Assert.All(said, words => Assert.All(
        new[] { letter.Text, WebUtility.HtmlDecode(letter.Html) },
        part => Assert.Contains(words, part.Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal)));

    private static Dossier SayingEverywhere(Dossier dossier, string said) => dossier with
    {
        Pieces = [.. dossier.Pieces.Select(piece => piece with { FileName = said })],
        Application = new GrantApplication
        {
            Values = [.. dossier.Application!.Values.Select(value => value.Value is string ? value with { Value = said } : value)],
        },
        Verdict = new EligibilityVerdict(
        [
            .. dossier.Verdict!.Findings.Select(finding => finding with { Message = said, Inputs = [.. finding.Inputs.Select(input => input with { File = said, Place = said })] }),
        ]),
        Decision = dossier.Decision is { } decision
            ? decision with { Reason = said, Award = decision.Award is { } award ? award with { Support = [.. award.Support.Select(support => support with { What = said })] } : null }
            : null,
        Agreement = dossier.Agreement! with
        {
            Title = said,
            Applicant = new FundedApplicant("13002526500013", said),
            Contact = new Person(said, "claire.vasseur@exemple.gouv.fr"),
            Indicators = [.. dossier.Agreement.Indicators.Select(indicator => indicator with { Name = said, Unit = said })],
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_people_wrote_is_read_as_they_wrote_it_and_is_never_markup(LetterKind kind)
    {
        var plain = Write(kind);
        var letter = Write(kind, change: dossier => SayingEverywhere(dossier, Hostile), of: letter => letter with { Says = [.. letter.Says.Select(_ => Hostile)] });
        Assert.Contains(Hostile, letter.Text, StringComparison.Ordinal);
        Assert.Contains(Hostile, WebUtility.HtmlDecode(letter.Html), StringComparison.Ordinal);
        Assert.Equal(Tags(plain), Tags(letter));
        Assert.DoesNotContain(letter.Subject, char.IsControl);
    }

    [Theory]
    [InlineData(LetterKind.Digest)]
    [InlineData(LetterKind.OfficeDigest)]
    public void A_digest_is_the_same_from_what_is_kept_of_its_dossiers(LetterKind kind)
    {
        var (whole, brief) = (Write(kind), Write(kind, change: Digest.Brief));
        Assert.Equal(whole.Text, brief.Text);
        Assert.Equal(whole.Html, brief.Html);
        Assert.Contains(LetterExample.Of(kind, Campaign).Dossiers, dossier => dossier.Verdict!.Findings.Length > Digest.Brief(dossier).Verdict!.Findings.Length);
    }

    private static IEnumerable<string> Tags(WrittenLetter letter) => Tag().Matches(letter.Html).Select(tag => tag.Value);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_letter_is_a_page_in_french_that_can_be_walked_by_its_headings(LetterKind kind)
    {
        var letter = Write(kind);
        Assert.Contains("<html lang=\"fr\">", letter.Html, StringComparison.Ordinal);
        Assert.Equal(letter.Subject, WebUtility.HtmlDecode(Title().Match(letter.Html).Groups[1].Value));
        var levels = Heading().Matches(letter.Html).Select(heading => int.Parse(heading.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, Math.Min(3, pair.First + 1))); // None is skipped on the way down.
        Assert.DoesNotContain("<img", letter.Html, StringComparison.Ordinal);
        SaysInBoth(letter, Campaign.Office.Name, Campaign.Office.Email);
    }

    [Fact]
    public void An_acknowledgement_names_each_piece_and_its_size() => SaysInBoth(Write(LetterKind.Acknowledgement), "formulaire.docx (47 Ko)");

    [Fact]
    public void A_refusal_gives_its_reason_what_can_be_done_the_recourse_and_the_notice() => SaysInBoth(
        Write(LetterKind.Refusal),
        "Le coût total (1 840 000 €) dépasse le maximum du guichet (1 000 000 €).",
        "Vu dans : formulaire.docx (tableau 3, ligne 9)",
        "Un projet plus resserré",
        "déposez un nouveau dossier : le guichet prend les dossiers jusqu’au 31 décembre 2025",
        "recours gracieux",
        "tribunal administratif",
        "L. 311-3-1 et R. 311-3-1-1",
        "L’absence de réponse pendant un mois vaut refus",
        "CADA",
        "https://guichet.exemple.gouv.fr/api/dossiers/0123456789ab/explanation",
        "une personne a examiné le dossier");

    [Fact]
    public void A_refusal_tells_no_reason_but_those_that_block() =>
        Assert.DoesNotContain("six mois", Write(LetterKind.Refusal).Text, StringComparison.Ordinal);

    [Fact]
    public void A_refusal_by_the_rules_alone_says_that_nobody_has_looked() => SaysInBoth(
        Write(LetterKind.Refusal, change: dossier => dossier with { Decision = dossier.Decision! with { By = Actor.Guichet, Reason = null } }),
        "aucune personne n’a encore examiné le dossier");

    [Theory]
    [InlineData(2022, "vous pourrez déposer un nouveau dossier à partir du 16 janvier 2023")]
    [InlineData(2026, "Le guichet ne prend plus de dossiers.")]
    public void A_refusal_says_when_one_may_deposit_anew(int year, string said) =>
        SaysInBoth(Write(LetterKind.Refusal, of: letter => letter with { Date = new LocalDate(year, 3, 1) }), said);

    [Fact]
    public void A_subject_does_not_tell_an_award_from_a_refusal()
    {
        Assert.Equal(Write(LetterKind.Award).Subject, Write(LetterKind.Refusal).Subject);
        Assert.Contains("0123456789ab", Write(LetterKind.Award).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void An_award_says_how_much_of_what_with_which_support_and_what_comes_next() => SaysInBoth(
        Write(LetterKind.Award, Campaign with { Wording = Campaign.Wording with { AgreementWord = "contrat de réussite" } }),
        "Cofinancement attribué : 180 000 €",
        "Dépenses éligibles retenues : 400 000 €",
        "Part de ces dépenses que le programme paie : 45 %",
        "renfort en ingénierie de la donnée",
        "votre contrat de réussite",
        "L. 311-3-1");

    [Fact]
    public void A_campaigns_own_letter_and_wording_take_the_place_of_the_guichets()
    {
        var letter = Write(LetterKind.Refusal, Campaign with
        {
            Letters = ImmutableDictionary<LetterKind, LetterWording>.Empty.Add(
                LetterKind.Refusal,
                new LetterWording("Votre dossier {{ dossier.number }}", ["# Bonjour", "", "Au sujet de **{{ dossier.title }}** :", "", "{{ wording.appeal }}"])),
            Wording = Campaign.Wording with { Appeal = ["Écrivez au *médiateur*, ou à {{ office.email }}."] },
        });
        Assert.Equal("Votre dossier 0123456789ab", letter.Subject);
        Assert.StartsWith("# Bonjour\n\nAu sujet de **Fréquentation ouverte**", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Écrivez au *médiateur*, ou à guichet-donnees@exemple.gouv.fr.", letter.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>Fréquentation ouverte</strong>", letter.Html, StringComparison.Ordinal);
        Assert.Contains("<em>médiateur</em>", letter.Html, StringComparison.Ordinal);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<h([1-6])")]
    private static partial Regex Heading();
}
