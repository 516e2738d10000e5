using System.Collections.Immutable;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>From a document of any format to the fields of the application: what is understood, and what is not.</summary>
internal static class FormReader
{
    /// <summary>Documents that answer fewer fields are letters and notes: nothing is looked for in them, so nothing is missing.</summary>
    private const int FieldsOfAForm = 6;

    public static PieceExtract Read(DocumentModel document, string file, FormWords words)
    {
        var lexicon = Lexicon.With(words);
        var harvest = new FormScan(lexicon).Scan(document);
        var resolution = new Resolution(lexicon, file, document.Kind);
        resolution.Settle(harvest);
        var findings = document.Remarks.Select(remark => new PieceFinding(remark.Id, remark.Severity, file, remark.Place, remark.Message)).Concat(resolution.Findings).ToList();
        findings.AddRange(Missing(resolution, file));
        return new PieceExtract { Kind = document.Kind, Pages = document.Pages, Values = [.. resolution.Values], Findings = [.. findings] };
    }

    private static IEnumerable<PieceFinding> Missing(Resolution resolution, string file)
    {
        var given = resolution.Values.Select(value => value.Field).ToHashSet();
        IEnumerable<Field> lookedFor = given.Count >= FieldsOfAForm ? Fields.All
            : given.Contains(Fields.BudgetLines) ? [Fields.BudgetTotal, Fields.BudgetRequested, Fields.BudgetOwnShare] : [];
        return lookedFor.Where(field => !given.Contains(field) && !resolution.Told.Contains(field))
            .Select(field => new PieceFinding("CHAMP-ABSENT", PieceSeverity.Info, file, null, $"Le champ {FrenchText.Quote(field.Label)} n’a pas été trouvé dans ce fichier.", field.Id));
    }
}

/// <summary>Settles what each field's candidates say: one value, or none and why.</summary>
internal sealed class Resolution(Lexicon lexicon, string file, PieceKind kind)
{
    /// <summary>How many characters of what was written are shown beside a value.</summary>
    public const int MostShown = 2_000;

    private const double ClearlyWeaker = 0.12;

    private readonly int sheetAuthority = kind is PieceKind.Xlsx or PieceKind.Ods or PieceKind.Csv ? 2 : 1;

    public List<FieldValue> Values { get; } = [];

    public List<PieceFinding> Findings { get; } = [];

    /// <summary>Fields of which something was said already.</summary>
    public HashSet<Field> Told { get; } = [];

    public void Settle(Harvest harvest)
    {
        // Lists come from tables; what stands beside their titles is not one.
        foreach (var field in Fields.All.Where(field => !field.ValueType.IsGenericType || field is Field<ImmutableArray<string>>))
        {
            Settle(field, [.. harvest.Candidates.Where(candidate => candidate.Field == field)]);
        }

        Choose(harvest, Fields.ProjectTypes);
        new ListResolution(lexicon, this).Settle(harvest);
    }

    public void Tell(Said said, Field field, string problem)
    {
        Told.Add(field);
        Findings.Add(new PieceFinding("VALEUR-ILLISIBLE", PieceSeverity.Reserve, file, said.Place,
            $"{field.Label} : {problem} ; il est écrit {FrenchText.Quote(said.Text)}.", field.Id));
    }

    /// <summary>Says that a field was left empty, unless something was said of it or it was given elsewhere.</summary>
    public void TellEmpty(Candidate candidate)
    {
        var (field, said) = (candidate.Field, candidate.Value);
        if (Findings.All(finding => finding.Field != field.Id) && Values.All(value => value.Field != field))
        {
            Told.Add(field);
            Findings.Add(new PieceFinding("CHAMP-VIDE", PieceSeverity.Info, file, said.Place,
                $"Le champ {FrenchText.Quote(field.Label)} n’est pas rempli{(said.Text.Trim().Length > 0 ? $" (il est écrit {FrenchText.Quote(said.Text)})" : "")}.", field.Id));
        }
    }

    public void Add(Field field, object value, Said said) => Values.Add(new FieldValue(field, value, new Source(file, said.Place, Shown(said.Text)), AuthorityOf(field)));

