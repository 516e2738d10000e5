using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>The steps of payment and of closing.</summary>
public static class TrancheSteps
{
    /// <summary>Where the payment of a tranche is.</summary>
    public static TrancheState StateOf(this Dossier dossier, Tranche tranche) =>
        tranche.PaidOn is not null ? TrancheState.Versee
        : tranche.Lapsed ? TrancheState.Abandonnee
        : tranche.ReleasedAt is not null ? TrancheState.Liberee
        : !tranche.Approvals.IsEmpty ? TrancheState.AConfirmer
        : dossier.Status is DossierStatus.Suivi && (tranche.Milestone is not { } on || dossier.Milestones.Any(milestone => milestone.Number == on && milestone.IsComplete)) ? TrancheState.Proposee
        : TrancheState.AVenir;

    /// <summary>What was released and not yet paid, and what was paid.</summary>
    public static Euros Paid(this Dossier dossier) => dossier.Tranches.Where(tranche => tranche.PaidOn is not null).Select(tranche => tranche.Amount).Sum();

    /// <summary>What the programme is engaged for: the award of a signed agreement, less what was abandoned.</summary>
    public static Euros Committed(this Dossier dossier) =>
        dossier.Agreement is { SignedOn: not null, Award: var award } ? award - dossier.Tranches.Where(tranche => tranche.Lapsed).Select(tranche => tranche.Amount).Sum() : Euros.Zero;

    /// <summary>Why a person cannot release a tranche; null where it can.</summary>
    public static string? ReleaseRefusal(this Dossier dossier, Tranche tranche, string actor) => dossier.StateOf(tranche) switch
    {
        TrancheState.AVenir when dossier.Milestones.FirstOrDefault(milestone => milestone.Number == tranche.Milestone) is { } milestone =>
            $"La tranche {tranche.Number} attend encore : {string.Join(", ", Awaited(milestone))}.",
        TrancheState.AVenir => "La convention n’est pas en suivi : rien n’est à verser.",
        TrancheState.AConfirmer when tranche.Approvals.Any(approval => approval.By == actor) =>
            $"Vous avez déjà libéré la tranche {tranche.Number} ; au-dessus du seuil du guichet, une seconde personne du bureau la confirme.",
        TrancheState.Abandonnee => $"La tranche {tranche.Number} est abandonnée : le projet est clos.",
        _ => null,
    };

    /// <summary>
    /// A person of the office releases a tranche: one is enough, two above the campaign's amount. The porteur is told once it is released. Null where it is
    /// released already.
    /// </summary>
    /// <param name="campaign">The version in force today.</param>
    public static Step? Release(this Dossier dossier, Campaign campaign, int number, string actor, Instant now)
    {
        var tranche = dossier.Tranches.First(one => one.Number == number);
        if (tranche.ReleasedAt is not null || tranche.PaidOn is not null)
        {
            return null;
        }

        var approvals = tranche.Approvals.Add(new Approval(actor, now));
        var isReleased = approvals.Length >= (tranche.Amount > campaign.FollowUp.TwoPeopleAbove ? 2 : 1);
        var name = number.ToString(CultureInfo.InvariantCulture);
        var after = dossier.With(number, standing => standing with { Approvals = approvals, ReleasedAt = isReleased ? now : null });
        var step = Step.From(dossier, after, $"release/{name}/{approvals.Length.ToString(CultureInfo.InvariantCulture)}", actor, now, ("tranche", name), ("amount", tranche.Amount.Cents.ToString(CultureInfo.InvariantCulture)))
            .Telling(QueueName.Projection);
        return isReleased ? step.Writing(FollowUpSteps.ToContact(campaign, after, LetterKind.TrancheReleased, $"{name}.versement", now)) : step.LookingAgain(Digest.Hint(dossier.Id, now));
    }

    /// <summary>Why a payment cannot be recorded; null where it can.</summary>
    public static string? PaymentRefusal(this Dossier dossier, Tranche tranche, LocalDate on, LocalDate today) =>
        tranche.ReleasedAt is null ? $"La tranche {tranche.Number} n’est pas libérée : elle ne peut pas avoir été versée."
        : tranche.PaidOn is { } paid && paid != on ? $"La tranche {tranche.Number} a été versée le {paid.InFrench()}."
        : on > today ? $"Un versement du {on.InFrench()} est à venir : enregistrez-le une fois qu’il est fait."
        : null;

    /// <summary>A payment that was made is recorded.</summary>
    public static Step Pay(this Dossier dossier, int number, LocalDate on, string actor, Instant now) => Step.From(
        dossier, dossier.With(number, tranche => tranche with { PaidOn = on }), $"pay/{number.ToString(CultureInfo.InvariantCulture)}", actor, now, ("tranche", number.ToString(CultureInfo.InvariantCulture)))
        .Telling(QueueName.Projection);

    /// <summary>Why a project cannot be closed so; null where it can.</summary>
    public static string? ClosureRefusal(this Dossier dossier, ClosureOutcome outcome)
    {
        if (dossier.Status is not DossierStatus.Suivi)
        {
            return $"Le dossier est au statut « {dossier.Status.InFrench()} » : seul un projet en suivi se clôt.";
        }

        return outcome is ClosureOutcome.Arrete ? null
            : dossier.Milestones.FirstOrDefault(milestone => milestone is { Final: true, ReportedAt: null }) is { } final ? $"Le bilan final, attendu le {final.Due.InFrench()}, n’est pas reçu : un projet sans lui n’est pas achevé, il est arrêté."
            : dossier.Tranches.FirstOrDefault(tranche => tranche.ReleasedAt is null) is { } left ? $"La tranche {left.Number} ({left.Amount}) n’est pas libérée : un projet achevé est payé. Libérez-la, ou arrêtez le projet."
            : null;
    }

    /// <summary>The follow-up ends: what was not released is abandoned, no reminder leaves any more, and the porteur is told.</summary>
    /// <param name="campaign">The version in force today.</param>
    public static Step Close(this Dossier dossier, Campaign campaign, ClosureOutcome outcome, string reason, string actor, Instant now)
    {
        var after = dossier with
        {
            Status = DossierStatus.Clos,
            Closure = new Closure(outcome, reason.Trim(), campaign.DateOf(now), actor),
            Tranches = [.. dossier.Tranches.Select(tranche => tranche.ReleasedAt is null ? tranche with { Lapsed = true } : tranche)],
        };
        return Step.From(dossier, after, "close-project", actor, now, ("outcome", outcome.ToString()))
            .Telling(QueueName.Projection)
            .Writing(FollowUpSteps.ToContact(campaign, after, LetterKind.ProjectClosed, "1.cloture", now));
    }

    /// <summary>What a tranche still waits for, in French.</summary>
    public static IEnumerable<string> Awaited(Milestone milestone)
    {
        if (milestone.ReportedAt is null)
        {
            yield return $"le {milestone.InFrench}, attendu le {milestone.Due.InFrench()}";
        }

        if (milestone.SteeringMeetingOn is null)
        {
            yield return "la date du comité de pilotage";
        }

        if (milestone.Approval is null)
        {
            yield return "l’accord du programme";
        }
    }

    private static Dossier With(this Dossier dossier, int number, Func<Tranche, Tranche> change) =>
        dossier with { Tranches = [.. dossier.Tranches.Select(tranche => tranche.Number == number ? change(tranche) : tranche)] };
}
