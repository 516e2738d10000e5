using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Functions.Access;
using Guichet.Functions.Deposit;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>Where to write the files of a report.</summary>
/// <param name="Help">What to do next, in French.</param>
public sealed record ReportSlots(DossierId Dossier, int Milestone, IReadOnlyList<SlotAddress> Slots, string Help);

/// <summary>How a porteur gives a report: a page with the state of the milestone, the template, addresses to write files to.</summary>
public sealed class GiveReport(PorteurAccess access, CampaignStore campaigns, UploadFolder folder, DueTable due, BlobServiceClient blobs, TimeProvider clock)
{
    private const int MostFiles = 10;

    [Function("ReadMilestone")]
    [For(Caller.Porteur)]
    [Does("Dit où en est un bilan d’impact, et où l’envoyer.", Gives = typeof(MilestoneState), IsPage = true)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/milestones/{milestone}")] HttpRequest request,
        string dossier,
        string milestone,
        CancellationToken cancellation)
    {
        var (found, asked, refusal) = await Find(request, dossier, milestone, cancellation);
        if (found is null || asked is null)
        {
            return refusal!;
        }

        var rules = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await HttpAnswers.PageOrJson<ReportPage>(
            request,
            MilestoneState.Of(rules, found, asked),
            ReportPage.ContentSecurityPolicy(blobs.Uri),
            (nameof(ReportPage.Dossier), found),
            (nameof(ReportPage.Milestone), asked),
            (nameof(ReportPage.Campaign), rules),
            (nameof(ReportPage.Token), request.Cookies[PorteurAccess.Cookie]));
    }

    [Function("FetchReportTemplate")]
    [For(Caller.Porteur)]
    [Does("Remet le classeur prérempli d’un bilan.", Content = ReportTemplate.ContentType)]
    public async Task<IResult> Template(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}/milestones/{milestone}/template")] HttpRequest request,
        string dossier,
        string milestone,
        CancellationToken cancellation)
    {
        var (found, asked, refusal) = await Find(request, dossier, milestone, cancellation);
        return found is null || asked is null
            ? refusal!
            : Results.File(await ReportTemplate.Write(await campaigns.InForce(found.Campaign, clock.Now(), cancellation), found, asked, cancellation), ReportTemplate.ContentType, ReportTemplate.FileName(found, asked));
    }

    [Function("AskForReportSlots")]
    [For(Caller.Porteur)]
    [Does("Donne où envoyer les fichiers d’un bilan.", Takes = typeof(SlotsRequest), Gives = typeof(ReportSlots), Status = 201)]
    public async Task<IResult> Slots(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/milestones/{milestone}/slots")] HttpRequest request,
        string dossier,
        string milestone,
        CancellationToken cancellation)
    {
        var (found, asked, refusal) = await Find(request, dossier, milestone, cancellation);
        if (found is null || asked is null)
        {
            return refusal!;
        }

        var (word, unreadable) = await HttpAnswers.Read<SlotsRequest>(request, cancellation);
        if (word is null)
        {
            return unreadable!;
        }

        var rules = await campaigns.InForce(found.Campaign, clock.Now(), cancellation);
        var sentence = (asked.Report?.Files.Length ?? 0) + word.Files.Count > MostFiles
            ? $"Un bilan compte au plus {MostFiles} fichiers. Écrivez à {rules.Office.Email} s’il en faut davantage."
            : DepositSteps.Refusal(rules, [], word.Files);
        return sentence is null
            ? HttpAnswers.Ok(await Addresses(rules, found, asked, word.Files, cancellation), StatusCodes.Status201Created)
            : HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence);
    }

    private async Task<ReportSlots> Addresses(Campaign rules, Dossier dossier, Milestone milestone, IEnumerable<AnnouncedFile> files, CancellationToken cancellation)
    {
        // Before the addresses: a file that comes unannounced is then looked for, whatever happens here.
        foreach (var hint in FollowUpSteps.Expected(rules, dossier.Id, milestone.Number, clock.Now()))
        {
            await due.Write(hint, cancellation);
        }

        var slots = new List<SlotAddress>();
        foreach (var file in files)
        {
            var slot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
            var (address, expires) = await folder.Address(UploadPlace.OfReport(dossier.Campaign, dossier.Id, milestone.Number), slot, TimeSpan.FromHours(rules.Delays.SlotHours), cancellation);
            slots.Add(new SlotAddress(file.Name, address, expires));
        }

        return new ReportSlots(
            dossier.Id, milestone.Number, slots,
            $"Envoyez chaque fichier par PUT à son adresse, avec les en-têtes « x-ms-blob-type: BlockBlob » et « x-ms-meta-{UploadFolder.NameMetadata} », le nom du fichier encodé comme dans une adresse. Un courriel vous dit ce qui en a été lu.");
    }

    private async Task<(Dossier? Dossier, Milestone? Milestone, IResult? Refusal)> Find(HttpRequest request, string number, string milestone, CancellationToken cancellation) =>
        await access.Find(request, number, cancellation) is not { } found ? (null, null, HttpAnswers.NotYours())
        : NumberInRoute.Of(milestone) is { } asked && found.MilestoneOf(asked) is { } known ? (found, known, null)
        : (null, null, HttpAnswers.Refused(StatusCodes.Status404NotFound, $"Le dossier {found.Id} n’attend pas de bilan n° {milestone}."));
}