    private int AuthorityOf(Field field) => field.Id.StartsWith("budget.", StringComparison.Ordinal) ? sheetAuthority : 1;

    private void Settle(Field field, List<Candidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return;
        }

        var answers = new Answers(lexicon);
        var understood = candidates.Select(candidate => (candidate, Answer: answers.Understand(candidate))).ToList();
        var given = understood.Where(one => one.Answer.Value is not null).ToList();
        if (given.Count == 0)
        {
            Told.Add(field);
            if (understood.FirstOrDefault(one => one.Answer.Problem is not null) is { Answer.Problem: { } problem } unread)
            {
                Tell(unread.candidate.Value, field, problem);
            }
            else
            {
                TellEmpty(candidates[0]);
            }

            return;
        }

        var best = given.Max(one => one.candidate.Score);
        var authority = given.Max(one => one.candidate.Authority);
        var strong = given.Where(one => one.candidate.Score >= best - ClearlyWeaker && one.candidate.Authority == authority).ToList();
        var distinct = strong.Aggregate(new List<(Candidate candidate, Answered Answer)>(), (kept, one) =>
        {
            var same = kept.FindIndex(other => Same(other.Answer.Value!, one.Answer.Value!));
            if (same < 0)
            {
                kept.Add(one);
            }
            else if (kept[same].candidate.Value.IsBounded != one.candidate.Value.IsBounded)
            {
                kept[same] = one.candidate.Value.IsBounded ? one : kept[same];
            }
            else if (one.Answer.Value is string text && kept[same].Answer.Value is string shorter && text.Length > shorter.Length && FrenchText.Key(text) != FrenchText.Key(shorter))
            {
                kept[same] = one;
            }

            return kept;
        });

        if (distinct is [var only])
        {
            Values.Add(new FieldValue(field, only.Answer.Value!, new Source(file, only.candidate.Value.Place, Shown(only.candidate.Value.Text)),
                Math.Min(AuthorityOf(field), only.candidate.Authority == 0 ? 0 : 2)));
            return;
        }

        Told.Add(field);
        var places = string.Join(" ; ", distinct.Take(4).Select(one => $"{FrenchText.Quote(one.candidate.Value.Text)} ({one.candidate.Value.Place})"));
        Findings.Add(new PieceFinding("VALEURS-CONTRAIRES", PieceSeverity.Reserve, file, distinct[1].candidate.Value.Place,
            $"{field.Label} : ce fichier donne des valeurs différentes, aucune n’est retenue : {places}.", field.Id));
    }

    private static bool Same(object a, object b) => (a, b) switch
    {
        (string x, string y) => (FrenchText.Key(x), FrenchText.Key(y)) is var (k, l) && (k == l || k.Length > 3 && l.Contains(k, StringComparison.Ordinal) || l.Length > 3 && k.Contains(l, StringComparison.Ordinal)),
        (ImmutableArray<string> x, ImmutableArray<string> y) => x.Order().SequenceEqual(y.Order()),
        _ => a.Equals(b),
    };

    /// <summary>Boxes that stand apart make one choice together.</summary>
    private void Choose(Harvest harvest, Field<ImmutableArray<string>> field)
    {
        var options = harvest.Options.Where(option => option.Field == field).ToList();
        var ticked = options.Where(option => option.Ticked).ToList();
        if (options.Count == 0 || Values.Any(value => value.Field == field))
        {
            return;
        }

        if (ticked.Count == 0)
        {
            Told.Add(field);
            Findings.Add(new PieceFinding("CHAMP-VIDE", PieceSeverity.Info, file, options[0].Value.Place, $"Aucune case n’est cochée pour {FrenchText.Quote(field.Label)}.", field.Id));
            return;
        }

        Add(field, ticked.Select(option => option.Option).Distinct().ToImmutableArray(),
            ticked[0].Value with { Text = string.Join(" ; ", ticked.Select(option => FrenchText.OneLine(option.Value.Text)).Distinct()) });
    }

    private static string Shown(string text) => text.Length <= MostShown ? text : string.Concat(text.AsSpan(0, MostShown - 1), "…");
}
