using Guichet.Core;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>Whether the app can work: it answers, and reads its campaigns.</summary>
public sealed record HealthState(string Status, Instant Now, IReadOnlyCollection<string> Campaigns);

/// <summary>Says whether the app can work.</summary>
public sealed class Health(CampaignStore campaigns, TimeProvider clock)
{
    [Function(nameof(Health))]
    [For(Caller.Anyone)]
    [Does("Dit si l’application peut travailler.", Gives = typeof(HealthState))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request, CancellationToken cancellation) =>
        HttpAnswers.Ok(new HealthState("ok", clock.Now(), await campaigns.Ids(cancellation)));
}
