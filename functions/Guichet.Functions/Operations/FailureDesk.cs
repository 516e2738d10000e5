using Guichet.Core;
using Guichet.Core.Dossiers;
using Guichet.Core.Operations;
using Guichet.Storage;

namespace Guichet.Functions.Operations;

/// <summary>
/// What could not be handled, for a person to look at: a row among the failures, which raises the alert, and the word in the journal of the dossier that it concerns.
/// </summary>
public sealed class FailureDesk(FailureTable failures, DossierStore dossiers, TimeProvider clock)
{
    /// <summary>Keeps a failure. Kept again it is one row with the later time, and one more word in the journal.</summary>
    public async Task Keep(Failure failure, CancellationToken cancellation)
    {
        Telemetry.Failed(failure.Queue);
        await failures.Keep(failure, cancellation);
        if (DossierId.TryParse(failure.Dossier, out var id) && await dossiers.Find(id, cancellation) is { } dossier)
        {
            await dossiers.Change(dossier, standing => Task.FromResult<Step?>(FailureSteps.Record(standing, failure.Queue, failure.MessageId, clock.Now())), cancellation);
        }
    }
}
