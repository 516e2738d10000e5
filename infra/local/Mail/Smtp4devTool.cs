using System.Text.Json.Nodes;

namespace Guichet.Local.Mail;

/// <summary>The mail sink's program, pinned by the tool manifest of <c>infra/local/.config</c> and restored on first use.</summary>
internal static class Smtp4devTool
{
    private static string Folder => RepositoryFolder.Path("infra", "local");

    /// <summary>
    /// The program itself, not <c>dotnet tool run</c>: that is a process between us and it, which would leave it behind
    /// when killed.
    /// </summary>
    public static async Task<string> Install(CancellationToken cancellation)
    {
        if (await Find(cancellation) is { } found)
        {
            return found;
        }

        await using var restore = ChildProcess.Start(
            ChildProcess.OnPath("dotnet") ?? throw new LocalProblemException("Le SDK .NET (commande dotnet) est introuvable dans le PATH."),
            ["tool", "restore", "--tool-manifest", Manifest], Folder);
        return await restore.Exit(cancellation) is 0 && await Find(cancellation) is { } restored
            ? restored
            : throw new LocalProblemException($"La boîte aux lettres locale (smtp4dev) n’a pas pu être installée par « dotnet tool restore » : {restore.Reason}");
    }

    private static string Manifest => Path.Combine(Folder, ".config", "dotnet-tools.json");

    private static async Task<string?> Find(CancellationToken cancellation)
    {
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Manifest, cancellation))!;
        var version = manifest["tools"]!["rnwood.smtp4dev"]!["version"]!.ToString();
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return (from package in Directory.Exists(packages) ? Directory.EnumerateDirectories(packages, "rnwood.smtp4dev.*") : []
                let tools = Path.Combine(package, version, "tools")
                where Directory.Exists(tools)
                from program in Directory.EnumerateFiles(tools, OperatingSystem.IsWindows() ? "Rnwood.Smtp4dev.exe" : "Rnwood.Smtp4dev", SearchOption.AllDirectories)
                select program).FirstOrDefault();
    }
}
