using System.Globalization;
using System.Text.Json;
using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Functions.Access;
using Guichet.Functions.Deposit;
using Guichet.Functions.FollowUp;
using Guichet.Pages;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Guichet.Functions.Operations;

/// <summary>What is to be tried again: one by its id, those of a queue, or all that wait where neither is named.</summary>
public sealed record ReplayWord(string? Id = null, string? Queue = null);

/// <summary>What became of each.</summary>
public sealed record ReplayAnswer(IReadOnlyList<ReplayLine> Replayed);

/// <summary>What became of one.</summary>
/// <param name="Message">One sentence in French.</param>
public sealed record ReplayLine(string Id, bool Done, string Message);

/// <summary>
/// What failed for good, from the guichet's own table and from the queues' dead letters, and its being tried again once the cause is mended. Nothing is
/// dropped: what was tried again stays on record, and a failure that comes again is open again.
/// </summary>
public sealed partial class Replays(
    FailureTable failures, DeadLetters letters, DossierStore dossiers, BusSender bus, PieceReception pieces, ReportReception reports, TimeProvider clock, ILogger<Replays> log)
{
    private const string InItsQueue = "Le message est de nouveau dans sa file.";
    private const string Received = "Le fichier est reçu et lu.";

    [Function("ListFailures")]
    [For(Caller.Operator)]
    [Does("Liste ce qui n’a pas pu être traité, avec sa raison ; cent lettres mortes par file au plus, les suivantes une fois celles-ci rejouées.", Gives = typeof(IReadOnlyList<FailureLine>), IsPage = true)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/failures")] HttpRequest request,
        CancellationToken cancellation)
    {
        var lines = (await Kept(cancellation)).Select(one => one.Line).ToList();
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await HttpAnswers.PageOrJson<FailuresPage>(request, lines, FailuresPage.ContentSecurityPolicy, (nameof(FailuresPage.Failures), lines));
    }

    [Function("ReplayFailures")]
    [For(Caller.Operator)]
    [Does("Fait essayer de nouveau ce qui n’a pas pu être traité : un échec, ceux d’une file, ou tous ceux qui attendent.", Takes = typeof(ReplayWord), Gives = typeof(ReplayAnswer))]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/failures/replays")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (word, unreadable) = await HttpAnswers.Read<ReplayWord>(request, cancellation);
        if (word is null)
        {
            return unreadable!;
        }

        var asked = (await Kept(cancellation)).Where(one => word.Id is { } id ? one.Line.Id == id : one.Line.Open && (word.Queue is null || one.Line.Queue == word.Queue)).ToList();
        if (word.Id is { } unknown && asked.Count == 0)
        {
            return HttpAnswers.Refused(StatusCodes.Status404NotFound, $"Aucun échec ne s’appelle « {unknown} » : reprenez son « id » de GET /api/failures.");
        }

        var done = new List<ReplayLine>();
        foreach (var one in asked)
        {
            done.Add(await Replay(one, request.Staff().Id, cancellation));
        }

        return HttpAnswers.Ok(new ReplayAnswer(done));
    }

    private async Task<IReadOnlyList<KeptFailure>> Kept(CancellationToken cancellation) =>
    [
        .. (await letters.List(cancellation)).Select(letter => new KeptFailure(
            new FailureLine(
                IdOf(letter), letter.Queue, PromiseIn.Message(letter.Queue, letter.Body)?.Dossier.ToString(), SilentEnd(letter), letter.Deliveries, letter.EnqueuedAt, true, null, null),
            (suffix, actor) => PutBack(letter, actor, suffix, cancellation))),
        .. (await failures.List(cancellation)).Select(one => new KeptFailure(
            new FailureLine(
                IdOf(one.Failure), one.Failure.Queue, one.Failure.Dossier, one.Failure.Reason, one.Failure.Tried, one.FailedAt, one.IsOpen, one.ReplayedAt, one.ReplayedBy),
            (suffix, actor) => Replay(one.Failure, actor, suffix, cancellation))),
    ];

    private async Task<ReplayLine> Replay(KeptFailure kept, string actor, CancellationToken cancellation)
    {
        var (line, again) = kept;
        try
        {
            var message = await again($"/replay-{clock.Now().ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)}", actor);
            if (DossierId.TryParse(line.Dossier, out var dossier) && await dossiers.Find(dossier, cancellation) is not null)
            {
                await dossiers.Change(dossier, standing => Task.FromResult<Step?>(FailureSteps.Replay(standing, line.Queue, line.Id, actor, clock.Now())), cancellation);
            }

            return new ReplayLine(line.Id, true, message);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogNotReplayed(log, line.Id, failure); // One that fails is not the others' affair.
            return new ReplayLine(line.Id, false, $"Cela n’a pas pu être rejoué, et attend toujours : {failure.Message}");
        }
    }

    /// <summary>Puts a dead letter back. The bus forgets it then: the row of its failure is its trace.</summary>
    private async Task<string> PutBack(DeadLetter letter, string actor, string suffix, CancellationToken cancellation)
    {
        var trace = new Failure(letter.Queue, letter.MessageId, letter.Body, PromiseIn.Message(letter.Queue, letter.Body)?.Dossier.ToString(), SilentEnd(letter), letter.Deliveries);
        await failures.Keep(trace, cancellation);
        await failures.Replayed(trace, actor, cancellation);
        return await letters.PutBack(letter, suffix, cancellation) ? InItsQueue : "Le message n’est plus parmi les lettres mortes : il n’y a rien à refaire.";
    }

    private static string SilentEnd(DeadLetter letter) => $"Ce qui traite ce message s’arrête sans rien dire ({letter.Reason}).";

    /// <summary>Tries a failure again: written down before, so that what fails in its queue has failed later; and where it fails at once it is open again.</summary>
    private async Task<string> Replay(Failure failure, string actor, string suffix, CancellationToken cancellation)
    {
        await failures.Replayed(failure, actor, cancellation);
        try
        {
            return await Again(failure, suffix, cancellation);
        }
        catch (Exception fault)
        {
            await failures.Keep(failure with { Reason = fault.Message }, CancellationToken.None);
            throw;
        }
    }

    private async Task<string> Again(Failure failure, string suffix, CancellationToken cancellation)
    {
        if (failure.Queue == StorageNames.Deposits)
        {
            return await Receive(failure, cancellation);
        }

        if (PromiseIn.Message(failure.Queue, failure.Body) is { } promise && await dossiers.Find(promise.Dossier, cancellation) is not null)
        {
            return await dossiers.Revive(promise, suffix, cancellation) ? InItsQueue : "Ce que ce message promettait a été tenu entre-temps : il n’y a rien à refaire.";
        }

        await bus.Again(failure.Queue, failure.MessageId, failure.Body, suffix, cancellation);
        return InItsQueue;
    }

    /// <summary>The file that an event was about, received without it.</summary>
    private async Task<string> Receive(Failure failure, CancellationToken cancellation)
    {
        var (container, name) = BlobIn(failure.Body);
        switch (container, name.Split('/'))
        {
            case (StorageNames.Deposits, [var campaign, var dossier, var slot]) when DossierId.TryParse(dossier, out var id):
                await pieces.Receive(campaign, id, slot, cancellation);
                return Received;
            case (StorageNames.Reports, [var campaign, var dossier, var milestone, var slot]) when DossierId.TryParse(dossier, out var id) && NumberInRoute.Of(milestone) is { } number:
                await reports.Receive(campaign, id, number, slot, cancellation);
                return Received;
            case (StorageNames.Campaigns, _):
                return $"Le fichier de règles « {name} » se contrôle quand on l’envoie : envoyez-le de nouveau.";
            default:
                return "L’événement ne nomme pas de fichier du guichet : il n’y a rien à refaire.";
        }
    }

    private static (string Container, string Name) BlobIn(string body)
    {
        try
        {
            using var said = JsonDocument.Parse(body);
            return (said.RootElement.GetProperty("ContainerName").GetString() ?? "", said.RootElement.GetProperty("BlobName").GetString() ?? "");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return ("", "");
        }
    }

    private static string IdOf(Failure failure) => $"{failure.Queue}/{failure.MessageId}";

    private static string IdOf(DeadLetter letter) => string.Create(CultureInfo.InvariantCulture, $"lettre-morte/{letter.Queue}/{letter.Sequence}");

    [LoggerMessage(LogLevel.Warning, "{Failure} could not be replayed")]
    private static partial void LogNotReplayed(ILogger logger, string failure, Exception fault);

    /// <summary>What waits, and how it is tried again: by a suffix that no sending had before, in somebody's name; what became of it in return.</summary>
    private sealed record KeptFailure(FailureLine Line, Func<string, string, Task<string>> Again);
}
