using System.Collections.Immutable;
using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.FollowUp;

/// <summary>The day on which something was done.</summary>
public sealed record DayWord(LocalDate On);

/// <summary>A report that came by another way than the upload, as the office types it in.</summary>
/// <param name="Values">The values of indicators.</param>
/// <param name="Done">What was done since the report before.</param>
/// <param name="Strategy">The strategy, confirmed or adjusted.</param>
/// <param name="Savings">Savings realised since the beginning.</param>
public sealed record ReportWord(ImmutableArray<ValueWord> Values, string? Done = null, string? Strategy = null, Euros? Savings = null);

/// <summary>The value of an indicator.</summary>
/// <param name="Indicator">Its name or its code.</param>
/// <param name="On">The day that it was measured; today where it is left out.</param>
public sealed record ValueWord(string Indicator, decimal Value, LocalDate? On = null);

/// <summary>What the office records of a milestone: a report that came otherwise, the steering meeting, the programme's agreement.</summary>
public sealed class Milestones(ProjectDesk desk, TimeProvider clock)
{
    [Function("EnterReport")]
    [For(Caller.Office)]
    [Does("Saisit un bilan reçu autrement, ou corrige les valeurs d’un bilan.", Takes = typeof(ReportWord), Gives = typeof(ProjectState))]
    public async Task<IResult> Enter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/milestones/{milestone}/report")] HttpRequest request,
        string dossier,
        string milestone,
        CancellationToken cancellation)
    {
        var (word, unreadable) = await HttpAnswers.Read<ReportWord>(request, cancellation);
        return word is null ? unreadable! : await Change(
            dossier,
            milestone,
            (standing, _) => word.Values.FirstOrDefault(value => standing.Agreement!.Find(value.Indicator) is null) is { } unknown
                ? $"La convention n’a pas d’indicateur « {unknown.Indicator} » : {string.Join(", ", standing.Agreement!.Indicators.Select(one => $"« {one.Name} »"))}."
                : null,
            (standing, rules, number) => standing.Enter(rules.Today, number, ReadingOf(word, standing.Agreement!), request.Staff().Id, clock.Now()),
            cancellation);
    }

    [Function("RecordMeeting")]
    [For(Caller.Office)]
    [Does("Enregistre la date du comité de pilotage qui a examiné un bilan.", Takes = typeof(DayWord), Gives = typeof(ProjectState))]
    public async Task<IResult> RecordMeeting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/milestones/{milestone}/meeting")] HttpRequest request,
        string dossier,
        string milestone,
        CancellationToken cancellation)
    {
        var (word, unreadable) = await HttpAnswers.Read<DayWord>(request, cancellation);
        return word is null ? unreadable! : await Change(
            dossier,
            milestone,
            (_, rules) => word.On > rules.Today.DateOf(clock.Now()) ? $"Un comité du {word.On.InFrench()} est à venir : enregistrez-le une fois qu’il s’est tenu." : null,
            (standing, _, number) => standing.MilestoneOf(number)!.SteeringMeetingOn == word.On ? null : standing.RecordMeeting(number, word.On, request.Staff().Id, clock.Now()),
            cancellation);
    }

    [Function("ApproveReport")]
    [For(Caller.Office)]
    [Does("Donne l’accord du programme au vu d’un bilan.", Gives = typeof(ProjectState))]
    public Task<IResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/milestones/{milestone}/approval")] HttpRequest request,
        string dossier,
        string milestone,
        CancellationToken cancellation) => Change(
            dossier,
            milestone,
            (standing, _) => standing.MilestoneOf(NumberInRoute.Of(milestone)!.Value)!.ApprovalRefusal(),
            (standing, _, number) => standing.MilestoneOf(number)!.Approval is not null ? null : standing.Approve(number, request.Staff().Id, clock.Now()),
            cancellation);

    private Task<IResult> Change(string dossier, string milestone, Func<Dossier, ProjectRules, string?> refuse, Func<Dossier, ProjectRules, int, Step?> decide, CancellationToken cancellation) =>
        desk.Change(
            dossier,
            (standing, rules) => NumberInRoute.Of(milestone) is { } number && standing.MilestoneOf(number) is not null
                ? refuse(standing, rules)
                : $"Le dossier {standing.Id} n’a pas de bilan n° {milestone} en suivi.",
            (standing, rules) => decide(standing, rules, NumberInRoute.Of(milestone)!.Value),
            cancellation);

    private static ReportReading ReadingOf(ReportWord word, Agreement agreement) => new()
    {
        Done = word.Done,
        Strategy = word.Strategy,
        Savings = word.Savings,
        Values =
        [
            .. word.Values.Select(value => new ReadValue(
                agreement.Find(value.Indicator)!.Name, value.Value, null, value.On, new Source("saisie du bureau", "", value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
        ],
    };
}
