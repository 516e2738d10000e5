namespace Guichet.Local;

/// <summary>Where the sources are: the stand-ins run from them (lock files, campaigns, samples, the app to build).</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory)
        ?? throw new LocalProblemException("Le dossier du projet (celui de Guichet.Functions.sln) est introuvable : lancez la commande depuis les sources.");

    /// <summary>A path inside the repository.</summary>
    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Guichet.Functions.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
