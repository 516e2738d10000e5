using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guichet.Core.Campaigns;
using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Storage;

/// <summary>
/// The campaigns' rules, from blobs <c>{campaign}/{version}.json</c>. A version never changes once it has served, so it is read once; which
/// versions there are is looked up again after a minute, so that the office's new rules take effect without a restart.
/// </summary>
public sealed class CampaignStore(BlobContainerClient container)
{
    private static readonly TimeSpan ListedFor = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (ETag ETag, Campaign Campaign)> _read = new();
    private readonly ConcurrentDictionary<string, (long At, Campaign[] Versions)> _listed = new();

    /// <summary>The version in force at an instant, or null where the guichet knows no such campaign.</summary>
    /// <exception cref="FinalFailure">A version's file cannot run.</exception>
    public async Task<Campaign?> FindInForce(string id, Instant at, CancellationToken cancellation) =>
        (await Versions(id, cancellation)).LastOrDefault(version => version.Effect <= version.DateOf(at));

    /// <summary>The version in force at an instant.</summary>
    /// <exception cref="FinalFailure">There is none, or its file cannot run.</exception>
    public async Task<Campaign> InForce(string id, Instant at, CancellationToken cancellation) =>
        await FindInForce(id, at, cancellation) ?? throw new FinalFailure($"La campagne « {id} » n’a pas de règles en vigueur.");

    /// <summary>The version of a name.</summary>
    /// <exception cref="FinalFailure">There is none, or its file cannot run.</exception>
    public async Task<Campaign> Version(string id, string version, CancellationToken cancellation) =>
        (await Versions(id, cancellation)).FirstOrDefault(campaign => campaign.Version == version)
        ?? throw new FinalFailure($"La version « {version} » des règles de la campagne « {id} » n’est plus là.");

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

    private async Task<Campaign[]> Versions(string id, CancellationToken cancellation)
    {
        if (_listed.TryGetValue(id, out var listed) && TimeProvider.System.GetElapsedTime(listed.At) < ListedFor)
        {
            return listed.Versions;
        }

        var versions = new List<Campaign>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", cancellation))
        {
            versions.Add(await Read(blob.Name, blob.Properties.ETag!.Value, cancellation));
        }

        Campaign[] ordered = [.. versions.OrderBy(version => version.Effect)];
        _listed[id] = (TimeProvider.System.GetTimestamp(), ordered);
        return ordered;
    }

    private async Task<Campaign> Read(string name, ETag eTag, CancellationToken cancellation)
    {
        if (_read.TryGetValue(name, out var known) && known.ETag == eTag)
        {
            return known.Campaign;
        }

        var content = (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content;
        var (campaign, faults) = CampaignFile.Read(content);
        if (campaign is null || $"{campaign.Id}/{campaign.Version}.json" != name)
        {
            throw new FinalFailure(campaign is null
                ? $"Les règles {name} ne peuvent pas s’appliquer : {string.Join(" ", faults)}"
                : $"Le fichier {name} contient les règles {campaign.Id}/{campaign.Version}.json : nommez-le ainsi.");
        }

        _read[name] = (eTag, campaign);
        return campaign;
    }
}
