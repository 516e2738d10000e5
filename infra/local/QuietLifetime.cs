
namespace Guichet.Local;

/// <summary>
/// The lifetime of the web servers and listeners in this process: signals are the command's business. The default one
/// would have each of them stop on Ctrl+C by itself, in any order, and keep the process from ending on SIGTERM.
/// </summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
