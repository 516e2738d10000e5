namespace Guichet.Local.Commands;

/// <summary>Builds the app that the environment runs, quietly: only its errors are shown.</summary>
internal static class AppBuild
{
    /// <summary>The folder of the built app.</summary>
    public static async Task<string> Run(CancellationToken cancellation)
    {
        var project = RepositoryFolder.Path("functions", "Guichet.Functions");
        await using var build = ChildProcess.Start(
            ChildProcess.OnPath("dotnet") ?? throw new LocalProblemException("Le SDK .NET (commande dotnet) est introuvable dans le PATH."),
            ["build", project, "--configuration", "Release", "--verbosity", "quiet", "--nologo", "-consoleLoggerParameters:ErrorsOnly;NoSummary"],
            project);
        if (await build.Exit(cancellation) is not 0)
        {
            throw new LocalProblemException($"L’application ne se construit pas :{Environment.NewLine}{build.LastWords}");
        }

        return Path.Combine(project, "bin", "Release", "net10.0");
    }
}
