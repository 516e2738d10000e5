using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fluid.Values;
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
public sealed record WrittenLetter(string MessageId, string Recipient, string ReplyTo, string Subject, string Text, string Html)
{
    /// <summary>Where its recipient says that it wants no more of the kind; null where a letter is owed.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>What goes with it.</summary>
    public ImmutableArray<LetterAttachment> Attachments { get; init; } = [];
}

/// <summary>A file that goes with a letter.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record LetterAttachment(string Name, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>The personal links that a letter may hold.</summary>
/// <param name="Dossier">Opens the dossier to its porteur.</param>
/// <param name="Digest">Where a reviewer chooses how often it gets a digest.</param>
/// <param name="Report">Where a porteur sends the report that the letter is about.</param>
public sealed record LetterLinks(Uri? Dossier, Uri? Digest, Uri? Report = null)
{
    /// <summary>No link: a letter that needs none.</summary>
    public static readonly LetterLinks None = new(null, null);
}

/// <summary>
/// Writes letters, each from one source that gives its text and its HTML. The subject is one line whatever stands in it.
/// </summary>
/// <param name="publicUri">The address of the API as porteurs see it.</param>
public sealed class LetterWriter(Uri publicUri)
{
    /// <summary>Writes a letter from what the dossiers say now.</summary>
    /// <param name="letter">What is to be written.</param>
    /// <param name="campaign">In whose name.</param>
    /// <param name="dossiers">Those that the letter names, in its order.</param>
    /// <param name="links">The recipient's own.</param>
    public WrittenLetter Write(Letter letter, Campaign campaign, IReadOnlyList<Dossier> dossiers, LetterLinks links)
    {
        var model = LetterModel.Of(letter, campaign, dossiers, publicUri, links);
        var source = LetterSource.Of(letter.Kind, campaign);
        var plain = LetterModel.Worded(model, campaign, LetterTemplate.Plain);
        var subject = OneLine(LetterTemplate.Plain(source.Subject, plain));
        var text = LetterTemplate.Plain(source.Body, plain);
        var html = LetterTemplate.ToHtml(LetterTemplate.InMarkdown(source.Body, LetterModel.Worded(model, campaign, LetterTemplate.InMarkdown)));
        return new WrittenLetter(
            IdOf(letter),
            letter.Recipient,
            campaign.Office.Email,
            subject,
            LetterTemplate.Plain(LetterSource.Shipped("layout.text"), Laid(text)),
            LetterTemplate.InHtml(LetterSource.Shipped("layout.html"), Laid(html)))
        {
            Unsubscribe = letter.Kind is LetterKind.Digest ? links.Digest : null,
        };

        Dictionary<string, object?> Laid(string body) => new(model) { ["subject"] = subject, ["body"] = new StringValue(body.Trim(), encode: false) };
    }

    /// <summary>What would keep a campaign's letters from being written: sentences in French, each with its place in the campaign's file.</summary>
    public static IReadOnlyList<string> Faults(Campaign campaign) => LetterFaults.Of(campaign);

    /// <summary>What makes a letter this one and no other, as 32 hexadecimal digits that tell nothing of its recipient.</summary>
    public static string IdOf(Letter letter) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{letter.Recipient.ToLowerInvariant()}|{letter.Key}")))[..32];

    private static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
