using Guichet.Core.Campaigns;
using Guichet.Documents.Form;

namespace Guichet.Documents.Tests;

public sealed class LexiconFacts
{
    private static readonly Lexicon Common = Lexicon.With(FormWords.None);

    [Fact]
    public void No_phrase_names_two_things() => Assert.Equal("", string.Join('\n',
        Common.Fields.Ambiguities().Concat(Common.Sections.Ambiguities()).Concat(Common.LineCategories.Ambiguities()).Concat(Common.Totals.Ambiguities())
            .Concat(Common.Indicators.Ambiguities()).Concat(Common.Lists.SelectMany(list => list.Columns.Ambiguities().Select(phrase => $"{list.Field} {phrase}")))));

    [Theory]
    [InlineData("2.1 – Coût total du projet (TTC)", "budget.total")]
    [InlineData("COUT TOTAL", "budget.total")]
    [InlineData("Couts totaux du projet", "budget.total")]
    [InlineData("Montant du cofinancment demandé :", "budget.requested")]
    [InlineData("Part de l’agence (autofinancement)", "budget.ownShare")]
    [InlineData("Merci de préciser la stratégie de déploiement envisagée", "project.deployment")]
    [InlineData("N° SIRET de l’établissement", "applicant.siret")]
    public void A_label_is_recognised_whatever_its_dress(string label, string field) => Assert.Equal(field, Common.Field(label, null, 0.85)?.Target);

    [Theory]
    [InlineData("Sous-total prestations")]
    [InlineData("Coût total par an")]
    [InlineData("Nom de la commune")]
    [InlineData("Montant de la tranche 1")]
    public void A_label_that_says_something_else_is_not(string label) => Assert.Null(Common.Field(label, null, 0.85));

    [Fact]
    public void A_campaign_adds_its_own_words()
    {
        var lexicon = Lexicon.With(new FormWords { Labels = new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>> { ["budget.total"] = ["Enveloppe du chantier"] }.ToImmutable() });
        Assert.Equal("budget.total", lexicon.Field("Enveloppe du chantier", null, 0.85)?.Target);
    }
}

file static class Immutably
{
    public static System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>> ToImmutable(this Dictionary<string, System.Collections.Immutable.ImmutableArray<string>> words) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(words);
}
