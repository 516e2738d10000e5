using System.Globalization;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using NodaTime;

namespace Guichet.Core.FollowUp;

/// <summary>
/// Reminders of impact reports. Due means: its day has come and nothing was recorded of it; so a missed run loses none. Of several due at once
/// the latest leaves and the others are recorded as overtaken, but for an escalation, which always leaves.
/// </summary>
public static class Reminders
{
    /// <summary>When a reminder leaves: so many days from the due date, moved to the next working day.</summary>
    public static Instant LeavesAt(Campaign campaign, Milestone milestone, ReminderRule rule) =>
        WorkingDays.OnOrAfter(milestone.Due.PlusDays(rule.Days), campaign.Holidays).At(campaign.FollowUp.RemindersAt, campaign.Zone);

    /// <summary>The instant from which there is something to look at, or null where no reminder is left.</summary>
    public static Instant? Next(Campaign campaign, Dossier dossier) =>
        Open(campaign, dossier).Select(open => (Instant?)LeavesAt(campaign, open.Milestone, open.Rule)).Min();

    /// <summary>The milestones that something is due of.</summary>
    public static IEnumerable<Milestone> Due(Campaign campaign, Dossier dossier, Instant now) =>
        Open(campaign, dossier).Where(open => LeavesAt(campaign, open.Milestone, open.Rule) <= now).Select(open => open.Milestone).DistinctBy(milestone => milestone.Number);

    /// <summary>The step that sends what is due; null where nothing is. Whoever looks writes the hint to look again (<see cref="Next"/>).</summary>
    public static Step? Remind(this Dossier dossier, Campaign campaign, Instant now)
    {
        var due = Open(campaign, dossier).Where(open => LeavesAt(campaign, open.Milestone, open.Rule) <= now).ToLookup(open => open.Milestone.Number, open => open.Rule);
        if (due.Count == 0 || dossier.Agreement is not { } agreement)
        {
            return null;
        }

        var leaving = due.ToDictionary(rules => rules.Key, rules => rules.Where(rule => rule.Escalation || rule == rules.MaxBy(other => other.Days)).ToList());
        var after = dossier with
        {
            Milestones =
            [
                .. dossier.Milestones.Select(milestone => milestone with
                {
                    Reminders = milestone.Reminders.AddRange(due[milestone.Number].Select(rule => KeyValuePair.Create(
                        rule.Id, leaving[milestone.Number].Contains(rule) ? ReminderFate.Sent : ReminderFate.Depasse))),
                }),
            ],
        };
        var names = string.Join(' ', leaving.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.Select(rule => Name(pair.Key, rule))));
        var letters = leaving.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.SelectMany(rule => Letters(campaign, dossier, agreement, pair.Key, rule, now)));
        return Step.From(dossier, after, $"remind/{names}", Actor.Guichet, now, ("reminders", names)).Writing([.. letters]);
    }

    /// <summary>The hint that reminders are to be looked at.</summary>
    public static DueHint Hint(DossierId dossier, Instant at) => new(DueKind.Reminder, at, dossier.ToString(), DueHint.Reminders);

    private static IEnumerable<(Milestone Milestone, ReminderRule Rule)> Open(Campaign campaign, Dossier dossier) =>
        from milestone in dossier.Status is DossierStatus.Suivi ? dossier.Milestones : []
        where milestone.ReportedAt is null
        from rule in campaign.FollowUp.Reminders
        where !milestone.Reminders.ContainsKey(rule.Id)
        select (milestone, rule);

    private static IEnumerable<Letter> Letters(Campaign campaign, Dossier dossier, Agreement agreement, int milestone, ReminderRule rule, Instant now)
    {
        Letter To(LetterKind kind, string recipient) => new()
        {
            Kind = kind,
            Recipient = recipient,
            Date = campaign.DateOf(now),
            Campaign = campaign.Id,
            Dossiers = [dossier.Id],
            About = Name(milestone, rule),
        };
        return rule.Escalation
            ? new[] { agreement.Sponsor.Email, campaign.Office.Email }.Distinct(StringComparer.OrdinalIgnoreCase).Select(address => To(LetterKind.Escalation, address)).Prepend(To(LetterKind.Reminder, agreement.Contact.Email))
            : [To(LetterKind.Reminder, agreement.Contact.Email)];
    }

    private static string Name(int milestone, ReminderRule rule) => string.Create(CultureInfo.InvariantCulture, $"{milestone}.{rule.Id}");
}
