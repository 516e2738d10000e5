using Guichet.Core;
using Guichet.Core.FollowUp;
using Guichet.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.FollowUp;

/// <summary>The agreement of a laureate: drawn from the award, signed by both, amended.</summary>
public sealed class Agreements(ProjectDesk desk, TimeProvider clock)
{
    [Function("DrawAgreement")]
    [For(Caller.Office)]
    [Does("Établit la convention d’un lauréat, d’après son attribution et sa candidature ; à refaire tant que personne n’a signé.", Takes = typeof(AgreementTerms), Gives = typeof(ProjectState))]
    public async Task<IResult> Draw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dossiers/{dossier}/agreement")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (terms, unreadable) = await HttpAnswers.Read<AgreementTerms>(request, cancellation);
        return terms is null ? unreadable! : await desk.Change(
            dossier,
            (standing, rules) => standing.DrawRefusal(standing.Draft(rules.Agreed, terms), rules.Today.DateOf(clock.Now())),
            (standing, rules) => standing.Draw(standing.Draft(rules.Agreed, terms)!, request.Staff().Id, clock.Now()),
            cancellation);
    }

    [Function("SignAgreement")]
    [For(Caller.Office)]
    [Does("Enregistre la signature d’une partie ; la dernière ouvre le suivi.", Takes = typeof(Signature), Gives = typeof(ProjectState))]
    public async Task<IResult> Sign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/agreement/signatures")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (signature, unreadable) = await HttpAnswers.Read<Signature>(request, cancellation);
        return signature is null ? unreadable! : await desk.Change(
            dossier,
            (standing, rules) => standing.SignatureRefusal(signature, rules.Today.DateOf(clock.Now())),
            (standing, rules) => standing.IsSigned(signature) ? null : standing.Sign(rules.Agreed, signature, request.Staff().Id, clock.Now()),
            cancellation);
    }

    [Function("AmendAgreement")]
    [For(Caller.Office)]
    [Does("Enregistre un avenant : la fin du projet ou des cibles, avec une raison ; ce qu’il remplace est gardé.", Takes = typeof(AmendmentTerms), Gives = typeof(ProjectState))]
    public async Task<IResult> Amend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dossiers/{dossier}/agreement/amendments")] HttpRequest request,
        string dossier,
        CancellationToken cancellation)
    {
        var (terms, unreadable) = await HttpAnswers.Read<AmendmentTerms>(request, cancellation);
        return terms is null ? unreadable!
            : HttpAnswers.TextRefusal("reason", terms.Reason, "pourquoi la convention change : le porteur le lit") is { } sentence ? HttpAnswers.Refused(StatusCodes.Status400BadRequest, sentence)
            : await desk.Change(
                dossier,
                (standing, rules) => standing.AmendmentRefusal(rules.Agreed, terms, rules.Today.DateOf(clock.Now())),
                (standing, rules) => standing.Amend(rules.Agreed, terms, request.Staff().Id, clock.Now()),
                cancellation);
    }
}
