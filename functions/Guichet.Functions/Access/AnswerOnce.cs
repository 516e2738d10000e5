using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Guichet.Functions.Access;

/// <summary>
/// Leaves an answer to whoever asked. What an endpoint returns is written to the response by the framework, which then serialises it once more, page or
/// file and all, and sends it to the host, where it is dropped.
/// </summary>
public sealed class AnswerOnce : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        context.GetInvocationResult().Value = null;
    }
}
