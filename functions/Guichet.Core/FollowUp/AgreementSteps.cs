using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>What the office adds to an award to make an agreement of it: what the application does not tell, or tells otherwise than was agreed.</summary>
/// <param name="Sponsor">Who commits the administration: an application names no address of its sponsor.</param>
/// <param name="Contact">Who answers for the reports; the application's contact where it is left out.</param>
/// <param name="EndsOn">The end of the project; that of the application where it is left out.</param>
/// <param name="Indicators">The indicators agreed on; those of the application where they are left out.</param>
/// <param name="ExpectedSavings">The savings expected; none where they are left out.</param>
public sealed record AgreementTerms(Person? Sponsor = null, Person? Contact = null, LocalDate? EndsOn = null, ImmutableArray<Indicator>? Indicators = null, Euros? ExpectedSavings = null);

/// <summary>What an amendment moves.</summary>
/// <param name="Reason">Why.</param>
/// <param name="EndsOn">The new end of the project; null where it stays.</param>
/// <param name="Targets">The targets that move.</param>
public sealed record AmendmentTerms(string Reason, LocalDate? EndsOn = null, ImmutableArray<NewTarget>? Targets = null);

/// <summary>A new target.</summary>
/// <param name="Indicator">The indicator's name or code.</param>
/// <param name="Value">In the indicator's unit.</param>
/// <param name="Date">Null where the date stays.</param>
public sealed record NewTarget(string Indicator, decimal Value, LocalDate? Date = null);

/// <summary>The steps of an agreement: drawn, signed, amended.</summary>
public static class AgreementSteps
{
    /// <summary>What an award and its application make of an agreement; null where nothing was awarded.</summary>
    public static Agreement? Draft(this Dossier dossier, Campaign campaign, AgreementTerms terms)
    {
        if (dossier is not { Decision.Award: { } award, Application: { } application })
        {
            return null;
        }

        var end = application.Find(Fields.ProjectEnd)?.Value
            ?? (application.Find(Fields.ProjectStart)?.Value is { } start && application.Find(Fields.ProjectDurationMonths)?.Value is { } months ? start.PlusMonths((int)Math.Ceiling(months)) : null);
        return new Agreement
        {
            Title = dossier.Title,
            Applicant = new FundedApplicant(application.Find(Fields.ApplicantSiret)?.Value ?? "", dossier.Applicant ?? ""),
            Contact = terms.Contact ?? new Person(application.Find(Fields.ContactName)?.Value ?? "", application.Find(Fields.ContactEmail)?.Value ?? dossier.Email),
            Sponsor = terms.Sponsor ?? new Person(application.Find(Fields.SponsorName)?.Value ?? "", ""),
            Total = application.Find(Fields.BudgetTotal)?.Value ?? Euros.Zero,
            Requested = application.Find(Fields.BudgetRequested)?.Value ?? Euros.Zero,
            Award = award.Amount,
            EndsOn = terms.EndsOn ?? end ?? default,
            Types = [.. campaign.TypesOf(application).Select(type => type.Id)],
            Indicators = terms.Indicators ?? application.Find(Fields.ImpactIndicators)?.Value ?? [],
            ExpectedSavings = terms.ExpectedSavings,
        };
    }

    /// <summary>Why an agreement cannot be drawn; null where it can.</summary>
    public static string? DrawRefusal(this Dossier dossier, Agreement? draft, LocalDate today)
    {
        if (dossier.Status is not DossierStatus.Laureat)
        {
            return $"Le dossier est au statut « {dossier.Status.InFrench()} » : une convention s’établit pour un lauréat, tant que personne ne l’a signée.";
        }

        return draft is null ? "Le dossier n’a pas d’attribution : elle se décide en comité."
            : draft.EndsOn == default ? "La candidature ne dit pas quand le projet finit : donnez « endsOn »."
            : draft.EndsOn <= today ? $"Le projet finirait le {draft.EndsOn.InFrench()}, qui est passé : donnez dans « endsOn » la fin convenue."
            : PeopleRefusal("contact", draft.Contact) ?? PeopleRefusal("sponsor", draft.Sponsor) ?? IndicatorRefusal(draft);
    }

    /// <summary>The agreement is drawn, or drawn anew while nobody has signed it. Null where the one that stands says the same.</summary>
    public static Step? Draw(this Dossier dossier, Agreement draft, string actor, Instant now) =>
        dossier.Agreement is { } standing && JsonSerializer.Serialize(standing, GuichetJson.Options) == JsonSerializer.Serialize(draft, GuichetJson.Options)
            ? null
            : Step.From(dossier, dossier with { Agreement = draft }, $"agreement/{Next(dossier)}", actor, now).Telling(QueueName.Projection);

