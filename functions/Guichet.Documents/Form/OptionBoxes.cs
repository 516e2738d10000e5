using Guichet.Core.Deposit;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>Boxes that stand alone: each says by its own words what it answers.</summary>
internal sealed class OptionBoxes(Lexicon lexicon, Harvest harvest)
{
    /// <summary>Takes the options of a line in; false where none of them is known.</summary>
    public bool TakeAll(string line, string place, string? section)
    {
        var taken = false;
        foreach (var (ticked, option) in FrenchAnswer.Options(line))
        {
            taken |= Take(option, ticked, new Said(line, place), section);
        }

        return taken;
    }

    /// <summary>Takes one option in: a commitment, or a type of project.</summary>
    public bool Take(string option, bool ticked, Said said, string? section)
    {
        if (lexicon.Field(option, section, 0.7) is { } match && Fields.Find(match.Target) is { } field && field.ValueType == typeof(bool))
        {
            harvest.Candidates.Add(new Candidate(field, said with { Text = (ticked ? "☒ " : "☐ ") + option }, option, match.Score));
            return true;
        }

        // « Ressources humaines (data science…) » is asked for, and is no type of project.
        if (lexicon.ProjectTypes.In(option) is [var type] && lexicon.Support.In(option).Count == 0)
        {
            harvest.Options.Add((Fields.ProjectTypes, type, ticked, said));
            return true;
        }

        return false;
    }
}
