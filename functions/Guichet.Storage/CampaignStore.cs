using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Guichet.Storage;

/// <summary>What there is to say of a file of rules.</summary>
/// <param name="Id">The campaign's, by the file's folder.</param>
/// <param name="Version">By the file's name.</param>
/// <param name="ETag">Tells this content from what the file held before.</param>
/// <param name="Campaign">The rules, where they can run.</param>
/// <param name="Faults">Why they cannot, in French; empty where they can.</param>
public sealed record RulesCheck(string Id, string Version, string ETag, Campaign? Campaign, IReadOnlyList<string> Faults);

/// <summary>
/// The campaigns' rules, from blobs <c>{campaign}/{version}.json</c>. A version never changes once it has served, so it is read once; which
/// versions there are is looked up again after a minute, so that the office's new rules take effect without a restart. A file that cannot run changes
/// nothing: the versions that can go on.
/// </summary>
/// <param name="container">Where the files are.</param>
/// <param name="letterFaults">What would keep a campaign's letters from being written, in French; the writer of letters knows.</param>
/// <param name="log">Where files that cannot run are reported.</param>
public sealed partial class CampaignStore(BlobContainerClient container, Func<Campaign, IReadOnlyList<string>> letterFaults, ILogger<CampaignStore> log)
{
    private static readonly TimeSpan ListedFor = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (ETag ETag, Campaign Campaign)> _read = new();
    private readonly ConcurrentDictionary<string, (long At, Campaign[] Versions)> _listed = new();

    /// <summary>The version in force at an instant, or null where the guichet knows no such campaign.</summary>
    public async Task<Campaign?> FindInForce(string id, Instant at, CancellationToken cancellation) =>
        (await Versions(id, cancellation)).LastOrDefault(version => version.Effect <= version.DateOf(at));

    /// <summary>The version in force at an instant.</summary>
    /// <exception cref="PassingFailure">There is none that can run: to be tried again once the office has mended it.</exception>
    public async Task<Campaign> InForce(string id, Instant at, CancellationToken cancellation) =>
        await FindInForce(id, at, cancellation) ?? throw new PassingFailure($"La campagne « {id} » n’a pas de règles en vigueur qui puissent s’appliquer.");

    /// <summary>The version of a name, or null where the campaign has none that can run.</summary>
    public async Task<Campaign?> FindVersion(string id, string version, CancellationToken cancellation) =>
        (await Versions(id, cancellation)).FirstOrDefault(campaign => campaign.Version == version);

    /// <summary>The version of a name.</summary>
    /// <exception cref="PassingFailure">There is none that can run: to be tried again once the office has mended it.</exception>
    public async Task<Campaign> Version(string id, string version, CancellationToken cancellation) =>
        await FindVersion(id, version, cancellation)
        ?? throw new PassingFailure($"La version « {version} » des règles de la campagne « {id} » n’est pas là, ou ne peut pas s’appliquer.");

    /// <summary>The version in force at a dossier's deposit, by which it is judged and scored for ever; that of today where it was never deposited.</summary>
    public async Task<Campaign> AtDeposit(Dossier dossier, Campaign today, CancellationToken cancellation) =>
        dossier.Closing is { } closing ? await Version(dossier.Campaign, closing.CampaignVersion, cancellation) : today;

    /// <summary>The campaigns that have rules.</summary>
    public async Task<IReadOnlyCollection<string>> Ids(CancellationToken cancellation)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellation))
        {
            ids.Add(blob.Name.Split('/')[0]);
        }

        return ids;
    }

    /// <summary>What there is to say of a version's file as it stands, which comes into effect by its date alone; null where it is gone.</summary>
    public async Task<RulesCheck?> Check(string id, string version, CancellationToken cancellation)
    {
        try
        {
            var download = (await container.GetBlobClient($"{id}/{version}.json").DownloadContentAsync(cancellation)).Value;
            var (campaign, faults) = Judge($"{id}/{version}.json", download.Content);
            _listed.TryRemove(id, out _);
            return new RulesCheck(id, version, download.Details.ETag.ToString(), campaign, faults);
        }
        catch (RequestFailedException gone) when (gone.Status is 404)
        {
            return null;
        }
    }

    /// <summary>The versions that can run, by date of effect.</summary>
    public async Task<IReadOnlyList<Campaign>> Versions(string id, CancellationToken cancellation)
    {
        if (_listed.TryGetValue(id, out var listed) && TimeProvider.System.GetElapsedTime(listed.At) < ListedFor)
        {
            return listed.Versions;
        }

        var versions = new List<Campaign>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", cancellation))
        {
            if (await Read(blob.Name, blob.Properties.ETag!.Value, cancellation) is { } version)
            {
                versions.Add(version);
            }
        }

        Campaign[] ordered = [.. versions.OrderBy(version => version.Effect)];
        if (ordered.Length > 0)
        {
            _listed[id] = (TimeProvider.System.GetTimestamp(), ordered);
        }

        return ordered;
    }

    private async Task<Campaign?> Read(string name, ETag eTag, CancellationToken cancellation)
    {
        if (_read.TryGetValue(name, out var known) && known.ETag == eTag)
        {
            return known.Campaign;
        }

        var content = (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content;
        var (campaign, faults) = Judge(name, content);
        if (campaign is null)
        {
            LogCannotRun(log, name, string.Join(" ", faults));
            return null;
        }

        _read[name] = (eTag, campaign);
        return campaign;
    }

    private (Campaign? Campaign, IReadOnlyList<string> Faults) Judge(string name, BinaryData content)
    {
        var (campaign, faults) = CampaignFile.Read(content);
        if (campaign is null)
        {
            return (null, [.. faults.Select(fault => fault.ToString())]);
        }

        if ($"{campaign.Id}/{campaign.Version}.json" != name)
        {
            return (null, [$"Le fichier contient les règles {campaign.Id}/{campaign.Version}.json : nommez-le ainsi."]);
        }

        return letterFaults(campaign) is { Count: > 0 } unwritable ? (null, unwritable) : (campaign, []);
    }

    [LoggerMessage(LogLevel.Error, "The rules {File} cannot run and are left out: {Faults}")]
    private static partial void LogCannotRun(ILogger logger, string file, string faults);
}