    /// <summary>Why a signature cannot be recorded; null where it can.</summary>
    public static string? SignatureRefusal(this Dossier dossier, Signature signature, LocalDate today)
    {
        if (dossier.IsSigned(signature))
        {
            return null;
        }

        return dossier.Agreement is not { } agreement || dossier.Status is not (DossierStatus.Laureat or DossierStatus.Conventionne)
                ? $"Le dossier est au statut « {dossier.Status.InFrench()} » et n’a pas de convention à signer : établissez-la d’abord."
            : agreement.Signatures.FirstOrDefault(one => one.Party == signature.Party) is { } earlier ? $"Cette partie a déjà signé, le {earlier.On.InFrench()}."
            : signature.On > today ? $"Une signature du {signature.On.InFrench()} est à venir : enregistrez-la une fois qu’elle est donnée."
            : dossier.Decision is { } decision && signature.On < decision.DecidedOn ? $"Une signature du {signature.On.InFrench()} serait antérieure à la décision ({decision.DecidedOn.InFrench()})."
            : agreement.EndsOn <= signature.On ? $"Le projet finirait le {agreement.EndsOn.InFrench()}, avant ou le jour de sa signature : établissez la convention avec une autre fin."
            : null;
    }

    /// <summary>Whether a signature is recorded already.</summary>
    public static bool IsSigned(this Dossier dossier, Signature signature) => dossier.Agreement?.Signatures.Contains(signature) is true;

    /// <summary>
    /// A signature is recorded. The first engages (<c>conventionne</c>); with the last the follow-up begins: milestones and tranches are counted from its
    /// day, and the porteur is told them.
    /// </summary>
    /// <param name="campaign">The version in force at the deposit.</param>
    public static Step Sign(this Dossier dossier, Campaign campaign, Signature signature, string actor, Instant now)
    {
        var agreement = dossier.Agreement! with { Signatures = [.. dossier.Agreement!.Signatures, signature] };
        (string, string)[] details = [("party", signature.Party.ToString()), ("on", signature.On.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture))];
        var operation = $"sign/{signature.Party.ToString().ToLowerInvariant()}";
        if (agreement.Signatures.Length < Enum.GetValues<SigningParty>().Length)
        {
            return Step.From(dossier, dossier with { Status = DossierStatus.Conventionne, Agreement = agreement }, operation, actor, now, details).Telling(QueueName.Projection);
        }

