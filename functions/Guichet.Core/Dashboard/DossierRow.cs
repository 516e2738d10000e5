using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using NodaTime;

namespace Guichet.Core.Dashboard;

/// <summary>
/// A dossier's row in <c>TableauDossiers</c>: French columns that Excel and Power BI understand. Amounts are doubles because that is the only
/// number with decimals that a table has; no code reads them back.
/// </summary>
public static class DossierRow
{
    /// <summary>The columns by name; a column without a value is left out.</summary>
    public static IEnumerable<(string Column, object? Value)> Columns(Campaign campaign, Dossier dossier)
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
        yield return ("MontantAttribue", Double(agreement?.Award));
        yield return ("PreNotation", (double?)dossier.PreScore?.Total);
        yield return ("PreNotationSur", (double?)dossier.PreScore?.OutOf);
        yield return ("Constats", Cut(Findings(dossier)));
        yield return ("Pieces", dossier.Closing is null ? null : dossier.PiecesTaken.Length);
        yield return ("DeposeLe", Date(dossier.Closing?.Deposited));
        yield return ("ACompleterAvant", Day(campaign, dossier.CompleteBefore));
        yield return ("SigneLe", Day(campaign, agreement?.SignedOn));
        yield return ("ProchainBilanLe", Day(campaign, dossier.Milestones.Where(milestone => milestone.ReportedAt is null).Select(milestone => (LocalDate?)milestone.Due).Min()));
        yield return ("VersionDesRegles", dossier.Closing?.CampaignVersion ?? campaign.Version);
    }

    private static string? Types(Campaign campaign, IReadOnlyCollection<string> types) => types.Count == 0
        ? null
        : string.Join(" ; ", campaign.Types.Where(type => types.Contains(type.Id)).Select(type => type.Label));

    private static string? Findings(Dossier dossier) => dossier.Verdict is not { } verdict
        ? null
        : string.Join(" ", verdict.Findings.Where(finding => finding.Verdict is not RuleVerdict.Satisfied).Select(finding => $"{finding.Rule} : {finding.Message}"));

    /// <summary>A table's column holds 32,000 characters: what is longer is cut, visibly.</summary>
    private static string? Cut(string? text) => text is { Length: > 30_000 } ? text[..30_000] + "…" : text;

    private static double? Double(Euros? amount) => (double?)amount?.Amount;

    private static DateTimeOffset? Date(Instant? instant) => instant?.ToDateTimeOffset();

    private static DateTimeOffset? Day(Campaign campaign, LocalDate? date) => date?.AtStartOfDayInZone(campaign.Zone).ToDateTimeOffset();
}
