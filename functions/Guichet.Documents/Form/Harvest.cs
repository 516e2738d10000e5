using System.Text.RegularExpressions;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;
using NodaTime;

namespace Guichet.Documents.Form;

/// <summary>Something written at a place.</summary>
internal sealed record Said(string Text, Place Place)
{
    public decimal? Number { get; init; }

    public LocalDate? Date { get; init; }

    /// <summary>The file itself says where it begins and ends: a form field, and no lines that seem to go together.</summary>
    public bool IsBounded { get; init; }

    public static Said Of(Cell cell) => new(cell.Text, cell.Place) { Number = cell.Number, Date = cell.Date };
}

/// <summary>A text that stands where the answer to a field is expected.</summary>
/// <param name="Label">The words that named the field, for their unit and their tax.</param>
/// <param name="Score">How surely the label names the field.</param>
internal sealed record Candidate(Field Field, Said Value, string Label, double Score)
{
    public int Authority { get; init; } = 1;
}

/// <summary>What stands in a column of a record, and the heading over it.</summary>
internal sealed record RecordCell(string Column, string Header, Said Value);

/// <summary>One row of a list, its columns recognised and its texts not yet understood.</summary>
internal sealed record Record(IReadOnlyList<RecordCell> Cells)
{
    /// <summary>The title of the group of rows that it stands in: a category of a budget.</summary>
    public string? Group { get; init; }

    public RecordCell? this[string column] => Cells.FirstOrDefault(cell => cell.Column == column);

    public string? Text(string column) => this[column]?.Value.Text is { } text && !Values.FrenchAnswer.IsEmpty(text) ? Values.FrenchText.OneLine(text) : null;
}

/// <summary>The records of one table.</summary>
internal sealed record RecordTable(string List, string? Title, string? Sheet)
{
    public List<Record> Records { get; } = [];

    /// <summary>The rows say that amounts are given without taxes and the tax added below.</summary>
    public bool IsWithoutTax { get; set; }

    /// <summary>A total of the rows has been seen; what follows it may be what pays for them.</summary>
    public bool HasTotal { get; set; }

    /// <summary>The rows of a plan of financing have begun under those of a budget: no line of it follows.</summary>
    public bool IsOver { get; set; }
}

/// <summary>All that a document says that may matter, before any of it is believed.</summary>
internal sealed partial class Harvest
{
    public List<Candidate> Candidates { get; } = [];

    public List<RecordTable> Tables { get; } = [];

    /// <summary>Boxes of a choice that stand alone: the field, the option's id, and whether it is ticked.</summary>
    public List<(Field Field, string Option, bool Ticked, Said Value)> Options { get; } = [];

    /// <summary>Takes in what stands where the answer to a field is expected; a person may bring a post, an address and a telephone along.</summary>
    public void Add(Field field, string label, double score, Said value)
    {
        var lines = value.Text.Split('\n').Where(line => !Lexicon.IsInstruction(line)).ToList();
        value = value with { Text = string.Join('\n', lines) };
        if ((field == Fields.ProjectStart || field == Fields.ProjectEnd) && FrenchDate.ParsePeriod(value.Text) is not null)
        {
            AddPeriod(label, score, value);
            return;
        }

        if ((field == Fields.ContactName || field == Fields.SponsorName) && !SurnameFirst().IsMatch(value.Text.Trim()) && Person.Of(value.Text) is { } person)
        {
            var isContact = field == Fields.ContactName;
            Candidates.Add(new Candidate(field, value with { Text = person.Name }, label, score));
            Also(isContact ? Fields.ContactRole : Fields.SponsorRole, person.Role);
            Also(isContact ? Fields.ContactEmail : null, person.Email);
            Also(isContact ? Fields.ContactPhone : null, person.Phone);
            return;
        }

        if (field == Fields.ContactName && Person.Mail().Matches(value.Text) is [var only] && !Person.Telephone().Replace(value.Text.Remove(only.Index, only.Length), "").Any(char.IsLetter))
        {
            // « Pour le joindre : anne.durand@exemple.fr – 01 02 03 04 05 » names nobody.
            Also(Fields.ContactEmail, only.Value);
            Also(Fields.ContactPhone, Person.Telephone().Match(value.Text) is { Success: true } called ? called.Value.Trim() : null);
            return;
        }

        Candidates.Add(new Candidate(field, value, label, score));
        if (field == Fields.ContactEmail && Person.Telephone().Matches(value.Text) is [var phone])
        {
            Also(Fields.ContactPhone, phone.Value.Trim());
        }

        if (field == Fields.ContactPhone && Person.Mail().Matches(value.Text) is [var mail])
        {
            Also(Fields.ContactEmail, mail.Value);
        }

        if (field == Fields.CommitmentsOpenSource || field == Fields.CommitmentsLicence || field == Fields.CommitmentsRepository)
        {
            AddWhatIsOpened(field, value, label, score);
        }

        void Also(Field? other, string? text)
        {
            if (other is not null && text is not null)
            {
                Candidates.Add(new Candidate(other, value with { Text = text }, label, score - 0.05));
            }
        }
    }

