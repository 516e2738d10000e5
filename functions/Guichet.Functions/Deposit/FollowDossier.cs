using Guichet.Core;
using Guichet.Core.Deposit;
using Guichet.Core.Dossiers;
using Guichet.Core.Eligibility;
using Guichet.Core.Review;
using Guichet.Functions.Access;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Deposit;

/// <summary>Where a dossier stands, as its porteur may know it: no score and nobody's opinion.</summary>
/// <param name="ToComplete">What is missing, one sentence each.</param>
/// <param name="Decision">Null until there is one that its porteur is told of.</param>
public sealed record DossierState(
    DossierId Dossier, string Campaign, DossierStatus Status, string StatusLabel, Instant? Deposited, LocalDate? CompleteBefore,
    IReadOnlyList<PieceState> Pieces, IReadOnlyList<string> ToComplete, DecisionState? Decision,
    IReadOnlyList<ReportDue> Reports, IReadOnlyList<Payment> Payments)
{
    internal static DossierState Of(Dossier dossier) => new(
        dossier.Id,
        dossier.Campaign,
        dossier.Status,
        dossier.Status.InFrench(),
        dossier.Closing?.Deposited,
        dossier.CompleteBefore,
        [.. dossier.Pieces.Select(PieceState.Of)],
        dossier.Status is DossierStatus.Incomplet ? [.. Completion.Of(dossier).Select(item => item.Message)] : [],
        DecisionState.Of(dossier),
        [.. dossier.Milestones.Select(milestone => new ReportDue(milestone.Number, milestone.InFrench, milestone.Due, milestone.ReportedAt, milestone.Report?.Questions ?? []))],
        [.. dossier.Tranches.Select(tranche => new Payment(tranche.Number, tranche.Amount, tranche.ReleasedAt, tranche.PaidOn))]);
}

/// <summary>An impact report that the porteur of a funded project owes.</summary>
/// <param name="Questions">What the guichet asks about it, one sentence each.</param>
public sealed record ReportDue(int Milestone, string Label, LocalDate Due, Instant? Received, IReadOnlyList<string> Questions);

/// <summary>A part of the award.</summary>
public sealed record Payment(int Tranche, Euros Amount, Instant? Released, LocalDate? PaidOn);

/// <summary>What was decided, as its porteur was told.</summary>
/// <param name="Reason">Whoever decided gave it; null where there is no more to say than the findings.</param>
/// <param name="Findings">The conditions that the project does not meet, one sentence each; empty where that is not the reason.</param>
/// <param name="Award">What is given; null where nothing is.</param>
public sealed record DecisionState(DecisionOutcome Outcome, LocalDate DecidedOn, string? Reason, IReadOnlyList<string> Findings, Award? Award)
{
    /// <summary>Null also where the office has overruled or taken back a refusal: the dossier goes on, and its status says so.</summary>
    internal static DecisionState? Of(Dossier dossier) => dossier.Decision is { IsTold: true } decision
        ? new(decision.Outcome, decision.DecidedOn, decision.Reason, [.. dossier.FindingsDecidedOn().Select(finding => finding.Message)], decision.Award)
        : null;
}

/// <summary>Where a piece stands.</summary>
/// <param name="State"><c>attendue</c>, <c>reçue</c>, <c>lue</c> or <c>refusée</c>.</param>
/// <param name="Findings">What its reading has to say.</param>
public sealed record PieceState(string Name, string State, long? Bytes, Instant? Received, string? Kind, IReadOnlyList<PieceFinding> Findings)
{
    internal static PieceState Of(Piece piece) => new(
        piece.FileName, piece.State, piece.Received?.Bytes, piece.Received?.At, piece.Extract?.Kind.ToString().ToLowerInvariant(), piece.Extract?.Findings ?? []);
}

/// <summary>Tells a porteur where its dossier stands, as a page or as JSON.</summary>
public sealed class FollowDossier(PorteurAccess access, CampaignStore campaigns, TimeProvider clock)
{
    [Function(nameof(FollowDossier))]
    [For(Caller.Porteur)]
    [Does("Dit où en est un dossier.", Gives = typeof(DossierState), IsPage = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dossiers/{dossier}")] HttpRequest request,
        string dossier,
        CancellationToken cancellation) =>
        await access.Find(request, dossier, cancellation) is { } found
            ? await Answer(request, found, cancellation)
            : HttpAnswers.NotYours();

    private async Task<IResult> Answer(HttpRequest request, Dossier dossier, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await HttpAnswers.PageOrJson<DossierPage>(
            request,
            DossierState.Of(dossier),
            (nameof(DossierPage.Dossier), dossier),
            (nameof(DossierPage.Campaign), await campaigns.InForce(dossier.Campaign, clock.Now(), cancellation)));
    }
}
