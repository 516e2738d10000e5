namespace Guichet.Documents.Tests;

/// <summary>The sources from which the tests were built: found from where they run, because a deterministic build knows no path of its own.</summary>
internal static class SourceTree
{
    private static readonly string Root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? folder) => folder is null
        ? throw new DirectoryNotFoundException("The tests do not run from below the solution.")
        : File.Exists(System.IO.Path.Combine(folder.FullName, "Guichet.Functions.sln")) ? folder.FullName : Find(folder.Parent);
}
