namespace Guichet.Local.Azurite;

/// <summary>The emulator's npm package, pinned by the lock file beside this source and installed on first use.</summary>
internal static class AzuritePackage
{
    private const string Program = "node_modules/azurite/dist/src/azurite.js";

    private const int OldestNode = 20;

    // Written last, with the lock file's own text: a folder half filled by an interrupted install does not have it, and a
    // folder filled from an older lock file has another.
    private const string Stamp = "node_modules/.guichet-installed";

    public static string Node => ChildProcess.OnPath("node") ?? throw NodeIsMissing();

    /// <summary>What node is to load before it: see there.</summary>
    public static string Indexes => Path.Combine(Folder, "indexes.cjs");

    private static string Folder => RepositoryFolder.Path("infra", "local", "Azurite");

    /// <summary>The path of the program to give to node.</summary>
    public static async Task<string> Install(CancellationToken cancellation)
    {
        await CheckNode(cancellation);
        var program = Path.Combine(Folder, Program);
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"), cancellation);
        if (await IsInstalled(wanted, cancellation))
        {
            return program;
        }

        await using var turn = await TakeTurn(cancellation);
        if (await IsInstalled(wanted, cancellation))
        {
            return program;
        }

        await Npm(cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, Stamp), wanted, cancellation);
        return program;
    }

    private static async Task<bool> IsInstalled(string wanted, CancellationToken cancellation)
    {
        var stamp = Path.Combine(Folder, Stamp);
        return File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellation) == wanted;
    }

    private static async Task CheckNode(CancellationToken cancellation)
    {
        var said = "";
        await using var node = ChildProcess.Start(Node, ["--version"], onLine: line => said += line);
        await node.Exit(cancellation);
        if (!Version.TryParse(said.TrimStart('v'), out var version) || version.Major < OldestNode)
        {
            throw new LocalProblemException($"Il faut Node.js {OldestNode} ou plus récent pour faire tourner l’émulateur de stockage ; celui-ci dit « {said} ».");
        }
    }

    private static async Task Npm(CancellationToken cancellation)
    {
        await using var npm = ChildProcess.Start(
            ChildProcess.OnPath("npm") ?? throw NodeIsMissing(), ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"], Folder);
        if (await npm.Exit(cancellation) is not 0)
        {
            throw new LocalProblemException($"npm n’a pas pu installer l’émulateur de stockage dans infra/local/Azurite : {npm.Reason}");
        }
    }

    // Test assemblies run side by side, and npm empties the folder before it fills it.
    private static async Task<FileStream> TakeTurn(CancellationToken cancellation)
    {
        var turn = RepositoryFolder.Path("infra", "local", ".guichet", "azurite-install.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(turn)!);
        while (true)
        {
            try
            {
                return new FileStream(turn, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        }
    }

    private static LocalProblemException NodeIsMissing() =>
        new($"Node.js ({OldestNode} ou plus récent, avec npm) est introuvable : installez-le pour faire tourner l’émulateur de stockage.");
}
