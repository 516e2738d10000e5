using System.Globalization;
using System.Security.Cryptography;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Guichet.Functions.Access;

/// <summary>
/// Personal links in letters. They are protected by the app's keys and stored nowhere: a link says itself what it opens and until when, and what has been
/// revoked is known by a number in the dossier.
/// </summary>
public sealed class Links(IDataProtectionProvider protection, GuichetSettings settings, TimeProvider clock)
{
    /// <summary>How long a link to a dossier opens it; a new one can be asked for at any time.</summary>
    public static readonly Duration DossierLifetime = Duration.FromDays(90);

    private readonly IDataProtector _dossiers = protection.CreateProtector("guichet.link.dossier.v1");
    private readonly IDataProtector _digests = protection.CreateProtector("guichet.link.digest.v1");

    /// <summary>The link by which a porteur opens its dossier in a browser.</summary>
    public Uri ToDossier(Dossier dossier)
    {
        var until = (clock.Now() + DossierLifetime).ToUnixTimeSeconds();
        var token = _dossiers.Protect(string.Create(CultureInfo.InvariantCulture, $"{dossier.Id}|{dossier.LinkGeneration}|{until}"));
        return new Uri(settings.PublicUri, $"api/dossiers/{dossier.Id}/entry?link={token}");
    }

    /// <summary>The link by which a porteur gives a report in a browser.</summary>
    public Uri ToReport(Dossier dossier, int milestone) => new(string.Create(CultureInfo.InvariantCulture, $"{ToDossier(dossier)}&milestone={milestone}"));

    /// <summary>Whether a link opens a dossier, now.</summary>
    public bool Opens(Dossier dossier, string? token) =>
        Read(_dossiers, token) is [var id, var generation, var until]
        && id == dossier.Id.ToString()
        && generation == dossier.LinkGeneration.ToString(CultureInfo.InvariantCulture)
        && long.Parse(until, CultureInfo.InvariantCulture) > clock.Now().ToUnixTimeSeconds();

    /// <summary>The link by which a reviewer chooses how often it gets a digest.</summary>
    public Uri ToDigest(string campaign, string reviewer) => new(settings.PublicUri, $"api/digests/{_digests.Protect($"{campaign}|{reviewer}")}");

    /// <summary>Whose digest a link is about; null where it is none of ours.</summary>
    public (string Campaign, string Reviewer)? DigestOf(string token) => Read(_digests, token) is [var campaign, var reviewer] ? (campaign, reviewer) : null;

    private static string[]? Read(IDataProtector protector, string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) ? null : protector.Unprotect(token).Split('|');
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
