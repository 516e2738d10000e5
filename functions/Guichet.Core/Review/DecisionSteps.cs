using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Eligibility.Rules;
using NodaTime;

namespace Guichet.Core.Review;

/// <summary>The steps of the committee's decisions, and of what porteurs and the office do with them.</summary>
public static class DecisionSteps
{
    /// <summary>Whether a committee may decide on it.</summary>
    public static bool TakesDecision(this Dossier dossier) =>
        dossier.Status is DossierStatus.Instruction or DossierStatus.Preselectionne or DossierStatus.Auditionne;

    /// <summary>What a dossier holds of the envelope, by its own word.</summary>
    public static Euros HeldOfEnvelope(this Dossier dossier) =>
        dossier.Status is DossierStatus.Laureat or DossierStatus.Conventionne or DossierStatus.Suivi or DossierStatus.Clos
            ? dossier.Decision?.Award?.Amount ?? Euros.Zero
            : Euros.Zero;

    /// <summary>
    /// The most that the rules allow: what was requested, and the campaign's rate of the eligible base, whichever is less. Null where the dossier does
    /// not tell what it takes to know.
    /// </summary>
    /// <param name="campaign">The version in force at the deposit.</param>
    public static Euros? MostAward(Campaign campaign, GrantApplication application) =>
        application.Find(Fields.BudgetRequested)?.Value is { } requested && EligibleBase.Of(campaign, application) is { } eligible
            ? (Euros?)new[] { requested, eligible.Share(campaign.Amounts.Rate) }.Min()
            : null;

    /// <summary>A session's decision takes effect on one of its dossiers, and its porteur is told.</summary>
    /// <param name="campaign">The version in force at the deposit.</param>
    public static Step Decide(this Dossier dossier, Campaign campaign, CommitteeSession session, SessionItem item, string actor, Instant now)
    {
        var outcome = item.Outcome ?? throw new InvalidOperationException($"Session {session.Id} has no outcome for {dossier.Id}.");
        var after = dossier with
        {
            Status = outcome switch
            {
                DecisionOutcome.Laureat => DossierStatus.Laureat,
                DecisionOutcome.ListeComplementaire => DossierStatus.ListeComplementaire,
                _ => DossierStatus.Refuse,
            },
            Decision = new Decision
            {
                Outcome = outcome,
                Reason = item.Reason!.Trim(),
                Award = outcome is DecisionOutcome.Refuse ? null : AwardOf(campaign, dossier, item),
                DecidedOn = session.Date,
                At = now,
                By = actor,
                Session = session.Id,
                Previous = dossier.Decision,
            },
        };
        return Step.From(dossier, after, $"decide/{session.Id}", actor, now, ("session", session.Id), ("outcome", outcome.ToString()))
            .Telling(QueueName.Projection)
            .Writing(Letter(campaign, dossier, after, now));
    }

    /// <summary>The first of the complementary list takes the place of one that gave up: what the committee decided for that case takes effect.</summary>
    public static Step MoveUp(this Dossier dossier, Campaign campaign, Instant now)
    {
        var decision = dossier.Decision!;
        var after = dossier with
        {
            Status = DossierStatus.Laureat,
            Decision = decision with
            {
                Outcome = DecisionOutcome.Laureat,
                Reason = $"Un financement s’est libéré, et votre projet était le premier de la liste complémentaire arrêtée par le comité du {decision.DecidedOn.InFrench()}.",
                DecidedOn = campaign.DateOf(now),
                At = now,
                By = Actor.Guichet,
                Previous = decision,
            },
        };
        return Step.From(dossier, after, $"move-up/{dossier.Version.ToString(CultureInfo.InvariantCulture)}", Actor.Guichet, now, ("session", decision.Session ?? ""))
            .Telling(QueueName.Projection)
            .Writing(Letter(campaign, dossier, after, now));
    }

    /// <summary>Why a dossier cannot be withdrawn; null where it can.</summary>
    public static string? WithdrawalRefusal(this Dossier dossier) => dossier.Status.MayBecome(DossierStatus.Retire) || dossier.Status is DossierStatus.Retire
        ? null
        : $"Le dossier est au statut « {dossier.Status.InFrench()} » : il ne peut plus être retiré.";

    /// <summary>The porteur gives its dossier up, or the award that it was given: reviewers are freed, and the complementary list may move up.</summary>
    public static Step Retire(this Dossier dossier, string actor, Instant now) =>
        Step.From(dossier, dossier with { Status = DossierStatus.Retire, CompleteBefore = null }, "withdraw", actor, now)
            .Telling(QueueName.Committee, QueueName.Assignment, QueueName.Projection);

    /// <summary>A dossier goes on to the next stage before the committee, where the campaign has stages.</summary>
    public static Step Advance(this Dossier dossier, DossierStatus stage, string actor, Instant now) =>
        Step.From(dossier, dossier with { Status = stage }, $"stage/{dossier.Version.ToString(CultureInfo.InvariantCulture)}", actor, now).Telling(QueueName.Projection);

    /// <summary>The office says how far the support is that was granted.</summary>
    public static Step Follow(this Dossier dossier, IEnumerable<Support> support, string actor, Instant now) => Step.From(
        dossier,
        dossier with { Decision = dossier.Decision! with { Award = dossier.Decision!.Award! with { Support = [.. support] } } },
        $"support/{dossier.Version.ToString(CultureInfo.InvariantCulture)}",
        actor,
        now).Telling(QueueName.Projection);

    private static Award AwardOf(Campaign campaign, Dossier dossier, SessionItem item) =>
        new(item.Amount ?? Euros.Zero, EligibleBase.Of(campaign, dossier.Application ?? new GrantApplication()) ?? Euros.Zero) { Support = item.Support };

    private static Letter Letter(Campaign campaign, Dossier before, Dossier after, Instant now) => new()
    {
        Kind = after.Status switch
        {
            DossierStatus.Laureat => LetterKind.Award,
            DossierStatus.ListeComplementaire => LetterKind.WaitingList,
            _ => LetterKind.Refusal,
        },
        Recipient = before.Email,
        Date = campaign.DateOf(now),
        Campaign = campaign.Id,
        Dossiers = [before.Id],
        About = (before.Version + 1).ToString(CultureInfo.InvariantCulture),
    };
}
