using System.Text;
using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;

namespace Guichet.Mail;

/// <summary>The source of a letter: subject and body apart, so that a value in the subject cannot begin the body.</summary>
/// <param name="Subject">Liquid; one line once rendered.</param>
/// <param name="Body">Liquid over Markdown.</param>
internal sealed record LetterSource(string Subject, string Body)
{
    private const string SubjectMark = "Objet : ";

    /// <summary>The source of a kind: the campaign's own, or the one shipped with the guichet.</summary>
    public static LetterSource Of(LetterKind kind, Campaign campaign)
    {
        if (campaign.Letters.TryGetValue(kind, out var own))
        {
            return new LetterSource(own.Subject, string.Join('\n', own.Lines));
        }

        var name = $"{NameOf(kind)}.md";
        var text = Shipped(name);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return text.StartsWith(SubjectMark, StringComparison.Ordinal)
            ? new LetterSource(text[SubjectMark.Length..end], text[(end + 1)..])
            : throw new InvalidDataException($"The template {name} does not begin with its subject.");
    }

    /// <summary>What a campaign's file calls a kind: <c>completion-request</c>.</summary>
    public static string NameOf(LetterKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>A template shipped with the guichet.</summary>
    public static string Shipped(string name)
    {
        var resource = $"{typeof(LetterSource).Namespace}.Letters.{name}.liquid";
        using var stream = typeof(LetterSource).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"There is no template {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
