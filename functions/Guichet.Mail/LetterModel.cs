using System.Globalization;
using Fluid.Values;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Mail;

/// <summary>
/// What the templates may say, by kind of letter: texts, already in French. A list holds named values and never bare texts, because a list that is
/// printed whole is not encoded; and no name is <c>size</c>, which in Liquid counts.
/// </summary>
internal static class LetterModel
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static Dictionary<string, object?> Of(Letter letter, Campaign campaign, IReadOnlyList<Dossier> dossiers, Uri publicUri, LetterLinks links)
    {
        var model = OfCampaign(campaign);
        if (letter.Kind is LetterKind.Digest)
        {
            var reviewer = campaign.Reviewers.FirstOrDefault(person => string.Equals(person.Email, letter.Recipient, StringComparison.OrdinalIgnoreCase));
            model["recipient"] = Named(("name", reviewer?.Name ?? ""));
            model["digest"] = DigestModel.Of(letter, campaign, dossiers, reviewer?.Id ?? "", publicUri);
            model["links"] = Named(("choose", links.Digest?.ToString()));
            return model;
        }

        if (letter.Kind is LetterKind.OfficeDigest)
        {
            model["digest"] = DigestModel.OfOffice(letter, campaign, dossiers, publicUri);
            return model;
        }

        if (letter.Kind is LetterKind.RulesRefused)
        {
            model["rules"] = Named(("version", letter.About![..letter.About!.LastIndexOf('.')]), ("faults", letter.Says.Select(fault => Named(("message", fault))).ToList()));
            return model;
        }

        var subject = dossiers[0];
        model["dossier"] = About(campaign, subject, publicUri);
        model["links"] = Named(("dossier", links.Dossier?.ToString()), ("report", links.Report?.ToString()));
        if (letter.Kind is LetterKind.Refusal or LetterKind.Award or LetterKind.WaitingList && subject.Decision is { } decision)
        {
            model["decision"] = Decided(subject, decision);
            model["deposits"] = Deposits(campaign, letter.Date);
        }

        if (letter.Kind is LetterKind.Award or LetterKind.WaitingList && subject.Decision?.Award is { } award)
        {
            model["award"] = Given(award);
        }

        if (IsOfFollowUp(letter.Kind) && subject.Agreement is { } agreement)
        {
            FollowUpModel.Fill(model, letter, campaign, subject, agreement);
        }

        return model;
    }

    /// <summary>What every letter of a campaign may say, and its wording too.</summary>
    public static Dictionary<string, object?> OfCampaign(Campaign campaign) => new()
    {
        ["campaign"] = Named(("name", campaign.Name)),
        ["office"] = Named(("name", campaign.Office.Name), ("email", campaign.Office.Email)),
        ["wording"] = Named(("agreement", campaign.Wording.AgreementWord)),
    };

    /// <summary>The parts of a campaign's wording: their names in a template and in the campaign's file, and their sources.</summary>
    public static IEnumerable<(string Name, string InFile, string Source)> WordingParts(Campaign campaign) =>
    [
        ("notice", "algorithmicNotice", string.Join('\n', campaign.Wording.AlgorithmicNotice)),
        ("appeal", "appeal", string.Join('\n', campaign.Wording.Appeal)),
        ("contacts", "contacts", string.Join('\n', campaign.Wording.Contacts)),
    ];

    /// <summary>The model with the campaign's wording in it, rendered as the letter will be: its Markdown is the campaign's and counts.</summary>
    public static Dictionary<string, object?> Worded(Dictionary<string, object?> model, Campaign campaign, Func<string, IReadOnlyDictionary<string, object?>, string> render) => new(model)
    {
        ["wording"] = Named(
        [
            ("agreement", campaign.Wording.AgreementWord),
            .. WordingParts(campaign).Select(part => (part.Name, (object?)new StringValue(render(part.Source, OfCampaign(campaign)), encode: false))),
        ]),
    };

    private static Dictionary<string, object?> Decided(Dossier dossier, Decision decision) => Named(
        ("date", decision.DecidedOn.InFrench()),
        ("reason", decision.Reason),
        ("inadmissible", decision.Outcome is DecisionOutcome.Irrecevable),
        ("automatic", decision.By == Actor.Guichet),
        ("findings", dossier.FindingsDecidedOn().Select(finding => Named(("message", finding.Message), ("places", finding.Places.Select(Place).ToList()))).ToList()));

    /// <summary>Whether one may deposit on a day, until when, and where not, from when.</summary>
    private static Dictionary<string, object?> Deposits(Campaign campaign, LocalDate on)
    {
        var left = campaign.Periods.Where(period => period.Closes.Date >= on).OrderBy(period => period.Opens).FirstOrDefault();
        var isOpen = left?.Opens.Date <= on;
        return Named(
            ("open", isOpen),
            ("until", isOpen ? left?.Closes.Date.InFrench() : null),
            ("from", isOpen ? null : left?.Opens.Date.InFrench()));
    }

    private static Dictionary<string, object?> Given(Award award) => Named(
        ("amount", award.Amount.ToString()),
        ("base", award.EligibleBase.ToString()),
        ("share", award.EligibleBase > Euros.Zero ? string.Create(French, $"{100 * award.Amount.Amount / award.EligibleBase.Amount:0.##}\u00A0%") : null),
        ("support", award.Support.Select(support => Named(("label", support.InFrench))).ToList()));

    private static Dictionary<string, object?> About(Campaign campaign, Dossier dossier, Uri publicUri) => Named(
        ("address", new Uri(publicUri, $"api/dossiers/{dossier.Id}").ToString()),
        ("explanation", new Uri(publicUri, $"api/dossiers/{dossier.Id}/explanation").ToString()),
        ("requested", dossier.Application?.Find(Fields.BudgetRequested)?.Value.ToString()),
        ("number", dossier.Id.ToString()),
        ("title", dossier.Title),
        ("applicant", dossier.Applicant),
        ("deposited", dossier.Closing?.Deposited.InFrench(campaign.Zone)),
        ("completeBefore", dossier.CompleteBefore?.InFrench()),
        ("pieces", dossier.PiecesTaken.Select(piece => Named(("name", piece.FileName), ("fileSize", FileSize.InFrench(piece.Received?.Bytes ?? piece.AnnouncedBytes)))).ToList()),
        ("toComplete", Completion.Of(dossier).Select(item => Named(("message", item.Message), ("places", item.Places.Select(Place).ToList()))).ToList()));

    private static Dictionary<string, object?> Place(string label) => Named(("label", label));

    private static bool IsOfFollowUp(LetterKind kind) => kind is LetterKind.Reminder or LetterKind.Escalation or LetterKind.AgreementSigned
        or LetterKind.AgreementAmended or LetterKind.ReportReceived or LetterKind.TrancheReleased or LetterKind.ProjectClosed;

    internal static Dictionary<string, object?> Named(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var named = new Dictionary<string, object?>();
        foreach (var (name, value) in values)
        {
            named[name] = value;
        }

        return named;
    }
}
