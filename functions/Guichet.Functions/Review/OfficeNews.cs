using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Operations;
using Guichet.Functions.Operations;
using Guichet.Storage;
using NodaTime;

namespace Guichet.Functions.Review;

/// <summary>What the office is to know that stands in no dossier: what could not be handled, mails that a server has refused, data that is to be erased soon.</summary>
public sealed class OfficeNews(FailureTable failures, MailTable mails, DossierStore dossiers, RetentionForecast retention, GuichetSettings settings)
{
    /// <summary>Longer lists are cut, and say so: the tables have all of it.</summary>
    private const int Most = 20;

    /// <summary>What happened to a campaign since an instant, one sentence each in French.</summary>
    /// <param name="since">Null for all that is on record.</param>
    public async Task<ImmutableArray<string>> Since(string campaign, Instant? since, CancellationToken cancellation)
    {
        var says = new List<string>();
        await foreach (var failure in failures.Since(since, cancellation))
        {
            if ((await CampaignOf(failure, cancellation) ?? campaign) == campaign)
            {
                says.Add($"Un message de la file « {failure.Queue} »{(failure.Dossier is { } dossier ? $" (dossier {dossier})" : "")} n’a pas pu être traité, après {failure.Tried} essai(s) : {failure.Reason}");
            }
        }

        await foreach (var (letter, subject, words) in mails.RefusedSince(campaign, since, cancellation))
        {
            says.Add($"Le courriel « {subject} » à {letter.Recipient}{(letter.Dossiers.IsEmpty ? "" : $" (dossier {string.Join(", ", letter.Dossiers)})")} a été refusé par son serveur : {words}");
        }

        if (await retention.Announced(campaign, since, cancellation) is > 0 and var count)
        {
            says.Add($"Les données de {count} dossier(s) seront effacées dans les {Retention.DaysAnnounced} jours, au terme de leur durée de conservation : {new Uri(settings.PublicUri, "api/retention")} dit lesquels, et permet d’en retenir.");
        }

        return says.Count <= Most ? [.. says] : [.. says.Take(Most), $"Et {says.Count - Most} autres, dans les tables Failures et Mails."];
    }

    private async Task<string?> CampaignOf(Failure failure, CancellationToken cancellation) =>
        DossierId.TryParse(failure.Dossier, out var id) ? (await dossiers.Find(id, cancellation))?.Campaign : null;
}
