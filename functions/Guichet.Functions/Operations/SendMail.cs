using System.Collections.Immutable;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Mail;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Operations;

/// <summary>Sends a letter, once: claimed in the table of mails, handed to the server, marked with the server's answer.</summary>
public sealed class SendMail(DossierStore dossiers, CampaignStore campaigns, MailTable mails, LetterWriter writer, MailServer server, Links links, TimeProvider clock)
{
    /// <summary>How many dossiers of a digest are fetched side by side.</summary>
    private const int AtOnce = 4;

    [Function(nameof(SendMail))]
    public async Task Run([ServiceBusTrigger("mail", Connection = "GuichetBus")] string body, CancellationToken cancellation)
    {
        var letter = JsonSerializer.Deserialize<Letter>(body, GuichetJson.Options) ?? throw new FinalFailure("Le message ne contient pas de lettre.");
        var subjects = await SubjectsOf(letter, cancellation);
        if (subjects is [{ Erasure: not null }])
        {
            return; // There is nobody left to write to, and what the dossier promised went with its data.
        }

        if (await mails.Claim(letter, cancellation) is { } claim)
        {
            await Send(letter, claim, subjects, cancellation);
        }

        if (letter.Promise is { } promise)
        {
            await dossiers.StrikeOut(promise, cancellation);
        }
    }

    private async Task<Dossier[]> SubjectsOf(Letter letter, CancellationToken cancellation)
    {
        if (letter.Kind is not (LetterKind.Digest or LetterKind.OfficeDigest))
        {
            return await Task.WhenAll(letter.Dossiers.Select(id => dossiers.Load(id, cancellation)));
        }

        var told = new Dossier[letter.Dossiers.Length];
        await Parallel.ForAsync(0, told.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (place, _) =>
        {
            told[place] = Digest.Brief(await dossiers.LoadWithoutPieces(letter.Dossiers[place], cancellation));
        });
        return told;
    }

    private LetterLinks LinksOf(Letter letter, Campaign campaign, Dossier[] subjects) => new(
        letter.Kind.IsToPorteur() && subjects is [var dossier] ? links.ToDossier(dossier) : null,
        letter.Kind is LetterKind.Digest && campaign.Reviewers.FirstOrDefault(one => string.Equals(one.Email, letter.Recipient, StringComparison.OrdinalIgnoreCase)) is { } reviewer
            ? links.ToDigest(campaign.Id, reviewer.Id)
            : null,
        letter.Kind is LetterKind.Reminder or LetterKind.ReportReceived ? links.ToReport(subjects[0], Letters.NumberOf(letter)) : null);

    /// <summary>With a reminder goes the workbook to fill in.</summary>
    private static async Task<ImmutableArray<LetterAttachment>> AttachmentsOf(Letter letter, Campaign campaign, Dossier[] subjects, CancellationToken cancellation) =>
        letter.Kind is LetterKind.Reminder && subjects[0].MilestoneOf(Letters.NumberOf(letter)) is { } milestone
            ? [new LetterAttachment(ReportTemplate.FileName(subjects[0], milestone), ReportTemplate.ContentType, await ReportTemplate.Write(campaign, subjects[0], milestone, cancellation))]
            : [];

    private async Task Send(Letter letter, MailClaim claim, Dossier[] subjects, CancellationToken cancellation)
    {
        var campaign = await campaigns.InForce(letter.Campaign, clock.Now(), cancellation);
        if (Letters.IsOvertaken(letter, subjects))
        {
            await mails.Settle(claim, MailState.Overtaken, "", "", cancellation);
            return;
        }

        var written = writer.Write(letter, campaign, subjects, LinksOf(letter, campaign, subjects)) with { Attachments = await AttachmentsOf(letter, campaign, subjects, cancellation) };
        try
        {
            var answer = await server.Send(written, campaign.Office.Name, cancellation);
            await mails.Settle(claim, answer.Accepted ? MailState.Sent : MailState.Refused, written.Subject, answer.Words, cancellation);
        }
        catch (PassingFailure failure)
        {
            await mails.Settle(claim, MailState.Waiting, written.Subject, failure.Message, cancellation);
            throw;
        }
    }
}
