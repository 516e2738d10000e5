using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>A row of headings, and what each of its columns holds.</summary>
internal sealed record RecordHeader(string List, IReadOnlyDictionary<int, (string Column, string Header)> Columns, int ExtraRows)
{
    /// <summary>Nearly every heading is known: under another heading only such a row is one, and not a record that looks like it.</summary>
    public bool IsSure { get; init; }

    public bool SameColumns(RecordHeader other) => Columns.Count == other.Columns.Count && Columns.All(column => other.Columns.TryGetValue(column.Key, out var same) && same == column.Value);
}

/// <summary>Finds the rows that head a list of the application.</summary>
internal sealed partial class RecordHeaders(Lexicon lexicon)
{
    /// <summary>No list of an application has as many columns; a row as wide as a sheet heads none.</summary>
    private const int MostHeadings = 100;

    /// <summary>The list that a row heads, or null where it heads none.</summary>
    public RecordHeader? Find(ImmutableArray<Row> rows, int at, string? title, string? section)
    {
        var cells = rows[at].Cells;
        if (cells.Length is < 2 or > MostHeadings || at + 1 >= rows.Length || cells.Any(cell => cell.Number is not null && !IsPeriod(cell.Text) || cell.Date is not null || cell.Text.Length > 160))
        {
            return null;
        }

        var (headings, extra) = Combine(rows, at);
        var titled = title is null ? null : lexicon.Fields.Find(title, 0.6)?.Target;
        return lexicon.Lists
            .Select(list => (Header: Match(list, headings, extra), Titled: list.Field == titled || list.Field == "budget.lines" && section == "budget" && titled is null))
            .Where(found => found.Header is not null)
            .Select(found => (found.Header!.Value.Header, Score: found.Header.Value.Score + (found.Titled ? 1 : 0), found.Header.Value.Known, found.Titled))
            .Where(found => found.Known >= 2 || found.Titled && found.Known >= 1)
            .OrderByDescending(found => found.Score)
            .Select(found => found.Header)
            .FirstOrDefault();
    }

    /// <summary>Whether a table without headings goes on with the columns of the one before.</summary>
    public bool Continues(RecordHeader header, Table table)
    {
        var first = table.Rows[0].Cells;
        return first.Length > 1 && first.Length * 2 >= header.Columns.Count && !RowShape.IsQuestion(first[0].Text) && first.All(cell => header.Columns.ContainsKey(cell.Column)) && Find(table.Rows, 0, null, null) is null &&
            first.All(cell => lexicon.Field(cell.Text, null, 0.95) is null) &&
            (header.Columns.FirstOrDefault(column => column.Value.Column is "amount").Value.Header is null ||
             header.Columns.Any(column => column.Value.Column == "amount" && table.Rows[0].At(column.Key) is { } cell && FrenchAmount.Parse(cell.Text).Value is not null));
    }

    /// <summary>Expenses on the left and income on the right, as French budgets are laid out.</summary>
    public ImmutableArray<Table> Halves(Table table)
    {
        for (var i = 0; i < Math.Min(3, table.Rows.Length); i++)
        {
            if (table.Rows[i].Cells is [var a, var b, var c, var d] && IsAmount(b) && IsAmount(d) && FrenchText.Key(a.Text) != FrenchText.Key(c.Text) && !IsAmount(a) && !IsAmount(c) &&
                lexicon.List("budget.otherFinancing").Columns.Find(c.Text, 0.8)?.Target == "from")
            {
                return [Half(column => column < c.Column), Half(column => column >= c.Column)];
            }
        }

        return [];
        bool IsAmount(Cell cell) => lexicon.List("budget.otherFinancing").Columns.Find(cell.Text, 0.8)?.Target == "amount";
        Table Half(Func<int, bool> of) => table with
        {
            Rows = [.. table.Rows.Select(row => new Row([.. row.Cells.Where(cell => of(cell.Column))])).Where(row => !row.Cells.IsEmpty)],
        };
    }

