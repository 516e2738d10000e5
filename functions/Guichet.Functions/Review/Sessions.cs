using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Guichet.Core;
using Guichet.Core.Campaigns;
using Guichet.Core.Dossiers;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Review;

/// <summary>A session as the office writes it.</summary>
/// <param name="Members">Who is there; the campaign's standing members where it is left out.</param>
/// <param name="Items">The dossiers in the order in which they are called; where it is left out, every dossier whose reviews are in, best first.</param>
public sealed record SessionWord(LocalDate Date, ImmutableArray<CommitteeMember>? Members, ImmutableArray<SessionItem>? Items, string? Note);

/// <summary>
/// The committee's sessions: prepared by the office, changed as it is held, closed once. Its decisions take effect at its closing and whole: the porteurs
/// are told, and the envelope is never exceeded.
/// </summary>
public sealed partial class Sessions(
    SessionTable sessions, DossierStore dossiers, CampaignStore campaigns, LedgerTable ledger, SessionClosing closing, TimeProvider clock)
{
    [Function("ListSessions")]
    [For(Caller.Office)]
    [Does("Liste les séances du comité.", Gives = typeof(IReadOnlyList<SessionLine>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/sessions")] HttpRequest request,
        string campaign,
        CancellationToken cancellation)
    {
        if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is null)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        var all = await sessions.List(campaign, cancellation);
        return HttpAnswers.Ok(all.Select(session => new SessionLine(session.Id, session.Date, session.State, session.Items.Length, session.Awarded)).ToList());
    }

    [Function("ReadSession")]
    [For(Caller.Office)]
    [Does("Montre une séance, ses dossiers et ce qu’il reste de l’enveloppe.", Gives = typeof(SessionView))]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/sessions/{session}")] HttpRequest request,
        string campaign,
        string session,
        CancellationToken cancellation) =>
        await sessions.Find(campaign, session, cancellation) is { } found ? await Answer(request, found, [], cancellation) : Unknown(session);

    [Function("WriteSession")]
    [For(Caller.Office)]
    [Does("Prépare une séance, ou la change.", Takes = typeof(SessionWord), Gives = typeof(SessionView), IsVersioned = true)]
    public async Task<IResult> Write(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/campaigns/{campaign}/sessions/{session}")] HttpRequest request,
        string campaign,
        string session,
        CancellationToken cancellation)
    {
        if (await campaigns.FindInForce(campaign, clock.Now(), cancellation) is not { } rules)
        {
            return HttpAnswers.UnknownCampaign(campaign);
        }

        if (!SessionId().IsMatch(session))
        {
            return HttpAnswers.Refused(StatusCodes.Status400BadRequest, $"« {session} » ne peut pas nommer une séance : 3 à 40 lettres minuscules, chiffres et tirets, par exemple 2024-04-15.");
        }

        var (asked, unreadable) = await HttpAnswers.Read<SessionWord>(request, cancellation);
        if (asked is null)
        {
            return unreadable!;
        }

        var standing = await sessions.Find(campaign, session, cancellation);
        if (standing is null ? request.Headers.IfMatch.Count > 0 : HttpAnswers.VersionRefusal(request, standing.ETag) is not null)
        {
            return standing is null ? HttpAnswers.Stale() : HttpAnswers.VersionRefusal(request, standing.ETag)!;
        }

        if (standing is { State: not SessionState.Draft })
        {
            return HttpAnswers.Refused(StatusCodes.Status409Conflict, "La séance est fermée : ses décisions ont pris effet, et elle ne change plus.");
        }

        var written = await sessions.Save(
            (standing ?? new CommitteeSession { Id = session, Campaign = campaign, Date = asked.Date }) with
            {
                Date = asked.Date,
                Members = asked.Members ?? standing?.Members ?? rules.Committee.Members,
                Items = asked.Items ?? standing?.Items ?? await Ready(rules, cancellation),
                Note = asked.Note,
            },
            cancellation);
        return written is null ? HttpAnswers.Stale() : await Answer(request, written, [], cancellation);
    }

    [Function("CloseSession")]
    [For(Caller.Office)]
    [Does("Ferme une séance : ses décisions prennent effet.", Gives = typeof(SessionView))]
    public async Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/{campaign}/sessions/{session}/closing")] HttpRequest request,
        string campaign,
        string session,
        CancellationToken cancellation)
    {
        if (await sessions.Find(campaign, session, cancellation) is not { } found)
        {
            return Unknown(session);
        }

        var (after, faults) = await closing.Close(found, request.Staff().Id, cancellation);
        return faults.Count == 0
            ? await Answer(request, after, [], cancellation)
            : HttpAnswers.Refused(StatusCodes.Status409Conflict, $"La séance n’est pas fermée, et aucune décision n’a pris effet. {string.Join(" ", faults)}");
    }

    [Function("FetchMinutes")]
    [For(Caller.Office)]
    [Does("Remet le procès-verbal.", Content = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public async Task<IResult> Minutes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{campaign}/sessions/{session}/minutes")] HttpRequest request,
        string campaign,
        string session,
        CancellationToken cancellation)
    {
        if (await sessions.Find(campaign, session, cancellation) is not { } found)
        {
            return Unknown(session);
        }

        var rules = await campaigns.InForce(campaign, clock.Now(), cancellation);
        var subjects = await closing.Subjects(found, cancellation);
        var lines = found.Items.Where(item => subjects.ContainsKey(item.Dossier)).Select(item =>
        {
            var (dossier, scoring) = subjects[item.Dossier];
            return new MinutesLine(item, dossier, ReviewScores.Of(scoring, dossier));
        });
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.File(
            MinutesDocument.Write(rules, found, [.. lines]),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            $"proces-verbal-{campaign}-{session}.docx");
    }

    /// <summary>Every dossier of the campaign whose reviews are in, best first; the reviewers' ledger knows who is being reviewed.</summary>
    private async Task<ImmutableArray<SessionItem>> Ready(Campaign rules, CancellationToken cancellation)
    {
        var scored = new List<(Dossier Dossier, ReviewScores Scores)>();
        foreach (var (id, _) in await ledger.Holders(LedgerAccount.Reviewers(rules.Id), cancellation))
        {
            if (await dossiers.Find(id, cancellation) is { Closing: { } deposit } dossier && dossier.TakesDecision() && !dossier.Reviews.Any(sheet => sheet.IsAwaited))
            {
                scored.Add((dossier, ReviewScores.Of(await campaigns.Version(rules.Id, deposit.CampaignVersion, cancellation), dossier)));
            }
        }

        return [.. ReviewScores.ByMerit(scored).Select(one => new SessionItem { Dossier = one.Dossier.Id })];
    }

    private async Task<IResult> Answer(HttpRequest request, CommitteeSession session, IReadOnlyList<string> faults, CancellationToken cancellation)
    {
        var rules = await campaigns.InForce(session.Campaign, clock.Now(), cancellation);
        var subjects = await closing.Subjects(session, cancellation);
        var held = (await ledger.Totals(LedgerAccount.Envelope(session.Campaign), cancellation))[LedgerAccount.Award];
        (request.HttpContext.Response.Headers.ETag, request.HttpContext.Response.Headers.CacheControl) = (session.ETag, "no-store");
        return HttpAnswers.Ok(SessionView.Of(rules, session, subjects, new Euros(held), session.State is SessionState.Draft ? [.. session.Faults(subjects)] : faults));
    }

    private static IResult Unknown(string session) => HttpAnswers.Refused(StatusCodes.Status404NotFound, $"La séance « {session} » n’existe pas dans cette campagne.");

    [GeneratedRegex("^[a-z0-9-]{3,40}$")]
    private static partial Regex SessionId();
}

