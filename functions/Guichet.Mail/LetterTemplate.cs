using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Markdig;
using Markdig.Syntax;

namespace Guichet.Mail;

/// <summary>
/// One source of a letter, Liquid over Markdown, rendered twice: as it stands for the text part, and through Markdown for the HTML part. On the
/// way to HTML every character of a value that Markdown or HTML could take for a sign becomes a character reference, which is neither: nothing
/// that a porteur wrote is ever markup.
/// </summary>
internal static partial class LetterTemplate
{
    /// <summary>
    /// What a template may do to a value. Others are left out because they have no use here, or (« raw », « escape », those that give lists) hand
    /// on a value unencoded.
    /// </summary>
    public static readonly IReadOnlyList<string> Filters =
    [
        "append", "at_least", "at_most", "capitalize", "default", "divided_by", "downcase", "minus", "modulo", "plus", "prepend", "remove", "replace", "round",
        "size", "strip", "times", "truncate", "upcase",
    ];

    private const int MostSteps = 100_000; // A digest of a thousand dossiers takes ten thousand; a template that never ends is a mistake.
    private static readonly FluidParser Parser = new();
    private static readonly TemplateOptions Options = MakeOptions();
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly HtmlEncoder HtmlInMarkdown = HtmlEncoder.Create(WithoutSigns());
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>A template ready to be rendered, or why its source is none, in the words of the parser.</summary>
    public static (IFluidTemplate? Template, string? Error) Parse(string source) =>
        Parser.TryParse(SpaceOfFrench().Replace(source, "\u00A0"), out var template, out var error) ? (template, null) : (null, error);

    /// <summary>With values as they are.</summary>
    public static string Plain(string source, IReadOnlyDictionary<string, object?> model) => Render(source, model, NullEncoder.Default);

    /// <summary>Still Markdown, with values that are text and nothing else.</summary>
    public static string InMarkdown(string source, IReadOnlyDictionary<string, object?> model) => Render(source, model, HtmlInMarkdown);

    /// <summary>A template that is HTML itself, with values that are text.</summary>
    public static string InHtml(string source, IReadOnlyDictionary<string, object?> model) => Render(source, model, Html);

    /// <summary>Markdown to HTML; a tag that stands in it is shown and does nothing.</summary>
    public static string ToHtml(string markdown) => Markdig.Markdown.ToHtml(markdown, Markdown);

    /// <summary>The parts of a rendered template, with those that would be HTML.</summary>
    public static MarkdownDocument Parts(string markdown) => Markdig.Markdown.Parse(markdown);

    private static string Render(string source, IReadOnlyDictionary<string, object?> model, TextEncoder encoder)
    {
        var (template, error) = Parse(source);
        return (template ?? throw new InvalidDataException($"The template is not Liquid: {error}")).Render(new TemplateContext(model, Options), encoder);
    }

    /// <summary>The spaces of a template's own text at which a French line does not break; whoever types a template types none of them.</summary>
    [GeneratedRegex(@"(?<=«) (?=\S)|(?<=\S) (?=[»:;?]|!(?!=))")]
    private static partial Regex SpaceOfFrench();

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions { CultureInfo = CultureInfo.GetCultureInfo("fr-FR"), StrictFilters = true, MaxSteps = MostSteps };
        foreach (var other in options.Filters.Select(filter => filter.Key).Except(Filters, StringComparer.Ordinal).ToList())
        {
            options.Filters.Remove(other);
        }

        return options;
    }

    /// <summary>Accents and spaces of French stay as they are; ASCII signs and the space, which make Markdown, do not.</summary>
    private static TextEncoderSettings WithoutSigns()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([.. Enumerable.Range(' ', '\x7f' - ' ').Select(code => (char)code).Where(c => !char.IsAsciiLetterOrDigit(c))]);
        return settings;
    }
}
