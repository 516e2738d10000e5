using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Documents.Model;
using Guichet.Documents.Values;

namespace Guichet.Documents.Form;

/// <summary>
/// Lists that people write as lines: « 15 décembre 2023 : ouverture du service », « un chef de projet (0,8 ETP) ». Lines of one shape that follow each
/// other become a table with the headings that its author did not write, and are read as one.
/// </summary>
internal sealed partial class LineLists(Lexicon lexicon, Action<Table> scan, Action<Paragraph> giveBack)
{
    private readonly List<(Paragraph Paragraph, string[] Cells)> lines = [];
    private Shape? open;
    private string? section;

    /// <summary>A kind of list: its headings, what its context speaks of, and how few lines may make one.</summary>
    private sealed record Shape(string[] Headings, string[] Context, int Fewest, Func<LineLists, string, string[]?> Read);

    private static readonly Shape[] Shapes =
    [
        new(["Jalon", "Date"], ["jalon", "etape", "calendrier", "planning", "echeancier", "phase", "feuille de route", "moments du projet", "grandes dates", "dates cles"], 2, (lists, line) => lists.Milestone(line)),
        new(["Rôle", "ETP"], [], 1, (_, line) => Role().Match(line) is { Success: true } match ? [match.Groups["role"].Value.Trim(), match.Groups["fte"].Value] : null),
        new(["Risque", "Gravité", "Réponse"], [], 1, (_, line) => RiskLine().Match(line) is { Success: true } match
            ? [match.Groups["risk"].Value.Trim(), match.Groups["severity"].Value, match.Groups["answer"].Value.Trim()] : NamedRisk().Match(line) is { Success: true } named ? [named.Groups["risk"].Value.Trim(), named.Groups["severity"].Value.Trim(), named.Groups["answer"].Value.Trim()] : null),
        new(["Source de données", "Détenteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"], [], 1, (_, line) => DataSource(line)),
        new(["Indicateur", "Valeur initiale", "Unité", "Date de la valeur initiale", "Valeur cible", "Date cible"], [], 1, (_, line) => IndicatorLine().Match(line) is { Success: true } match
            ? [match.Groups["name"].Value.Trim(), match.Groups["from"].Value, match.Groups["unit"].Value, match.Groups["since"].Value, match.Groups["to"].Value, match.Groups["until"].Value] : null),
        new(["Catégorie", "Libellé", "Montant TTC", "Période"], ["budget", "cout", "depense", "poste", "decompose", "repartit", "plan de financement"], 2, (lists, line) => lists.Expense(line)),
    ];

    /// <summary>Takes a paragraph in where it is a line of a list.</summary>
    /// <param name="context">What stands over it: the title of its part and the line that announces it.</param>
    /// <param name="part">The part of the form that it stands in, where that is known.</param>
    public bool Take(Paragraph paragraph, string context, string? part)
    {
        section = part;
        var line = Bullet().Replace(paragraph.Text.Trim(), "").TrimEnd(' ', ';', '.');
        if (line.Length is < 5 or > 300 || line.Contains('\n', StringComparison.Ordinal) || paragraph.IsHint || paragraph.IsBold)
        {
            return false;
        }

        if (open?.Read(this, line) is { } more)
        {
            lines.Add((paragraph, more));
            return true;
        }

        Close();
        var folded = FoldedText.Of(context);
        foreach (var shape in Shapes.Where(shape => shape.Context.Length == 0 || shape.Context.Any(word => folded.Contains(word, StringComparison.Ordinal))))
        {
            if (shape.Read(this, line) is { } cells)
            {
                open = shape;
                lines.Add((paragraph, cells));
                return true;
            }
        }

        return false;
    }

    /// <summary>What follows is no line of the list.</summary>
    public void Close()
    {
        if (open is not { } shape)
        {
            return;
        }

        var taken = lines.ToList();
        lines.Clear();
        open = null;
        if (taken.Count < shape.Fewest)
        {
            taken.ForEach(line => giveBack(line.Paragraph));
            return;
        }

        scan(new Table(taken[0].Paragraph.Place, [Row(shape.Headings, taken[0].Paragraph.Place), .. taken.Select(line => Row(line.Cells, line.Paragraph.Place))]));
    }

