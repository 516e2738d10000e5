using System.Globalization;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Mail;

/// <summary>What the templates of digests may say: dossiers under the heads that Core sorts them by.</summary>
internal static class DigestModel
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static Dictionary<string, object?> Of(Letter letter, Campaign campaign, IReadOnlyList<Dossier> dossiers, string reviewer, Uri publicUri)
    {
        var content = ReviewerDigest.Of(reviewer, dossiers.Where(dossier => dossier.SheetOf(reviewer) is { IsActive: true }), letter.Since, letter.Date);
        List<Dictionary<string, object?>> Items(IEnumerable<Dossier> under) => [.. under.Select(dossier => Item(dossier, dossier.SheetOf(reviewer)!, letter.Date, publicUri))];
        return LetterModel.Named(
            ("awaited", content.Awaited),
            ("fresh", Items(content.New)),
            ("asked", Items(content.Asked)),
            ("late", Items(content.Late)),
            ("waiting", Items(content.Waiting)),
            ("decided", Items(content.Decided)));
    }

    public static Dictionary<string, object?> OfOffice(Letter letter, Campaign campaign, IReadOnlyList<Dossier> dossiers, Uri publicUri)
    {
        var content = OfficeDigest.Of(campaign, dossiers, letter.Date);
        List<Dictionary<string, object?>> Items(IEnumerable<Dossier> under) => [.. under.Select(dossier => OfficeItem(campaign, dossier, letter.Date))];
        return LetterModel.Named(
            ("news", letter.Says.Select(text => LetterModel.Named(("message", text))).ToList()),
            ("proposed", Items(content.Proposed)),
            ("overdue", Items(content.Overdue)),
            ("lacking", Items(content.Lacking)),
            ("late", Items(content.Late)),
            ("ready", Items(content.Ready)),
            ("reported", content.Reported.Select(dossier => Project(dossier, publicUri)).ToList()),
            ("releases", content.Releases.Select(dossier => Project(dossier, publicUri)).ToList()));
    }

    private static Dictionary<string, object?> Item(Dossier dossier, ReviewSheet sheet, LocalDate today, Uri publicUri) => LetterModel.Named(
        ("number", dossier.Id.ToString()),
        ("title", dossier.Title),
        ("applicant", dossier.Applicant),
        ("status", dossier.Status.InFrench().ToLower(French)),
        ("total", dossier.Application?.Find(Fields.BudgetTotal)?.Value.ToString()),
        ("requested", dossier.Application?.Find(Fields.BudgetRequested)?.Value.ToString()),
        ("preScore", dossier.PreScore is { } score ? string.Create(French, $"{score.Total:0.#} sur {score.OutOf:0.#}") : null),
        ("reserves", Digest.Reserves(dossier).Select(finding => LetterModel.Named(("message", finding.Message))).ToList()),
        ("due", sheet.DueOn.InFrench()),
        ("left", Left(NodaTime.Period.DaysBetween(today, sheet.DueOn))),
        ("why", sheet.Why),
        ("question", sheet.Question),
        ("arbitration", sheet.Arbitration),
        ("award", dossier.Decision?.Award?.Amount.ToString()),
        ("support", dossier.Decision?.Award is { Support.IsEmpty: false } award ? string.Join(", ", award.Support.Select(support => support.InFrench)) : null),
        ("address", new Uri(publicUri, $"api/dossiers/{dossier.Id}/review").ToString()));

    private static Dictionary<string, object?> OfficeItem(Campaign campaign, Dossier dossier, LocalDate today)
    {
        var late = dossier.Reviews.Where(sheet => sheet.IsAwaited && sheet.DueOn < today).Select(sheet => $"{NameOf(campaign, sheet.Reviewer)}, attendu le {sheet.DueOn.InFrench()}");
        var active = dossier.Reviews.Where(sheet => sheet.IsActive).Select(sheet => NameOf(campaign, sheet.Reviewer)).ToList();
        return LetterModel.Named(
            ("number", dossier.Id.ToString()),
            ("title", dossier.Title),
            ("applicant", dossier.Applicant),
            ("awaited", string.Join(" ; ", late)),
            ("reviewers", active.Count == 0 ? "aucun instructeur" : string.Join(", ", active)),
            ("completeBefore", dossier.CompleteBefore?.InFrench()));
    }

    private static Dictionary<string, object?> Project(Dossier dossier, Uri publicUri) => LetterModel.Named(
        ("number", dossier.Id.ToString()),
        ("title", dossier.Title),
        ("applicant", dossier.Applicant),
        ("report", dossier.Milestones.FirstOrDefault(milestone => milestone is { ReleasesTranche: true, ReportedAt: not null, IsComplete: false }) is { } milestone
            ? $"{milestone.InFrench}, manque {string.Join(" et ", TrancheSteps.Awaited(milestone))}"
            : null),
        ("tranche", string.Join(", ", dossier.Tranches.Where(tranche => dossier.StateOf(tranche) is TrancheState.Proposee or TrancheState.AConfirmer).Select(tranche => $"tranche {tranche.Number} ({tranche.Amount}), {dossier.StateOf(tranche).InFrench()}"))),
        ("address", new Uri(publicUri, $"api/dossiers/{dossier.Id}/follow-up").ToString()));

    private static string NameOf(Campaign campaign, string reviewer) => campaign.Reviewers.FirstOrDefault(one => one.Id == reviewer)?.Name ?? reviewer;

    private static string Left(int days) => days switch
    {
        0 => "c’est aujourd’hui",
        1 => "il reste 1 jour",
        > 1 => string.Create(French, $"il reste {days} jours"),
        -1 => "depuis 1 jour",
        _ => string.Create(French, $"depuis {-days} jours"),
    };
}
