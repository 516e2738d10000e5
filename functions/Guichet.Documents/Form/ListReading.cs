using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Values;
using NodaTime;

namespace Guichet.Documents.Form;

/// <summary>What makes records into the values of a list, and says what of them was not understood.</summary>
internal sealed partial class ListReading(Lexicon lexicon, Action<Said, Field, string> tell)
{
    public ImmutableArray<Indicator> Indicators(RecordTable table) =>
        [.. table.Records.Select(record => Indicator(record, table)).OfType<Indicator>()];

    public ImmutableArray<TeamMember> Team(RecordTable table) =>
        [.. table.Records.Where(record => RowShape.CanName(record.Text("role"))).Select(record => new TeamMember(record.Text("role")!, Fte(record)))];

    public static ImmutableArray<Risk> Risks(RecordTable table) =>
        [.. table.Records.Where(record => Named(record, "risk") is not null).Select(record => new Risk(Named(record, "risk")!, record.Text("severity"), record.Text("answer")))];

    public ImmutableArray<ProjectMilestone> Milestones(RecordTable table) =>
        [.. table.Records.Where(record => Named(record, "label") is not null).Select(record => Milestone(Named(record, "label")!, Date(record, "date", Fields.ProjectMilestones)))];

    /// <summary>« Convention signée - 28/06/2024 »: a date that stands after its milestone.</summary>
    private static ProjectMilestone Milestone(string label, LocalDate? date) =>
        date is null && Dated().Match(label) is { Success: true } dated && FrenchDate.Parse(dated.Groups[2].Value).Value is { } day ? new(dated.Groups[1].Value, day) : new(label, date);

    public ImmutableArray<DataSource> DataSources(RecordTable table) =>
    [
        .. table.Records.Where(record => RowShape.CanName(record.Text("name"))).Select(record => new DataSource(
            Counted().Replace(record.Text("name")!, ""), record.Text("holder"), Boolean(record, "personal"), Boolean(record, "sensitive"), Boolean(record, "available"), record.Text("quality"))),
    ];

    /// <summary>What names a record; where its column only counts it (« J1 »), what stands beside the number.</summary>
    private static string? Named(Record record, string column) => record.Text(column) is { } text && RowShape.CanName(text) ? text
        : record.Cells.Where(cell => cell.Column == "note").Select(cell => FrenchText.OneLine(cell.Value.Text)).FirstOrDefault(RowShape.CanName);

    private Indicator? Indicator(Record record, RecordTable table)
    {
        var title = table.Title is { } given ? IndicatorName.WithoutCount(given) : null;
        // The title of the whole part names no indicator.
        var name = record.Text("name") ?? (title is not null && (OpenCard.IsTitle(title) || lexicon.Fields.Find(title, 0.6)?.Target != Fields.ImpactIndicators.Id) ? title : null);
        if (name is null)
        {
            tell(record.Cells[0].Value, Fields.ImpactIndicators, "cet indicateur n’a pas de nom");
            return null;
        }

        if (!RowShape.CanName(name) || record.Cells.All(cell => cell.Column is "name" or "code") && table.Records.Exists(other => other.Cells.Count > 3))
        {
            return null; // A line of text among indicators, and not one of them.
        }

        var (code, bare) = IndicatorName.Read(name, lexicon);
        if (record.Text("code") is { } written && IndicatorName.CodeIn(written, lexicon) is { } coded)
        {
            code = coded;
        }

        var baseline = Number(record, "baseline");
        if (record["target"] is null && record.Cells.Where(cell => cell.Column == "intermediate" && Aim().IsMatch(FrenchText.Fold(cell.Header))).ToList() is [var only])
        {
            // « Cible au 31/12/2025 », where none else is called so, is the target and no step on the way to another.
            record = new Record([.. record.Cells.Where(cell => cell != only), only with { Column = "target" }, new RecordCell("targetDate", only.Header, new Said(only.Header, only.Value.Place))]);
        }

        record = WithStart(record);
        baseline ??= Number(record, "baseline");
        var target = Number(record, "target");
        var targetDate = Date(record, "targetDate", Fields.ImpactIndicators) ?? DateIn(record, "target");
        var (frequency, owner) = FrequencyAndOwner(record.Text("frequency"), Lines(record, "owner"));
        var (definition, method) = (Lines(record, "definition"), Lines(record, "method"));
        if (definition is null && record["method"] is { Header: var header } && FrenchText.Fold(header).Contains("calcul", StringComparison.Ordinal))
        {
            (definition, method) = (method, null); // How it is counted is all that is said of what it is.
        }

        return new Indicator(code, bare)
        {
            Definition = definition,
            Unit = record.Text("unit") ?? (IsPercent(record, "baseline") && IsPercent(record, "target") ? "%" : null),
            Baseline = baseline,
            BaselineDate = Date(record, "baselineDate", Fields.ImpactIndicators) ?? DateIn(record, "baseline"),
            Target = target,
            TargetDate = targetDate,
            Intermediate = [.. new IntermediateTargets(tell).Read(record).Where(one => one.Date != targetDate || one.Value != target)],
            Source = Lines(record, "source"),
            Method = method,
            Frequency = frequency,
            Owner = owner is not null && FrenchDate.Parse(owner).Value is null ? owner : null,
        };
    }

    /// <summary>« Valeur au 01/02/2023 » before « Valeur visée au 30/09/2023 »: the one value that nobody aims at is where it starts from.</summary>
    private static Record WithStart(Record record) =>
        record["baseline"] is null && record.Cells.Where(cell => cell.Column == "intermediate" && FrenchDate.Parse(cell.Header).Value is not null).ToList() is [_, _, ..] dated
        && dated.Where(cell => !Aimed().IsMatch(FrenchText.Fold(cell.Header))).ToList() is [var only] && dated.TrueForAll(cell => FrenchDate.Parse(cell.Header).Value >= FrenchDate.Parse(only.Header).Value)
            ? new Record([.. record.Cells.Where(cell => cell != only), only with { Column = "baseline" }])
            : record;

