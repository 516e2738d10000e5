using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Yes and no where the answer is a word of the trade or a sentence: « réalisée », « non requise », « le code sera publié ».</summary>
internal static partial class YesNoAnswers
{
    private const int LongestSentence = 300;

    /// <summary>What an answer to a question of yes or no says; no value where it says neither.</summary>
    public static Understood<bool> Understand(Field field, string text)
    {
        var plain = FrenchAnswer.ParseBoolean(text);
        if (plain.Value is not null || text.Length > LongestSentence)
        {
            return plain;
        }

        var ticked = FrenchAnswer.Options(text).ToList();
        if (ticked.Count(option => option.Ticked) != 1 && ticked.Count > 0)
        {
            return plain;
        }

        var said = FrenchText.Fold(ticked.Count > 0 ? ticked.Single(option => option.Ticked).Option : text).Trim();
        if (field == Fields.LegalDpia)
        {
            return NoDpia().IsMatch(said) ? false : Dpia().IsMatch(said) ? true : plain;
        }

        return Doubt().IsMatch(said) ? plain : Negated().IsMatch(said) ? false : Promised().IsMatch(said) ? true : plain;
    }

    /// <summary>An analysis that is under way is one; one that is merely planned is not said to be either.</summary>
    [GeneratedRegex(@"^(?:(?:une|l'|cette|notre)?\s?(?:aipd|analyse d'impact|analyse|dpia|pia)?\s?(?:a (?:deja )?ete|est|sera)?\s?)(?:deja )?(?:realisee?|faite|effectuee?|menee?|conduite|validee?|finalisee?|terminee?|achevee?|transmise|produite|disponible|en cours\b|engagee?|lancee?|commencee?|jointe|etablie)\b")]
    private static partial Regex Dpia();

    [GeneratedRegex(@"^(?:(?:une|l'|cette)?\s?(?:aipd|analyse d'impact|analyse)?\s?(?:n'est|n'a)?\s?)(?:pas (?:necessaire|requise|realisee|d'aipd|obligatoire|concerne)|non (?:necessaire|requise|realisee|obligatoire)|inutile|dispense)")]
    private static partial Regex NoDpia();

    [GeneratedRegex(@"\b(?:partiel\w*|en partie|sous reserve|peut-etre|a l'etude|etudi\w+|envisag\w+|si\b|possible\w*|souhait\w*|a terme|selon|certain\w*|hors)\b|\?")]
    private static partial Regex Doubt();

    [GeneratedRegex(@"\b(?:ne|n')\s?(?:sera|seront|est|sont|prevoit|publie\w*)\b.*\b(?:pas|aucune?|point|jamais)\b|^(?:pas d|aucun)")]
    private static partial Regex Negated();

    [GeneratedRegex(@"\b(?:sera|seront|est|sont)\b[^.;]{0,60}\b(?:publie|ouvert|reference|conforme|respecte|accessible|ecoconcu|libre|depose|applique|inscrit|liste|diffuse|declare)\w*|^(?:(?:nous )?nous (?:y )?engageons|engagement (?:pris|ferme)|bien sur|tout a fait|certainement|absolument|integralement)\b|^(?:publie|ouvert|reference|conforme|respecte|prevu|applique|acquis)e?s?\b")]
    private static partial Regex Promised();
}