        agreement = agreement with { SignedOn = agreement.Signatures.Max(one => one.On) };
        var after = dossier with
        {
            Status = DossierStatus.Suivi,
            Agreement = agreement,
            Milestones = Milestone.Of(agreement, campaign.FollowUp),
            Tranches = Tranche.Of(agreement, campaign.FollowUp, dossier.Application?.Find(Fields.BudgetLines)?.Value ?? []),
        };
        return Step.From(dossier, after, operation, actor, now, details)
            .Telling(QueueName.Projection)
            .LookingAgain(Reminders.Hint(dossier.Id, Reminders.Next(campaign, after) ?? now), Digest.Hint(dossier.Id, now))
            .Writing(FollowUpSteps.ToContact(campaign, after, LetterKind.AgreementSigned, "1.signature", now));
    }

    /// <summary>Why an amendment cannot be made; null where it can.</summary>
    public static string? AmendmentRefusal(this Dossier dossier, Campaign campaign, AmendmentTerms terms, LocalDate today)
    {
        if (dossier is not { Status: DossierStatus.Suivi, Agreement: { } agreement })
        {
            return $"Le dossier est au statut « {dossier.Status.InFrench()} » : un avenant modifie une convention signée, pendant le suivi.";
        }

        var targets = terms.Targets ?? [];
        if (targets.FirstOrDefault(target => agreement.Find(target.Indicator) is null) is { } unknown)
        {
            return $"La convention n’a pas d’indicateur « {unknown.Indicator} » : {string.Join(", ", agreement.Indicators.Select(one => $"« {one.Name} »"))}.";
        }

        if (targets.GroupBy(target => agreement.Find(target.Indicator)!.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"L’indicateur « {twice.Key} » a deux nouvelles cibles : gardez-en une.";
        }

        if (terms.EndsOn is not { } end || end == agreement.EndsOn)
        {
            return targets.Any(target => Moves(agreement, target)) ? null : "Cet avenant ne change rien : donnez une nouvelle fin dans « endsOn » ou de nouvelles cibles dans « targets ».";
        }

        var after = Milestone.Of(agreement with { EndsOn = end }, campaign.FollowUp);
        return end <= agreement.SignedOn ? $"Le projet finirait le {end.InFrench()}, avant ou le jour de sa signature."
            : dossier.Milestones.Any(milestone => milestone is { Final: true, ReportedAt: not null }) ? "Le bilan final est reçu : la fin du projet ne bouge plus."
            : dossier.Milestones.FirstOrDefault(milestone => !milestone.Final && (milestone.ReportedAt is not null || milestone.Due <= today) && !after.Any(other => !other.Final && other.Due == milestone.Due)) is { } lost
                ? $"Le {lost.InFrench}, du {lost.Due.InFrench()}, est déjà échu ou reçu et disparaîtrait : choisissez une fin plus tardive."
            : Kept(dossier.Tranches, after) is null ? $"Une tranche reste à verser sur un bilan qui n’existerait plus, et aucun autre ne peut la porter : choisissez une fin plus tardive."
            : null;
    }

    /// <summary>
    /// An amendment is recorded, with what stood before it. Reports that were agreed on keep their dates; tranches keep their amounts, and one whose report
    /// is no longer to come is paid with the last that is.
    /// </summary>
    /// <param name="campaign">The version in force at the deposit.</param>
    public static Step Amend(this Dossier dossier, Campaign campaign, AmendmentTerms terms, string actor, Instant now)
    {
        var agreement = dossier.Agreement!;
        var end = terms.EndsOn is { } moved && moved != agreement.EndsOn ? new EndMoved(agreement.EndsOn, moved) : null;
        var targets = (terms.Targets ?? []).Where(target => Moves(agreement, target)).Select(target =>
        {
            var indicator = agreement.Find(target.Indicator)!;
            return new TargetMoved(indicator.Name, indicator.Target, indicator.TargetDate, target.Value, target.Date ?? indicator.TargetDate);
        }).ToImmutableArray();
        var number = agreement.Amendments.Length + 1;
        var amended = agreement with
        {
            EndsOn = end?.After ?? agreement.EndsOn,
            Indicators = [.. agreement.Indicators.Select(indicator => targets.FirstOrDefault(target => target.Indicator == indicator.Name) is { } target ? indicator with { Target = target.After, TargetDate = target.DateAfter } : indicator)],
            Amendments = [.. agreement.Amendments, new Amendment(number, campaign.DateOf(now), terms.Reason.Trim(), end, targets)],
        };
        var after = dossier with { Agreement = amended };
        if (end is not null)
        {
            var milestones = Milestone.Of(amended, campaign.FollowUp);
            var tranches = Kept(dossier.Tranches, milestones)!.Value;
            after = after with
            {
                Tranches = tranches,
                Milestones =
                [
                    .. milestones.Select(milestone =>
                        (dossier.Milestones.FirstOrDefault(old => (old.Number, old.Due, old.Final) == (milestone.Number, milestone.Due, milestone.Final)) ?? milestone)
                        with { ReleasesTranche = tranches.Any(tranche => tranche.Milestone == milestone.Number) }),
                ],
            };
        }

        var name = number.ToString(CultureInfo.InvariantCulture);
        var step = Step.From(dossier, after, $"amend/{name}", actor, now, ("amendment", name), ("end", end is null ? "" : end.After.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)), ("targets", targets.Length.ToString(CultureInfo.InvariantCulture)))
            .Telling(QueueName.Projection)
            .Writing(FollowUpSteps.ToContact(campaign, after, LetterKind.AgreementAmended, $"{name}.avenant", now));
        return Reminders.Next(campaign, after) is { } next ? step.LookingAgain(Reminders.Hint(dossier.Id, next)) : step;
    }

    /// <summary>The tranches once the milestones are others: null where one would have no report to be paid on.</summary>
    private static ImmutableArray<Tranche>? Kept(ImmutableArray<Tranche> tranches, ImmutableArray<Milestone> milestones)
    {
        var interim = milestones.Where(milestone => !milestone.Final).Select(milestone => milestone.Number).ToHashSet();
        var lost = tranches.Where(tranche => tranche is { ReleasedAt: null, Milestone: { } on } && !interim.Contains(on)).ToList();
        if (lost.Count == 0)
        {
            return tranches;
        }

        var kept = tranches.Except(lost).ToList();
        return kept.FindLastIndex(tranche => tranche.ReleasedAt is null) is >= 0 and var last
            ? [.. kept.Select((tranche, index) => index == last ? tranche with { Amount = tranche.Amount + lost.Select(one => one.Amount).Sum(), Approvals = [] } : tranche)]
            : null;
    }

    private static bool Moves(Agreement agreement, NewTarget target) =>
        agreement.Find(target.Indicator) is { } indicator && (indicator.Target != target.Value || (target.Date is { } date && date != indicator.TargetDate));

    private static string? PeopleRefusal(string member, Person person) =>
        string.IsNullOrWhiteSpace(person.Name) ? $"Donnez dans « {member} » le nom de la personne (« name »)."
        : !person.Email.Contains('@', StringComparison.Ordinal) ? $"Donnez dans « {member} » l’adresse de courriel de {person.Name} (« email ») : les rappels et les alertes y partent."
        : null;

    private static string? IndicatorRefusal(Agreement draft) =>
        draft.Indicators.IsEmpty ? "La convention n’a pas d’indicateur : donnez-les dans « indicators », le projet doit mesurer son impact."
        : draft.Indicators.GroupBy(indicator => indicator.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"Deux indicateurs s’appellent « {twice.Key} » : donnez-leur des noms différents."
        : draft.Indicators.FirstOrDefault(indicator => indicator.Baseline is null || indicator.Target is null) is { } vague ? $"L’indicateur « {vague.Name} » n’a pas de valeur de départ ou de cible : sans elles ses progrès ne se mesurent pas. Donnez « indicators »."
        : null;

    private static string Next(Dossier dossier) => (dossier.Version + 1).ToString(CultureInfo.InvariantCulture);
}
