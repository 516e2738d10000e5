using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Guichet.Core;
using Guichet.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Guichet.Functions.Access;

/// <summary>
/// A POST that bears an <c>Idempotency-Key</c> is done once: sent again because its answer was lost, it gets the same answer. Answers are kept protected,
/// because that of an opening holds the dossier's token.
/// </summary>
public sealed class KeyedRequests(RequestTable requests, IDataProtectionProvider protection, StaffSignIn signIn) : IFunctionsWorkerMiddleware
{
    private const string Header = "Idempotency-Key";
    private const int ShortestKey = 16;
    private const int LongestKey = 100;

    private readonly IDataProtector _answers = protection.CreateProtector("guichet.answer.v1");

    /// <summary>The key that a request bears; null where it bears none.</summary>
    public static string? KeyOf(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 } key] ? key : null;

    /// <summary>Whether an invocation may be of such a request.</summary>
    public static bool Concerns(FunctionContext context) => StaffAccess.Concerns(context) && context.GetHttpContext()?.Request is { Method: "POST" } request && request.Headers.ContainsKey(Header);

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var (http, cancellation) = (context.GetHttpContext()!, context.CancellationToken);
        var given = http.Request.Headers[Header].ToString();
        if (given.Length is < ShortestKey or > LongestKey)
        {
            await HttpAnswers.Refused(StatusCodes.Status400BadRequest, $"L’en-tête « {Header} » compte {given.Length} caractères : il en faut de {ShortestKey} à {LongestKey}, tirés au hasard, par exemple un UUID.").ExecuteAsync(http);
            return;
        }

        var (caller, key) = (await CallerOf(http.Request, cancellation), Hash($"{http.Request.Path}|{given}"));
        var (request, isOurs) = await requests.Begin(caller, key, await BodyHash(http.Request, cancellation), cancellation);
        if (!isOurs)
        {
            await Again(http, request, await BodyHash(http.Request, cancellation)).ExecuteAsync(http);
            return;
        }

        var done = false;
        try
        {
            await next(context);
            if (context.GetInvocationResult().Value is IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: >= 200 and < 300 and var status })
            {
                var answer = JsonSerializer.SerializeToUtf8Bytes(new Kept(status, JsonSerializer.SerializeToElement(value, value.GetType(), GuichetJson.Options)), GuichetJson.Options);
                await requests.End(caller, key, request, _answers.Protect(answer), cancellation);
                done = true;
            }
        }
        finally
        {
            if (!done)
            {
                await requests.Forget(caller, key, CancellationToken.None);
            }
        }
    }

    private IResult Again(HttpContext http, KeyedRequest request, string bodyHash)
    {
        if (request.BodyHash != bodyHash)
        {
            return HttpAnswers.Refused(StatusCodes.Status422UnprocessableEntity, $"Cette « {Header} » a déjà servi pour une autre demande : prenez-en une nouvelle.");
        }

        if (request.Answer is null)
        {
            return HttpAnswers.Refused(StatusCodes.Status409Conflict, "La même demande est en cours : attendez un instant, puis renvoyez-la avec la même clé.");
        }

        var kept = JsonSerializer.Deserialize<Kept>(_answers.Unprotect(request.Answer), GuichetJson.Options)!;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        return HttpAnswers.Ok(kept.Body, kept.Status);
    }

    /// <summary>One caller's keys are not another's: whoever signed in, whoever holds a dossier's token, everybody else.</summary>
    private async Task<string> CallerOf(HttpRequest request, CancellationToken cancellation) =>
        await signIn.Find(request, cancellation) is { } staff ? $"staff-{staff.Id}" : HttpAnswers.TokenOf(request) is { } token ? $"porteur-{Hash(token)}" : "anyone";

    private static async Task<string> BodyHash(HttpRequest request, CancellationToken cancellation)
    {
        request.EnableBuffering(bufferThreshold: 1 << 16, bufferLimit: 2 << 20);
        request.Body.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Body, cancellation));
        request.Body.Position = 0;
        return hash;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Kept(int Status, JsonElement Body);
}
