using System.Collections.Immutable;

namespace Guichet.Core.Campaigns;

/// <summary>A campaign's own wording of a kind of letter, in place of the guichet's.</summary>
/// <param name="Subject">Liquid; one line. It never tells what was decided: a subject shows on screens that others see.</param>
/// <param name="Lines">The letter's lines, Liquid over Markdown: lines, so that the campaign's file stays readable.</param>
public sealed record LetterWording(string Subject, ImmutableArray<string> Lines);

/// <summary>
/// What the letters of a campaign say in law and by usage, each with a default for administrations of the State. Lines are Liquid over Markdown,
/// and know <c>campaign</c>, <c>office</c> and <c>wording.agreement</c>.
/// </summary>
public sealed record CampaignWording
{
    /// <summary>What the campaign calls the agreement that its laureates sign; it follows « votre », so that its gender does not matter.</summary>
    public string AgreementWord { get; init; } = "convention de financement";

    /// <summary>The notice on algorithmic treatment (CRPA, art. L. 311-3-1 and R. 311-3-1-1): its purpose, the right to be told its rules, how to ask, the recourse.</summary>
    public ImmutableArray<string> AlgorithmicNotice { get; init; } =
    [
        "Votre dossier a été examiné à l’aide d’un traitement algorithmique. Sa finalité : vérifier que le dossier est complet et que le projet remplit les conditions du guichet, et préparer la lecture des instructeurs par une pré-notation.",
        "",
        "Vous avez le droit d’obtenir la communication des règles qui définissent ce traitement et des principales caractéristiques de sa mise en œuvre dans votre cas (articles L. 311-3-1 et R. 311-3-1-1 du code des relations entre le public et l’administration). Pour l’exercer, écrivez à {{ office.email }} en citant le numéro du dossier.",
        "",
        "L’absence de réponse pendant un mois vaut refus. Vous pouvez alors, dans les deux mois qui suivent ce refus, saisir la Commission d’accès aux documents administratifs (CADA, www.cada.fr), avant tout recours devant le tribunal administratif.",
    ];

    /// <summary>The ways and time limits of recourse (<i>voies et délais de recours</i>).</summary>
    public ImmutableArray<string> Appeal { get; init; } =
    [
        "Dans les deux mois qui suivent la réception de ce courriel, vous pouvez :",
        "",
        "- demander au guichet ({{ office.email }}) de réexaminer sa décision : c’est un recours gracieux ; l’absence de réponse pendant deux mois vaut rejet ;",
        "- ou saisir le tribunal administratif compétent, par courrier ou sur www.telerecours.fr.",
        "",
        "Un recours gracieux formé dans ce délai conserve votre droit de saisir le tribunal : un nouveau délai de deux mois court à partir de la réponse, ou du rejet né du silence.",
    ];

    /// <summary>Whom to ask, at the end of the letters to a porteur.</summary>
    public ImmutableArray<string> Contacts { get; init; } =
    [
        "Une question ? Écrivez à {{ office.email }} en citant le numéro du dossier.",
    ];
}
