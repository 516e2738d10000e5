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
        if (agreement.EndsOn <= agreement.SignedOn)
        {
            return $"Le projet finirait le {agreement.EndsOn.InFrench()}, avant ou le jour de sa signature ({agreement.SignedOn.InFrench()}).";
        }

        if (!Siret.TryParse(agreement.Applicant.Siret, out _))
        {
            return $"« {agreement.Applicant.Siret} » n’est pas un SIRET valable (14 chiffres et leur clé).";
        }

        if (agreement.Award <= Euros.Zero || agreement.Award > agreement.Requested || agreement.Requested > agreement.Total)
        {
            return $"Le montant attribué ({agreement.Award}) est positif et au plus égal au montant demandé ({agreement.Requested}), lui-même au plus égal au coût total ({agreement.Total}).";
        }

        return agreement.Types.FirstOrDefault(type => campaign.Types.All(known => known.Id != type)) is { } unknown
            ? $"« {unknown} » n’est pas un type de projet de ce guichet : {string.Join(", ", campaign.Types.Select(type => type.Id))}."
            : null;
    }

    /// <summary>
    /// Takes over in follow-up a project that was funded elsewhere. Reports due before the day of taking over are held to have been given there:
    /// the guichet reminds of what is still to come.
    /// </summary>
    public static Step TakeOver(Campaign campaign, DossierId id, Agreement agreement, string actor, Instant now)
    {
        var today = campaign.DateOf(now);
        var dossier = new Dossier
        {
            Id = id,
            Campaign = campaign.Id,
            Status = DossierStatus.Suivi,
            OpenedAt = now,
            Email = agreement.Contact.Email,
            Agreement = agreement,
            Milestones = [.. Milestone.Of(agreement, campaign.FollowUp).Select(milestone => milestone.Due < today ? milestone with { ReportedAt = now } : milestone)],
        };
        var step = Step.From(null, dossier, "reprise", actor, now, ("rules", campaign.Version)).Telling(QueueName.Projection);
        return Reminders.Next(campaign, dossier) is { } next ? step.LookingAgain(Reminders.Hint(id, next)) : step;
    }
}
