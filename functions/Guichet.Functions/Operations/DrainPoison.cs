using Guichet.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Operations;

/// <summary>Keeps among the failures the blob events that no handler could take, which the host puts beside the blobs. The file itself is not lost: the closing's judgement reads it.</summary>
public sealed class DrainPoison(FailureTable failures)
{
    [Function(nameof(DrainPoison))]
    public Task Run([QueueTrigger("webjobs-blobtrigger-poison", Connection = "GuichetStorage")] string body, FunctionContext context, CancellationToken cancellation)
    {
        var id = context.BindingContext.BindingData.TryGetValue("Id", out var known) ? known?.ToString() : null;
        return failures.Keep(new Failure("deposits", id ?? context.InvocationId, body, null, "L’événement de dépôt n’a pas pu être traité.", 1), cancellation);
    }
}