    /// <summary>« Oui, sous licence Apache 2.0, à l’adresse https://… »: what is said of the code at once, whichever of the three was asked.</summary>
    private void AddWhatIsOpened(Field asked, Said value, string label, double score)
    {
        const double Beside = 0.05;
        if (asked != Fields.CommitmentsRepository && Address().Match(value.Text) is { Success: true } address)
        {
            Candidates.Add(new Candidate(Fields.CommitmentsRepository, value with { Text = address.Value }, label, score - Beside));
        }

        else if (asked == Fields.CommitmentsOpenSource && Host().Match(value.Text) is { Success: true } host)
        {
            Candidates.Add(new Candidate(Fields.CommitmentsRepository, value with { Text = host.Groups["host"].Value }, label, score - Beside));
        }

        if (asked != Fields.CommitmentsLicence && Licence().Matches(value.Text) is [var licence])
        {
            Candidates.Add(new Candidate(Fields.CommitmentsLicence, value with { Text = licence.Value }, label, score - Beside));
        }

        if (asked == Fields.CommitmentsLicence && FrenchText.Fold(value.Text).StartsWith("oui", StringComparison.Ordinal))
        {
            Candidates.Add(new Candidate(Fields.CommitmentsOpenSource, value with { Text = "oui" }, label, score - Beside));
        }
    }

    /// <summary>The licences of free software that administrations use.</summary>
    [GeneratedRegex(@"\b(?:EUPL|Apache|MIT|CeCILL|A?GPL|LGPL|MPL|BSD|Etalab|Licence Ouverte)(?:[\s-]?(?:v\.?\s?)?(?:[A-C](?![\w])|\d(?:\.\d)?)(?:-clause)?)?(?!\w)", RegexOptions.IgnoreCase)]
    internal static partial Regex Licence();

    /// <summary>« dépôt sur code.exemple.fr »: an address without its scheme.</summary>
    [GeneratedRegex(@"\bd[ée]p[ôo]t\w*\s*(?:sur|à l[’']adresse|:)?\s*(?<host>(?:[\w-]+\.)+(?:fr|com|org|eu|io|net)(?:/[^\s,;)]*)?)", RegexOptions.IgnoreCase)]
    private static partial Regex Host();

    /// <summary>« LAGADEC, Morgane »: a surname in capitals, then a first name, and no post.</summary>
    [GeneratedRegex(@"^[\p{Lu}’' -]{2,40},\s*\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?$")]
    private static partial Regex SurnameFirst();

    [GeneratedRegex(@"https?://[^\s<>"",;)]+")]
    private static partial Regex Address();

    /// <summary>Takes in a period, as the two dates that it is.</summary>
    public void AddPeriod(string label, double score, Said value)
    {
        if (FrenchDate.ParsePeriod(value.Text) is { } period)
        {
            Candidates.Add(new Candidate(Fields.ProjectStart, value with { Date = period.Start }, label, score));
            Candidates.Add(new Candidate(Fields.ProjectEnd, value with { Date = period.End }, label, score));
        }
    }
}
