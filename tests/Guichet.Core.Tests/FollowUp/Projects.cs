using System.Collections.Immutable;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Core.Review;
using NodaTime;

namespace Guichet.Core.Tests.FollowUp;

/// <summary>Funded projects, from the award on.</summary>
internal static class Projects
{
    public static readonly LocalDate Decided = new(2024, 4, 15);
    public static readonly LocalDate Signed = new(2024, 5, 6);
    public static readonly LocalDate Ends = new(2026, 1, 31);
    public static readonly Person Sponsor = new("Dominique Petit", "dominique.petit@exemple.gouv.fr");

    public static Instant Morning(LocalDate date) => date.At(new LocalTime(10, 0), Given.Campaign.Zone);

    public static Dossier Laureate(int award = 180_000) => new()
    {
        Id = Given.Id(7),
        Campaign = Given.Campaign.Id,
        Status = DossierStatus.Laureat,
        OpenedAt = Given.Deposited,
        Email = "depot@exemple.gouv.fr",
        Application = Given.Application
            .With(Fields.ProjectEnd, Ends)
            .With(Fields.ContactName, "Claude Martin")
            .With(Fields.ContactEmail, "claude.martin@exemple.gouv.fr").Build(),
        Decision = new Decision { Outcome = DecisionOutcome.Laureat, DecidedOn = Decided, At = Morning(Decided), By = "bureau", Award = new Award(Euros.From(award), Euros.From(400_000)) },
    };

    public static Dossier Drawn(int award = 180_000)
    {
        var dossier = Laureate(award);
        return dossier.Draw(dossier.Draft(Given.Campaign, new AgreementTerms(Sponsor))!, "bureau", Morning(Decided))!.After;
    }

    /// <summary>In follow-up since 6 May 2024, until 31 January 2026: reports on 6 November, 6 May, 6 November, then 30 April 2026; four tranches.</summary>
    public static Dossier Followed(int award = 180_000) => Drawn(award)
        .Sign(Given.Campaign, new Signature(SigningParty.Administration, Signed.PlusDays(-4)), "bureau", Morning(Signed)).After
        .Sign(Given.Campaign, new Signature(SigningParty.Programme, Signed), "bureau", Morning(Signed)).After;

    public static ReportReading Reading(params (string Indicator, string Text, decimal? Value, string? Unit)[] values) => new()
    {
        Done = "Ouverture dans deux territoires.",
        Values = [.. values.Select(value => new ReadValue(value.Indicator, value.Value, value.Unit, null, new Source("bilan.xlsx", "feuille Bilan, H5", value.Text)))],
    };

    public static ReportFile File(string slot, LocalDate on, string? trouble = null) => new(slot, $"{slot}.xlsx", new Reception(Morning(on), 1000, "ab"), trouble);

    public static Dossier Reported(this Dossier dossier, int milestone, LocalDate on, params (string, string, decimal?, string?)[] values) =>
        dossier.Receive(Given.Campaign, milestone, File($"r{milestone}-{on:uuuuMMdd}", on), Reading(values), Morning(on))!.After;

    public static Dossier Complete(this Dossier dossier, int milestone, LocalDate on) =>
        dossier.RecordMeeting(milestone, on, "bureau", Morning(on)).After.Approve(milestone, "bureau", Morning(on)).After;

    public static IEnumerable<string> Mails(Step? step) => (step?.Messages ?? ImmutableArray<OutgoingMessage>.Empty).Where(message => message.Queue is QueueName.Mail).Select(message => message.Id.Split('/', 3)[2]);
}
