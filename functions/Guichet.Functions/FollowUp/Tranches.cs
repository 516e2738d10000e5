using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.FollowUp;
using Guichet.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>How a project ends, and why.</summary>
public sealed record ClosureWord(ClosureOutcome Outcome, string Reason);

/// <summary>Payment and closing: tranches released by the office, by two people where they are large; the end of the follow-up.</summary>
public sealed class Tranches(ProjectDesk desk, TimeProvider clock)
{
    [Function("ReleaseTranche")]
    [For(Caller.Office)]
    [Does("Libère une tranche ; au-dessus du seuil du guichet, il y faut deux personnes.", Gives = typeof(ProjectState))]
    public Task<IResult> Release(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/tranches/{tranche}/release")] HttpRequest request,
        string dossier,
        string tranche,
        CancellationToken cancellation) => Change(
            dossier,
            tranche,
            (standing, _, one) => standing.ReleaseRefusal(one, request.Staff().Id),
            (standing, rules, one) => standing.Release(rules.Today, one.Number, request.Staff().Id, clock.Now()),
            cancellation);

    [Function("PayTranche")]
    [For(Caller.Office)]
    [Does("Enregistre le versement d’une tranche libérée.", Takes = typeof(DayWord), Gives = typeof(ProjectState))]
    public async Task<IResult> Pay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/tranches/{tranche}/payment")] HttpRequest request,
        string dossier,
        string tranche,
        CancellationToken cancellation)
    {
        var (word, unreadable) = await HttpAnswers.Read<DayWord>(request, cancellation);
        return word is null ? unreadable! : await Change(
            dossier,
            tranche,
            (standing, rules, one) => standing.PaymentRefusal(one, word.On, rules.Today.DateOf(clock.Now())),
            (standing, _, one) => one.PaidOn is not null ? null : standing.Pay(one.Number, word.On, request.Staff().Id, clock.Now()),
            cancellation);
    }

    [Function("CloseProject")]
    [For(Caller.Office)]
    [Does("Clôt le suivi d’un projet : achevé, ou arrêté, avec une raison.", Takes = typeof(ClosureWord), Gives = typeof(ProjectState))]
    public async Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/closure")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (word, unreadable) = await HttpAnswers.Read<ClosureWord>(request, cancellation);
        return word is null ? unreadable!
            : HttpAnswers.TextRefusal("reason", word.Reason, "pourquoi le suivi prend fin : le porteur le lit") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await desk.Change(
                dossier,
                (standing, _) => IsClosed(standing, word) ? null : standing.ClosureRefusal(word.Outcome),
                (standing, rules) => IsClosed(standing, word) ? null : standing.Close(rules.Today, word.Outcome, word.Reason, request.Staff().Id, clock.Now()),
                cancellation);
    }

    private static bool IsClosed(Dossier dossier, ClosureWord word) => dossier.Closure?.Outcome == word.Outcome;

    private Task<IResult> Change(
        string dossier, string tranche, Func<Dossier, ProjectRules, Tranche, string?> refuse, Func<Dossier, ProjectRules, Tranche, Step?> decide, CancellationToken cancellation)
    {
        Tranche? Find(Dossier standing) => standing.Tranches.FirstOrDefault(one => one.Number == NumberInRoute.Of(tranche));
        return desk.Change(
            dossier,
            (standing, rules) => Find(standing) is { } one ? refuse(standing, rules, one) : $"Le dossier {standing.Id} n’a pas de tranche n° {tranche}.",
            (standing, rules) => decide(standing, rules, Find(standing)!),
            cancellation);
    }
}
