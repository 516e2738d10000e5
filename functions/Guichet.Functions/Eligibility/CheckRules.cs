using Azure.Storage.Blobs;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Functions.Review;
using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Eligibility;

/// <summary>
/// Checks a file of rules as the office uploads it, and says what became of it in <c>TableauRegles</c>; of one that cannot run, by mail too.
/// It activates nothing: a sound version takes effect by its own date, a bad one is left out wherever rules are read.
/// </summary>
public sealed class CheckRules(CampaignStore campaigns, RulesTable table, LetterPost post, TimeProvider clock)
{
    private const int MostTold = 20;

    [Function(nameof(CheckRules))]
    public async Task Run(
        [BlobTrigger("campaigns/{campaign}/{version}.json", Source = BlobTriggerSource.EventGrid, Connection = "GuichetStorage")] BlobClient blob,
        string campaign,
        string version,
        CancellationToken cancellation)
    {
        if (await campaigns.Check(campaign, version, cancellation) is not { } check)
        {
            return;
        }

        await table.Write(check, cancellation);
        // Without rules in force the guichet has no office to write to: the table alone says it.
        if (check.Campaign is null && await campaigns.FindInForce(campaign, clock.Now(), cancellation) is { } inForce)
        {
            await post.Send(
                new Letter
                {
                    Kind = LetterKind.RulesRefused,
                    Recipient = inForce.Office.Email,
                    Date = inForce.DateOf(clock.Now()),
                    Campaign = campaign,
                    Dossiers = [],
                    // Each content that is refused is told of, be it the third that day.
                    About = $"{version}.{string.Concat(check.ETag.Where(char.IsAsciiLetterOrDigit))}",
                    Says = check.Faults.Count <= MostTold
                        ? [.. check.Faults]
                        : [.. check.Faults.Take(MostTold), $"… et {check.Faults.Count - MostTold} autres, dans la table TableauRegles."],
                },
                cancellation);
        }
    }
}
