using System.Globalization;
using Guichet.Core.Deposit;
using Guichet.Core.Scoring;

namespace Guichet.Pages;

/// <summary>What a rule of evidence says, in French sentences.</summary>
internal static class EvidenceText
{
    /// <summary>How a level from 0 to 4 follows from the dossier.</summary>
    public static string Of(EvidenceRule rule) => rule switch
    {
        ListShare { Having.IsEmpty: true } share => $"« {Label(share.Field)} » : 4 dès qu’il y en a, 0 sinon.",
        ListShare share => $"Part des éléments de « {Label(share.Field)} » qui donnent {French.And(share.Having.Select(Part))} : aucun vaut 0, tous valent 4 ; entre les deux, en proportion, arrondie au niveau inférieur.",
        ListCount count => $"Nombre d’éléments de « {Label(count.Field)} » : {string.Join(" ; ", count.AtLeast.Select((least, index) => $"niveau {Text(index + 1)} à partir de {Text(least)}"))} ; moins, niveau 0.",
        TextSays text => Of(text),
        AnsweredYes answers => $"Part des oui parmi ces réponses : {string.Join(" ; ", answers.Fields.Select(Label))}. Aucun oui vaut 0, tous valent 4 ; entre les deux, en proportion, arrondie au niveau inférieur.",
        MonthsUntil months => $"Mois, tout mois commencé compris, de « {Label(months.From)} » à « {Label(months.To)} » : {string.Join(" ; ", months.AtMost.Select((most, index) => $"niveau {Text(SubcriterionScore.Highest - index)} jusqu’à {Text(most)}"))} ; au-delà, si une date manque ou si la seconde vient avant la première, niveau 0.",
        _ => throw new InvalidOperationException($"No sentence is defined for {rule.GetType().Name}."),
    };

    /// <summary>What a part of a line is called.</summary>
    public static string Part(string part) => part switch
    {
        "code" => "le code d’un indicateur du guichet",
        "definition" => "la définition",
        "unit" => "l’unité",
        "baseline" => "la valeur de départ",
        "baseline-date" => "la date de la valeur de départ",
        "target" => "la cible",
        "target-date" => "la date de la cible",
        "intermediate" => "des cibles intermédiaires",
        "source" => "la source",
        "method" => "la méthode",
        "frequency" => "la fréquence",
        "owner" => "le responsable",
        "holder" => "le détenteur",
        "personal" => "le caractère personnel ou non",
        "sensitive" => "le caractère sensible ou non",
        "available" => "qu’il est disponible",
        "quality" => "la qualité",
        "fte" => "le temps de travail",
        "severity" => "la gravité",
        "answer" => "la réponse",
        "date" => "la date",
        "category" => "la catégorie",
        "period" => "la période",
        _ => part,
    };

    private static string Of(TextSays rule)
    {
        var looked = $"Ce que le dossier dit à « {string.Join(" », « ", rule.Fields.Select(Label))} »{(rule.Fields.Length > 1 ? ", pris ensemble" : "")}";
        var lengths = $"rien, niveau 0 ; quelque chose, niveau 1 ; au moins {Text(rule.Words)} mots, niveau 2";
        return rule.Saying.IsEmpty
            ? $"{looked} : {lengths}."
            : $"{looked} : {lengths}. Un niveau de plus, jusqu’à 4, pour chacun de ces points évoqués, accents et majuscules mis à part : {string.Join(" ; ", rule.Saying.Select(group => Or(group)))}.";
    }

    private static string Or(IEnumerable<string> words) => French.Joined([.. words.Select(word => $"« {word} »")], " ou ");

    private static string Label(string field) => Fields.Find(field)?.Label ?? field;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
