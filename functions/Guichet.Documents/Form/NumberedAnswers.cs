using Guichet.Documents.Model;

namespace Guichet.Documents.Form;

/// <summary>
/// The fields of a form that together are lists: « Risque 1, Gravité 1, Réponse 1 », « Source 2 - détenteur », or an indicator's own fields one after another.
/// </summary>
internal sealed class NumberedAnswers(Lexicon lexicon, Harvest harvest, Action<Table> read)
{
    private const double SureColumn = 0.9;
    private const int LeastOfAnIndicator = 4;

    public void Take(DocumentModel document)
    {
        var answers = document.Blocks.OfType<Answer>().Where(answer => answer.Field is null).ToList();
        if (answers.Count == 0)
        {
            return;
        }

        var rows = new Table(answers[0].Place, [.. answers.Select(answer => new Row([new Cell(0, answer.Label, answer.Place), new Cell(1, answer.Text, answer.Place) { Number = answer.Number, Date = answer.Date }]))]);
        foreach (var list in new NumberedRows(lexicon).Take(rows).Lists)
        {
            read(list);
        }

        TakeIndicators(answers);
    }

    private void TakeIndicators(List<Answer> answers)
    {
        var table = new RecordTable("impact.indicators", null, null);
        var open = new List<RecordCell>();
        foreach (var answer in answers)
        {
            var column = lexicon.List("impact.indicators").Columns.Find(answer.Label, SureColumn)?.Target;
            if (column is null or "note" || open.Any(cell => cell.Column == column))
            {
                Close();
            }

            if (column is not (null or "note"))
            {
                open.Add(new RecordCell(column, answer.Label, new Said(answer.Text, answer.Place) { Number = answer.Number, Date = answer.Date }));
            }
        }

        Close();
        // The page says the same beside the fields, as far as its drawing could be read: the fuller of the two is believed.
        var drawn = harvest.Tables.Where(other => other.List == table.List).ToList();
        if (table.Records.Sum(record => record.Cells.Count) > drawn.SelectMany(other => other.Records).Sum(record => record.Cells.Count))
        {
            drawn.ForEach(other => harvest.Tables.Remove(other));
            harvest.Tables.Add(table);
        }

        void Close()
        {
            if (open.Count >= LeastOfAnIndicator && open.Any(cell => cell.Column == "name") && open.Any(cell => cell.Column is "target" or "baseline"))
            {
                table.Records.Add(new Record([.. open]));
            }

            open.Clear();
        }
    }
}