/// <summary>A line of the list of sessions.</summary>
public sealed record SessionLine(string Session, LocalDate Date, SessionState State, int Dossiers, Euros Awarded);

/// <summary>A session as the office reads it.</summary>
/// <param name="Envelope">The campaign's; null where it keeps none.</param>
/// <param name="Held">What is awarded already, by this session too once it is closed.</param>
/// <param name="ToDo">What still keeps it from being closed, one sentence each.</param>
public sealed record SessionView(
    string Session, LocalDate Date, SessionState State, IReadOnlyList<CommitteeMember> Members, string? Note, Euros? Envelope, Euros Held, Euros Awarded,
    IReadOnlyList<SessionItemView> Items, IReadOnlyList<string> ToDo)
{
    internal static SessionView Of(
        Campaign rules, CommitteeSession session, IReadOnlyDictionary<DossierId, (Dossier Dossier, Campaign Rules)> subjects, Euros held, IReadOnlyList<string> toDo) => new(
        session.Id, session.Date, session.State, session.Members, session.Note, rules.Amounts.Envelope, held, session.Awarded,
        [.. session.Items.Where(item => subjects.ContainsKey(item.Dossier)).Select(item => SessionItemView.Of(item, subjects[item.Dossier].Dossier, subjects[item.Dossier].Rules))],
        toDo);
}

/// <summary>A dossier of a session with what the committee decides on.</summary>
/// <param name="Score">The mean of the reviewers; null without a review.</param>
/// <param name="Scores">Each reviewer's.</param>
/// <param name="PreScore">Computed; it decides nothing.</param>
/// <param name="Most">The most that the rules allow to give.</param>
public sealed record SessionItemView(
    SessionItem Item, string Title, string? Applicant, DossierStatus Status, decimal? Score, decimal OutOf, IReadOnlyList<ReviewerScore> Scores, decimal? PreScore, Euros? Most)
{
    internal static SessionItemView Of(SessionItem item, Dossier dossier, Campaign rules)
    {
        var scores = ReviewScores.Of(rules, dossier);
        return new(item, dossier.Title, dossier.Applicant, dossier.Status, scores.Mean, scores.OutOf, scores.Reviewers, dossier.PreScore?.Total,
            dossier.Application is { } application ? DecisionSteps.MostAward(rules, application) : null);
    }
}
