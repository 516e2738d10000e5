using System.Collections.Immutable;
using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>The steps of the follow-up.</summary>
public static class FollowUpSteps
{
    /// <summary>Why an agreement cannot be followed; null where it can.</summary>
    public static string? Refusal(Campaign campaign, Agreement agreement)
    {
        if (agreement.SignedOn is not { } signed)
        {
            return "Donnez dans « signedOn » le jour de la signature : les bilans se comptent à partir de lui.";
        }

        if (agreement.EndsOn <= signed)
        {
            return $"Le projet finirait le {agreement.EndsOn.InFrench()}, avant ou le jour de sa signature ({signed.InFrench()}).";
        }

        if (!Siret.TryParse(agreement.Applicant.Siret, out _))
        {
            return $"« {agreement.Applicant.Siret} » n’est pas un SIRET valable (14 chiffres et leur clé).";
        }

        if (agreement.Award <= Euros.Zero || agreement.Award > agreement.Requested || agreement.Requested > agreement.Total)
        {
            return $"Le montant attribué ({agreement.Award}) est positif et au plus égal au montant demandé ({agreement.Requested}), lui-même au plus égal au coût total ({agreement.Total}).";
        }

        if (agreement.Indicators.GroupBy(indicator => indicator.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"Deux indicateurs s’appellent « {twice.Key} » : donnez-leur des noms différents.";
        }

        return agreement.Types.FirstOrDefault(type => campaign.Types.All(known => known.Id != type)) is { } unknown
            ? $"« {unknown} » n’est pas un type de projet de ce guichet : {string.Join(", ", campaign.Types.Select(type => type.Id))}."
            : null;
    }

    /// <summary>
    /// Takes over in follow-up a project that was funded elsewhere. Reports due before the day of taking over are held to have been given there:
    /// the guichet reminds of what is still to come, and releases what such reports have not.
    /// </summary>
    public static Step TakeOver(Campaign campaign, DossierId id, Agreement agreement, string actor, Instant now)
    {
        var today = campaign.DateOf(now);
        var milestones = Milestone.Of(agreement, campaign.FollowUp).Select(milestone => milestone.Due < today ? milestone with { ReportedAt = now } : milestone).ToImmutableArray();
        var dossier = new Dossier
        {
            Id = id,
            Campaign = campaign.Id,
            Status = DossierStatus.Suivi,
            OpenedAt = now,
            Email = agreement.Contact.Email,
            Agreement = agreement,
            Milestones = milestones,
            Tranches =
            [
                .. Tranche.Of(agreement, campaign.FollowUp, []).Select(tranche =>
                    tranche.Milestone is not { } on || milestones.Any(milestone => milestone.Number == on && milestone.ReportedAt is not null) ? tranche with { ReleasedAt = now } : tranche),
            ],
        };
        var step = Step.From(null, dossier, "reprise", actor, now, ("rules", campaign.Version)).Telling(QueueName.Projection);
        return Reminders.Next(campaign, dossier) is { } next ? step.LookingAgain(Reminders.Hint(id, next)) : step;
    }

    /// <summary>
    /// The hints that files of a report may have come unannounced, since addresses for them were given: soon, and once no address works any more.
    /// </summary>
    public static IEnumerable<DueHint> Expected(Campaign campaign, DossierId dossier, int milestone, Instant now)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"{dossier}/{milestone}");
        yield return new DueHint(DueKind.Tick, now + Duration.FromMinutes(15), subject, DueHint.Report);
        yield return new DueHint(DueKind.Tick, now + Duration.FromHours(campaign.Delays.SlotHours), subject, DueHint.Report);
    }

    /// <summary>A letter to whoever answers for a project's reports.</summary>
    /// <param name="about">A number that the letter is about, a dot, and what tells it from others: <c>2.avenant</c>.</param>
    internal static Letter ToContact(Campaign campaign, Dossier dossier, LetterKind kind, string about, Instant now) => new()
    {
        Kind = kind,
        Recipient = dossier.Agreement!.Contact.Email,
        Date = campaign.DateOf(now),
        Campaign = campaign.Id,
        Dossiers = [dossier.Id],
        About = about,
    };
}
