using Guichet.Core.Dossiers;
using Microsoft.Azure.Functions.Worker;

namespace Guichet.Functions.Operations;

/// <summary>
/// Erases what is due, by itself: a period that ends only once somebody thinks of it is none. The office is told thirty days before and sees it coming on a page; what
/// must be kept it holds.
/// </summary>
public sealed class EraseDossiers(Erasing erasing)
{
    [Function(nameof(EraseDossiers))]
    public Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation) => erasing.Run(Actor.Guichet, cancellation);
}
