using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Fluid;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;

namespace Guichet.Mail;

/// <summary>A letter as it leaves.</summary>
/// <param name="MessageId">The same however often it leaves: a server or a reader recognises the second as the first.</param>
/// <param name="Recipient">Its address.</param>
/// <param name="ReplyTo">Who answers.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Readable in a terminal.</param>
/// <param name="Html">A whole page in French, without an image.</param>
public sealed record WrittenLetter(string MessageId, string Recipient, string ReplyTo, string Subject, string Text, string Html);

/// <summary>
/// Writes letters from Liquid templates, a text and an HTML one a kind. A value is encoded as HTML where it enters HTML, so that nothing that a
/// porteur wrote is ever markup; the subject is one line whatever stands in it.
/// </summary>
/// <param name="publicUri">The address of the API as porteurs see it.</param>
public sealed class LetterWriter(Uri publicUri)
{
    private const string SubjectMark = "Objet : ";
    private static readonly FluidParser Parser = new();

    /// <summary>Encodes what is markup and leaves accents as they are.</summary>
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly ConcurrentDictionary<string, IFluidTemplate> _templates = new();

    /// <summary>Writes a letter from what the dossiers say now.</summary>
    /// <param name="letter">What is to be written.</param>
    /// <param name="campaign">In whose name.</param>
    /// <param name="dossiers">Those that the letter names, in its order.</param>
    public async Task<WrittenLetter> Write(Letter letter, Campaign campaign, IReadOnlyList<Dossier> dossiers)
    {
        var model = LetterModel.Of(letter, campaign, dossiers, publicUri);
        var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(letter.Kind.ToString());
        var rendered = await Render($"{kind}.text", model, NullEncoder.Default);
        var end = rendered.IndexOf('\n', StringComparison.Ordinal);
        if (!rendered.StartsWith(SubjectMark, StringComparison.Ordinal) || end < 0)
        {
            throw new InvalidDataException($"The template {kind}.text does not begin with its subject.");
        }

        var subject = OneLine(rendered[SubjectMark.Length..end]);
        var body = await Render($"{kind}.html", model, Html);
        var html = await Render("layout.html", new Dictionary<string, object?>(model) { ["subject"] = subject, ["body"] = new Fluid.Values.StringValue(body, encode: false) }, Html);
        return new WrittenLetter(IdOf(letter), letter.Recipient, campaign.Office.Email, subject, rendered[(end + 1)..], html);
    }

    private async Task<string> Render(string name, Dictionary<string, object?> model, TextEncoder encoder)
    {
        var template = _templates.GetOrAdd(name, Load);
        var context = new TemplateContext(model) { CultureInfo = CultureInfo.GetCultureInfo("fr-FR") };
        return await template.RenderAsync(context, encoder);
    }

    private static IFluidTemplate Load(string name)
    {
        var resource = $"{typeof(LetterWriter).Namespace}.Letters.{name}.liquid";
        using var stream = typeof(LetterWriter).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"There is no template {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parser.Parse(reader.ReadToEnd());
    }

    /// <summary>What makes a letter this one and no other, as 32 hexadecimal digits that tell nothing of its recipient.</summary>
    public static string IdOf(Letter letter) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{letter.Recipient.ToLowerInvariant()}|{letter.Key}")))[..32];

    private static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
