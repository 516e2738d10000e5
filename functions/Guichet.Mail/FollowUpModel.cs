using System.Globalization;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Operations;
using NodaTime;

namespace Guichet.Mail;

/// <summary>What the templates of the follow-up's letters may say.</summary>
internal static class FollowUpModel
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static void Fill(Dictionary<string, object?> model, Letter letter, Campaign campaign, Dossier dossier, Agreement agreement)
    {
        model["contact"] = LetterModel.Named(("name", agreement.Contact.Name), ("email", agreement.Contact.Email));
        model["indicators"] = agreement.Indicators.Select(indicator => Measured(dossier, indicator)).ToList();
        switch (letter.Kind)
        {
            case LetterKind.Reminder or LetterKind.Escalation:
                model["milestone"] = Of(Concerned(letter, dossier), letter.Date);
                model["recipient"] = LetterModel.Named(("name", NameOf(letter.Recipient, campaign, agreement)), ("isOffice", string.Equals(letter.Recipient, campaign.Office.Email, StringComparison.OrdinalIgnoreCase)));
                break;
            case LetterKind.AgreementSigned:
                model["agreement"] = LetterModel.Named(("signed", agreement.SignedOn?.InFrench()), ("award", agreement.Award.ToString()), ("ends", agreement.EndsOn.InFrench()));
                model["milestones"] = dossier.Milestones.Select(milestone => Of(milestone, letter.Date)).ToList();
                model["tranches"] = dossier.Tranches.Select(tranche => LetterModel.Named(("amount", tranche.Amount.ToString()), ("when", When(dossier, tranche)))).ToList();
                break;
            case LetterKind.AgreementAmended:
                model["amendment"] = Of(agreement, agreement.Amendments[Letters.NumberOf(letter) - 1]);
                model["milestones"] = dossier.Milestones.Where(milestone => milestone.ReportedAt is null).Select(milestone => Of(milestone, letter.Date)).ToList();
                break;
            case LetterKind.ReportReceived:
                var concerned = Concerned(letter, dossier);
                model["milestone"] = Of(concerned, letter.Date);
                model["report"] = Of(campaign, agreement, concerned, letter);
                break;
            case LetterKind.TrancheReleased:
                model["tranche"] = Of(dossier, dossier.Tranches[Letters.NumberOf(letter) - 1]);
                break;
            case LetterKind.ProjectClosed when dossier.Closure is { } closure:
                var lapsed = dossier.Tranches.Where(tranche => tranche.Lapsed).Select(tranche => tranche.Amount).Sum();
                model["closure"] = LetterModel.Named(
                    ("date", closure.On.InFrench()), ("outcome", closure.Outcome.InFrench()), ("reason", closure.Reason), ("lapsed", lapsed > Euros.Zero ? lapsed.ToString() : null));
                break;
        }
    }

    private static Milestone Concerned(Letter letter, Dossier dossier) => dossier.Milestones.First(milestone => milestone.Number == Letters.NumberOf(letter));

    private static Dictionary<string, object?> Of(Milestone milestone, LocalDate today) => LetterModel.Named(
        ("name", milestone.InFrench), ("due", milestone.Due.InFrench()), ("late", today > milestone.Due), ("releases", milestone.ReleasesTranche));

    private static Dictionary<string, object?> Of(Agreement agreement, Amendment amendment) => LetterModel.Named(
        ("number", amendment.Number.ToString(CultureInfo.InvariantCulture)),
        ("reason", amendment.Reason),
        ("endBefore", amendment.End?.Before.InFrench()),
        ("endAfter", amendment.End?.After.InFrench()),
        ("targets", amendment.Targets.Select(moved => LetterModel.Named(
            ("name", moved.Indicator),
            ("before", At(moved.Before, agreement.Find(moved.Indicator)?.Unit, moved.DateBefore)),
            ("after", At(moved.After, agreement.Find(moved.Indicator)?.Unit, moved.DateAfter)))).ToList()));

    private static Dictionary<string, object?> Of(Campaign campaign, Agreement agreement, Milestone milestone, Letter letter)
    {
        var report = milestone.Report!;
        var file = report.Files[int.Parse(letter.About![(letter.About!.IndexOf('.', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) - 1];
        return LetterModel.Named(
            ("file", file.Name),
            ("trouble", file.Trouble),
            ("received", milestone.ReportedAt is not null),
            ("questions", report.Questions.Select(question => LetterModel.Named(("message", question))).ToList()),
            ("values", report.Values.Select(value => Of(campaign, agreement, value)).ToList()));
    }

    private static Dictionary<string, object?> Of(Campaign campaign, Agreement agreement, ReportedValue value)
    {
        var indicator = agreement.Find(value.Indicator);
        var progress = indicator is null ? null : Progress.Of(agreement, indicator, value.Value, value.On, campaign.FollowUp);
        return LetterModel.Named(
            ("name", value.Indicator),
            ("value", Value(value.Value, indicator?.Unit)),
            ("progress", progress is null ? null : string.Create(French, $"{100 * progress.Share:0}\u00A0%")),
            ("trend", progress?.Trend.InFrench()));
    }

    private static Dictionary<string, object?> Of(Dossier dossier, Tranche tranche)
    {
        var left = dossier.Tranches.Where(other => other.ReleasedAt is null).Select(other => other.Amount).Sum();
        return LetterModel.Named(
            ("number", tranche.Number.ToString(CultureInfo.InvariantCulture)),
            ("count", dossier.Tranches.Length.ToString(CultureInfo.InvariantCulture)),
            ("amount", tranche.Amount.ToString()),
            ("left", left > Euros.Zero ? left.ToString() : null));
    }

    private static string When(Dossier dossier, Tranche tranche) => dossier.Milestones.FirstOrDefault(milestone => milestone.Number == tranche.Milestone) is { } milestone
        ? $"au vu du {milestone.InFrench}, après le comité de pilotage et l’accord du programme"
        : "à la signature";

    private static Dictionary<string, object?> Measured(Dossier dossier, Indicator indicator) => LetterModel.Named(
        ("name", indicator.Name),
        ("baseline", Value(indicator.Baseline, indicator.Unit)),
        ("target", At(indicator.Target, indicator.Unit, indicator.TargetDate)),
        ("last", ReportChecks.LastBefore(dossier, indicator, int.MaxValue) is { } last ? At(last.Value, indicator.Unit, last.On) : "non mesuré"));

    private static string At(decimal? value, string? unit, LocalDate? date) => Value(value, unit) + (date is { } day ? $" au {day.InFrench()}" : "");

    private static string Value(decimal? value, string? unit) =>
        value is { } known ? string.Create(French, $"{known:#,0.##} {unit}").TrimEnd() : "non précisée";

    private static string NameOf(string address, Campaign campaign, Agreement agreement)
    {
        bool Is(string email) => string.Equals(email, address, StringComparison.OrdinalIgnoreCase);
        return Is(agreement.Contact.Email) ? agreement.Contact.Name : Is(agreement.Sponsor.Email) ? agreement.Sponsor.Name : campaign.Office.Name;
    }
}
