using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;

namespace Guichet.Pages;

/// <summary>A line of the minutes.</summary>
/// <param name="Item">What the session says of it.</param>
/// <param name="Dossier">As it stands.</param>
/// <param name="Scores">Its reviews.</param>
public sealed record MinutesLine(SessionItem Item, Dossier Dossier, ReviewScores Scores);

/// <summary>
/// The minutes of a committee session, from one template whose content controls name what stands in them. An office that wants another layout changes the
/// template in its word processor: only the tags matter.
/// </summary>
public static class MinutesDocument
{
    /// <summary>Writes the minutes as a DOCX.</summary>
    /// <param name="rules">The campaign in force today.</param>
    /// <param name="lines">In the order of the session.</param>
    public static byte[] Write(Campaign rules, CommitteeSession session, IReadOnlyList<MinutesLine> lines)
    {
        using var content = new MemoryStream();
        using (var template = typeof(MinutesDocument).Assembly.GetManifestResourceStream("proces-verbal.docx")!)
        {
            template.CopyTo(content);
        }

        using (var document = WordprocessingDocument.Open(content, isEditable: true))
        {
            var body = document.MainDocumentPart!.Document!.Body!;
            Repeat(body, "member", session.Members, (row, member) => Fill(row, ("name", member.Name), ("body", member.Body ?? "")));
            Repeat(body, "item", lines, (row, line) => FillLine(row, session, line));
            Fill(
                body,
                ("campaign", rules.Name),
                ("date", session.Date.InFrench()),
                ("state", session.State is SessionState.Closed ? "" : " (projet : la séance n’est pas fermée)"),
                ("envelope", EnvelopeText(rules, session)),
                ("note", session.Note ?? "Aucune."));
        }

        return content.ToArray();
    }

    private static void FillLine(OpenXmlElement row, CommitteeSession session, MinutesLine line)
    {
        var (item, dossier, scores) = line;
        var recused = session.Members.Where(member => item.Recused.Contains(member.Id)).Select(member => member.Name).ToList();
        Fill(
            row,
            ("title", dossier.Title),
            ("number", $"n° {dossier.Id}"),
            ("applicant", dossier.Applicant ?? ""),
            ("score", scores.Mean is { } mean ? $"{French.Number(mean)} sur {French.Number(scores.OutOf)}" : "sans avis"),
            ("scores", scores.Reviewers.Length > 1 ? $"avis : {string.Join(" ; ", scores.Reviewers.Select(one => French.Number(one.Points)))}" : ""),
            ("outcome", item.Outcome switch
            {
                DecisionOutcome.Laureat => "Lauréat",
                DecisionOutcome.ListeComplementaire => "Liste complémentaire",
                DecisionOutcome.Refuse => "Non retenu",
                _ => "À décider",
            }),
            ("amount", item.Outcome is DecisionOutcome.Refuse ? "" : item.Amount?.ToString() ?? ""),
            ("support", string.Join(" ; ", item.Support.Select(support => support.InFrench))),
            ("reason", item.Reason ?? ""),
            ("recused", recused.Count == 0 ? "" : $"Déport : {string.Join(", ", recused)}."));
    }

    private static string EnvelopeText(Campaign rules, CommitteeSession session)
    {
        var given = $"La séance attribue {session.Awarded} à {session.Items.Count(item => item.Outcome is DecisionOutcome.Laureat)} projet(s).";
        return rules.Amounts.Envelope is { } envelope ? $"{given} L’enveloppe du guichet est de {envelope}." : given;
    }

    /// <summary>Repeats the row that a tag names once for each of a list.</summary>
    private static void Repeat<T>(Body body, string tag, IReadOnlyList<T> list, Action<OpenXmlElement, T> fill)
    {
        var control = body.Descendants<SdtRow>().Single(row => TagOf(row) == tag);
        var row = control.SdtContentRow!.GetFirstChild<TableRow>()!;
        foreach (var one in list)
        {
            var copy = (TableRow)row.CloneNode(deep: true);
            fill(copy, one);
            control.InsertBeforeSelf(copy);
        }

        control.Remove();
    }

    /// <summary>Puts texts in place of the content controls that their tags name; an empty one takes its paragraph along, but for the last of a cell.</summary>
    private static void Fill(OpenXmlElement within, params ReadOnlySpan<(string Tag, string Text)> texts)
    {
        foreach (var (tag, text) in texts)
        {
            foreach (var control in within.Descendants<SdtRun>().Where(run => TagOf(run) == tag).ToList())
            {
                var paragraph = control.Ancestors<Paragraph>().First();
                control.InsertBeforeSelf(new Run(new Text(XmlText.Of(text)) { Space = SpaceProcessingModeValues.Preserve }));
                control.Remove();
                if (text.Length == 0 && paragraph.InnerText.Length == 0 && paragraph.Parent is TableCell cell && cell.Elements<Paragraph>().Count() > 1)
                {
                    paragraph.Remove();
                }
            }
        }
    }

    private static string? TagOf(SdtElement control) => control.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value;
}
