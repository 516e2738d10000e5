using Guichet.Core.Campaigns;
using NodaTime;

namespace Guichet.Core.Eligibility.Rules;

/// <summary>
/// PERIODE: the deposit falls in a period of the campaign. Its instant is that of the last file present when the dossier was first closed; a
/// completion that the system asked for never moves it.
/// </summary>
internal sealed class Periode() : EligibilityRule("PERIODE")
{
    protected override string Ask(Campaign campaign) => "Le dossier est déposé pendant une période de dépôt. L’instant qui compte est celui de l’arrivée du dernier fichier présent quand le dossier a été clos la première fois ; un complément demandé par le guichet ne le déplace pas.";

    protected override Judgement Decide(Subject subject)
    {
        var campaign = subject.Campaign;
        var when = subject.Deposit.Instant.InFrench(campaign.Zone);
        var input = Fact("deposit.instant", subject.Deposit.Instant);
        return campaign.IsOpenAt(subject.Deposit.Instant)
            ? Satisfied($"Le dossier a été déposé le {when}, pendant la campagne.", input)
            : Unsatisfied($"Le dossier a été déposé le {when}, hors des périodes de dépôt : {Periods(subject)}.", input);
    }

    private static string Periods(Subject subject) => string.Join(" ; ", subject.Campaign.Periods.Select(period =>
        $"du {Local(subject, period.Opens)} au {Local(subject, period.Closes)}"));

    private static string Local(Subject subject, LocalDateTime time) =>
        subject.Campaign.Zone.AtLeniently(time).ToInstant().InFrench(subject.Campaign.Zone);
}
