using Guichet.Core;
using Guichet.Functions.Access;
using Guichet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Guichet.Functions.Operations;

/// <summary>The shift wanted.</summary>
public sealed record ClockShift(TimeSpan Offset);

/// <summary>Shifts the clock while the app runs. Answers in Development only: elsewhere there is no such endpoint.</summary>
public sealed class ShiftClock(GuichetClock clock, GuichetSettings settings)
{
    [Function(nameof(ShiftClock))]
    [For(Caller.Operator)]
    [Does("Décale l’horloge ; en développement seulement.", Takes = typeof(ClockShift), Gives = typeof(ClockReading))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/development/clock")] HttpRequest request,
        CancellationToken cancellation)
    {
        if (!settings.IsDevelopment)
        {
            return Results.NotFound();
        }

        var (shift, refusal) = await HttpAnswers.Read<ClockShift>(request, cancellation);
        if (shift is null)
        {
            return refusal!;
        }

        clock.Offset = shift.Offset;
        return HttpAnswers.Ok(new ClockReading(clock.Offset, clock.Now()));
    }
}

/// <summary>What the clock says.</summary>
public sealed record ClockReading(TimeSpan Offset, Instant Now);