    private static Row Row(string[] texts, string place) =>
        new([.. texts.Select((text, column) => new Cell(column, text, place)).Where(cell => cell.Text.Length > 0)]);

    private string[]? Milestone(string line)
    {
        return Dated(line, IsLabel);
    }

    /// <summary>A milestone and its date, whichever stands first; null where a line holds neither.</summary>
    public static string[]? Dated(string line, Func<string, bool> isLabel)
    {
        foreach (var separator in Separator().Matches(line).ToList())
        {
            var (left, right) = (line[..separator.Index].Trim(), line[(separator.Index + separator.Length)..].Trim());
            if (right.Length > 2 && IsDate(left) && !isLabel(right))
            {
                return [right, left];
            }

            if (left.Length > 2 && IsDate(right) && !isLabel(left))
            {
                return [left, right];
            }
        }

        return InBrackets().Match(line) is { Success: true } match && IsDate(match.Groups["date"].Value)
            ? [match.Groups["label"].Value.Trim(), match.Groups["date"].Value] : null;
    }

    /// <summary>A line « label : value » of the form itself is no line of a list.</summary>
    private bool IsLabel(string text) => lexicon.Field(text, section, 0.85) is { IsLoose: false, Target: not "project.deployment" } || lexicon.List("impact.indicators").Columns.Find(text, 0.95) is not null;

    private static bool IsDate(string text) =>
        text.Length is > 3 and <= 30 && FrenchDate.Parse(text).Value is not null && FrenchDate.Without(text) is var rest && rest.Count(char.IsLetter) <= 3 && !rest.Any(char.IsAsciiDigit);

    private string[]? Expense(string line)
    {
        if (ExpenseLine().Match(line) is not { Success: true } match || IsLabel(match.Groups["label"].Value) ||
            NoExpense().IsMatch(FoldedText.Of(match.Groups["label"].Value)))
        {
            return null;
        }

        var label = match.Groups["label"].Value.Trim();
        var period = PeriodAfter().Match(label) is { Success: true } after ? after : null;
        label = period is null ? label : label[..period.Index];
        var dash = Dash().Match(label);
        return dash.Success
            ? [label[..dash.Index], label[(dash.Index + dash.Length)..], match.Groups["amount"].Value, period?.Groups[1].Value ?? ""]
            : ["", label, match.Groups["amount"].Value, period?.Groups[1].Value ?? ""];
    }

    private static string[]? DataSource(string line)
    {
        if (SourceLine().Match(line) is not { Success: true } match)
        {
            return null;
        }

        var said = FoldedText.Of(match.Groups["rest"].Value);
        string Told(string yes, string no) =>
            Regex.Match(said, yes + @"\w*\s*[:?]\s*(oui|non)\b") is { Success: true } answered ? answered.Groups[1].Value
            : Regex.IsMatch(said, no) ? "non" : Regex.IsMatch(said, yes) ? "oui" : "";
        return
        [
            match.Groups["name"].Value.Trim(), match.Groups["holder"].Value.Trim(), Told("personnel", "non[- ]personnel|pas de donnees? personnel|sans donnees? personnel|ni personnel"),
            Told("sensible", "non[- ]sensible|ni sensible|peu sensible"), Told("disponible", "indisponible|non disponible|pas encore disponible"), Quality().Match(match.Groups["rest"].Value).Groups["quality"].Value,
        ];
    }

    [GeneratedRegex(@"^(?:[•●○▪◦‣→–—*-]|\d{1,2}[.)]|[a-z]\))\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"\s*:\s+|\s+[–—-]\s+|\s*→\s*|\s*,\s+(?:le\s+)?(?=\d{1,2}(?:er)?\s|\d{1,2}/)")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<label>.{3,200}?)\s*\((?<date>[^()]{4,30})\)$")]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"^(?:(?:un|une|des|le|la|les|deux|trois|\d+)\s+)?(?<role>\p{L}[^:(),;]{2,80}?)\s*(?:[(:,]|\s[–—-]\s)\s*(?<fte>\d+(?:[.,]\d+)?)\s*(?:ETP|équivalents? temps plein)\)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Role();

