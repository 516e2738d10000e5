using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>People side by side: « Référent du projet | Sponsor » over « Nom et prénom | … | … » and « Fonction | … | … ».</summary>
internal sealed class PeopleColumns(Lexicon lexicon, AnswerTaking answers)
{
    private const double Sure = 0.85;

    /// <summary>Takes a table of people in; false where it is none.</summary>
    public bool Take(Table table)
    {
        if (table.Rows is not [{ Cells.Length: 2 or 3 } top, var first, ..] || table.Rows.Length > 12)
        {
            return false;
        }

        var margin = first.Cells[0].Column;
        var people = top.Cells.Where(cell => cell.Column != margin).Select(cell => (cell.Column, Whose: Whose(cell.Text))).ToList();
        if (people.Count != 2 || people.Exists(one => one.Whose is null) || people[0].Whose == people[1].Whose)
        {
            return false;
        }

        foreach (var row in table.Rows.Skip(1).Where(row => row.Cells[0].Column == margin))
        {
            foreach (var (column, whose) in people)
            {
                if (row.At(column) is { } value && lexicon.Field(row.Cells[0].Text.TrimEnd(' ', ':', '*'), whose, Sure) is { } part && part.Target.Split('.')[0] == whose)
                {
                    answers.Forget();
                    answers.Take(row.Cells[0].Text.TrimEnd(' ', ':', '*'), Said.Of(value), Sure, whose);
                }
            }
        }

        return true;
    }

    private string? Whose(string text) => lexicon.Field(text, null, Sure)?.Target.Split('.') is [var whose and ("contact" or "sponsor"), "name"] ? whose
        : lexicon.Sections.Find(text, Sure)?.Target is ("contact" or "sponsor") and var section ? section : null;
}