    [GeneratedRegex(@"\b(?:vise|cible|objectif|attendu|prevu|etape|palier|jalon|intermediaire)")]
    private static partial Regex Aimed();

    /// <summary>« Suivi : trimestriel », « Suivi : cellule data »: one heading for either, told apart by what stands under it.</summary>
    private static (string? Frequency, string? Owner) FrequencyAndOwner(string? frequency, string? owner)
    {
        bool IsPeriodic(string? text) => text is not null && Periodic().IsMatch(FrenchText.Fold(text));
        return (IsPeriodic(frequency), IsPeriodic(owner)) switch
        {
            (false, true) when frequency is null or { Length: > 0 } => (owner, frequency),
            (true, true) when owner!.Length < 20 => (frequency, null),
            _ => (frequency, owner),
        };
    }

    [GeneratedRegex(@"^(?:tou(?:s|tes) les\b|chaque (?:jour|semaine|mois|trimestre|semestre|an|annee)\b|a chaque\b|une fois par\b|par (?:mois|an|trimestre|semestre)\b|en continu|quotidien|hebdomadaire|mensuel|bimestriel|bimensuel|trimestriel|semestriel|annuel|journalier)")]
    private static partial Regex Periodic();

    [GeneratedRegex(@"^(.{4,}?)\s+[-–—]\s+(\S*\d{4})\s*$")]
    private static partial Regex Dated();

    [GeneratedRegex(@"^(?:cible|objectif|valeur cible)\b|\((?:cible|objectif)\)")]
    private static partial Regex Aim();

    /// <summary>« Source 1 : », « Jeu de données n° 2 – »: what a form counts its sources by.</summary>
    [GeneratedRegex(@"^(?:source|donnée|jeu)s?(?: de données)?\s*(?:n\s?°)?\s*\d{1,2}\s*[:–-]\s*(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Counted();

    private static string? Lines(Record record, string column) =>
        record[column]?.Value.Text is { } text && !FrenchAnswer.IsEmpty(text) ? string.Join('\n', text.Split('\n').Select(FrenchText.OneLine).Where(line => line.Length > 0)) : null;

    private static bool IsPercent(Record record, string column) => record[column]?.Value.Text.Contains('%', StringComparison.Ordinal) ?? false;

    private decimal? Number(Record record, string column)
    {
        if (record[column]?.Value is not { } said || FrenchAnswer.IsEmpty(said.Text) && said.Number is null)
        {
            return null;
        }

        return said.Number ?? Told(said, Fields.ImpactIndicators, FrenchNumber.Parse(said.Text));
    }

    private decimal? Fte(Record record)
    {
        if (record["fte"]?.Value is not { } said || FrenchAnswer.IsEmpty(said.Text) && said.Number is null)
        {
            return null;
        }

        var isPercent = said.Text.Contains('%', StringComparison.Ordinal);
        var number = said.Number ?? Told(said, Fields.GovernanceTeam, FrenchNumber.Parse(said.Text));
        var folded = FrenchText.Fold(said.Text);
        if (folded.Contains("jour", StringComparison.Ordinal) || folded.Contains("j/", StringComparison.Ordinal) || folded.Contains("mois", StringComparison.Ordinal))
        {
            tell(said, Fields.GovernanceTeam, "une part en équivalent temps plein est attendue");
            return null;
        }

        return isPercent ? number / 100 : number;
    }

    private LocalDate? Date(Record record, string column, Field field)
    {
        if (record[column]?.Value is not { } said || FrenchAnswer.IsEmpty(said.Text) && said.Date is null)
        {
            return null;
        }

        return said.Date ?? (said.Number is { } serial ? FrenchDate.FromSerial(serial) : null) ?? Told(said, field, FrenchDate.Parse(said.Text));
    }

    /// <summary>The date beside a value: <c>1 200 (janvier 2024)</c>, or in its heading: <c>Valeur au 31/12/2023</c>.</summary>
    private static LocalDate? DateIn(Record record, string column) =>
        record[column] is { } cell ? FrenchDate.Parse(cell.Value.Text).Value ?? FrenchDate.Parse(cell.Header).Value : null;

    private bool? Boolean(Record record, string column)
    {
        if (record[column]?.Value is not { } said || FrenchAnswer.IsEmpty(said.Text))
        {
            return null;
        }

        var folded = FrenchText.Fold(said.Text).Trim();
        return column == "available" && NotYet().IsMatch(folded) ? false : column == "available" && AtHand().IsMatch(folded) ? true : Told(said, Fields.DataSources, FrenchAnswer.ParseBoolean(said.Text));
    }

    [GeneratedRegex(@"^(?:disponible|acquis|obtenue?|accessible|ouverte?|libre|deja (?:disponible|acquis|obtenu|accessible))s?\b(?! (?:en|a partir|des|fin|sous|apres|courant)\b)")]
    private static partial Regex AtHand();

    [GeneratedRegex(@"^(?:a (?:obtenir|demander|negocier|conventionner|acquerir)|indisponible|pas (?:encore )?disponible)\b")]
    private static partial Regex NotYet();

    private T? Told<T>(Said said, Field field, Understood<T> understood)
        where T : struct
    {
        if (understood.Problem is { } problem)
        {
            tell(said, field, problem);
        }

        return understood.Value;
    }
}
