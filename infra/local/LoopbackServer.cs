using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Guichet.Local;

/// <summary>Web servers that nobody but this machine reaches.</summary>
internal static class LoopbackServer
{
    /// <summary>A builder that takes nothing from this process's settings or environment, on these ports (0: a free one).</summary>
    public static WebApplicationBuilder Builder(HttpProtocols protocols, params int[] ports)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            foreach (var port in ports)
            {
                kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols);
            }
        });
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        return builder;
    }

    /// <summary>Refuses ports that something listens on, before anything is started and by their number.</summary>
    public static void CheckFree(int first, int count)
    {
        foreach (var port in Enumerable.Range(first, count))
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
            }
            catch (SocketException taken)
            {
                throw new LocalProblemException($"Le port {port} est déjà pris : arrêtez ce qui l’occupe, ou choisissez-en d’autres avec --port (il en faut {count} à la suite).", taken);
            }
        }
    }

    /// <summary>
    /// A port that was free a moment ago, for an address that must be known before its server can start. Taken from below the range from which the
    /// system gives outgoing connections theirs, or one of those would now and then be faster.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, Random.Shared.Next(15_000, 30_000));
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    /// <summary>Starts it and gives its addresses, in the order of the ports asked for.</summary>
    public static async Task<IReadOnlyList<Uri>> Begin(this WebApplication server, CancellationToken cancellation)
    {
        await server.StartAsync(cancellation);
        return [.. server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];
    }
}