    private static (RecordHeader Header, double Score, int Known)? Match(ListWords list, List<(int Column, string Text)> headings, int extra)
    {
        // Nearly every row of a file is none: it is told from the headings alone.
        if (!headings.Exists(heading => IsKnown(list, heading.Text)))
        {
            return null;
        }

        if (headings.Count == 4 && IsKnown(list, headings[0].Text) && !IsKnown(list, headings[1].Text) && IsKnown(list, headings[2].Text) && !IsKnown(list, headings[3].Text))
        {
            return null; // Label, value, label, value.
        }

        var columns = new Dictionary<int, (string Column, string Header)>();
        var score = 0.0;
        var known = 0;
        foreach (var (column, text) in headings)
        {
            if (list.Field.StartsWith("budget.", StringComparison.Ordinal) && HoldsAnAmount().IsMatch(text))
            {
                return null; // « Prestation | environ 200 k€ » has the words of headings, and is a line whose amount is to be asked for.
            }

            if (list.Field == "budget.lines" && IsPeriod(text))
            {
                columns[column] = ("period:" + FrenchText.OneLine(text), text);
                score += 0.8;
                known++;
                continue;
            }

            var match = list.Columns.Find(WithoutChoice().Replace(text, ""), 0.8);
            var joined = list.Field.StartsWith("budget.", StringComparison.Ordinal) ? null : JoinedColumns.Find(list.Columns, text);
            var target = joined ?? match?.Target;
            if (list.Field == "impact.indicators" && IsDate(text) && columns.TryGetValue(column - 1, out var before) && before.Column is "baseline" or "target")
            {
                target = before.Column + "Date"; // « Valeur initiale », « Date », « Valeur cible », « Date »: each date is of the value before it.
            }

            if (target is "amount" && IsWithoutTax(text))
            {
                target = "amountHt";
            }

            if (list.Field == "impact.indicators" && target is not "intermediateDate" && IsIntermediate(text))
            {
                target = "intermediate";
            }

            if (list.Field == "impact.indicators" && IndicatorLabel.Target(list.Columns, text) is { } dated)
            {
                target = dated;
            }

            if (list.Field == "impact.indicators" && IsMeasuredOn(text))
            {
                target = "baselineDate";
            }

            if (list.Field == "impact.indicators" && target is null && FrenchText.HasKey(text, "qui"))
            {
                target = "owner";
            }

            if (target is "baseline" && columns.FirstOrDefault(taken => taken.Value.Column == "baseline") is { Value.Header: { } reference } earlier && FrenchText.HasKey(reference, "reference"))
            {
                // « Référence » before « Valeur de départ » counts the indicators and measures none.
                columns[earlier.Key] = ("code", reference);
            }

            if (list.Field == "budget.lines" && target == "category" && columns.Values.Any(taken => taken.Column == "category") && columns.Values.All(taken => taken.Column != "label"))
            {
                var (at, first) = columns.First(taken => taken.Value.Column == "category");
                if (FrenchText.HasKey(text, "categorie") && !FrenchText.HasKey(first.Header, "categorie"))
                {
                    // « Poste » then « Catégorie »: it is the first that says what is bought.
                    columns[at] = ("label", first.Header);
                }
                else
                {
                    // « Poste » then « Nature de la dépense »: the second says what is bought.
                    target = "label";
                }
            }

            if (target is null || target is not ("intermediate" or "intermediateDate" or "note") && columns.Values.Any(taken => taken.Column == target))
            {
                score -= 0.4;
                columns[column] = ("note", text);
                continue;
            }

            columns[column] = (target, text);
            score += target == "note" ? 0.3 : match?.Score ?? 0.8;
            known += target == "note" ? 0 : 1;
        }

        bool Has(string column) => columns.Values.Any(found => found.Column.Split('+').Contains(column));
        var complete = list.Required.All(required => Has(required) ||
            list.Field == "budget.lines" && required == "amount" && (Has("amountHt") || columns.Values.Any(found => found.Column.StartsWith("period:", StringComparison.Ordinal))));
        complete &= list.Field != "budget.lines" || Has("label") || Has("category");
        return complete && score > 0 ? (new RecordHeader(list.Field, columns.OrderBy(column => column.Key).ToDictionary(), extra) { IsSure = score >= 0.85 * headings.Count }, score, known) : null;
    }

    private static bool IsKnown(ListWords list, string text) => list.Columns.Find(WithoutChoice().Replace(text, ""), 0.8) is not null || JoinedColumns.Find(list.Columns, text) is not null ||
        list.Field == "budget.lines" && IsPeriod(text) || list.Field == "impact.indicators" && (IsIntermediate(text) || IndicatorLabel.Target(list.Columns, text) is not null);

