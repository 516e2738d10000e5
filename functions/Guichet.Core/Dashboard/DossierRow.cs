using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Dashboard;

/// <summary>
/// A dossier's row in <c>TableauDossiers</c>: French columns that Excel and Power BI understand. Amounts are doubles because that is the only
/// number with decimals that a table has; no code reads them back.
/// </summary>
public static class DossierRow
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>The columns by name; a column without a value is left out.</summary>
    /// <param name="campaign">The version in force today.</param>
    /// <param name="scoring">The version in force at the deposit, by which reviews are counted.</param>
    public static IEnumerable<(string Column, object? Value)> Columns(Campaign campaign, Campaign scoring, Dossier dossier)
    {
        var agreement = dossier.Agreement;
        var application = dossier.Application ?? new GrantApplication();
        yield return ("Titre", Cut(dossier.Title));
        yield return ("Porteur", dossier.Applicant);
        yield return ("Siret", agreement?.Applicant.Siret ?? application.Find(Fields.ApplicantSiret)?.Value);
        yield return ("Ministere", application.Find(Fields.ApplicantMinistry)?.Value);
        yield return ("Statut", dossier.Status.InFrench());
        yield return ("TypesDeProjet", Types(campaign, agreement?.Types ?? [.. campaign.TypesOf(application).Select(type => type.Id)]));
        yield return ("CoutTotal", Double(agreement?.Total ?? application.Find(Fields.BudgetTotal)?.Value));
        yield return ("MontantDemande", Double(agreement?.Requested ?? application.Find(Fields.BudgetRequested)?.Value));
        yield return ("MontantAttribue", Double(agreement?.Award ?? Given(dossier)?.Amount));
        yield return ("Accompagnement", dossier.Erasure is null && Given(dossier) is { Support.IsEmpty: false } given ? Cut(string.Join(" ; ", given.Support.Select(support => support.InFrench))) : null);
        yield return ("PreNotation", (double?)dossier.PreScore?.Total);
        yield return ("PreNotationSur", (double?)dossier.PreScore?.OutOf);
        foreach (var column in Reviews(campaign, scoring, dossier))
        {
            yield return column;
        }

        yield return ("DecideLe", Day(campaign, dossier.Decision is { IsTold: true } decision ? decision.DecidedOn : null));
        yield return ("Constats", Cut(Findings(dossier)));
        yield return ("Pieces", dossier.Closing is null || dossier.Erasure is not null ? null : dossier.PiecesTaken.Length);
        yield return ("DeposeLe", Date(dossier.Closing?.Deposited));
        yield return ("ACompleterAvant", Day(campaign, dossier.CompleteBefore));
        yield return ("SigneLe", Day(campaign, agreement?.SignedOn));
        yield return ("ProchainBilanLe", Day(campaign, dossier.Milestones.Where(milestone => milestone.ReportedAt is null).Select(milestone => (LocalDate?)milestone.Due).Min()));
        if (agreement?.SignedOn is not null)
        {
            yield return ("MontantEngage", Double(dossier.Committed()));
            yield return ("MontantVerse", Double(dossier.Paid()));
            yield return ("EconomiesAttendues", Double(agreement.ExpectedSavings));
            yield return ("EconomiesRealisees", Double(dossier.Milestones.Select(milestone => milestone.Report?.Savings).LastOrDefault(savings => savings is not null)));
            yield return ("Cloture", dossier.Closure?.Outcome.InFrench());
        }

        yield return ("DonneesEffaceesLe", Day(campaign, dossier.Erasure?.On));
        yield return ("VersionDesRegles", dossier.Closing?.CampaignVersion ?? campaign.Version);
    }

    private static IEnumerable<(string Column, object? Value)> Reviews(Campaign campaign, Campaign scoring, Dossier dossier)
    {
        var active = dossier.Reviews.Where(sheet => sheet.IsActive).ToList();
        if (active.Count == 0)
        {
            yield break;
        }

        var scores = ReviewScores.Of(scoring, dossier);
        yield return ("Instructeurs", dossier.Erasure is not null ? null : string.Join(" ; ", active.Select(sheet => campaign.Reviewers.FirstOrDefault(one => one.Id == sheet.Reviewer)?.Name ?? sheet.Reviewer)));
        yield return ("AvisRendus", scores.Reviewers.Length);
        yield return ("AvisAttendus", active.Count(sheet => sheet.IsAwaited));
        yield return ("NoteMoyenne", (double?)scores.Mean);
        yield return ("NoteSur", (double)scores.OutOf);
        yield return ("Notes", scores.Reviewers.IsEmpty ? null : string.Join(" ; ", scores.Reviewers.Select(one => one.Points.ToString("0.#", French))));
        yield return ("Arbitrage", active.Any(sheet => sheet.Arbitration));
    }

    /// <summary>What is given, and not what would be to one that waits for another to give up.</summary>
    private static Award? Given(Dossier dossier) => dossier.HeldOfEnvelope() > Euros.Zero ? dossier.Decision?.Award : null;

    private static string? Types(Campaign campaign, IReadOnlyCollection<string> types) => types.Count == 0
        ? null
        : string.Join(" ; ", campaign.Types.Where(type => types.Contains(type.Id)).Select(type => type.Label));

    private static string? Findings(Dossier dossier) => dossier is not { Erasure: null, Verdict: { } verdict }
        ? null
        : string.Join(" ", verdict.Findings.Where(finding => finding.Verdict is not RuleVerdict.Satisfied).Select(finding => $"{finding.Rule} : {finding.Message}"));

    /// <summary>A table's column holds 32,000 characters: what is longer is cut, visibly.</summary>
    internal static string? Cut(string? text) => text is { Length: > 30_000 } ? text[..30_000] + "…" : text;

    private static double? Double(Euros? amount) => (double?)amount?.Amount;

    private static DateTimeOffset? Date(Instant? instant) => instant?.ToDateTimeOffset();

    private static DateTimeOffset? Day(Campaign campaign, LocalDate? date) => date?.AtStartOfDayInZone(campaign.Zone).ToDateTimeOffset();
}
