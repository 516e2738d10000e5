using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Mail;
using Xunit;

namespace Guichet.Storage.Tests;

/// <summary>What a campaign's author is told of letters that could not be written.</summary>
public sealed class LetterFaultsFacts
{
    private static IReadOnlyList<string> Faults(string subject, params string[] lines) => LetterWriter.Faults(StorageFixture.Campaign with
    {
        Letters = ImmutableDictionary<LetterKind, LetterWording>.Empty.Add(LetterKind.Refusal, new LetterWording(subject, [.. lines])),
    });

    [Fact]
    public void The_guichets_own_letters_have_none() => Assert.Empty(LetterWriter.Faults(StorageFixture.Campaign));

    [Theory]
    [InlineData("{{ dossier.titel }}", "letters.refusal.lines, ligne 3 : « dossier.titel » n’existe pas dans cette lettre ; il y a sous « dossier » : address,")]
    [InlineData("{{ dosier.title }}", "« dosier » n’existe pas dans cette lettre ; il y a : campaign, decision, deposits, dossier, links, office, wording.")]
    [InlineData("{% for f in decision.findings %}{{ f.mesage }}{% endfor %}", "il y a sous « f » : message, places.")]
    [InlineData("{{ decision.findings.message }}", "« decision.findings » est une liste ; parcourez-la")]
    [InlineData("{% if dossier.title == 'x' %}{{ office.phone }}{% endif %}", "« office.phone » n’existe pas")]
    [InlineData("{% assign t = dossier.title %}{{ t }}{{ u }}", "« u » n’existe pas")]
    [InlineData("{{ award.amount }}", "« award » n’existe pas dans cette lettre")]
    [InlineData("{{ dossier.title | raw }}", "« raw » n’est pas un filtre d’une lettre ; les filtres sont append,")]
    [InlineData("{% include 'autre' %}", "une lettre n’en inclut pas d’autre")]
    [InlineData("{% si dossier.title %}", "ligne 3 : « {% si %} » n’est pas une balise de Liquid")]
    [InlineData("{% if dossier.title %}", "ligne 3 : il manque « {% endif %} »")]
    [InlineData("{% if %}oui{% endif %}", "ligne 3 : « {% if … %} » est incomplet ou mal écrit")]
    [InlineData("{{ dossier.title", "il manque « }} »")]
    [InlineData("{{ 1 | divided_by: 0 }}", "division par zéro")]
    [InlineData("{% for i in (1..1000000) %}{{ i }}{% endfor %}", "trop de tours de boucle")]
    [InlineData("# Un second titre principal", "il faut un titre principal")]
    [InlineData("### Un niveau sauté", "il faut un titre principal")]
    [InlineData("![logo](https://exemple.fr/logo.png)", "ne contient pas d’image")]
    [InlineData("Une <b>balise</b>", "les balises HTML s’afficheraient telles quelles")]
    public void Each_fault_is_told_with_its_place_and_what_would_be_right(string line, string said) =>
        Assert.Contains(said, Assert.Single(Faults("Réponse", "# Réponse", "", line)), StringComparison.Ordinal);

    [Fact]
    public void A_subject_is_checked_too() =>
        Assert.StartsWith("letters.refusal.subject, ligne 1 : « dossier.numero » n’existe pas", Assert.Single(Faults("{{ dossier.numero }}", "# Réponse")), StringComparison.Ordinal);

    [Fact]
    public void Wording_knows_the_campaign_and_no_dossier()
    {
        var campaign = StorageFixture.Campaign with { Wording = new CampaignWording { Appeal = ["Deux mois.", "{{ dossier.title }}"] } };
        Assert.StartsWith("wording.appeal, ligne 2 : « dossier » n’existe pas", Assert.Single(LetterWriter.Faults(campaign)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_may_be_counted_and_its_first_be_named() =>
        Assert.Empty(Faults("Réponse", "# Réponse", "", "{{ decision.findings.size }} : {{ decision.findings[0].message }} {{ decision.findings.first.message }}{% for f in decision.findings %}{% unless forloop.last %},{% endunless %}{% endfor %}"));
}