    /// <summary>The headings of a row, with those of a second row under a merged one.</summary>
    private static (List<(int Column, string Text)> Headings, int Extra) Combine(ImmutableArray<Row> rows, int at)
    {
        var top = rows[at].Cells.Select(cell => (cell.Column, cell.Text)).ToList();
        var sub = rows[at + 1].Cells.Where(cell => !cell.IsSpread).ToList();
        if (sub.Count == 0 || !sub.All(cell => SubHeading().IsMatch(FrenchText.Fold(cell.Text).Trim())))
        {
            return (top, 0);
        }

        foreach (var cell in sub)
        {
            var parent = top.Where(heading => heading.Column <= cell.Column).OrderByDescending(heading => heading.Column).FirstOrDefault().Text ?? "";
            top.RemoveAll(heading => heading.Column == cell.Column);
            top.Add((cell.Column, IsPeriod(cell.Text) ? cell.Text : $"{parent} {cell.Text}"));
        }

        return (top, 1);
    }

    private static bool IsWithoutTax(string text) => WithoutTax().IsMatch(FrenchText.Fold(text));

    private static bool IsPeriod(string text) => text.Any(char.IsDigit) && Period().IsMatch(FrenchText.Fold(text).Trim());

    private static bool IsDate(string text) => BareDate().IsMatch(FrenchText.Fold(text).Trim());

    /// <summary>Whether a heading asks for a value on the way: it says when, or that it stands between the two.</summary>
    public static bool IsIntermediate(string text) => text.Length < 80 && Intermediate().IsMatch(FrenchText.Fold(text).Trim());

    [GeneratedRegex(@"\d\s*(?:[kM]\s?)?(?:€|[Ee]uros?\b)(?<!\b20\d\d\s?(?:€|[Ee]uros?))")]
    private static partial Regex HoldsAnAmount();

    [GeneratedRegex(@"^(?:(?:montant |cout |budget |depenses? )?(?:annee |exercice |en )?20\d{2}(?:\s*\(?(?:ttc|€|en euros)\)?)?|annee (?:n ?\+ ?)?\d|(?:s[12]|t[1-4]|[1-4](?:er|e|eme) (?:semestre|trimestre)|semestre [12]|trimestre [1-4])(?: 20\d{2})?|20\d{2} ?(?:s[12]|t[1-4])|semestre \d)$")]
    private static partial Regex Period();

    [GeneratedRegex(@"^(?:ht|ttc|tva|20\d{2}|s[12]( 20\d{2})?|t[1-4]( 20\d{2})?|en euros|€|k€|\(€\)|\(k€\)|valeur|date)$")]
    private static partial Regex SubHeading();

    /// <summary>« Mesurée le », « Constaté le »: when the value was measured, which no word of it names.</summary>
    public static bool IsMeasuredOn(string text) => text.Length < 30 && MeasuredOn().IsMatch(FrenchText.Fold(text).Trim(' ', ':'));

    [GeneratedRegex(@"^(?:valeur )?(?:mesure|releve|constate|observe|etabli)e?e? (?:le|au)$")]
    private static partial Regex MeasuredOn();

    [GeneratedRegex(@"^(?:date|au|le|en|annee|mesuree? le|a la date du)$")]
    private static partial Regex BareDate();

    /// <summary>What a heading says of how it is answered: « (O/N) ».</summary>
    [GeneratedRegex(@"\s*\(?\b(?:o\s*/\s*n|oui\s*/\s*non)\b\)?\s*\??\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex WithoutChoice();

    [GeneratedRegex(@"\bht\b|hors[ -]taxe")]
    private static partial Regex WithoutTax();

    [GeneratedRegex(@"^(?:au )?\d{1,2}/\d{1,2}/20\d{2}$|\bmi-parcours\b|^(?:valeurs? |cibles? |objectifs? |jalons? |paliers? |etapes? |valeurs? cibles? )(?:prevue? |attendue? |visee? )?(?:a |au |a l'echeance |en |fin )?(?:\d{1,2}(?:er)? [a-z]{3,9}\.? 20\d{2}|(?:\d+|m\+?\d+|six|douze|dix-huit) ?mois|m ?\+ ?\d+|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|(?:fin )?[a-z]{3,9}\.? 20\d{2}|t[1-4] 20\d{2}|s[12] 20\d{2})|intermediaire|^(?:a )?(?:6|12|18|24) mois$|^m ?\+ ?\d+$")]
    private static partial Regex Intermediate();
}