    [GeneratedRegex(@"^(?:risque\s*(?:n\s?°\s?)?\d{1,2}\s*[:.–—-]\s*)?(?<risk>[^()]{5,200}?)\s*\((?:(?:criticité|gravité|probabilité|niveau|impact|risque)\s*:?\s+)?(?<severity>fort|forte|moyen|moyenne|faible|élevée?|modérée?|critique|majeure?|mineure?)\)\s*(?::|→|–|—|-|=>)\s*(?<answer>.{3,})$|^(?:risque\s*(?:n\s?°\s?)?\d{1,2}\s*[:.–—-]\s*)?(?<risk>[^()/—]{5,200}?)\s+[/–—-]\s+(?<severity>fort|forte|moyen|moyenne|faible|élevée?|modérée?|critique|majeure?|mineure?)\s+[/–—-]\s+(?<answer>.{3,})$", RegexOptions.IgnoreCase)]
    private static partial Regex RiskLine();

    /// <summary>« Coordonnées périmées – gravité : forte – réponse : campagne de mise à jour ».</summary>
    [GeneratedRegex(@"^(?<risk>[^:]{5,200}?)\s*[,;–—-]\s+(?:criticité|gravité|probabilité|niveau|sévérité)\s*:\s*(?<severity>[^:;–—]{3,30}?)\s*[,;–—-]\s+(?:réponse|parade|mesures?|action|traitement)\b[^:]{0,20}:\s*(?<answer>.{3,})$", RegexOptions.IgnoreCase)]
    private static partial Regex NamedRisk();

    [GeneratedRegex(@"^(?<name>[^();]{3,100}?)\s*(?:\(|,|[–—:-]\s)\s*(?:détenteur|détenue?s? par|producteur|produite?s? par|fournie?s? par)\s*:?\s*(?<holder>[^();,–—]{2,80})\)?\s*(?:[:;,]|\s[–—-]\s)\s*(?<rest>.{3,})$", RegexOptions.IgnoreCase)]
    private static partial Regex SourceLine();

    [GeneratedRegex(@"(?:de\s+|qualité\s*:?\s+)?(?<quality>(?:très\s+)?(?:bonne|moyenne|mauvaise|faible|excellente)|moyenne)(?=\s+qualité|\s*$|[.,;])|qualité\s+(?<quality>\p{L}+)|qualité\s*:\s*(?<quality>\S.{2,80})$", RegexOptions.IgnoreCase)]
    private static partial Regex Quality();

    [GeneratedRegex(@"^(?<name>\p{L}[^:]{4,160}?)\s*:\s*(?:passer\s+)?de\s+(?<from>\d[\d\s\u00A0\u202F.,]*)(?<unit>%|\p{L}+)\s+(?:au|en|fin)\s+(?<since>[^:;()]{4,30}?)\s+à\s+(?<to>\d[\d\s\u00A0\u202F.,]*)(?:%|\p{L}+)?\s+(?:au|en|fin)\s+(?<until>\d{1,2}(?:er)?\s+\p{L}+\s+20\d{2}|\d{1,2}/\d{1,2}/20\d{2}|\p{L}+\s+20\d{2}|20\d{2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex IndicatorLine();

    [GeneratedRegex(@"^(?<label>\p{L}[^:]{3,120}?)\s*:\s*(?<amount>\d[\d\s\u00A0\u202F.,]*(?:k€|M€|€|euros?)(?:\s*TTC)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex ExpenseLine();

    /// <summary>« – 2023-2024 », « – sept. 2023 – févr. 2025 » after what is bought.</summary>
    [GeneratedRegex(@"\s+[–—-]\s+((?:\p{L}{3,9}\.?\s)?20\d{2}(?:\s*[–—-]\s*(?:\p{L}{3,9}\.?\s)?20\d{2})?)$")]
    private static partial Regex PeriodAfter();

    [GeneratedRegex(@"\b(?:total|subvention|cofinancement|demande|sollicite|part|autofinancement|reste|financement|fonds|apport|contribution|region|union europeenne|feder)\b")]
    private static partial Regex NoExpense();

    [GeneratedRegex(@"\s+[–—-]\s+")]
    private static partial Regex Dash();
}
