using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Takes answers in where their labels name a field; holds the question whose answer stands below it, and the person that the last answer was of.</summary>
internal sealed partial class AnswerTaking(Lexicon lexicon, Harvest harvest)
{
    private const double SureEnough = 0.85;

    /// <summary>What answers the title of a part and stands under no label is a text.</summary>
    private const int ShortestText = 150;

    private readonly Dictionary<string, string> firstNames = new(StringComparer.Ordinal);
    private Question? open;
    private Question? headed;

    /// <summary>The person that the answer before is of: « Titre » under a name is that person's.</summary>
    private string? person;

    private sealed record Question(Field Field, string Label, double Score, string Place, bool IsSlanted)
    {
        public List<string> Lines { get; } = [];
    }

    /// <summary>Whether something was said under the open question.</summary>
    public bool IsAnswered => open is { Lines.Count: > 0 };

    /// <summary>Whether a question is open.</summary>
    public bool IsAsking => open is not null;

    /// <summary>Whether a question is open that was written in italics.</summary>
    public bool IsSlanted => open is { IsSlanted: true };

    /// <summary>The field that the open question asks for.</summary>
    public Field? Asked => open?.Field;

    /// <summary>A title that names a field announces its answer below.</summary>
    public bool Expect(string label, string place, string? section, double least, bool isSlanted = false)
    {
        if (Known(label, section, least) is not { } match || Fields.Find(match.Target) is not { } field || match.Score < SureEnough && field.ValueType != typeof(string))
        {
            return false;
        }

        open = new Question(field, label, match.Score, place, isSlanted);
        return true;
    }

    /// <summary>The title of a part asks for something that may stand after other answers: « Le projet en bref », its title and acronym, then the text.</summary>
    public void Head() => headed = open;

    /// <summary>A line of the answer to the open question, where there is one; a text that no label opens answers the title of its part.</summary>
    public void Add(string line)
    {
        if (open is null && headed is { Lines.Count: 0 } && headed.Field.ValueType == typeof(string) && line.Length >= ShortestText)
        {
            open = headed;
        }

        open?.Lines.Add(line);
    }

    /// <summary>What follows answers no open question.</summary>
    public void Close()
    {
        if (open is { Lines.Count: > 0 } question)
        {
            open = null;
            Take(question.Field.Id, question.Label, question.Score, new Said(string.Join('\n', question.Lines), question.Place));
        }

        open = null;
    }

    /// <summary>Another part of the form begins: « Fonction » is no longer that of the person before.</summary>
    public void Forget() => (person, headed) = (null, null);

    /// <summary>The field that a label names where it stands: in the part of the form, or after the name of a person.</summary>
    public LabelMatch? Known(string label, string? section, double least) =>
        lexicon.Field(label, section, least) is var here && person is not null && (here is null || IsOfPerson(here)) &&
        lexicon.Field(label, person, 0.95) is { } own && own.Target.Split('.')[0] == person && !own.Target.EndsWith(".name", StringComparison.Ordinal)
            ? own
            : here;

    /// <summary>Takes a value in where its label names a field.</summary>
    public bool Take(string label, Said value, double least, string? section)
    {
        if (Known(label, section, least) is not { } match || NoAnswer(value))
        {
            return false;
        }

        Close();
        var target = match.Target == "project.title" && person is not null && Post().IsMatch(value.Text) ? $"{person}.role" : match.Target;
        if (target == "budget.requested" && !value.Text.Any(char.IsAsciiDigit) && lexicon.Support.In(value.Text).Count > 0)
        {
            target = "support.requested"; // « Soutien demandé » may be money or help.
        }

        if (target == "applicant.name" && Civility().IsMatch(value.Text))
        {
            // « Projet porté par : M. Durand, directeur »: a person is no administration, and one of that rank commits it.
            if (Person.Of(value.Text)?.Role is not { } role || !Senior().IsMatch(role))
            {
                return true;
            }

            target = "sponsor.name";
        }

        if (target == "applicant.name" && PersonForm().IsMatch(value.Text))
        {
            target = "sponsor.name"; // « Direction qui porte la candidature | Nom : … Fonction : … » asks for a person.
        }

        if (target is "contact.email" or "contact.phone" && person == "sponsor" && (section == "sponsor" || harvest.Candidates.Exists(candidate => candidate.Field.Id == target)))
        {
            return true; // The address of who signs is not that of who answers for the dossier.
        }

        if (target == "governance.calendar" && value.Text.Split('\n') is [var dates, .. var more] && Between().IsMatch(dates) && FrenchDate.ParsePeriod(dates) is not null)
        {
            // « Calendrier | du 8 janvier 2024 au 31 juillet 2025 » is that of the project.
            harvest.AddPeriod(label, match.Score, value with { Text = dates });
            foreach (var line in more.Select(LabelledLine.Split).Where(line => line is { Value.Length: > 0 }))
            {
                Take(line!.Value.Label, value with { Text = line.Value.Value }, least, section);
            }

            return true;
        }

        person = target.Split('.') is [var whose and ("contact" or "sponsor"), _] ? whose : null;
        Take(target, label, match.Score, value);
        return true;
    }

