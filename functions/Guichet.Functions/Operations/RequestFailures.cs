using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Guichet.Functions.Operations;

/// <summary>
/// What becomes of a request whose endpoint fails: whoever asked is told in a sentence that it is not their doing, and what to do; what the log says of it
/// is found by the mark that they are given. Storage or the bus out of reach is a 503, to be asked again as it was; anything else is a 500.
/// </summary>
public sealed partial class RequestFailures(ILogger<RequestFailures> log) : IFunctionsWorkerMiddleware
{
    private const string SecondsToWait = "5";

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext() ?? throw new InvalidOperationException("An endpoint without a request.");
        try
        {
            await next(context);
        }
        catch (Exception failure) when (failure is not BadHttpRequestException && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(log, context.FunctionDefinition.Name, context.InvocationId, failure);
            http.Response.Clear();
            await Answer(http, failure, context.InvocationId).ExecuteAsync(http);
        }
    }

    private static IResult Answer(HttpContext http, Exception failure, string mark)
    {
        if (!Failing.IsPassing(failure))
        {
            return HttpAnswers.Refused(
                StatusCodes.Status500InternalServerError,
                $"Le guichet n’a pas su traiter cette demande, sans que vous y soyez pour rien ; ce qui était enregistré le reste. Si elle échoue encore, donnez ce repère au programme : {mark}.");
        }

        http.Response.Headers.RetryAfter = SecondsToWait;
        return HttpAnswers.Refused(
            StatusCodes.Status503ServiceUnavailable,
            $"Le guichet ne peut pas répondre pour l’instant, sans que vous y soyez pour rien ; ce qui était enregistré le reste. Refaites la même demande dans un instant. Si cela dure, donnez ce repère au programme : {mark}.");
    }

    [LoggerMessage(LogLevel.Error, "{Function}: the request {Invocation} failed and was answered so")]
    private static partial void LogFailed(ILogger logger, string function, string invocation, Exception failure);
}
