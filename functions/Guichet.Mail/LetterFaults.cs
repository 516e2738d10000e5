using System.Globalization;
using System.Text.RegularExpressions;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Guichet.Mail;

/// <summary>What would keep a campaign's letters from being written, told when its rules are read and not on the day that a letter is owed.</summary>
internal static partial class LetterFaults
{
    public static IReadOnlyList<string> Of(Campaign campaign)
    {
        var wording = OfWording(campaign).ToList();
        var sound = wording.Count == 0 ? campaign : campaign with { Wording = new CampaignWording() };
        return [.. wording, .. Enum.GetValues<LetterKind>().SelectMany(kind => OfLetter(sound, kind))];
    }

    private static IEnumerable<string> OfWording(Campaign campaign)
    {
        var model = LetterModel.OfCampaign(campaign);
        return LetterModel.WordingParts(campaign).SelectMany(part => OfSource($"wording.{part.InFile}", part.Source, model));
    }

    private static IEnumerable<string> OfLetter(Campaign campaign, LetterKind kind)
    {
        var place = $"letters.{LetterSource.NameOf(kind)}";
        var (letter, dossiers) = LetterExample.Of(kind, campaign);
        var model = LetterModel.Of(letter, campaign, dossiers, LetterExample.PublicUri, LetterExample.Links);
        var source = LetterSource.Of(kind, campaign);
        List<string> faults =
        [
            .. OfSource($"{place}.subject", source.Subject, LetterModel.Worded(model, campaign, LetterTemplate.Plain)),
            .. OfSource($"{place}.lines", source.Body, LetterModel.Worded(model, campaign, LetterTemplate.Plain)),
        ];
        return faults.Count > 0 ? faults : OfPage($"{place}.lines", LetterTemplate.InMarkdown(source.Body, LetterModel.Worded(model, campaign, LetterTemplate.InMarkdown)));
    }

    private static IEnumerable<string> OfSource(string place, string source, IReadOnlyDictionary<string, object?> model)
    {
        var (template, error) = LetterTemplate.Parse(source);
        if (template is null)
        {
            yield return $"{place}{Line(error!)} : {InFrench(error!)}.";
            yield break;
        }

        var unknown = TemplateNames.Unknown(template, LetterShape.Of(model)).Distinct().ToList();
        foreach (var (text, message) in unknown)
        {
            yield return $"{place}{LineOf(source, text)} : {message}";
        }

        if (unknown.Count == 0 && Failure(source, model) is { } failure)
        {
            yield return $"{place} : le texte ne peut pas être écrit sur un exemple complet ({failure}).";
        }
    }

    private static string? Failure(string source, IReadOnlyDictionary<string, object?> model)
    {
        try
        {
            LetterTemplate.Plain(source, model);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever a template's own arithmetic or loops run into.
            return failure switch
            {
                DivideByZeroException => "division par zéro",
                InvalidOperationException => "trop de tours de boucle",
                _ => failure.Message,
            };
        }
    }

    /// <summary>What would keep a reader who does not see the page from finding the way in it (RGAA 9.1), and images, which mail programs do not show.</summary>
    private static IEnumerable<string> OfPage(string place, string markdown)
    {
        var document = LetterTemplate.Parts(markdown);
        var levels = document.Descendants<HeadingBlock>().Select(heading => heading.Level).ToList();
        if (levels is not [1, ..] || levels.Count(level => level == 1) > 1 || levels.Zip(levels.Skip(1)).Any(pair => pair.Second > pair.First + 1))
        {
            yield return $"{place} : il faut un titre principal (« # … »), un seul, le premier, puis des titres qui ne sautent pas de niveau (« ## … », « ### … »).";
        }

        if (document.Descendants<LinkInline>().Any(link => link.IsImage))
        {
            yield return $"{place} : une lettre ne contient pas d’image ; dites-le en mots, ou donnez un lien.";
        }

        if (document.Descendants<HtmlInline>().Any() || document.Descendants<HtmlBlock>().Any())
        {
            yield return $"{place} : les balises HTML s’afficheraient telles quelles ; la mise en forme s’écrit en Markdown (« **gras** », « - liste »).";
        }
    }

    private static string InFrench(string error)
    {
        var quoted = Quoted().Match(error).Groups[1].Value;
        return error switch
        {
            _ when error.StartsWith("Unknown tag", StringComparison.Ordinal) => $"« {{% {quoted} %}} » n’est pas une balise de Liquid ; les plus utiles sont if, unless, case, for, assign",
            _ when error.StartsWith("Invalid", StringComparison.Ordinal) => $"« {{% {quoted} … %}} » est incomplet ou mal écrit",
            _ when error.Contains("was expected", StringComparison.Ordinal) => $"il manque « {quoted} »",
            _ => $"ce n’est pas du Liquid ({error.Split('\n')[0].Trim()})",
        };
    }

    private static string Line(string error) => Position().Match(error) is { Success: true } match ? $", ligne {match.Groups[1].Value}" : "";

    private static string LineOf(string source, string text)
    {
        var line = Array.FindIndex(source.Split('\n'), candidate => Regex.IsMatch(candidate, $@"(?<![\w.]){Regex.Escape(text)}(?!\w)"));
        return line < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", ligne {line + 1}");
    }

    [GeneratedRegex(@"'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\((\d+):\d+\)")]
    private static partial Regex Position();
}
