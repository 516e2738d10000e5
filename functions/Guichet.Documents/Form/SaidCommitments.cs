using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Commitments said in sentences under their title: « Le code source sera publié sous licence MIT. L’API sera référencée sur api.gouv.fr ». A doubt or a negation says nothing.</summary>
internal sealed partial class SaidCommitments(Lexicon lexicon, Harvest harvest)
{
    private const double Score = 0.85;
    private const int LongestText = 2_000;

    public void Take(DocumentModel document)
    {
        var section = default(string);
        foreach (var block in document.Blocks)
        {
            if (block is Heading heading)
            {
                section = lexicon.Part(heading.Text) ?? (heading.Level <= 1 ? null : section);
            }
            else if (block is Paragraph { IsHint: false, Text.Length: < LongestText } paragraph && (section == "commitments" || Analysis().IsMatch(FrenchText.Fold(paragraph.Text))))
            {
                foreach (var sentence in Sentence().Split(FrenchText.OneLine(paragraph.Text)))
                {
                    Take(sentence, paragraph.Place, section);
                }
            }
        }
    }

    private void Take(string sentence, string place, string? section)
    {
        var folded = FrenchText.Fold(sentence);
        if (Doubt().IsMatch(folded))
        {
            return;
        }

        if (Analysis().IsMatch(folded))
        {
            Add(Fields.LegalDpia, "oui", place);
        }

        if (section != "commitments" || !Promise().IsMatch(folded))
        {
            return;
        }

        foreach (var (field, terms) in Terms)
        {
            if (terms.IsMatch(folded))
            {
                Add(field, "oui", place);
            }
        }

        if (OpenSource().IsMatch(folded) && Harvest.Licence().Matches(sentence) is [var licence])
        {
            Add(Fields.CommitmentsLicence, licence.Value, place);
        }
    }

    private void Add(Field field, string text, string place)
    {
        if (!harvest.Candidates.Exists(candidate => candidate.Field == field))
        {
            harvest.Candidates.Add(new Candidate(field, new Said(text, place), field.Label, Score));
        }
    }

    private static readonly (Field Field, Regex Terms)[] Terms =
    [
        (Fields.CommitmentsOpenSource, OpenSource()), (Fields.CommitmentsApiGouv, Api()), (Fields.CommitmentsDataGouv, Data()), (Fields.CommitmentsRgaa, Rgaa()), (Fields.CommitmentsEcoDesign, EcoDesign()),
    ];

    [GeneratedRegex(@"(?<=\.)\s+(?=\p{Lu})")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b(?:analyse d'impact|aipd)\b[^.;:]{0,60}\ba (?:deja )?ete (?:realisee|menee|conduite|validee|effectuee)\b")]
    private static partial Regex Analysis();

    [GeneratedRegex(@"\b(?:sera|seront|est|sont|publierons|publiera|respectera|respecterons|respecte|appliquerons|nous engageons)\b")]
    private static partial Regex Promise();

    [GeneratedRegex(@"\b(?:ne|pas|aucune?|sans|si|selon|hors|sous reserve|envisage\w*|partiel\w*|souhait\w*|pourrai\w*|etudi\w*|certain\w*|non)\b|\bn'|\?")]
    private static partial Regex Doubt();

    [GeneratedRegex(@"\bcode(?: source)?\b.*\b(?:publie|ouvert|libre|depose|diffuse)")]
    private static partial Regex OpenSource();

    [GeneratedRegex(@"\bapi\.gouv")]
    private static partial Regex Api();

    [GeneratedRegex(@"\bdata\.gouv")]
    private static partial Regex Data();

    [GeneratedRegex(@"\brgaa\b")]
    private static partial Regex Rgaa();

    [GeneratedRegex(@"\beco-?conception\b|\brgesn\b|\becoconcu")]
    private static partial Regex EcoDesign();
}