    /// <summary>« Nom », then « Prénom »: a name in two answers is put together.</summary>
    public void PutNamesTogether()
    {
        foreach (var (whose, first) in firstNames)
        {
            for (var i = 0; i < harvest.Candidates.Count; i++)
            {
                var candidate = harvest.Candidates[i];
                if (candidate.Field.Id == $"{whose}.name" && !candidate.Value.Text.Contains(first, StringComparison.OrdinalIgnoreCase))
                {
                    harvest.Candidates[i] = candidate with { Value = candidate.Value with { Text = $"{first} {candidate.Value.Text}" } };
                }
            }
        }
    }

    private void Take(string target, string label, double score, Said value)
    {
        if (target == "project.period")
        {
            harvest.AddPeriod(label, score, value);
        }
        else if (target.Split('.') is [var whose, "firstName"])
        {
            firstNames[whose] = FrenchText.OneLine(value.Text);
        }
        else if (target is "contact.name" or "sponsor.name" && TakeParts(target.Split('.')[0], value))
        {
            return;
        }
        else if (Fields.Find(target) is { } field)
        {
            harvest.Add(field, label, score, value);
            foreach (var (part, text) in field == Fields.BudgetTotal ? AmountsWithin.Of(value.Text) : [])
            {
                harvest.Add(part, label, score, new Said(text, value.Place));
            }
        }
    }

    /// <summary>« Direction qui porte la candidature | Nom : … Fonction : … »: a label that nobody knows, over a person; of whom, its words may tell.</summary>
    public bool TakePerson(string label, Said value) =>
        PersonForm().IsMatch(value.Text) && OfSponsor().IsMatch(FrenchText.Fold(label)) && TakeParts("sponsor", value);

    /// <summary>« Nom : DURAND Anne   Fonction : directrice »: an answer that is itself a small form of a person.</summary>
    private bool TakeParts(string whose, Said value)
    {
        var parts = PersonPart().Split(value.Text).SelectMany(part => part.Split('\n')).Where(part => part.Trim().Length > 0)
            .Select(part => LabelledLine.Split(part.Trim()) is { Value.Length: > 0 } line && lexicon.Field(line.Label, whose, 0.9) is { } match && match.Target.Split('.')[0] is "contact" or "sponsor"
                ? (match.Target, line.Label, line.Value) : (Target: $"{whose}.name", Label: "", Value: part.Trim()))
            .ToList();
        if (!parts.Exists(part => part.Label.Length > 0))
        {
            return false;
        }

        foreach (var part in parts.Where((part, i) => part.Label.Length > 0 || i == 0))
        {
            var text = value with { Text = part.Value };
            var target = part.Target.Replace("contact.", $"{whose}.", StringComparison.Ordinal);
            if (target.EndsWith(".firstName", StringComparison.Ordinal))
            {
                firstNames[whose] = FrenchText.OneLine(part.Value);
            }
            else if (Fields.Find(target) is { } field)
            {
                harvest.Add(field, part.Label, SureEnough, text);
            }
        }

        return true;
    }

    private static bool IsOfPerson(LabelMatch match) => match.Target.Split('.')[0] is "contact" or "sponsor";

    /// <summary>A question or an instruction that stands where an answer should is none.</summary>
    private static bool NoAnswer(Said value) =>
        value is { Number: null, Date: null, IsBounded: false } && value.Text.TrimEnd() is { Length: > 1 } text && (text[^1] == '?' && !text.Contains('.', StringComparison.Ordinal) && !text.Contains('☒', StringComparison.Ordinal)
            || !text.Contains('\n', StringComparison.Ordinal) && Lexicon.IsInstruction(text));

    [GeneratedRegex(@"^(?:la |le )?(?:directeur|directrice|chef|cheffe|sous-|secrétaire|responsable|préfet|préfète|président|présidente|délégué|déléguée|chargée?|adjoint|adjointe|recteur|rectrice|commissaire|inspecteur|inspectrice)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Post();

    [GeneratedRegex(@"^\s*du\s.+\sau\s", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b(?:direct\w+|autorite|signataire|engage\w*|representant\w*)\b")]
    private static partial Regex OfSponsor();

    [GeneratedRegex(@"^\s*(?:nom|prénom|nom et prénom)\s?:\s.+\bfonction\s?:\s", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex PersonForm();

    [GeneratedRegex(@"^\s*(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Dr|Pr)\s+\p{Lu}")]
    private static partial Regex Civility();

    [GeneratedRegex(@"^(?:directeur|directrice|sous-direct|secrétaire général|préfet|préfète|président|recteur|rectrice|commissaire|délégué)", RegexOptions.IgnoreCase)]
    private static partial Regex Senior();

    [GeneratedRegex(@"(?<=\S)(?<!\b(?:nom|prénom|prenom|et))[\s,;–-]+(?=(?:prénom|nom|fonction|poste(?: occupé)?|qualité|titre|courriel|m[ée]l|e-?mail|mail|adresse électronique|tél(?:éphone)?)\.?\s?:\s)", RegexOptions.IgnoreCase)]
    private static partial Regex PersonPart();
}
