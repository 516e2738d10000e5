using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Guichet.Functions.Access;

/// <summary>
/// Lets a request through to those for whom its endpoint is. Everything is closed unless the endpoint says otherwise; and a request that a browser
/// was made to send by another site changes nothing.
/// </summary>
public sealed class StaffAccess(StaffSignIn signIn, GuichetSettings settings) : IFunctionsWorkerMiddleware
{
    private static readonly ConcurrentDictionary<string, ForAttribute?> Endpoints = new();

    /// <summary>Whether an invocation is of an endpoint.</summary>
    public static bool Concerns(FunctionContext context) => context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "httpTrigger");

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext() ?? throw new InvalidOperationException("An endpoint without a request.");
        var endpoint = Endpoints.GetOrAdd(context.FunctionDefinition.EntryPoint, Named);
        if (await Refusal(http, endpoint, context.CancellationToken) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        await next(context);
    }

    private async Task<IResult?> Refusal(HttpContext http, ForAttribute? endpoint, CancellationToken cancellation)
    {
        if (endpoint is { IsForStaff: false })
        {
            return null;
        }

        if (IsFromElsewhere(http.Request))
        {
            return HttpAnswers.Refused(StatusCodes.Status403Forbidden, "Cette demande vient d’un autre site : elle n’est pas exécutée. Refaites-la depuis le guichet.");
        }

        if (await signIn.Find(http.Request, cancellation) is not { } staff)
        {
            return new Refusal(StatusCodes.Status401Unauthorized, "Connectez-vous : cette adresse est réservée aux personnes du programme.") { SignIn = settings.Staff.SignInFor(http.Request.Path + http.Request.QueryString) };
        }

        StaffOfRequest.Set(http, staff);
        return endpoint is not null && endpoint.Callers.Any(staff.Roles.Contains)
            ? null
            : HttpAnswers.Refused(StatusCodes.Status403Forbidden, $"Votre compte ({staff.Email}) n’ouvre pas cette adresse : elle est pour {Named(endpoint)}. Demandez ce droit au bureau du programme.");
    }

    /// <summary>Whether a browser says that another site made it send a request that may change something.</summary>
    private bool IsFromElsewhere(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && (request.Headers["Sec-Fetch-Site"] is [{ } site]
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin is [{ } origin] && origin != settings.PublicUri.GetLeftPart(UriPartial.Authority));

    private static string Named(ForAttribute? endpoint) => string.Join(" et ", (endpoint?.Callers ?? []).Select(caller => caller switch
    {
        Caller.Reviewer => "les instructeurs",
        Caller.Office => "le bureau du programme",
        _ => "les exploitants",
    }));

    private static ForAttribute? Named(string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        return Assembly.GetExecutingAssembly().GetType(entryPoint[..dot])?.GetMethod(entryPoint[(dot + 1)..])?.GetCustomAttribute<ForAttribute>();
    }
}
