using System.Security.Cryptography;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MimeKit;

namespace Guichet.Functions.Deposit;

/// <summary>What a porteur asks for: where to write to it, and the files that it is about to send.</summary>
public sealed record OpeningRequest(string Email, IReadOnlyList<AnnouncedFile> Files);

/// <summary>Opens a dossier: a tracking number, a token and an address to write each file to. No byte of a file passes through here.</summary>
public sealed class OpenDeposit(DossierStore dossiers, CampaignStore campaigns, UploadFolder folder, TimeProvider clock)
{
    [Function(nameof(OpenDeposit))]
    [For(Caller.Anyone)]
    [Does("Ouvre un dossier et donne où envoyer ses fichiers.", Takes = typeof(OpeningRequest), Gives = typeof(SlotsAnswer), Status = 201)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{campaign}/dossiers")] HttpRequest request,
        string campaign,
        CancellationToken cancellation)
    {
        var now = clock.Now();
        if (await campaigns.FindInForce(campaign, now, cancellation) is not { } rules)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        if (!rules.IsOpenAt(now))
        {
            return HttpAnswers.Refused(StatusCodes.Status409Conflict, $"Le guichet « {rules.Name} » ne prend pas de dossier en ce moment. Une question : {rules.Office.Email}.");
        }

        var (asked, refusal) = await HttpAnswers.Read<OpeningRequest>(request, cancellation);
        if (asked is null)
        {
            return refusal!;
        }

        if (!MailboxAddress.TryParse(asked.Email, out var mailbox) || mailbox.Address != asked.Email || string.IsNullOrEmpty(mailbox.Domain))
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, "Donnez dans « email » l’adresse de courriel à laquelle écrire au sujet du dossier, par exemple prenom.nom@ministere.gouv.fr.");
        }

        if (DepositSteps.Refusal(rules, [], asked.Files) is { } sentence)
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence);
        }

        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var id = DossierId.FromRandom(RandomNumberGenerator.GetBytes(8));
        var step = DepositSteps.Open(rules, id, asked.Email, token, asked.Files, SlotAddresses.NewSlots(0, asked.Files.Count, SlotAddresses.Giving(request, id, asked.Files)), now);
        await dossiers.Open(step, cancellation);
        return HttpAnswers.Ok(await SlotAddresses.Of(folder, rules, step.After, step.After.Pieces, token, cancellation), StatusCodes.Status201Created);
    }
}
